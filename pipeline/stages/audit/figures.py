"""Figures in the narrative against the tables: what agrees is recorded, what nearly agrees is a warning with both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.audit import Part, Text
from pipeline.model.results import Assessment
from pipeline.model.strategy import Indicator
from pipeline.stages.audit.claims import Claim, claims
from pipeline.stages.audit.facts import Fact, Role, agrees, as_written, distance, facts
from pipeline.stages.audit.finding import NARRATIVE, Case, Finding, note, place_at, warn
from pipeline.stages.audit.numerals import narrow, scaled
from pipeline.stages.audit.wording import Sentence, head, sentences
from pipeline.wording.era import gregorian

_SPOKEN = 0.4
"""So much of an indicator's name in a sentence, and the sentence speaks of it."""
_MEANT = 0.5
"""So much of it in a sentence with the names of its initiative, and the initiative is about it."""
_TOPIC = 0.4
_COUNTED = frozenset("人社者世帯店品")
"""What 件 may also be counted in: 創業した件数 is told as 32人."""
_HINT = "文章の数値か、表の数値（実績値・目標値）のどちらが正しいかを確かめてください"


@dataclass(frozen=True, slots=True)
class _Linked:
    """A claim in a sentence that may be about an indicator.

    ``spoken`` is that the sentence itself names it, ``alike`` that both are counted in the same unit.
    """

    claim: Claim
    assessment: Assessment
    score: float
    spoken: bool
    alike: bool

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.assessment.shown.indicator


def figures_agree_with_the_tables(case: Case) -> Iterator[Finding]:
    """Hold every figure that plausibly refers to an indicator of its sheet to the indicator's table."""
    shown = {result.measure.id: result.assessments for result in case.results.measures}
    units = tuple(indicator.unit for indicator in case.evaluation.indicators)
    for text in case.texts(*NARRATIVE, Part.OPINIONS, Part.RESPONSE):
        for sentence in sentences(narrow(text.value)):
            made = tuple(claims(sentence, units, case.evaluation.report.year))
            if made:
                yield from _sums(text, sentence, made)
                yield from _sentence(case, text, sentence, made, shown.get(text.measure, ()))


def _sums(text: Text, sentence: Sentence, made: Iterable[Claim]) -> Iterator[Finding]:
    """What is divided up in brackets adds up to the whole."""
    for claim in made:
        if not claim.parts:
            continue
        values, whole = [part.value for part in claim.parts], sum((part.value for part in claim.parts), Decimal(0))
        place = place_at(text, sentence.start + claim.figure.start)
        quoted = sentence.text[claim.figure.start : claim.figure.end]
        formula = f"{' + '.join(f'{value:,}' for value in values)} = {whole:,}"
        if whole == claim.figure.value:
            yield note("figure-confirmed", place, f"「{quoted}」は、内訳の合計（{formula}）と合っています")
        elif abs(whole - claim.figure.value) <= max(Decimal(2), claim.figure.value / 10):
            message = f"「{quoted}」が、括弧の中の内訳の合計（{formula}）と違います"
            yield warn("figure-parts-differ", [place], message, "合計と内訳のどちらが正しいかを確かめてください")


def _sentence(
    case: Case, text: Text, sentence: Sentence, made: tuple[Claim, ...], assessments: tuple[Assessment, ...]
) -> Iterator[Finding]:
    year = case.evaluation.report.year
    linked = [(claim, _links(case, text, sentence, claim, assessments)) for claim in made]
    confirmed: dict[Claim, Indicator] = {}
    for claim, links in linked:
        found = _confirmed(links, year)
        if found:
            confirmed[claim] = found[0]
            yield _agreement(text, sentence, claim, *found)
    for claim, links in linked:
        if claim not in confirmed:
            yield from _doubt(text, sentence, links, frozenset(i.id for i in confirmed.values()), year)


def _links(
    case: Case, text: Text, sentence: Sentence, claim: Claim, assessments: tuple[Assessment, ...]
) -> tuple[_Linked, ...]:
    found = (link for assessment in assessments if (link := _link(case, text, sentence, claim, assessment)))
    return tuple(sorted(found, key=lambda link: -link.score))


def _link(case: Case, text: Text, sentence: Sentence, claim: Claim, assessment: Assessment) -> _Linked | None:
    indicator = assessment.shown.indicator
    name = narrow(indicator.name)
    alike = _units_fit(claim, indicator)
    if alike is None or claim.share not in name:
        return None
    names = _names(case, text, sentence)
    near = case.weights.coverage(name, sentence.text)
    wide = case.weights.coverage(name, "\n".join((sentence.text, *names)))
    spoken = near >= _SPOKEN or _head_is_spoken(case, name, sentence, names)
    if not spoken and (wide < _MEANT or not alike):
        return None
    return _Linked(claim, assessment, near + wide, spoken, alike)


def _units_fit(claim: Claim, indicator: Indicator) -> bool | None:
    """Tell whether a claim is counted as the indicator is; False where it may be, None where it cannot be."""
    unit, counted = scaled(indicator.unit)[0], claim.figure.unit
    if counted == unit or counted in ("%", "ポイント", "倍"):
        return True
    return False if unit == "件" and counted in _COUNTED | {"世帯", "団体"} else None


def _names(case: Case, text: Text, sentence: Sentence) -> tuple[str, ...]:
    """Give what the sentence's initiative is called; where the sentence is about one of its activities, only that."""
    names = case.names.get((text.measure, text.initiative), ())
    topics = [(case.weights.coverage(name, sentence.text), name) for name in names[1:]]
    best = max(topics, default=(0.0, ""))
    return (best[1],) if best[0] >= _TOPIC else names


def _head_is_spoken(case: Case, name: str, sentence: Sentence, names: tuple[str, ...]) -> bool:
    """Tell whether a sentence names what is counted (創業 of …のうち創業した件数) in an initiative of its field."""
    return (
        case.weights.coverage(head(name), sentence.text) >= _MEANT
        and case.weights.coverage(name, "\n".join(names)) >= _MEANT / 3
    )


def _confirmed(links: Iterable[_Linked], year: str) -> tuple[Indicator, Fact] | None:
    for link in links:
        for fact in _candidates(link, year):
            if agrees(link.claim.figure, fact):
                return link.indicator, fact
    return None


def _candidates(link: _Linked, year: str) -> Iterator[Fact]:
    """Give the facts a claim may be, of the year it says."""
    claim, indicator = link.claim, link.indicator
    of_percent = scaled(indicator.unit)[0] == "%"
    before = max((y for y in (indicator.baseline_year, *indicator.actuals) if y != year), default=year, key=gregorian)
    last = max((year, *indicator.targets), key=gregorian)
    earlier = {before, indicator.baseline_year} if link.spoken else set[str]()
    years = {Role.VALUE: {year, *earlier}, Role.TARGET: {year, last}}
    for fact in (*facts(indicator, year), *_rates(link.assessment, year)):
        told = {claim.year} if claim.year and _is_plain(fact) else years.get(fact.role, {year})
        aimed = fact.role in (Role.TARGET, Role.AIM)
        if fact.role in claim.roles and fact.year in told and (claim.said or of_percent or not aimed):
            yield _in_unit_of(claim, fact)


def _rates(assessment: Assessment, year: str) -> Iterator[Fact]:
    """Give what the report's own scheme makes of an indicator, which need not be the plain share of the target."""
    for name, rate in (("達成率", assessment.rate), ("基準値からの進捗", assessment.progress)):
        if rate is not None:
            yield Fact(Role.ACHIEVED, year, "%", Fraction(rate), f"{name} = {rate}%")


def _is_plain(fact: Fact) -> bool:
    """Tell whether a fact is of one year alone; a share names the year it is compared with."""
    return fact.role in (Role.VALUE, Role.STEP, Role.TARGET, Role.AIM)


def _in_unit_of(claim: Claim, fact: Fact) -> Fact:
    """Let 件 be told in persons; what a rate is told in stays."""
    if fact.unit == "件" and claim.figure.unit in _COUNTED | {"世帯", "団体"}:
        return Fact(fact.role, fact.year, claim.figure.unit, fact.value, fact.formula)
    return fact


def _agreement(text: Text, sentence: Sentence, claim: Claim, indicator: Indicator, fact: Fact) -> Finding:
    quoted = sentence.text[claim.figure.start : claim.figure.end]
    place = place_at(text, sentence.start + claim.figure.start)
    message = f"「{quoted}」は、指標「{indicator.name}」の {fact.formula} と合っています"
    return note("figure-confirmed", place, message)


def _doubt(
    text: Text, sentence: Sentence, links: tuple[_Linked, ...], confirmed: frozenset[str], year: str
) -> Iterator[Finding]:
    """Warn of the figure that is close to what the table says, or stands beside one that agrees with it."""
    for link in links:
        beside = link.indicator.id in confirmed and link.claim.said and link.alike
        told = link.spoken or link.claim.said or link.indicator.id in confirmed
        if link.claim.figure.rough or not told:
            continue
        known = [f for f in _candidates(link, year) if f.unit == link.claim.figure.unit and _is_of(f, link.claim, year)]
        ordered = sorted(known, key=lambda fact: distance(link.claim.figure, fact))
        nearest = next((fact for fact in ordered if beside or _is_near(link, fact)), None)
        if nearest:
            quoted = sentence.text[link.claim.figure.start : link.claim.figure.end]
            message = f"「{quoted}」が、指標「{link.indicator.name}」の {nearest.formula} と違います"
            yield warn("figure-differs", [place_at(text, sentence.start + link.claim.figure.start)], message, _HINT)
            return


def _is_of(fact: Fact, claim: Claim, year: str) -> bool:
    """Tell whether a fact is of the year a claim speaks of, or else of the evaluated one; aims may lie ahead."""
    if claim.year is None and fact.role is Role.VALUE and claim.start:
        return fact.year != year
    told = {claim.year} if claim.year else {year, claim.opening}
    return fact.year in (told if _is_plain(fact) else {year}) or (fact.role is Role.TARGET and claim.said)


def _is_near(link: _Linked, fact: Fact) -> bool:
    """Close in value, or one slip of the hand away: a digit changed, left out, doubled, or two exchanged."""
    figure = link.claim.figure
    compared = not _is_plain(fact)
    if distance(figure, fact) <= max(
        Fraction(0 if compared else figure.step), abs(fact.value) / (10 if compared else 20)
    ):
        return True
    return _slip(abs(figure.value), as_written(figure, fact), link.spoken)


def _slip(written: Decimal, known: Decimal, spoken: bool) -> bool:
    """Tell whether two numbers are one slip apart: of short ones, which often are by chance, an exchange at most."""
    ours, theirs = (re.sub(r"\D", "", f"{number.normalize():f}") for number in (written, known))
    if spoken and len(ours) == 2 and ours == theirs[::-1]:
        return True
    if min(len(ours), len(theirs)) < 3:
        return False
    if len(ours) == len(theirs):
        wrong = [n for n in range(len(ours)) if ours[n] != theirs[n]]
        swapped = len(wrong) == 2 and [ours[n] for n in wrong] == [theirs[n] for n in reversed(wrong)]
        return len(wrong) == 1 or (swapped and wrong[1] - wrong[0] == 1)
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
