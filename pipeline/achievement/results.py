"""From the evaluation to the results: every place assessed, then counted."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.achievement.assess import assess, count
from pipeline.achievement.checks import check_given, check_made
from pipeline.diagnostics import Checked, has_errors
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Assessment, GoalResult, MeasureResult, Results
from pipeline.model.strategy import Goal, Shown


def compute(evaluation: Evaluation) -> Checked[Results]:
    """Assess every indicator where goals and measures show it, and count; the value is None if the input is unfit."""
    found = check_given(evaluation)
    if has_errors(found):
        return Checked(None, found)
    results = _results(evaluation)
    return Checked(results, found + check_made(results))


def _results(evaluation: Evaluation) -> Results:
    goals = {goal.id: goal for goal in evaluation.goals}
    measures = tuple(_measure(evaluation, goals[measure.goal], measure) for measure in evaluation.measures)
    by_goal = tuple(_goal(evaluation, goal, measures) for goal in evaluation.goals)
    return Results(
        evaluation,
        by_goal,
        measures,
        indicators=count(a for m in measures for a in m.assessments),
        targets=count(a for g in by_goal for a in g.assessments),
    )


def _measure(evaluation: Evaluation, goal: Goal, measure: Measure) -> MeasureResult:
    assessments = _assessed(evaluation, measure.indicators)
    return MeasureResult(measure, goal, assessments, count(assessments))


def _goal(evaluation: Evaluation, goal: Goal, measures: Iterable[MeasureResult]) -> GoalResult:
    below = (a for m in measures if m.goal.id == goal.id for a in m.assessments)
    return GoalResult(goal, _assessed(evaluation, goal.indicators), count(below))


def _assessed(evaluation: Evaluation, shown: Iterable[Shown]) -> tuple[Assessment, ...]:
    report = evaluation.report
    return tuple(assess(one, report.year, report.scheme) for one in shown)
