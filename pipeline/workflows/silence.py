"""Keeping a warning of the audit quiet: an entry of audit.yaml with the reason, shown before it is written.

In: a project, the warning, and why it stays. Out: ``Entered``, the file's text before and after.
"""

from __future__ import annotations

from msgspec import Struct

from pipeline.departments.returned.appending import appended, inserted
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order
from pipeline.stages import audit
from pipeline.storage import atomic
from pipeline.workflows import department_files
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log, Progress, running

FILE = "audit.yaml"
_KEY = "silence"
_UNUSED = "silence-unused"
_MOVED = "内容を示した後に、このファイルが書き換えられています。何も書き込みませんでした。"
_MOVED_HINT = "もう一度、書き込む内容を確かめてください。"
_BY_HAND = "このファイルを直接直してください。"


class Silence(Struct, frozen=True):
    """A warning as it was told (``file`` from the project's folder), and why it is to be kept quiet."""

    id: str
    file: str
    message: str
    reason: str


class Entered(Struct, frozen=True):
    """The text of audit.yaml before, and after; where that is None ``diagnostics`` say why."""

    diagnostics: tuple[Diagnostic, ...] = ()
    before: str = ""
    after: str | None = None

    @property
    def added(self) -> tuple[str, ...]:
        """The lines that come."""
        return inserted(self.before, self.after or "")


def is_possible(found: Diagnostic) -> bool:
    """Return whether a finding is a warning of the audit, which may be kept quiet."""
    return found.id in audit.TITLES and found.id != _UNUSED


def preview(project: Project, silence: Silence, progress: Progress) -> Entered:
    """Return what ``write`` would write; write nothing."""
    log = Log(progress)
    try:
        return _entered(project, silence, log)
    except Halt:
        return Entered(in_order(log.diagnostics))


def write(project: Project, silence: Silence, shown: str, progress: Progress) -> Entered:
    """Write the entry, if the file's text is still the one for which it was ``shown``."""
    with running(project, progress) as log:
        try:
            entered = _entered(project, silence, log)
            log.stage("点検の設定の書き込み", lambda: _written(project, entered, shown))
            return entered
        except Halt:
            return Entered(in_order(log.diagnostics))


def _entered(project: Project, silence: Silence, log: Log) -> Entered:
    before = department_files.texts(project).get(FILE, "")
    after = log.stage("点検の設定", lambda: _appended(project, silence, before))
    log.stage("書き込んだ後の確認", lambda: department_files.rehearsed(project, {FILE: after}))
    return Entered(in_order(log.diagnostics), before, after)


def _appended(project: Project, silence: Silence, before: str) -> Checked[str]:
    folder = project.name_of(project.inputs)
    at = f"{silence.file.removeprefix(f'{folder}/')}#{silence.message}"
    try:
        return Checked(appended(before, _KEY, {"id": silence.id, "at": at, "reason": silence.reason}))
    except CannotWrite as fault:
        return Checked(None, (error("silence-refused", _place(project), str(fault), _BY_HAND),))


def _written(project: Project, entered: Entered, shown: str) -> Checked[bool]:
    if entered.before != shown or entered.after is None:
        return Checked(None, (error("silence-moved", _place(project), _MOVED, _MOVED_HINT),))
    atomic.write(project.inputs / FILE, entered.after.encode())
    return Checked(True)


def _place(project: Project) -> Place:
    return Place(project.name_of(project.inputs / FILE))
