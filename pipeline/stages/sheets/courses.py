"""How an indicator moves, in the clerks' vocabulary: against the year before (前年度比), through the years (推移)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.documents.template import run
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.report import Report
from pipeline.model.results import Assessment
from pipeline.wording import numbers, terms
from pipeline.wording.era import in_text
from pipeline.wording.terms import rating_style, shows_rate

_POINTS = ("%", "％")


def against_the_year_before(assessment: Assessment) -> Mapping[str, str]:
    """Return the figures of the year before and what became of them; ― and the reason where there is nothing."""
    found, indicator = assessment.on_year, assessment.shown.indicator
    if found is None:
        return dict.fromkeys(("年度", "前年度", "今年度", "差", "差の単位", "比", "理由"), "")
    mark = numbers.PRELIMINARY if found.preliminary else ""
    difference, ratio = found.difference, found.ratio
    return {
        "年度": found.year,
        "前年度": numbers.value(found.before, indicator.decimals) or numbers.NONE,
        "今年度": numbers.value(indicator.actuals.get(assessment.year), indicator.decimals) or numbers.NONE,
        "差": numbers.NONE if difference is None else numbers.signed(difference, indicator.decimals) + mark,
        "差の単位": "" if difference is None else "ポイント" if indicator.unit in _POINTS else indicator.unit,
        "比": numbers.NONE if ratio is None else f"{ratio:,f}%{mark}",
        "理由": found.reason,
    }


def through_the_years(assessment: Assessment, report: Report) -> list[Mapping[str, object]]:
    """Return a row for every year of which the project has the evaluation, this one last."""
    return [_year(one, report) for one in (*assessment.past, assessment)]


def _year(assessment: Assessment, report: Report) -> Mapping[str, object]:
    indicator, scheme = assessment.shown.indicator, assessment.scheme
    verdict, style = terms.verdict(assessment, scheme), rating_style(assessment.rating)
    return {
        "年度": in_text(assessment.year),
        "年度の略": assessment.year,
        "目標": numbers.value(assessment.target, indicator.decimals) or numbers.NONE,
        "実績": numbers.value(assessment.actual, indicator.decimals) or numbers.NONE,
        "達成率": numbers.rate(assessment) if shows_rate(report) else HIDDEN,
        "判定の記号": run(verdict.mark, style) if report.show_rates else run(HIDDEN),
        "判定": run(verdict.label, style) if report.show_rates else run(HIDDEN),
    }
