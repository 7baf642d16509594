"""An assessed indicator in the clerks' vocabulary (指標)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents.template import picture, run
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.report import Report
from pipeline.model.results import Assessment
from pipeline.model.strategy import Amount, Indicator, Value, Worded
from pipeline.stages.sheets import courses, pens, words
from pipeline.stages.sheets.pens import Pen, Places
from pipeline.wording import numbers, terms
from pipeline.wording.era import in_text
from pipeline.wording.freshness import as_of
from pipeline.wording.revisions import mark
from pipeline.wording.terms import YEARS, rating_style, shows_rate


class ChartPlace(Struct, frozen=True):
    """The place of an indicator's chart: its number from 1 on the sheet, and the size (mm) it is first given."""

    number: int
    width: float
    height: float

    @property
    def name(self) -> str:
        """The picture's name in the docx."""
        return f"chart{self.number}"


class Script(Struct, frozen=True):
    """What the values are written with, and where they stand in the inputs."""

    pen: Pen
    places: Places

    @property
    def years(self) -> Sequence[str]:
        """The years of the table, the baseline first."""
        return self.places.evaluation.years


def indicator(assessment: Assessment, figure: ChartPlace, report: Report, script: Script) -> dict[str, object]:
    """Return everything a template may print of an indicator."""
    verdict = terms.verdict(assessment, report.scheme)
    shown = assessment.shown
    return {
        "名称": script.pen.write(shown.name, script.places.name(shown), words.note(shown)),
        "数え方": words.counting(shown),
        "単位": shown.indicator.unit,
        "目標": _by_name(targets := _targets(shown.indicator, script)),
        "実績": _by_name(actuals := _actuals(shown.indicator, script)),
        "年度一覧": terms.by_year(script.years, report, {"目標": targets, "実績": actuals}),
        "比べた目標": _compared(assessment, report),
        "判定した実績": _judged(assessment, report),
        "実績の時点": as_of(shown.indicator, assessment.actual_year),
        "前年度比": courses.against_the_year_before(assessment),
        "推移": courses.through_the_years(assessment, report),
        "達成率": numbers.rate(assessment) if shows_rate(report) else HIDDEN,
        "判定の記号": run(verdict.mark, rating_style(assessment.rating)) if report.show_rates else run(HIDDEN),
        "判定": run(verdict.label, rating_style(assessment.rating)) if report.show_rates else run(HIDDEN),
        "判定一覧": [_by_scheme(one, report) for one in assessment.judgements],
        "図番号": figure.number,
        "グラフ": picture(figure.name, figure.width, figure.height, ""),
        "強調": _highlight(assessment, script.years, report),
    }


def _by_scheme(judgement: Assessment, report: Report) -> dict[str, object]:
    """Return one of several judgements: its name, mark and word, and its rate where it has one."""
    style, hidden = rating_style(judgement.rating), not report.show_rates
    named = judgement.scheme
    return {
        "名称": named.name if named else "",
        "達成率": HIDDEN if hidden or not (named and named.rate_name) else numbers.rate(judgement),
        "判定の記号": run(HIDDEN) if hidden else run(judgement.printed.mark, style),
        "判定": run(HIDDEN) if hidden else run(judgement.printed.label, style),
    }


def _targets(shown: Indicator, script: Script) -> list[str]:
    """The baseline year has no target; one in words is the strategy's, and no figure that could be read back."""
    return [numbers.NONE, *(_target(shown, year, script) for year in script.years[1:])]


def _target(shown: Indicator, year: str, script: Script) -> str:
    value, after = shown.targets.get(year), terms.beneath(mark(shown, year))
    if isinstance(value, Worded):
        return value.words + after
    return script.pen.write(_cell(value, shown), f"{pens.indicator(shown)}.targets.{year}", after)


def _actuals(shown: Indicator, script: Script) -> list[str]:
    pen, places = script.pen, script.places
    after = terms.beneath(terms.other_year(shown, script.years)) + terms.beneath(mark(shown))
    first = _cell(shown.baseline, shown) or numbers.NONE
    baseline = pen.write(first, f"{pens.indicator(shown)}.baseline.value", after)
    later = (pen.write(_cell(shown.actuals.get(y), shown), places.actual(shown, y)) for y in script.years[1:])
    return [baseline, *later]


def _by_name(texts: Sequence[str]) -> dict[str, str]:
    """Return a text for every name that a year may have."""
    return dict(zip(YEARS, (*texts, *[HIDDEN] * len(YEARS)), strict=False))


def _cell(value: Value | None, indicator: Indicator) -> str:
    """A milestone's state goes on a line of its own: the columns are narrow."""
    return numbers.value(value, indicator.decimals).replace("（", "\n（")


def _highlight(assessment: Assessment, years: Sequence[str], report: Report) -> dict[str, object]:
    """What stands beside the chart of a measure's only indicator: the rate, or the actual where there is none."""
    indicator, year = assessment.shown.indicator, assessment.actual_year
    rated = shows_rate(report) and assessment.rate is not None
    verdict = terms.verdict(assessment, report.scheme)
    return {
        "見出し": f"{in_text(year)}の{report.scheme.rate_name if rated else '実績'}",
        "数値": numbers.rate(assessment) if rated else _short(assessment.actual, indicator),
        "判定": run(f"{verdict.mark} {verdict.label}", rating_style(assessment.rating))
        if report.show_rates
        else Markup(""),
        "目標": _compared(assessment, report),
        "実績": _judged(assessment, report),
        "最終目標": _with_unit(indicator.targets.get(years[-1]), indicator),
    }


def _compared(assessment: Assessment, report: Report) -> str:
    """Write the target that the actual is held against, with its unit, and its year where that is another."""
    target = _with_unit(assessment.target, assessment.shown.indicator)
    return target + terms.target_marks(assessment, report.year)


def _judged(assessment: Assessment, report: Report) -> str:
    """Write the actual that was judged, with its unit, and its year where that is another."""
    return _with_unit(assessment.actual, assessment.shown.indicator) + terms.other_actual(assessment)


def _short(value: Value | None, indicator: Indicator) -> str:
    """Write a value large, with its unit and without a state; ― where there is none."""
    return (
        f"{numbers.number(value.number, indicator.decimals)}{indicator.unit}"
        if isinstance(value, Amount)
        else numbers.NONE
    )


def _with_unit(value: Value | None, indicator: Indicator) -> str:
    """Write a value with its unit: 2 航路（完成）; ― where there is none."""
    if not isinstance(value, Amount):
        return numbers.value(value, indicator.decimals) or numbers.NONE
    state = f"（{value.state}）" if value.state else ""
    return f"{numbers.number(value.number, indicator.decimals)} {indicator.unit}".rstrip() + state


def years_named(years: Sequence[str], report: Report) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the years by the names templates use, and what is said under each (基準値, 評価年度, 目標年度)."""
    return {**_by_name(years), "評価": report.year, "最終": years[-1]}, _by_name(terms.roles(years, report))
