"""The computed figures for programs: ``achievement.json``.

Numbers are decimal strings as exact as the inputs. No word stands for a number: a year that is 未設定, 未測定 or 集計中
is null.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from pipeline.model.evaluation import Activity, Evaluation, Initiative
from pipeline.model.form import FieldValue
from pipeline.model.results import Assessment, Count, GoalResult, MeasureResult, Results, Score
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Absence, Amount, Indicator, Revision, Value, Worded
from pipeline.stages.compute.assess import count
from pipeline.wording import plan, ratings

REPEATED = "（再掲）"


def to_json(results: Results) -> str:
    """Write ``achievement.json``; keys in a fixed order, one file for the same results."""
    return json.dumps(content(results), ensure_ascii=False, indent=1) + "\n"


def content(results: Results) -> Mapping[str, object]:
    """Return what ``achievement.json`` has."""
    report = results.evaluation.report
    return {
        "year": report.year,
        "evaluated_in": report.evaluated_in,
        "goals": [_goal(goal) for goal in results.goals],
        "groups": [_group(group, results.evaluation) for group in results.groups],
        "measures": [_measure(measure, results.evaluation) for measure in results.measures],
        "levels": [{"id": one.id, "name": one.name, "sheet": one.sheet} for one in results.evaluation.form.levels],
        "summary": _summary(results),
    }


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
    match value:
        case Decimal():
            return plain(value)
        case Mapping():
            return {year: plain(number) for year, number in value.items()}
        case datetime.date():
            return value.isoformat()
        case str() | bool() | None:
            return value
    assert_never(value)


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
        "rate": percent(assessment.rate),
        "progress": percent(assessment.progress),
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
        "rate": percent(judgement.rate),
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
            "rate": percent(conditional.rate),
            "met": conditional.met,
            "rating": conditional.rating.code if conditional.rating else None,
            "reason": conditional.reason,
        }
    if indicator.rebased:
        told["revised"] = {
            "baseline": _number(indicator.rebased.baseline),
            "targets": _numbers(indicator.rebased.targets),
            "reason": indicator.rebased.reason,
        }
    if indicator.as_of:
        told["as_of"] = {year: day.isoformat() for year, day in indicator.as_of.items()}
    if indicator.revisions:
        told["revisions"] = [_revision(one) for one in indicator.revisions]
    return told


def _revision(one: Revision) -> dict[str, object]:
    """Return what the plan was changed in; ``target`` is the year of the target, null where it was the baseline."""
    return {
        "number": one.number,
        "target": one.year or None,
        "before": _number(one.before),
        "after": _number(one.after),
        "date": one.date.isoformat(),
        "since": one.since,
        "reason": one.reason,
    }


def _absences(indicator: Indicator) -> dict[str, dict[str, str]]:
    """Return why years have no number, apart from the numbers: 未設定, 未測定, 集計中, 終了."""
    known = {"targets": indicator.targets, "actuals": indicator.actuals}
    reasons = {what: {y: v.value for y, v in of.items() if isinstance(v, Absence)} for what, of in known.items()}
    return {what: years for what, years in reasons.items() if years}


def _numbers(values: Mapping[str, Value]) -> dict[str, str | None]:
    return {year: _number(value) for year, value in values.items()}


def _number(value: Value | None) -> str | None:
    return plain(value.number) if isinstance(value, Amount) else None


def percent(value: Decimal | None) -> str | None:
    """Write a percentage exactly; None where there is none."""
    return None if value is None else plain(value)


def _summary(results: Results) -> dict[str, object]:
    scheme = results.evaluation.report.scheme
    places = results.assessments
    return {
        "goals": {goal.goal.id: _goal_summary(goal, results, scheme) for goal in results.goals},
        "all": {
            "indicators": _count(results.indicators, places, scheme),
            "targets": _count(results.targets, results.goal_assessments, scheme),
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
    return {
        "indicators": _count(goal.count, results.assessments_below(goal.goal.id), scheme),
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
