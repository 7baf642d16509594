"""The computed figures as files: ``achievement.json`` for programs, ``achievement.csv`` for spreadsheets.

Numbers are decimal strings as exact as the inputs. In the JSON no word stands for a number: a year that is 未設定,
未測定 or 集計中 is null. The CSV, which people read, has the word.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.documents.csv_file import BOM, guarded, lines
from pipeline.model.evaluation import Activity, Evaluation, Initiative
from pipeline.model.form import FieldValue
from pipeline.model.results import Assessment, Count, GoalResult, MeasureResult, Results, Score
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Kind, Value, Worded
from pipeline.stages.compute.assess import count
from pipeline.wording import plan, ratings
from pipeline.wording.terms import verdict

REPEATED = "（再掲）"

_DIRECTIONS = {
    Direction.INCREASE: "大きいほど良い",
    Direction.DECREASE: "小さいほど良い",
    Direction.MAINTAIN: "維持",
}
_KINDS = {Kind.CUMULATIVE: "累計", Kind.ANNUAL: "年間", Kind.POINT: "時点", Kind.MILESTONE: "節目", Kind.ACTION: "実施"}
_MET = {True: "達成", False: "未達成", None: ""}


def to_json(results: Results) -> str:
    """Write ``achievement.json``; keys in a fixed order, one file for the same results."""
    report = results.evaluation.report
    content = {
        "year": report.year,
        "evaluated_in": report.evaluated_in,
        "goals": [_goal(goal) for goal in results.goals],
        "groups": [_group(group, results.evaluation) for group in results.groups],
        "measures": [_measure(measure, results.evaluation) for measure in results.measures],
        "levels": [{"id": one.id, "name": one.name, "sheet": one.sheet} for one in results.evaluation.form.levels],
        "summary": _summary(results),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def to_csv(results: Results) -> bytes:
    """Write ``achievement.csv``: UTF-8 with BOM and CRLF for Excel, a row per place, goal-level targets first."""
    return BOM + lines((_headings(results), *_rows(results)))


def plain(number: Decimal) -> str:
    """Write a number exactly, without separators or exponent."""
    return f"{number:f}"


def _goal(result: GoalResult) -> dict[str, object]:
    goal = result.goal
    return {
        "id": goal.id,
        "number": goal.number,
        "name": goal.name,
        "indicators": [_indicator(a) for a in result.assessments],
        **_of_form(goal.fields),
        **_scores(result.scores),
    }


def _group(result: GoalResult, evaluation: Evaluation) -> dict[str, object]:
    group = result.goal
    below = next((m for m in evaluation.measures if group.id in m.groups), None)
    depth = below.groups.index(group.id) + 1 if below else 0
    level = evaluation.form.levels[depth].id if depth else ""
    told = {"id": group.id, "number": group.number, "name": group.name, "parent": group.parent, "level": level}
    return {**told, **_of_form(group.fields), **_scores(result.scores)}


def _measure(result: MeasureResult, evaluation: Evaluation) -> dict[str, object]:
    measure = result.measure
    return {
        "id": measure.id,
        "number": plan.place(measure, evaluation),
        "goal": measure.goal,
        "groups": list(measure.groups),
        "name": measure.name,
        "departments": list(measure.departments),
        "sdgs": list(measure.sdgs),
        "indicators": [_indicator(a) for a in result.assessments],
        "initiatives": [_initiative(i) for i in measure.initiatives],
        "fields": _fields(measure.fields),
        **_scores(result.scores),
    }


def _scores(scores: Sequence[Score]) -> dict[str, object]:
    """Return the scores of a measure or a goal, by the first scheme that asks for one and by the others."""
    if not scores:
        return {}
    further = {"scores": {one.name: _score(one) for one in scores}} if len(scores) > 1 else {}
    return {"score": _score(scores[0]), **further}


def _score(score: Score) -> dict[str, object]:
    rating = score.rating.code if score.rating else None
    return {"value": plain(score.number), "rating": rating, "how": score.text}


def _initiative(initiative: Initiative) -> dict[str, object]:
    return {
        "id": initiative.id,
        "name": initiative.name,
        "repeated_from": initiative.repeated_from,
        "activities": [_activity(a) for a in initiative.activities],
        **({"indicators": list(initiative.indicators)} if initiative.indicators else {}),
        "fields": _fields(initiative.fields),
    }


def _of_form(values: Mapping[str, FieldValue]) -> dict[str, object]:
    """Return the fields of what the form may give some, where it does."""
    return {"fields": _fields(values)} if values else {}


def _fields(values: Mapping[str, FieldValue]) -> dict[str, object]:
    """Return what is entered in the form's fields; numbers are texts, and dates as in 2021-08-01."""
    return {identifier: _entered(value) for identifier, value in values.items()}


def _entered(value: FieldValue) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {year: plain(number) for year, number in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def _activity(activity: Activity) -> str:
    return activity.name + (REPEATED if activity.repeated_from else "")


def _indicator(assessment: Assessment) -> dict[str, object]:
    indicator = assessment.shown.indicator
    return {
        "id": indicator.id,
        "name": assessment.shown.name,
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "kind": indicator.kind.value,
        "baseline": {"year": indicator.baseline_year, "value": _number(indicator.baseline)},
        "targets": _numbers(indicator.targets),
        "actuals": _numbers(indicator.actuals),
        "rate": _percent(assessment.rate),
        "progress": _percent(assessment.progress),
        "met": assessment.met,
        "rating": assessment.rating.code if assessment.rating else None,
        "reason": assessment.reason or assessment.progress_reason,
        "rate_reason": assessment.rate_reason,
        "rating_reason": assessment.rating_reason,
        "progress_reason": assessment.progress_reason,
        **_of_form(indicator.fields),
        **_particulars(assessment),
    }


def _judged(judgement: Assessment) -> dict[str, object]:
    """Return one of several judgements of a place."""
    entered = judgement.shown.indicator.judgement
    return {
        "rate": _percent(judgement.rate),
        "met": judgement.met,
        "rating": judgement.rating.code if judgement.rating else None,
        "rate_reason": judgement.rate_reason,
        "rating_reason": judgement.rating_reason,
        **({"entered": entered.reason} if entered and judgement.rating else {}),
    }


def _particulars(assessment: Assessment) -> dict[str, object]:
    """Return what only some schemes and some indicators have."""
    told: dict[str, object] = {}
    indicator, conditional = assessment.shown.indicator, assessment.conditional
    preliminary = [year for year, v in indicator.actuals.items() if isinstance(v, Amount) and v.preliminary]
    if preliminary:
        told["preliminary"] = preliminary
    if indicator.judgement:
        told["judgement"] = {"rating": indicator.judgement.code, "reason": indicator.judgement.reason}
    if absences := _absences(indicator):
        told["absences"] = absences
    words = {year: value.words for year, value in indicator.targets.items() if isinstance(value, Worded)}
    if words:
        told["target_words"] = words
    if assessment.actual_year != assessment.year:
        told["actual_year"] = assessment.actual_year
    if assessment.others:
        told["judgements"] = {one.scheme.name: _judged(one) for one in assessment.judgements}
    if conditional:
        told["conditional"] = {
            "condition": conditional.condition,
            "rate": _percent(conditional.rate),
            "met": conditional.met,
            "rating": conditional.rating.code if conditional.rating else None,
            "reason": conditional.reason,
        }
    if indicator.revision:
        told["revised"] = {
            "baseline": _number(indicator.revision.baseline),
            "targets": _numbers(indicator.revision.targets),
            "reason": indicator.revision.reason,
        }
    return told


def _absences(indicator: Indicator) -> dict[str, dict[str, str]]:
    """Return why years have no number, apart from the numbers: 未設定, 未測定, 集計中, 終了."""
    known = {"targets": indicator.targets, "actuals": indicator.actuals}
    reasons = {what: {y: v.value for y, v in of.items() if isinstance(v, Absence)} for what, of in known.items()}
    return {what: years for what, years in reasons.items() if years}


def _numbers(values: Mapping[str, Value]) -> dict[str, str | None]:
    return {year: _number(value) for year, value in values.items()}


def _number(value: Value | None) -> str | None:
    return plain(value.number) if isinstance(value, Amount) else None


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _summary(results: Results) -> dict[str, object]:
    scheme = results.evaluation.report.scheme
    places = [a for m in results.measures for a in m.assessments]
    return {
        "goals": {goal.goal.id: _goal_summary(goal, results, scheme) for goal in results.goals},
        "all": {
            "indicators": _count(results.indicators, places, scheme),
            "targets": _count(results.targets, (a for g in results.goals for a in g.assessments), scheme),
            "distinct_indicators": len({a.shown.indicator.id for a in places}),
        },
        **_by_scheme(results, places),
    }


def _by_scheme(results: Results, places: Sequence[Assessment]) -> dict[str, object]:
    """Return the counts of every judgement by its own bands, where there are several."""
    if not results.evaluation.report.further:
        return {}
    counts = {}
    for number, scheme in enumerate(results.evaluation.report.schemes):
        own = [place.judgements[number] for place in places]
        counts[scheme.name] = _of_target(scheme, _count(count(own), own, scheme))
    return {"judgements": counts}


def _goal_summary(goal: GoalResult, results: Results, scheme: Scheme) -> dict[str, object]:
    places = [a for m in results.measures if m.measure.goal == goal.goal.id for a in m.assessments]
    return {
        "indicators": _count(goal.count, places, scheme),
        "targets": _count(count(goal.assessments), goal.assessments, scheme),
    }


def _count(counted: Count, assessments: Iterable[Assessment], scheme: Scheme) -> dict[str, object]:
    codes = [a.rating.code for a in assessments if a.rating]
    return {
        "total": counted.total,
        "rated": counted.total - counted.unrated,
        "met": counted.met,
        "unmet": counted.unmet,
        "other": counted.other,
        "unrated": counted.unrated,
        "no_data": counted.no_data,
        "ratings": {band.code: codes.count(band.code) for band in ratings.bands(scheme)},
    }


def _of_target(scheme: Scheme, counts: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out how many targets are met where a further judgement does not say so: an indicator's course does not."""
    return counts if scheme.tells_met else {k: v for k, v in counts.items() if k not in ("met", "unmet", "other")}


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
    ]


def _named(scheme: Scheme) -> tuple[str, ...]:
    """Name the columns of a further judgement: its rate where it has one, the rating, and what it is due to."""
    rate = (f"{scheme.name}の{scheme.rate_name}（％）",) if scheme.rate_name else ()
    return (*rate, scheme.name, f"{scheme.name}の理由")


def _told(judgement: Assessment) -> tuple[str, ...]:
    rate = (_percent(judgement.rate) or "",) if judgement.scheme.rate_name else ()
    entered = judgement.shown.indicator.judgement
    return (*rate, judgement.printed.label, judgement.rating_reason or (entered.reason if entered else ""))


def _takes_latest(results: Results) -> bool:
    """Return whether the scheme may judge an earlier year's actual."""
    return any(method.latest for method in ratings.methods(results.evaluation.report.scheme))


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
        *(report.year, _percent(assessment.rate) or "", _percent(assessment.progress) or ""),
        *(_MET[assessment.met], guarded(printed.label)),
        *map(guarded, _reasons(assessment)),
        *map(guarded, _revised(assessment, report.scheme)),
        *(guarded(cell) for one in assessment.others for cell in _told(one)),
        *([assessment.actual_year] if _takes_latest(results) else []),
    ]


def _reasons(assessment: Assessment) -> tuple[str, str, str]:
    """Return why there is no rate, what the rating (or its absence) is due to besides figures, why no progress."""
    return assessment.rate_reason or "", assessment.rating_reason or "", assessment.progress_reason or ""


def _revised(assessment: Assessment, scheme: Scheme) -> tuple[str, str, str]:
    """Return the judgement by the revised baseline: its condition, rate and rating; empty where nothing was revised."""
    second = assessment.conditional
    if second is None:
        return "", "", ""
    return second.condition, _percent(second.rate) or "", verdict(second, scheme).label


def _cell(value: Value | None) -> str:
    if isinstance(value, Worded):
        return guarded(value.words)
    if not isinstance(value, Amount):
        return value.value if isinstance(value, Absence) else ""
    marks = [value.state] * (value.state is not None) + ["速報値"] * value.preliminary
    return plain(value.number) + "".join(f"（{mark}）" for mark in marks)
