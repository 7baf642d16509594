"""The years before of the same plan, as far as the project has their folders: what a year is held beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Results
from pipeline.model.strategy import Goal, Indicator
from pipeline.stages import compute, validate
from pipeline.wording.era import gregorian
from pipeline.wording.freshness import is_open
from pipeline.workflows.project import Project, year_before, years

Shows = TypeVar("Shows", Measure, Goal)
"""What shows indicators."""


def evaluations(project: Project, evaluation: Evaluation) -> Iterator[Evaluation]:
    """Yield the evaluations of the years before of the same plan, oldest first, as far as they are without errors."""
    for year in years(project.root):
        if gregorian(year) < gregorian(project.year):
            found = _of_plan(Project(project.root, year), evaluation)
            if found:
                yield found


def results(project: Project, evaluation: Evaluation) -> list[Results]:
    """Return the results of the years before of the same plan, oldest first, by what is known of their figures now."""
    computed = (compute.compute(_settled(one, evaluation)).value for one in evaluations(project, evaluation))
    return [one for one in computed if one]


def _settled(earlier: Evaluation, now: Evaluation) -> Evaluation:
    """Return a year before with the figures that were open then (速報値, 集計中) as they are now: the tables beside
    them print these.
    """
    known = {one.id: one.actuals for one in now.indicators}

    def firm(indicator: Indicator) -> Indicator:
        later = known.get(indicator.id, {})
        actuals = {y: later.get(y, value) if is_open(value) else value for y, value in indicator.actuals.items()}
        return replace(indicator, actuals=actuals)

    def shown(node: Shows) -> Shows:
        return replace(node, indicators=tuple(replace(one, indicator=firm(one.indicator)) for one in node.indicators))

    return replace(
        earlier,
        measures=tuple(map(shown, earlier.measures)),
        goals=tuple(map(shown, earlier.goals)),
        groups=tuple(map(shown, earlier.groups)),
        indicators=tuple(map(firm, earlier.indicators)),
    )


def last_year(project: Project, evaluation: Evaluation) -> Evaluation | None:
    """Return the evaluation of the year before, where that is of the same plan and without errors."""
    before = year_before(project)
    return _of_plan(before, evaluation) if before else None


def _of_plan(earlier: Project, evaluation: Evaluation) -> Evaluation | None:
    read = validate.read(earlier.inputs, earlier.root).value
    return read if read and read.years[1] == evaluation.years[1] else None
