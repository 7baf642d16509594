"""What all that is sent in a run shares, sheets and workbooks alike; and the workbooks of a run.

In: a project and its evaluation. Out: an ``Occasion``, and new issues of workbooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.departments import sending
from pipeline.departments.issued import address, records
from pipeline.departments.issued.asking import Asking, waiting
from pipeline.departments.issued.workbook import ALL, name_of
from pipeline.model.correspondence import Issue, Remark
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.workflows import department_files
from pipeline.workflows.project import Project


def occasion(
    project: Project, evaluation: Evaluation, *, protected: bool, remarks: Mapping[str, Sequence[Remark]]
) -> sending.Occasion:
    """Return what all issues of a run share."""
    texts = department_files.texts(project)
    return sending.Occasion(
        project.year,
        Asking(evaluation.form, evaluation.report.year),
        lambda paths: address.values(texts, paths, evaluation.form),
        department_files.hashes(project),
        protected,
        remarks,
        f"{evaluation.report.city}{evaluation.report.division}",
    )


def by_department(evaluation: Evaluation) -> tuple[sending.Errand, ...]:
    """Return a workbook for every department that returns a sheet, with the figures of its measures."""
    found: dict[str, list[Measure]] = {}
    for measure in evaluation.measures:
        found.setdefault(sending.folder_of(measure.department, measure.id), []).append(measure)
    return tuple(
        sending.Errand(name_of(folder), folder, measures[0].department, _rows(evaluation, measures, goals=False))
        for folder, measures in found.items()
    )


def of_all(evaluation: Evaluation) -> sending.Errand:
    """Return the workbook with the figures of all measures and goals, for the planning division."""
    rows = _rows(evaluation, evaluation.measures, goals=True)
    return sending.Errand(name_of(), ALL, evaluation.report.division, rows)


def _rows(evaluation: Evaluation, measures: Sequence[Measure], *, goals: bool) -> sending.Rows:
    return sending.Rows(evaluation, tuple(measures), goals, waiting(evaluation))


def workbooks(
    errands: Sequence[sending.Errand], known: Sequence[Issue], given: sending.Occasion, again: Set[str]
) -> Iterator[sending.Issued]:
    """Yield the workbooks that were not sent yet, and those with a measure that is to be sent ``again``."""
    sent = records.latest(known)
    for errand in errands:
        if errand.name not in sent or again & {measure.id for measure in errand.rows.measures}:
            made = sending.workbook(errand, records.number_for(errand.name, known), given)
            if made is not None:
                yield made
