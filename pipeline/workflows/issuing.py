"""What all that is sent in a run shares, sheets and workbooks alike; and the workbooks of a run.

In: a project and its evaluation. Out: an ``Occasion``, and new issues of workbooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from pipeline.departments import sending
from pipeline.departments.issued import input_places, records
from pipeline.departments.issued.asking import Asking, waiting
from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.workbook import ALL, name_of
from pipeline.model.correspondence import Format, Issue, Remark
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import FieldKind, Form
from pipeline.workflows import department_files
from pipeline.workflows.project import Project

_KINDS = {Format.EXCEL: frozenset(FieldKind), Format.BOTH: sending.FIGURES}
"""What kinds of fields a workbook asks for."""


def occasion(
    project: Project, evaluation: Evaluation, *, protected: bool, remarks: Mapping[str, Sequence[Remark]]
) -> sending.Occasion:
    """Return what all issues of a run share."""
    texts = department_files.texts(project)
    return sending.Occasion(
        project.year,
        Asking(evaluation.form, evaluation.report.year),
        lambda paths: input_places.values(texts, paths, evaluation.form),
        department_files.hashes(project),
        protected,
        remarks,
        f"{evaluation.report.city}{evaluation.report.division}",
    )


def by_department(
    evaluation: Evaluation, formats: Callable[[str], Format], references: Mapping[str, str]
) -> tuple[sending.Errand, ...]:
    """Return a workbook for every department that answers in Excel, ``formats`` saying which do: with the figures of
    its measures, and with the sentences, too, where no sheet asks for them, beside the texts of the year before.
    """
    found: dict[str, list[Measure]] = {}
    for measure in evaluation.measures:
        found.setdefault(sending.folder_of(measure.department, measure.id), []).append(measure)
    asked = {folder: formats(measures[0].department) for folder, measures in found.items()}
    heads = {folder: measures[0].department for folder, measures in found.items() if asked[folder] in _KINDS}
    waits, answering = waiting(evaluation), {head for folder, head in heads.items() if asked[folder] is Format.EXCEL}
    by_sheet = {one.id for folder, some in found.items() if asked[folder] is not Format.EXCEL for one in some}
    return tuple(
        sending.Errand(
            name_of(folder),
            folder,
            head,
            sending.Rows(
                evaluation,
                tuple(found[folder]),
                False,
                waits,
                _KINDS[asked[folder]],
                head,
                answering - {head},
                by_sheet,
                references,
            ),
        )
        for folder, head in heads.items()
    )


def names(evaluation: Evaluation) -> tuple[str, ...]:
    """Return what stands for the measure in the identity of every department's workbook, in their order."""
    folders = (sending.folder_of(measure.department, measure.id) for measure in evaluation.measures)
    return tuple(name_of(folder) for folder in dict.fromkeys(folders))


def sent_as(issue: Issue, form: Form) -> Format:
    """Return how the department of a workbook was asked: without sheets where it asks for sentences, too."""
    fields = (field_at(form, path) for path in issue.values)
    has_sentences = any(field is not None and field.kind is FieldKind.TEXT for field in fields)
    return Format.EXCEL if has_sentences else Format.BOTH


def of_all(evaluation: Evaluation) -> sending.Errand:
    """Return the workbook with the figures of all measures and goals, for the planning division."""
    rows = sending.Rows(evaluation, evaluation.measures, True, waiting(evaluation))
    return sending.Errand(name_of(), ALL, evaluation.report.division, rows)


def workbooks(
    errands: Sequence[sending.Errand], known: Sequence[Issue], given: sending.Occasion, again: Set[str]
) -> Iterator[sending.Issued]:
    """Yield the workbooks that were not sent yet, and those with a measure that is to be sent ``again``; where there
    are remarks, those that they are about.
    """
    sent = records.latest(known)
    for errand in errands:
        is_new = not given.remarks and errand.name not in sent
        if is_new or errand.name in given.remarks or again & {measure.id for measure in errand.rows.measures}:
            made = sending.workbook(errand, records.number_for(errand.name, known), given)
            if made is not None:
                yield made
