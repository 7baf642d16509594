"""From the evaluation to the results: every place assessed, then counted."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.diagnostics import Checked
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Assessment, GoalResult, MeasureResult, Results
from pipeline.model.strategy import Goal, Shown
from pipeline.stages.compute import rollup
from pipeline.stages.compute.assess import assess_by_all, count
from pipeline.stages.compute.checks import check_made


def compute(evaluation: Evaluation) -> Checked[Results]:
    """Return the assessment of every indicator where goals and measures show it, and the counts."""
    results = _results(evaluation)
    return Checked(results, check_made(results))


def _results(evaluation: Evaluation) -> Results:
    goals = {goal.id: goal for goal in evaluation.goals}
    measures = tuple(_measure(evaluation, goals.get(measure.goal), measure) for measure in evaluation.measures)
    by_goal = tuple(_node(evaluation, goal, measures) for goal in evaluation.goals)
    return Results(
        evaluation,
        by_goal,
        measures,
        indicators=count(a for m in measures for a in m.assessments),
        targets=count(a for g in by_goal for a in g.assessments),
        groups=tuple(_node(evaluation, group, measures) for group in evaluation.groups),
    )


def _measure(evaluation: Evaluation, goal: Goal | None, measure: Measure) -> MeasureResult:
    assessments = _assessed(evaluation, measure.indicators)
    scores = rollup.scores(evaluation.report.schemes, [assessments], goal=False)
    return MeasureResult(measure, goal, assessments, count(assessments), scores)


def _node(evaluation: Evaluation, node: Goal, measures: Iterable[MeasureResult]) -> GoalResult:
    own = [m.assessments for m in measures if m.measure.is_below(node.id)]
    scores = rollup.scores(evaluation.report.schemes, own, goal=True)
    return GoalResult(node, _assessed(evaluation, node.indicators), count(a for one in own for a in one), scores)


def _assessed(evaluation: Evaluation, shown: Iterable[Shown]) -> tuple[Assessment, ...]:
    report = evaluation.report
    return tuple(assess_by_all(one, report.year, report.schemes, evaluation.years) for one in shown)
