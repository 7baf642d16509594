"""What all that is sent in a run shares, sheets and workbooks alike; and the workbooks of a run.

In: a project and its evaluation. Out: an ``Occasion``, and new issues of workbooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from pipeline.departments import sending
from pipeline.departments.issued import input_places, records
from pipeline.departments.issued.asking import Asking, answering, waiting
from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.workbook import ALL, name_of
from pipeline.model.correspondence import Issue, Remark
from pipeline.model.evaluation import Evaluation, Measure, Opinion
from pipeline.model.form import FieldKind, Form
from pipeline.model.options import Format
from pipeline.storage.naming import OPINIONS
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

    What a department answers of the opinions that stand on no sheet is in its workbook, too, however it is asked.
    """
    heads, measures = _heads(evaluation), _measures(evaluation)
    asked = {folder: formats(head) for folder, head in heads.items()}
    by_sheet = {one.id for folder, some in measures.items() if asked[folder] is not Format.EXCEL for one in some}
    opinions = _by_folder(evaluation, by_sheet)
    waits = waiting(evaluation)
    return tuple(
        sending.Errand(
            name_of(folder),
            folder,
            head,
            sending.Rows(
                evaluation,
                tuple(measures.get(folder, ())) if asked[folder] in _KINDS else (),
                False,
                waits,
                _KINDS.get(asked[folder], frozenset()),
                tuple(opinions.get(folder, ())),
                references,
            ),
        )
        for folder, head in heads.items()
        if asked[folder] in _KINDS or folder in opinions
    )


def _measures(evaluation: Evaluation) -> Mapping[str, Sequence[Measure]]:
    """Return the measures in every department's folder."""
    found: dict[str, list[Measure]] = {}
    for measure in evaluation.measures:
        found.setdefault(sending.folder_of(measure.department, measure.id), []).append(measure)
    return found


def _by_folder(evaluation: Evaluation, by_sheet: Set[str] = frozenset()) -> Mapping[str, Sequence[Opinion]]:
    """Return the open opinions by the folder of who answers, but for those about the measures ``by_sheet``."""
    found: dict[str, list[Opinion]] = {}
    for one in evaluation.opinions:
        if one.department and not one.closed and one.node not in by_sheet:
            found.setdefault(sending.folder_of(one.department, one.node), []).append(one)
    return found


def _heads(evaluation: Evaluation) -> Mapping[str, str]:
    """Return the departments of all folders: those with measures, then those that answer opinions."""
    folders = (_measures(evaluation), _by_folder(evaluation))
    return {folder: some[0].department for found in folders for folder, some in found.items()}


def names(evaluation: Evaluation) -> tuple[str, ...]:
    """Return what stands for the measure in the identity of every department's workbook, in their order."""
    return tuple(map(name_of, _heads(evaluation)))


def sent_as(issue: Issue, form: Form) -> Format:
    """Return how the department of a workbook was asked: without sheets where it asks for sentences, too; by sheets
    alone where it asks for nothing but answers to opinions.
    """
    fields = [field_at(form, path) for path in issue.values if not path.startswith(OPINIONS)]
    has_sentences = any(field is not None and field.kind is FieldKind.TEXT for field in fields)
    return Format.EXCEL if has_sentences else Format.BOTH if fields else Format.WORD


def of_all(evaluation: Evaluation, references: Mapping[str, str]) -> sending.Errand:
    """Return the workbook with the figures of all measures and goals, and all opinions, for the planning division."""
    opinions = tuple(one for one in evaluation.opinions if not one.closed)
    waits = waiting(evaluation)
    rows = sending.Rows(evaluation, evaluation.measures, True, waits, sending.FIGURES, opinions, references)
    return sending.Errand(name_of(), ALL, evaluation.report.division, rows)


def workbooks(
    errands: Sequence[sending.Errand], known: Sequence[Issue], given: sending.Occasion, again: Set[str]
) -> Iterator[sending.Issued]:
    """Yield the workbooks that were not sent yet, and those about something that is to be sent ``again``; where there
    are remarks, those that they are about.
    """
    sent = records.latest(known)
    for errand in errands:
        is_new = not given.remarks and errand.name not in sent
        if is_new or errand.name in given.remarks or again & errand.rows.about:
            made = sending.workbook(errand, records.number_for(errand.name, known), given)
            if made is not None:
                yield made


def unasked(errands: Sequence[sending.Errand], issued: Sequence[Issue]) -> Iterator[tuple[str, str]]:
    """Yield what nothing that was sent asks about, with the department whose workbook was sent before it was added."""
    sent = records.latest(issued)
    told = {node for one in sent.values() for node in about(one)}
    return ((one.department, node) for one in errands if one.name in sent for node in sorted(one.rows.about - told))


def about(issue: Issue) -> Set[str]:
    """Return the measures that an issue asks about, and what else opinions in it are about."""
    return {answering(issue, path) for path in issue.values}
