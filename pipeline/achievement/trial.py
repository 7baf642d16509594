"""A scheme tried on a bare table: the same assessment as in a report, and the scores by measure."""

from __future__ import annotations

from pipeline.achievement import rollup
from pipeline.achievement.assess import assess
from pipeline.model.results import Assessment, Score
from pipeline.model.trial import Trial, Tried


def rate(trial: Trial) -> Tried:
    """Assess every indicator of the table."""
    found = tuple(assess(one.shown, trial.year, trial.scheme, trial.years) for one in trial.entries)
    return Tried(trial, found, tuple(_scores(trial, found)))


def _scores(trial: Trial, found: tuple[Assessment, ...]) -> list[tuple[str, Score]]:
    """Average each measure, and all of them where there are several."""
    roll_up = trial.scheme.roll_up
    if roll_up is None:
        return []
    groups: dict[str, list[Assessment]] = {}
    for entry, assessment in zip(trial.entries, found, strict=True):
        groups.setdefault(entry.measure, []).append(assessment)
    averages = {name: rollup.of_indicators(own, roll_up) for name, own in groups.items()}
    whole = (
        rollup.of_measures([*averages.values()]) if roll_up.goal_of_measures else rollup.of_indicators(found, roll_up)
    )
    named = [(name, average) for name, average in averages.items() if name] + [("全体", whole)]
    return [(name, score) for name, average in named if (score := rollup.score(average, roll_up))]
