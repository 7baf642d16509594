"""A scheme tried on a bare table: the same assessment as in a report, and the scores by measure."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.results import Assessment, Score
from pipeline.model.scheme import RollUp
from pipeline.model.trial import Trial, Tried
from pipeline.stages.compute import rollup
from pipeline.stages.compute.assess import assess


def rate(trial: Trial) -> Tried:
    """Return the assessment of every indicator of the table."""
    found = tuple(assess(one.shown, trial.year, trial.scheme, trial.years) for one in trial.entries)
    return Tried(trial, found, tuple(_scores(trial, found)))


Place = tuple[str, str]
"""A goal and one of its measures."""


def _scores(trial: Trial, found: tuple[Assessment, ...]) -> list[tuple[str, Score]]:
    """Average each measure, each goal, and all of them, as far as the table names them."""
    roll_up = trial.scheme.roll_up
    if roll_up is None:
        return []
    groups: dict[Place, list[Assessment]] = {}
    for entry, assessment in zip(trial.entries, found, strict=True):
        groups.setdefault((entry.goal, entry.measure), []).append(assessment)
    measures = [(name, rollup.of_indicators(own, roll_up)) for (_, name), own in groups.items() if name]
    goals = [(name, _above(groups, name, roll_up)) for name in dict.fromkeys(goal for goal, _ in groups) if name]
    named = [*measures, *goals, ("全体", _above(groups, None, roll_up))]
    return [(name, score) for name, average in named if (score := rollup.score(average, roll_up))]


def _above(groups: Mapping[Place, list[Assessment]], goal: str | None, roll_up: RollUp) -> rollup.Average:
    """Average a goal, or all there is, from its measures or its indicators."""
    own = [found for (name, _), found in groups.items() if goal in (None, name)]
    if roll_up.goal_of_measures:
        return rollup.of_measures([rollup.of_indicators(found, roll_up) for found in own], roll_up)
    return rollup.of_indicators([one for found in own for one in found], roll_up)
