"""From the evaluation to the results: every place assessed, then counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.diagnostics import Checked
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Assessment, GoalResult, MeasureResult, Results, Score
from pipeline.model.scheme import RollUp
from pipeline.model.strategy import Goal, Shown
from pipeline.stages.compute import rollup
from pipeline.stages.compute.assess import assess, count
from pipeline.stages.compute.checks import check_made


def compute(evaluation: Evaluation) -> Checked[Results]:
    """Assess every indicator where goals and measures show it, and count."""
    results = _results(evaluation)
    return Checked(results, check_made(results))


def _results(evaluation: Evaluation) -> Results:
    goals = {goal.id: goal for goal in evaluation.goals}
    measures = tuple(_measure(evaluation, goals.get(measure.goal), measure) for measure in evaluation.measures)
    by_goal = tuple(_goal(evaluation, goal, measures) for goal in evaluation.goals)
    return Results(
        evaluation,
        by_goal,
        measures,
        indicators=count(a for m in measures for a in m.assessments),
        targets=count(a for g in by_goal for a in g.assessments),
    )


def _measure(evaluation: Evaluation, goal: Goal | None, measure: Measure) -> MeasureResult:
    assessments, roll_up = _assessed(evaluation, measure.indicators), evaluation.report.scheme.roll_up
    score = rollup.score(rollup.of_indicators(assessments, roll_up), roll_up) if roll_up else None
    return MeasureResult(measure, goal, assessments, count(assessments), score)


def _goal(evaluation: Evaluation, goal: Goal, measures: Iterable[MeasureResult]) -> GoalResult:
    own = [m.assessments for m in measures if m.measure.goal == goal.id]
    below = [a for assessments in own for a in assessments]
    roll_up = evaluation.report.scheme.roll_up
    return GoalResult(
        goal,
        _assessed(evaluation, goal.indicators),
        count(below),
        _goal_score(own, below, roll_up) if roll_up else None,
    )


def _goal_score(own: Sequence[Sequence[Assessment]], below: Sequence[Assessment], roll_up: RollUp) -> Score | None:
    if roll_up.goal_of_measures:
        return rollup.score(rollup.of_measures([rollup.of_indicators(one, roll_up) for one in own]), roll_up)
    return rollup.score(rollup.of_indicators(below, roll_up), roll_up)


def _assessed(evaluation: Evaluation, shown: Iterable[Shown]) -> tuple[Assessment, ...]:
    report = evaluation.report
    return tuple(assess(one, report.year, report.scheme, evaluation.years) for one in shown)
