"""The computed figures for spreadsheets, ``achievement.csv``: where there is no number, people read the word for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.documents.csv_file import BOM, guarded, lines
from pipeline.model.results import Assessment, Results
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Absence, Amount, Direction, Kind, Value, Worded
from pipeline.stages.compute.files import percent, plain
from pipeline.wording import ratings
from pipeline.wording.numbers import marks
from pipeline.wording.revisions import notes
from pipeline.wording.terms import verdict

_DIRECTIONS = {
    Direction.INCREASE: "大きいほど良い",
    Direction.DECREASE: "小さいほど良い",
    Direction.MAINTAIN: "維持",
}
_KINDS = {Kind.CUMULATIVE: "累計", Kind.ANNUAL: "年間", Kind.POINT: "時点", Kind.MILESTONE: "節目", Kind.ACTION: "実施"}
_MET = {True: "達成", False: "未達成", None: ""}


def to_csv(results: Results) -> bytes:
    """Write ``achievement.csv``: UTF-8 with BOM and CRLF for Excel, a row per place, goal-level targets first."""
    return BOM + lines((_headings(results), *_rows(results)))


def _headings(results: Results) -> list[str]:
    form = results.evaluation.form
    rates = _rate_headings(results.evaluation.report.scheme.rate_name)
    years = [f"{year}{name}" for year in results.evaluation.years for name in ("目標", "実績")]
    return [
        *(
            "区分",
            *(level.name for level in form.upper),
            form.lowest.short,
            "指標ID",
            "指標",
            "単位",
            "方向",
            "種類",
            "基準年度",
            "基準値",
        ),
        *years,
        *("評価年度", *rates[:2], "目標の達成", "判定", rates[2], "判定の理由", rates[3]),
        *("改めた場合の条件", f"改めた場合の{rates[0]}", "改めた場合の判定"),
        *(name for scheme in results.evaluation.report.further for name in _named(scheme)),
        *(["判定した実績の年度"] if _takes_latest(results) else []),
        *(["計画の改定"] if _is_revised(results) else []),
    ]


def _named(scheme: Scheme) -> tuple[str, ...]:
    """Name the columns of a further judgement: its rate where it has one, the rating, and what it is due to."""
    rate = (f"{scheme.name}の{scheme.rate_name}（％）",) if scheme.rate_name else ()
    return (*rate, scheme.name, f"{scheme.name}の理由")


def _told(judgement: Assessment) -> tuple[str, ...]:
    rate = (percent(judgement.rate) or "",) if judgement.scheme.rate_name else ()
    entered = judgement.shown.indicator.judgement
    return (*rate, judgement.printed.label, judgement.rating_reason or (entered.reason if entered else ""))


def _takes_latest(results: Results) -> bool:
    """Return whether the scheme may judge an earlier year's actual."""
    return any(method.latest for method in ratings.methods(results.evaluation.report.scheme))


def _is_revised(results: Results) -> bool:
    """Return whether the plan was changed in anything."""
    return any(indicator.revisions for indicator in results.evaluation.indicators)


def _rate_headings(name: str) -> tuple[str, str, str, str]:
    """Name the columns of the rate and of the progress, and of the reasons why they are missing, never two alike."""
    rate, progress = name or "率", "進捗率" if name != "進捗率" else "基準値からの進捗率"
    return f"{rate}（％）", f"{progress}（％）", f"{rate}がない理由", f"{progress}がない理由"


def _rows(results: Results) -> Iterator[list[str]]:
    deeper = [""] * len(results.evaluation.form.upper)
    for goal in results.goals:
        for assessment in goal.assessments:
            yield _row(results, ("数値目標", _titled(goal.goal.number, goal.goal.name), *deeper), assessment)
    for result in results.measures:
        above = [_titled(node.number, node.name) for node in results.evaluation.above(result.measure)]
        for assessment in result.assessments:
            # A bare 1-2 would become a date in Excel; with its name behind it, it stays as it is.
            measure = f"{result.measure.id} {result.measure.name}"
            yield _row(results, ("重要業績評価指標", *above, measure), assessment)


def _titled(number: str, name: str) -> str:
    return f"{number} {name}" if number else name


def _row(results: Results, place: Iterable[str], assessment: Assessment) -> list[str]:
    indicator, report = assessment.shown.indicator, results.evaluation.report
    printed = verdict(assessment, report.scheme)
    words = (*place, indicator.id, assessment.shown.name, indicator.unit)
    return [
        *map(guarded, words),
        *(_DIRECTIONS[indicator.direction], _KINDS[indicator.kind]),
        *(indicator.baseline_year, _cell(indicator.baseline)),
        *(_cell(v.get(y)) for y in results.evaluation.years for v in (indicator.targets, indicator.actuals)),
        *(report.year, percent(assessment.rate) or "", percent(assessment.progress) or ""),
        *(_MET[assessment.met], guarded(printed.label)),
        *map(guarded, _reasons(assessment)),
        *map(guarded, _revised(assessment, report.scheme)),
        *(guarded(cell) for one in assessment.others for cell in _told(one)),
        *([assessment.actual_year] if _takes_latest(results) else []),
        *([guarded("".join(notes([indicator])))] if _is_revised(results) else []),
    ]


def _reasons(assessment: Assessment) -> tuple[str, str, str]:
    """Return why there is no rate, what the rating (or its absence) is due to besides figures, why no progress."""
    return assessment.rate_reason or "", assessment.rating_reason or "", assessment.progress_reason or ""


def _revised(assessment: Assessment, scheme: Scheme) -> tuple[str, str, str]:
    """Return the judgement by the revised baseline: its condition, rate and rating; empty where nothing was revised."""
    second = assessment.conditional
    if second is None:
        return "", "", ""
    return second.condition, percent(second.rate) or "", verdict(second, scheme).label


def _cell(value: Value | None) -> str:
    if isinstance(value, Worded):
        return guarded(value.words)
    if not isinstance(value, Amount):
        return value.value if isinstance(value, Absence) else ""
    return plain(value.number) + marks(value)
