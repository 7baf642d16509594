"""The years before of the same plan, as far as the project has their folders: what a year is held beside."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Results
from pipeline.stages import compute, validate
from pipeline.wording.era import gregorian
from pipeline.workflows.project import Project, year_before, years


def evaluations(project: Project, evaluation: Evaluation) -> Iterator[Evaluation]:
    """Yield the evaluations of the years before of the same plan, oldest first, as far as they are without errors."""
    for year in years(project.root):
        if gregorian(year) < gregorian(project.year):
            found = _of_plan(Project(project.root, year), evaluation)
            if found:
                yield found


def results(project: Project, evaluation: Evaluation) -> list[Results]:
    """Return the results of the years before of the same plan, oldest first."""
    computed = (compute.compute(one).value for one in evaluations(project, evaluation))
    return [one for one in computed if one]


def last_year(project: Project, evaluation: Evaluation) -> Evaluation | None:
    """Return the evaluation of the year before, where that is of the same plan and without errors."""
    before = year_before(project)
    return _of_plan(before, evaluation) if before else None


def _of_plan(earlier: Project, evaluation: Evaluation) -> Evaluation | None:
    read = validate.read(earlier.inputs, earlier.root).value
    return read if read and read.years[1] == evaluation.years[1] else None
