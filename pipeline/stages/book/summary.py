"""The summary (総括): how many targets were met, by goal and indicator by indicator. Variables of summary.docx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from pipeline.documents.template import Template, run
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.results import Assessment, Count, GoalResult, MeasureResult, Results, Score
from pipeline.model.scheme import RollUp
from pipeline.model.strategy import Indicator, Value
from pipeline.stages.book.bars import bar, room
from pipeline.stages.book.contents import summary_title
from pipeline.stages.book.words import aim_reached, place, rating, total
from pipeline.wording import ratings
from pipeline.wording.numbers import rate, rounded, value
from pipeline.wording.terms import shows_rate, verdict

_TOLD_ALONE = 3
"""Indicators judged for a reason that are told one by one; the table shows which ones they are."""


_NO_BAR = Markup(f"<w:p>{run(HIDDEN)}</w:p>")  # noqa: S704 - ``run`` escapes


def variables(results: Results, template: Template) -> dict[str, object]:
    """Give the variable 総括 of summary.docx; the template's cells say how long a full bar is."""
    report = results.evaluation.report
    width = room(template, "目標.棒")
    return {
        "総括": {
            "題名": summary_title(report),
            "見出し": headline(results),
            "基本目標": [_goal(goal, width) for goal in results.goals if total(goal.count)],
            "合計": counts(results.indicators, width),
            "指標": [row for m in results.measures for row in _rows(m, results, room(template, "指標.棒"))],
            "注": [*_scores(results), *_notes(results)] if report.show_rates else [],
        },
    }


def headline(results: Results) -> str:
    """Say the page's message: how many of how many targets were met, or only what it lists where rates are hidden."""
    number = total(results.indicators)
    if not results.evaluation.report.show_rates:
        return f"{number}指標の目標と実績"
    return f"{number}指標のうち、{results.indicators.met}指標が{aim_reached(results.evaluation)}を達成"


def counts(count: Count, width: int) -> dict[str, object]:
    """Give a count as a row of the table has it, with the share that was met and its bar."""
    number = total(count)
    share = Decimal(100 * count.met) / number if number else Decimal(0)
    return {
        "指標数": str(number),
        "達成": str(count.met),
        "未達成": str(count.unmet),
        "判定なし": str(count.no_data),
        "割合": f"{rounded(share, 0)}%",
        "棒": bar(share, True, width),
    }


def _goal(result: GoalResult, width: int) -> dict[str, object]:
    return {"番号": result.goal.id, "名称": result.goal.name, **counts(result.count, width)}


def _rows(result: MeasureResult, results: Results, width: int) -> Iterator[dict[str, object]]:
    report = results.evaluation.report
    rated = shows_rate(report)
    for number, assessment in enumerate(result.assessments):
        indicator = assessment.shown.indicator
        yield {
            "基本目標の先頭": number == 0 and _is_first(result, results),
            "施策": place(result.measure),
            "名称": assessment.shown.name,
            "単位": indicator.unit,
            "目標": _figure(indicator, indicator.targets.get(report.year)),
            "実績": _figure(indicator, indicator.actuals.get(report.year)),
            "達成率": rate(assessment) if rated else HIDDEN,
            "棒": bar(assessment.rate, assessment.met is True, width) if rated else _NO_BAR,
            "判定": rating(verdict(assessment, report.scheme)),
        }


def _is_first(result: MeasureResult, results: Results) -> bool:
    """Tell whether the measure is the first of its goal that shows an indicator."""
    shown = (m.measure.id for m in results.measures if m.goal.id == result.goal.id and m.assessments)
    return next(shown, "") == result.measure.id


def _figure(indicator: Indicator, figure: Value | None) -> Markup:
    """Give a number's paragraph. Whole numbers keep the room of ``.0``, so that units stand under units."""
    plain = indicator.decimals or indicator.states
    style = "SummaryNumber" if plain else "SummaryNumberWhole"
    text = run(value(figure, indicator.decimals))
    return Markup(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>')  # noqa: S704 - ``run`` escapes


def _scores(results: Results) -> Iterator[str]:
    """Tell every goal's average, where the scheme asks for one."""
    roll_up = results.evaluation.report.scheme.roll_up
    told = [f"{goal.goal.id}が{_score(goal.score, roll_up)}" for goal in results.goals if goal.score and roll_up]
    if told:
        yield f"基本目標の評点は、{'、'.join(told)}です。"


def _score(score: Score, roll_up: RollUp) -> str:
    label = f"（{score.rating.label}）" if score.rating else ""
    return f"{score.number:f}{ratings.UNITS[roll_up.of]}{label}"


def _notes(results: Results) -> Iterator[str]:
    """Explain every judgement that no rate stands behind, such as a milestone in an earlier state."""
    notes: dict[str, list[str]] = {}
    for measure in results.measures:
        for assessment in measure.assessments:
            if assessment.reason:
                subject = f"{place(measure.measure)}{assessment.shown.name}"
                notes.setdefault(_verdict(assessment, results), []).append(subject)
    alone = sum(map(len, notes.values())) <= _TOLD_ALONE
    for told_as, subjects in notes.items():
        told = subjects if alone or len(subjects) == 1 else [f"{len(subjects)}指標"]
        yield from (f"{subject}は、{told_as}" for subject in told)


def _verdict(assessment: Assessment, results: Results) -> str:
    label = verdict(assessment, results.evaluation.report.scheme).label
    cause = (assessment.reason or "").removesuffix("ため")
    # A reason ends in ため already, but for a milestone's, which is its state: 整備中（目標は完成）.
    return f"{cause}{'の' if cause == assessment.reason else ''}ため、{label}としました。"
