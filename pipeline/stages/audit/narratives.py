"""What departments wrote: indicators far below their target that nobody mentions, and texts used twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pipeline.model.audit import Text
from pipeline.model.evaluation import Measure
from pipeline.model.form import Field, Tense, Writer
from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim
from pipeline.model.strategy import Kind, Worded
from pipeline.stages.audit.facts import share_of_target
from pipeline.stages.audit.finding import Finding, Material, spots, warn
from pipeline.stages.audit.numerals import narrow
from pipeline.stages.audit.sentences import head, sentences, terms
from pipeline.wording import numbers
from pipeline.wording.numbers import rounded
from pipeline.wording.terms import shows_rate, verdict

_MENTIONED = 0.25
"""So much of an indicator's name in a sentence that also has its head, and the sentence mentions it."""
_SHORTEST = 40
"""Shorter texts (特になし) may well be alike."""
_ALIKE = 0.85
_SHINGLE = 3


def far_misses_are_mentioned(material: Material) -> Iterator[Finding]:
    """An indicator far below its target is spoken of in its sheet."""
    for result in material.results.measures:
        for assessment in result.assessments:
            if _is_far_below(material, assessment) and not _is_mentioned(material, result.measure, assessment):
                yield _unmentioned(material, result.measure, assessment)


def narratives_are_not_copied(material: Material) -> Iterator[Finding]:
    """Two initiatives that are not 再掲 of each other do not have the same text."""
    groups: list[tuple[Field, frozenset[str], list[Text]]] = []
    for field, text in material.narratives():
        if len(text.value) < _SHORTEST:
            continue
        runs = _shingles(text.value)
        alike = (group for other, theirs, group in groups if other.id == field.id and _are_alike(theirs, runs))
        group = next(alike, None)
        if group is None:
            groups.append((field, runs, [text]))
        else:
            group.append(text)
    for field, _, group in groups:
        if len(group) > 1:
            yield _copied(material, field, group)


def narratives_are_of_this_year(material: Material) -> Iterator[Finding]:
    """A text that hardly differs from the one of the year before was copied with the folder."""
    earlier = {_at(text): text.value for text in material.previous.texts} if material.previous else {}
    files: dict[str, list[tuple[Field, Text]]] = {}
    for field, text in material.narratives():
        before = earlier.get(_at(text), "") if field.each_year else ""
        if len(text.value) >= _SHORTEST and _are_alike(_shingles(before), _shingles(text.value)):
            files.setdefault(text.lines[0].file, []).append((field, text))
    for texts in files.values():
        named = "、".join(f"{_called(material, text)}の{field.name}" for field, text in texts)
        message = f"前年度の文章とほとんど同じです：{named}"
        hint = "今年度の取組と評価に書き改めたかを、所管課に確かめてください"
        yield warn("narrative-unchanged", [text.lines[0] for _, text in texts], message, hint)


def _at(text: Text) -> tuple[str, str, str]:
    """Return where a text belongs, whatever else its field is in another year."""
    return text.measure, text.initiative, text.part.id if isinstance(text.part, Field) else text.part.value


def _is_far_below(material: Material, assessment: Assessment) -> bool:
    """Return whether an indicator missed the evaluated year's target by far; a milestone that is not reached did."""
    aims_ahead = assessment.aim is Aim.LAST and material.evaluation.report.year != material.evaluation.years[-1]
    if assessment.met is not False or aims_ahead or isinstance(assessment.target, Worded):
        return False
    rate = _rate(material, assessment)
    return rate is None or rate < material.evaluation.rules.far_below


def _rate(material: Material, assessment: Assessment) -> Decimal | None:
    """Return the printed rate; where the scheme has none, the actual in per cent of the target, as far as it tells."""
    indicator, year = assessment.shown.indicator, material.evaluation.report.year
    if assessment.rate is not None or indicator.kind is Kind.MILESTONE:
        return assessment.rate
    share = share_of_target(indicator, year)
    return None if share is None else rounded(Decimal(share.numerator) / Decimal(share.denominator), 1)


def _is_mentioned(material: Material, measure: Measure, assessment: Assessment) -> bool:
    name = narrow(assessment.shown.indicator.name)
    counted = terms(head(name))
    own = {field.id for field in material.evaluation.form.texts if field.writer is not Writer.PLANNING}
    if any(assessment.shown.indicator.fields.get(identifier) for identifier in own):
        return True
    written = [measure.fields, *(initiative.fields for initiative in measure.initiatives)]
    for text in (str(value) for fields in written for key, value in fields.items() if key in own):
        for sentence in sentences(narrow(text)):
            if counted & terms(sentence.text) and material.weights.coverage(name, sentence.text) >= _MENTIONED:
                return True
    return False


def _unmentioned(material: Material, measure: Measure, assessment: Assessment) -> Finding:
    indicator, year = assessment.shown.indicator, material.evaluation.report.year
    report = material.evaluation.report
    printed = assessment.rate is not None and shows_rate(report)
    rate = (
        f"{report.scheme.rate_name} {numbers.rate(assessment)}" if printed else verdict(assessment, report.scheme).label
    )
    called = material.evaluation.form.lowest.short
    message = (
        f"{called}{measure.id}の文章が、目標を大きく下回った指標「{assessment.shown.name}」（{rate}）に触れていません"
    )
    hint = f"{_field_of_reasons(material)}に、下回った理由と今後の対応を書くよう、所管課に確かめてください"
    return warn("far-miss-unmentioned", [material.at(indicator, "actuals", year)], message, hint)


def _field_of_reasons(material: Material) -> str:
    """Name the field in which departments write why, and what is to come: the last of a kind that the form has."""
    written = [field for field in material.evaluation.form.texts if field.writer is Writer.DEPARTMENT]
    coming = [field for field in written if field.tense is Tense.COMING]
    return next((field.name.partition("／")[0] for field in (*coming, *reversed(written))), "文章")


def _copied(material: Material, field: Field, group: list[Text]) -> Finding:
    same = len({text.value for text in group}) == 1
    form = material.evaluation.form
    named = "、".join(f"{form.lowest.short}{text.measure} {_called(material, text)}" for text in group)
    message = f"{field.name}の文章が{'同じ' if same else 'ほとんど同じ'}です：{named}"
    places = [text.lines[0] for text in group]
    row = form.rows.short
    hint = f"{spots(places, material.base)}。再掲なら repeat を使い、別の{row}ならその{row}の内容を書いてください"
    return warn("narrative-copied", places, message, hint)


def _called(material: Material, text: Text) -> str:
    names = material.names.get((text.measure, text.initiative), (text.initiative,))
    return f"「{names[0]}」"


def _are_alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether two texts are almost the same, by their runs of three characters (Jaccard index)."""
    if min(len(ours), len(theirs)) < _ALIKE * max(len(ours), len(theirs)) or not ours:
        return False
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared) >= _ALIKE


@cache
def _shingles(text: str) -> frozenset[str]:
    plain = re.sub(r"\s", "", narrow(text))
    return frozenset(plain[n : n + _SHINGLE] for n in range(len(plain) - _SHINGLE + 1))
