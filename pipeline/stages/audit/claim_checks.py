"""Figures in the narrative against the tables: what agrees is recorded, what is claimed wrongly is a warning.

A claim is held to the one indicator it is about. It is confirmed where figure, year, role and direction all agree; it
is a warning where it cannot be true, and either plainly speaks of the indicator or looks like a slip. The rest is left
alone, because false alarms make people stop reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.form import Writer
from pipeline.model.strategy import Amount
from pipeline.stages.audit.agreement import agrees, distance, is_near, refuted
from pipeline.stages.audit.claims import Claim, Role, claims, mask
from pipeline.stages.audit.courses import said
from pipeline.stages.audit.facts import Fact, Table, facts, table
from pipeline.stages.audit.finding import Finding, Material, note, place_at, warn
from pipeline.stages.audit.numerals import Figure, figures, narrow
from pipeline.stages.audit.sentences import Sentence, sentences
from pipeline.stages.audit.subjects import Link, SentenceContext, clearness, links
from pipeline.stages.audit.years import Calendar

_HINT = "文章の数値か、表の数値（実績値・目標値）のどちらが正しいかを確かめてください"
_PLAIN = (Role.LEVEL, Role.TARGET)
_TENTH = 10
_MOST = 100
"""More figures than that without a 。 are a list, not a sentence: nothing between them says what each claims, and the
words around each would be read again and again."""
_READ = 20_000
"""So many characters of a text are read, fifteen pages: no sheet holds more, and the audit is to end in seconds."""
_CHANGED = re.compile(r"改め|改定|改訂|改正|見直|引き?[上下]げ|変更")
"""What a sentence says of a target that was revised."""
_CLEARLY = 0.15
"""So much more of its name, and an indicator is the only one a claim is about."""


class _Checked(Struct, frozen=True):
    """A text's sentence, and the tables of its sheet."""

    setting: SentenceContext
    sentence: Sentence
    tables: tuple[Table, ...]

    def quoted(self, claim: Claim) -> str:
        """Return a figure as it is written, with what qualifies it."""
        return self.sentence.text[claim.figure.start : claim.figure.end]

    def tells_revision(self, claim: Claim, table: Table) -> bool:
        """Return whether a figure is one that a declared revision led from or to, in a sentence about a change."""
        revised = (value for one in table.indicator.revisions for value in (one.before, one.after))
        known = {value.number * table.scale for value in revised if isinstance(value, Amount)}
        return claim.figure.value in known and _CHANGED.search(self.sentence.text) is not None

    def place(self, index: int) -> Place:
        """Return the place of a character of the sentence."""
        return place_at(self.setting.text, self.sentence.start + index)

    def differs(self, start: int, end: int, table: Table, formula: str) -> Finding:
        """Make the warning that what stands there is not what the table says."""
        words = self.sentence.text[start:end]
        message = f"「{words}」が、指標「{table.indicator.name}」の {formula} と違います"
        return warn("figure-differs", [self.place(start)], message, _HINT)

    def agrees(self, claim: Claim, table: Table, fact: Fact) -> Finding:
        """Make the note that a figure is what the table says."""
        message = f"「{self.quoted(claim)}」は、指標「{table.indicator.name}」の {fact.formula} と合っています"
        return note("figure-confirmed", self.place(claim.figure.start), message)


def figures_agree_with_the_tables(material: Material) -> Iterator[Finding]:
    """Hold every figure that plausibly refers to an indicator of its sheet to the indicator's table."""
    report = material.evaluation.report
    shown = {
        result.measure.id: tuple(table(a, report.year, report.scheme.rate_name or "") for a in result.assessments)
        for result in material.results.measures
    }
    units = tuple(indicator.unit for indicator in material.evaluation.indicators)
    for text in (text for field, text in material.entered() if field.writer is not Writer.PLANNING):
        tables = shown.get(text.measure, ())
        base = tables[0].indicator.baseline_year if tables else report.year
        calendar = Calendar(report.year, base, max((t.last for t in tables), default=report.year))
        for sentence in sentences(narrow(text.value[:_READ])):
            found = figures(sentence.text, units)
            if len(found) > _MOST:
                continue
            checked = _Checked(SentenceContext(material, text, mask(sentence.text, found)), sentence, tables)
            made = tuple(claims(checked.setting.masked, found, calendar))
            yield from _sums(checked, made)
            yield from _sentence(checked, made)
            yield from _courses(checked, calendar)


def _sums(checked: _Checked, made: tuple[Claim, ...]) -> Iterator[Finding]:
    """What is divided up in brackets, or summed up in words (合わせて), adds up to the whole."""
    for claim, parts in _totals(made):
        values = [part.value for part in parts]
        whole = sum(values, Decimal(0))
        place = checked.place(claim.figure.start)
        formula = f"{' + '.join(f'{value:,}' for value in values)} = {whole:,}"
        if whole == claim.figure.value:
            yield note(
                "figure-confirmed", place, f"「{checked.quoted(claim)}」は、内訳の合計（{formula}）と合っています"
            )
        elif abs(whole - claim.figure.value) <= max(Decimal(2), claim.figure.value / _TENTH):
            where = "括弧の中の内訳" if claim.parts else "前に並ぶ内訳"
            message = f"「{checked.quoted(claim)}」が、{where}の合計（{formula}）と違います"
            yield warn("figure-parts-differ", [place], message, "合計と内訳のどちらが正しいかを確かめてください")


def _totals(made: tuple[Claim, ...]) -> Iterator[tuple[Claim, tuple[Figure, ...]]]:
    """List what is a sum, with its parts."""
    for index, claim in enumerate(made):
        if claim.parts:
            yield claim, claim.parts
        elif claim.total:
            parts = tuple(part.figure for part in takewhile(_is_part, reversed(made[:index])))
            if len(parts) > 1 and {part.unit for part in parts} == {claim.figure.unit}:
                yield claim, parts[::-1]


def _is_part(claim: Claim) -> bool:
    return claim.roles == (Role.LEVEL,) and not claim.total and not claim.year


def _sentence(checked: _Checked, made: tuple[Claim, ...]) -> Iterator[Finding]:
    summed = {part for _, parts in _totals(made) for part in parts}
    linked = [(claim, links(checked.setting, claim, checked.tables)) for claim in made if claim.figure not in summed]
    confirmed: dict[Claim, Link] = {}
    for claim, found in linked:
        agreed = _confirmed(claim, found)
        if agreed:
            confirmed[claim] = agreed[0]
            yield checked.agrees(claim, agreed[0].table, agreed[1])
    beside = frozenset(link.table.indicator.id for link in confirmed.values())
    for claim, found in linked:
        if claim not in confirmed and found:
            yield from _doubt(checked, claim, found, beside)


def _courses(checked: _Checked, calendar: Calendar) -> Iterator[Finding]:
    """What is said without a figure (前年度を下回った) is true of the indicator that the sentence names."""
    for one in said(checked.setting.masked, calendar):
        clear = sorted(
            ((clearness(checked.setting, one.start, t), -n) for n, t in enumerate(checked.tables)), reverse=True
        )
        if not clear or not clear[0][0] or (len(clear) > 1 and clear[0][0] - clear[1][0] < _CLEARLY):
            continue
        given = checked.tables[-clear[0][1]]
        formula = one.wrong(given)
        if formula:
            yield checked.differs(one.start, one.end, given, formula)


def _confirmed(claim: Claim, found: tuple[Link, ...]) -> tuple[Link, Fact] | None:
    """Return what a claim agrees with, if it is clear which indicator it is about."""
    for link in found[: 1 if _is_clear(found) else len(found)]:
        if link.other:
            continue
        counted = _counted(claim, link)
        agreed = next((fact for fact in facts(counted, link.table) if agrees(counted, fact, link.table)), None)
        if agreed:
            return link, agreed
    return None


def _is_clear(found: tuple[Link, ...]) -> bool:
    if len(found) < 2 or found[0].spoken is not found[1].spoken:
        return True
    return found[0].score - found[1].score >= _CLEARLY


def _counted(claim: Claim, link: Link) -> Claim:
    """Let 件 be told in persons, and what has no unit in points."""
    if link.alike:
        return claim
    return replace(claim, figure=replace(claim.figure, unit=link.table.unit))


def _doubt(checked: _Checked, claim: Claim, found: tuple[Link, ...], beside: frozenset[str]) -> Iterator[Finding]:
    """Warn of a claim that cannot be true of the indicator it is about."""
    link = found[0]
    claim = _counted(claim, link)
    known = list(facts(claim, link.table))
    if not known or not all(refuted(claim, fact, link.table) for fact in known):
        return
    if checked.tells_revision(claim, link.table):
        return
    if not _is_clear(found) and any(
        not refuted(claim, fact, other.table) for other in found[1:] for fact in facts(claim, other.table)
    ):
        return
    alike = [fact for fact in known if fact.unit == claim.figure.unit]
    nearest = min(alike or known, key=lambda fact: distance(claim.figure, fact))
    if link.plain or _is_slip(claim, link, nearest, beside):
        yield checked.differs(claim.figure.start, claim.figure.end, link.table, nearest.formula)


def _is_slip(claim: Claim, link: Link, nearest: Fact, beside: frozenset[str]) -> bool:
    """Return whether a figure that may be about something else looks as if it were meant to be the indicator's."""
    confirmed = link.table.indicator.id in beside
    if not (link.spoken or claim.said or confirmed) or claim.figure.rough:
        return False
    if link.spoken and link.alike and nearest.role in _PLAIN and link.table.holds_elsewhere(claim.figure.value):
        return True
    compared = nearest.role not in _PLAIN
    if nearest.unit == claim.figure.unit and is_near(claim.figure, nearest, compared=compared, short=link.spoken):
        return True
    return confirmed and claim.said and link.alike
