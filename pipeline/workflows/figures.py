"""``figures``: one workbook with the figures of all departments and goals, for the planning division to fill in.

In: a project. Out: ``Laid``. It is an issue like those of departments: what is filled in comes back by ``collect``.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from pipeline.departments import sending
from pipeline.departments.issued import records
from pipeline.departments.issued.references import references
from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order
from pipeline.model.correspondence import Issue
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.storage.naming import STRATEGY
from pipeline.workflows import department_files, issuing
from pipeline.workflows.earlier import last_year
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log, Progress, running

FOLDER = "figures"
_NOTHING = "記入する指標がありません。"
_NOTHING_HINT = "strategy.yaml の indicators に指標を書いてから、もう一度実行してください。"


class Laid(Struct, frozen=True):
    """Where the workbook lies (None: errors stopped it), and whether it is a new issue."""

    diagnostics: tuple[Diagnostic, ...]
    issue: Issue | None = None
    file: Path | None = None
    is_new: bool = False


def figures(project: Project, progress: Progress) -> Laid:
    """Lay the workbook out; where the inputs say what they said when it was made last, it is the same one."""
    with running(project, progress) as log:
        try:
            return _figures(project, log)
        except Halt:
            return Laid(in_order(log.diagnostics))


def _figures(project: Project, log: Log) -> Laid:
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    earlier = references(last_year(project, evaluation))
    known, errand = department_files.past(project, log).issues, issuing.of_all(evaluation, earlier)
    given = issuing.occasion(project, evaluation, protected=True, remarks={})
    place = Place(project.name_of(project.inputs / STRATEGY))

    def work() -> Checked[sending.Issued]:
        made = sending.workbook(errand, records.number_for(errand.name, known), given)
        lacking = (error("figures-none", place, _NOTHING, _NOTHING_HINT),)
        return Checked(made, () if made else lacking)

    made = log.stage("実績の記入表の作成", work)
    last = records.latest(known).get(errand.name)
    is_new = last is None or last.identity.digest != made.issue.identity.digest
    issue = made.issue if is_new or last is None else last
    if is_new:
        records.save(project.inputs, issue, made.data)
    folder = project.outputs / FOLDER
    outputs.publish(folder, {issue.file: records.sent(project.inputs, issue)}, {}, whole=True)
    return Laid(in_order(log.diagnostics), issue, folder / issue.file, is_new)
