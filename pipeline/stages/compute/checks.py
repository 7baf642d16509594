"""What must hold of the results; a finding is a fault of the program, told like any other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.model.results import Assessment, Count, Results
from pipeline.model.scheme import Formula, Scheme
from pipeline.model.strategy import Indicator
from pipeline.stages.compute.files import content, plain
from pipeline.stages.compute.indicator_year import indicator_year
from pipeline.stages.compute.worded import in_words, is_entered
from pipeline.storage.naming import of_owner
from pipeline.wording import ratings

FAULT = "プログラムの不具合です。入力ファイル一式を添えて担当者に連絡してください。"


def check_made(results: Results) -> tuple[Diagnostic, ...]:
    """Return where the results contradict themselves or the file made of them."""
    return tuple(finding for check in MADE for finding in check(results))


def every_place_is_assessed(results: Results) -> Iterator[Diagnostic]:
    """Whatever a goal or a measure shows is assessed, once and in its order."""
    evaluation = results.evaluation
    asked = [*(g.indicators for g in evaluation.goals), *(m.indicators for m in evaluation.measures)]
    given = [*(g.assessments for g in results.goals), *(m.assessments for m in results.measures)]
    if asked != [tuple(a.shown for a in assessments) for assessments in given]:
        yield _fault(evaluation.report.place, "achievement-places", "評価されていない指標があります。")


def counts_add_up(results: Results) -> Iterator[Diagnostic]:
    """Measures, goals and the whole book count the same places."""
    form = results.evaluation.form
    sums = {form.lowest.short: _total(m.count for m in results.measures)}
    if form.upper:
        sums[form.top.name] = _total(g.count for g in results.goals)
    for name, total in sums.items():
        if total != results.indicators:
            yield _fault(_place(results), "achievement-counts", f"{name}ごとの件数の合計が全体の件数と合いません。")
    if results.targets.total != len(results.goal_assessments):
        yield _fault(_place(results), "achievement-counts", "数値目標の件数が合いません。")


def judgements_agree(results: Results) -> Iterator[Diagnostic]:
    """Met, rate and rating tell the same story at every place."""
    report = results.evaluation.report
    for assessment in (*results.goal_assessments, *results.assessments):
        if not _agrees(assessment, report.scheme, report.year, results.evaluation.years):
            indicator = assessment.shown.indicator
            yield _fault(
                indicator.place, "achievement-contradiction", f"「{indicator.name}」の判定が達成率と合いません。"
            )


def every_scheme_judges_every_place(results: Results) -> Iterator[Diagnostic]:
    """No further judgement is left out anywhere, and each tells the same story in itself."""
    report, years = results.evaluation.report, results.evaluation.years
    for assessment in (*results.goal_assessments, *results.assessments):
        indicator = assessment.shown.indicator
        if [one.scheme for one in assessment.others] != [*report.further]:
            yield _fault(
                indicator.place, "achievement-judgements", f"「{indicator.name}」に、欠けている判定があります。"
            )
        for one in assessment.others:
            if one.scheme and not _agrees(one, one.scheme, report.year, years):
                message = f"「{indicator.name}」の「{one.scheme.name}」が達成率と合いません。"
                yield _fault(indicator.place, "achievement-contradiction", message)


def json_equals_results(results: Results) -> Iterator[Diagnostic]:
    """What is written to ``achievement.json`` is what was computed."""
    written = json.loads(json.dumps(content(results)))
    for part, assessments in (("goals", results.goal_assessments), ("measures", results.assessments)):
        read = [_as_read(row) for owner in written[part] for row in owner["indicators"]]
        if read != [_as_computed(a) for a in assessments]:
            yield _fault(_place(results), "achievement-json", f"achievement.jsonの{part}が計算結果と合いません。")


def letters_are_within_their_limits(results: Results) -> Iterator[Diagnostic]:
    """A rating that a person entered is allowed by the rate; one that is still to be entered is asked for."""
    each = {a.shown.indicator.id: a for a in (*results.goal_assessments, *results.assessments)}
    for place in each.values():
        for judgement in place.judgements:
            yield from _letter(judgement, results)


def _letter(found: Assessment, results: Results) -> Iterator[Diagnostic]:
    indicator, report, scheme = found.shown.indicator, results.evaluation.report, found.scheme
    judged = indicator_year(indicator, report.year, results.evaluation.years, scheme or report.scheme)
    if not is_entered(judged):
        if indicator.judgement:
            yield _not_expected(indicator)
        return
    if found.rating is not None or found.rating_reason is None:
        return
    named = f"の「{scheme.name}」" if scheme in report.further and scheme else ""
    subject = f"「{indicator.name}」{named}は、{found.rating_reason.removesuffix('ため')}ため、判定なしになります。"
    if indicator.judgement:
        place = indicator.judgement.place or indicator.place
        hint = "判定を直すか、実績を確かめてください。限度は、判定の方法（scheme）の区分に書かれています。"
        yield error("judgement-above-limit", place, subject, hint)
    elif found.met is not None or in_words(judged) is not None or judged.method.formula is Formula.FIXED:
        file = of_owner(results.evaluation.owner(indicator.id))
        where = f"{file} の {f'further_judgements {named}' if named else 'judgements '}の下"
        codes = "、".join(f"{band.code}（{band.label}）" for band in judged.method.bands)
        entry = f"{indicator.id}: {{rating: 識別名, reason: 理由}}"
        hint = f"{where}に「{entry}」と書いてください。区分の識別名は {codes} です。"
        yield warning("judgement-missing", indicator.place, subject, hint)


def _not_expected(indicator: Indicator) -> Diagnostic:
    message = f"「{indicator.name}」に記入された判定は、この指標の判定の方法が記入によらないため、使われません。"
    hint = "この記入を消すか、判定の方法（scheme）のこの指標の特例に entered: true と書いてください。"
    place = indicator.judgement.place if indicator.judgement else None
    return error("judgement-not-expected", place or indicator.place, message, hint)


MADE: tuple[Callable[[Results], Iterator[Diagnostic]], ...] = (
    every_place_is_assessed,
    counts_add_up,
    judgements_agree,
    every_scheme_judges_every_place,
    letters_are_within_their_limits,
    json_equals_results,
)


def _agrees(assessment: Assessment, scheme: Scheme, year: str, years: tuple[str, ...]) -> bool:
    method = indicator_year(assessment.shown.indicator, year, years, scheme).method
    if assessment.rate is None and ratings.rated(method) and assessment.rate_reason is None:
        return False
    if assessment.met is None:
        return assessment.rate is None
    if assessment.rating is None:
        return assessment.rating_reason is not None
    if assessment.rating.met and not assessment.met:
        return False
    capped = method.cap is not None and method.cap < 100
    return assessment.rate is None or capped or (assessment.rate >= 100) == assessment.met


def _total(counts: Iterator[Count]) -> Count:
    rows = list(counts)
    return Count(*(sum(getattr(one, name) for one in rows) for name in Count.__struct_fields__))


def _as_read(row: dict[str, Any]) -> tuple[object, ...]:
    return row["id"], row["name"], row["rate"], row["progress"], row["met"], row["rating"]


def _as_computed(assessment: Assessment) -> tuple[object, ...]:
    rate, progress = (None if p is None else plain(p) for p in (assessment.rate, assessment.progress))
    code = assessment.rating.code if assessment.rating else None
    return assessment.shown.indicator.id, assessment.shown.name, rate, progress, assessment.met, code


def _place(results: Results) -> Place:
    return results.evaluation.report.place


def _fault(place: Place, identifier: str, message: str) -> Diagnostic:
    return error(identifier, place, message, FAULT)
