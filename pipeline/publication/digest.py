"""The digest (概要版): counts, the goals at a glance, the years so far, and what is behind, on a page or two.

In: the results of the year and of the years before. Out: the docx of digest.docx. ``workflows.papers`` calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.diagnostics import Checked
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.report import Report
from pipeline.model.results import Assessment, Count, MeasureResult, Results
from pipeline.publication.document import document
from pipeline.wording import plan
from pipeline.wording.era import in_text
from pipeline.wording.numbers import rate, value
from pipeline.wording.ratings import shown
from pipeline.wording.tally import breakdown, share
from pipeline.wording.terms import revised, verdict

TITLE = "概要版"
TEMPLATE = "digest.docx"


def digest(results: Results, earlier: Sequence[Results], templates: Path) -> Checked[bytes]:
    """Return the filled docx; ``earlier`` are the results of years before, oldest first."""
    report = results.evaluation.report
    return document(templates, TEMPLATE, title(report), report, {TITLE: _variables(results, earlier)})


def title(report: Report) -> str:
    """Name the digest: 総合戦略に関する評価　概要版."""
    return f"{report.book_title}　{TITLE}"


def _variables(results: Results, earlier: Sequence[Results]) -> dict[str, object]:
    evaluation, tells = results.evaluation, results.evaluation.report.show_rates
    years = [*earlier, results] if tells and earlier else []
    return {
        "題名": title(evaluation.report),
        "年度": in_text(evaluation.report.year),
        "階層": evaluation.form.top.name,
        "シートの階層": evaluation.form.lowest.short,
        "指標数": str(results.indicators.total),
        "内訳": _told(results.assessments, results).replace("　", "、") if tells else "",
        "基本目標": [*_goals(results)],
        "推移": [_year(one) for one in years],
        "遅れている指標": [*_behind(results)] if tells else [],
        "意見の数": str(len(evaluation.opinions)) if evaluation.opinions else "",
    }


def _told(places: Sequence[Assessment], results: Results) -> str:
    """Write how many have which rating; where rates are not to be shown, nothing, without its column."""
    report = results.evaluation.report
    return breakdown(places, report.scheme) if report.show_rates else HIDDEN


def _goals(results: Results) -> Iterator[dict[str, object]]:
    """Yield the goals that have indicators, each with its counts."""
    level = results.evaluation.form.top
    for node in results.goals:
        if node.count.total:
            heading = plan.node_title(level, node.goal)
            yield {
                "見出し": heading,
                "内訳": _told(results.assessments_below(node.goal.id), results),
                **_counts(node.count),
            }


def _counts(count: Count) -> dict[str, object]:
    return {
        "指標数": str(count.total),
        "達成": str(count.met),
        "未達成": str(count.unmet),
        "判定なし": str(count.unrated),
        "割合": share(count.met, count.judged),
    }


def _year(results: Results) -> dict[str, object]:
    told = _told(results.assessments, results)
    return {"年度": in_text(results.evaluation.report.year), "内訳": told, **_counts(results.indicators)}


def _behind(results: Results) -> Iterator[dict[str, object]]:
    """Yield the indicators that missed their target, the furthest behind first."""
    missed = [(m, one) for m in results.measures for one in m.assessments if one.met is False]
    for measure, assessment in sorted(missed, key=lambda pair: pair[1].rate if pair[1].rate is not None else -1):
        yield _indicator(measure, assessment, results.evaluation.report)


def _indicator(measure: MeasureResult, assessment: Assessment, report: Report) -> dict[str, object]:
    indicator = assessment.shown.indicator
    return {
        "施策": plan.title(measure.measure),
        "名称": assessment.shown.name,
        "単位": indicator.unit,
        "目標": value(assessment.target, indicator.decimals) + revised(assessment),
        "実績": value(assessment.actual, indicator.decimals),
        "達成率": rate(assessment),
        "判定": shown(verdict(assessment, report.scheme)),
    }
