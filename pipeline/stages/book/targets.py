"""The goal-level targets (数値目標): variables and charts of targets.docx."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents.template import Picture, Template, picture, run
from pipeline.documents.template.looks import HIDDEN
from pipeline.documents.units import MM, twips_to_pt
from pipeline.model.documents import Chart
from pipeline.model.report import Report
from pipeline.model.results import Assessment, GoalResult, Results
from pipeline.model.strategy import Direction, Indicator, Value
from pipeline.stages.book.bars import room
from pipeline.stages.book.words import aim_reached, mark, word
from pipeline.wording import revisions, terms
from pipeline.wording.numbers import in_brackets, rate, value
from pipeline.wording.tally import breakdown
from pipeline.wording.terms import shows_rate, verdict

WIDTH, HEIGHT = 54.6, 38.0
"""Size of a chart (mm): three stand in a row."""
CHART = ".グラフ"
"""Ends the names under which the template has charts."""
_SNUG = 1.15
"""How much wider than ``WIDTH`` a cell may be, and still be made for it."""

_SLOTS = ("左", "中", "右")
_NO_CHART: Mapping[str, object] = {"図番号": "", "名称": "", "グラフ": Markup()}

Draw = Callable[[Assessment, float, float], Chart]


class GoalChart(Struct, frozen=True):
    """A chart of the page with the goal it belongs to and its number (図1)."""

    goal: str
    number: int
    title: str
    chart: Chart

    @property
    def files(self) -> Mapping[str, bytes]:
        """Its drawings by their path under outputs/<year>/."""
        return {f"charts/goal-{self.goal}/{name}": data for name, data in self.chart.files.items()}

    @property
    def picture(self) -> Picture:
        """The picture as the docx carries it."""
        chart = self.chart
        return Picture(f"figure{self.number}", chart.png, chart.svg, chart.width, chart.height, chart.alt)


def width(template: Template) -> float:
    """Return how wide (mm) charts are: as the cell that shows the first, where it is not made for the usual width."""
    found = twips_to_pt(room(template, CHART)) / MM
    return WIDTH if not found or WIDTH <= found <= WIDTH * _SNUG else round(found, 1)


def figures(results: Results, draw: Draw, width: float = WIDTH) -> tuple[GoalChart, ...]:
    """Return the chart of every goal-level target, numbered on through the goals."""
    shown = [(goal.goal.id, assessment) for goal in results.goals for assessment in goal.assessments]
    return tuple(GoalChart(g, n, a.shown.name, draw(a, width, HEIGHT)) for n, (g, a) in enumerate(shown, 1))


def variables(
    results: Results, figures: Sequence[GoalChart], nodes: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    """Return the variables of targets.docx."""
    evaluation, count = results.evaluation, results.targets
    places = results.goal_assessments
    return {
        "年度": _by_name(evaluation.years),
        "年度の注": _by_name(said := terms.roles(evaluation.years, evaluation.report)),
        "年度一覧": terms.by_year(evaluation.years, evaluation.report, {"注": said}),
        "数値目標": {
            "題名": evaluation.report.targets_title,
            "説明": evaluation.report.targets_note,
            "判定できる数": str(count.judged),
            "達成した数": str(count.met),
            "達成の目安": aim_reached(evaluation),
            "達成を示す": terms.tells_met(evaluation.report, count),
            "判定あり": count.total > count.unrated,
            "内訳": breakdown(places, evaluation.report.scheme),
            "基本目標": [{**nodes[goal.goal.id], **_goal(goal, results)} for goal in results.goals if goal.assessments],
        },
        "図の段": list(_rows(figures)),
    }


def _goal(result: GoalResult, results: Results) -> dict[str, object]:
    evaluation = results.evaluation
    rows = [_indicator(a, evaluation.years, evaluation.report) for a in result.assessments]
    return {"番号": result.goal.number, "名称": result.goal.name, "指標": rows}


def _indicator(assessment: Assessment, years: Sequence[str], report: Report) -> dict[str, object]:
    indicator = assessment.shown.indicator
    return {
        "名称": assessment.shown.name,
        "補足": _remarks(assessment, report),
        "目標": _by_name(targets := ["", *_targets(indicator, years[1:])]),
        "実績": _by_name(actuals := [_baseline(indicator, years), *_printed(indicator, indicator.actuals, years[1:])]),
        "年度一覧": terms.by_year(years, report, {"目標": targets, "実績": actuals}),
        **(_judged(assessment, report) if report.show_rates else _not_judged()),
    }


def _judged(assessment: Assessment, report: Report) -> dict[str, object]:
    rating = verdict(assessment, report.scheme)
    shown = rate(assessment) if shows_rate(report) else HIDDEN
    return {"達成率": shown, "判定の記号": mark(rating), "判定": word(rating)}


def _not_judged() -> dict[str, object]:
    return {"達成率": HIDDEN, "判定の記号": run(HIDDEN), "判定": run(HIDDEN)}


def _remarks(assessment: Assessment, report: Report) -> str:
    """Return what stands after an indicator's name: its unit, and on lines of their own what else there is to say."""
    indicator = assessment.shown.indicator
    direction = "小さいほど良い" if indicator.direction is Direction.DECREASE else ""
    late = terms.other_actual(assessment) if report.show_rates else ""
    judged = f"※判定は{assessment.actual_year}の実績によります" if late else ""
    second = terms.conditional(assessment, report.scheme) if report.show_rates else ""
    shorts = (revisions.short(indicator, one) for one in indicator.revisions)
    told = (in_brackets(indicator.unit), indicator.note, direction, judged, second and f"※{second}", *shorts)
    return "\n".join(filter(None, told))


def _baseline(indicator: Indicator, years: Sequence[str]) -> str:
    text = value(indicator.baseline, indicator.decimals) + terms.other_year(indicator, years)
    return text + terms.beneath(revisions.mark(indicator))


def _targets(indicator: Indicator, years: Sequence[str]) -> Iterator[str]:
    texts = zip(years, _printed(indicator, indicator.targets, years), strict=True)
    return (text + terms.beneath(revisions.mark(indicator, year)) for year, text in texts)


def _printed(indicator: Indicator, values: Mapping[str, Value], years: Sequence[str]) -> Iterator[str]:
    return (value(values.get(year), indicator.decimals) for year in years)


def _by_name(texts: Sequence[str]) -> dict[str, str]:
    """Return a text for every name that a year may have."""
    return dict(zip(terms.YEARS, (*texts, *[HIDDEN] * len(terms.YEARS)), strict=False))


def _rows(figures: Sequence[GoalChart]) -> Iterator[Mapping[str, object]]:
    """Lay the charts out three to a row; slots that stay free print nothing."""
    cells = [_chart(figure) for figure in figures]
    cells += [_NO_CHART] * (-len(cells) % len(_SLOTS))
    for first in range(0, len(cells), len(_SLOTS)):
        yield dict(zip(_SLOTS, cells[first : first + len(_SLOTS)], strict=True))


def _chart(figure: GoalChart) -> Mapping[str, object]:
    drawn = figure.picture
    graph = picture(drawn.name, drawn.width, drawn.height, drawn.alt)
    return {"図番号": f"図{figure.number}　", "名称": figure.title, "グラフ": graph}
