"""``apply`` and ``undo``: accepted proposals into the YAML, and back.

In: a project, its decided proposals, today's date. Out: ``Done``; the inputs and the ledger change in one step.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments import returned
from pipeline.departments.returned import ledger
from pipeline.diagnostics import Diagnostic, Place, error, in_order
from pipeline.model.correspondence import LedgerEntry, Verdict
from pipeline.storage import journal
from pipeline.workflows import department_files
from pipeline.workflows.project import Project
from pipeline.workflows.rehearsal import held_back, refused, rehearsal_of, without
from pipeline.workflows.run_log import Halt, Log, Progress, running

_NOT_UNDONE = "途中で止まっていた書き込みを済ませました。今回は、まだ何も取り消していません。"
_AGAIN = "反映の記録.csv の最後の回を確かめ、それを取り消すときは、もう一度 make undo を実行してください。"


class Done(Struct, frozen=True):
    """What was written into the inputs: paths, and the measures whose sheets must be made again."""

    diagnostics: tuple[Diagnostic, ...]
    paths: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


class _Planned(Struct, frozen=True):
    """What is to be written: new texts of the inputs, and the proposals as they are then; ``past`` was before."""

    applied: returned.Applied
    table: returned.ProposalList
    past: department_files.Past

    def done(self, log: Log) -> Done:
        """Return it as what was done."""
        paths = tuple(dict.fromkeys(e.path for e in self.applied.entries))  # two departments may have written the same
        found = in_order(log.diagnostics)
        return Done(found, paths, tuple(self.applied.texts), returned.stale(self.past.issues, paths))


class Preview(Struct, frozen=True):
    """What ``apply`` or ``undo`` would write into the inputs, place by place; ``diagnostics`` say what it would not."""

    diagnostics: tuple[Diagnostic, ...]
    entries: tuple[LedgerEntry, ...] = ()


def apply(project: Project, date: str, progress: Progress) -> Done:
    """Write the accepted proposals into the YAML, and the ledger; ``date`` is today."""
    with running(project, progress) as log:
        try:
            return _written(project, _applied(project, date, log), log)
        except Halt:
            return Done(in_order(log.diagnostics))


def undo(project: Project, date: str, progress: Progress) -> Done:
    """Take back what the last ``apply`` wrote that still stands; its proposals are open again. ``date`` is today."""
    with running(project, progress) as log:
        if any(d.id in journal.FINISHED for d in log.diagnostics):  # maybe this undoing; going on would undo one more
            again = error("undo-again", Place(department_files.ledger_of(project)), _NOT_UNDONE, _AGAIN)
            return Done((*log.diagnostics, again))
        try:
            return _written(project, _undone(project, date, log), log)
        except Halt:
            return Done(in_order(log.diagnostics))


def to_apply(project: Project, date: str, progress: Progress) -> Preview:
    """Return what ``apply`` would write; write nothing."""
    return _previewed(lambda log: _applied(project, date, log), Log(progress))


def to_undo(project: Project, date: str, progress: Progress) -> Preview:
    """Return what ``undo`` would write; write nothing."""
    return _previewed(lambda log: _undone(project, date, log), Log(progress))


def _previewed(plan: Callable[[Log], _Planned], log: Log) -> Preview:
    try:
        planned = plan(log)
    except Halt:
        return Preview(in_order(log.diagnostics))
    return Preview(in_order(log.diagnostics), planned.applied.entries)


def _written(project: Project, planned: _Planned, log: Log) -> Done:
    department_files.write(project, planned.applied, planned.table, log)
    return planned.done(log)


def _applied(project: Project, date: str, log: Log) -> _Planned:
    evaluation = department_files.readable(project, log)
    table = department_files.decisions(project, log)
    past = department_files.past(project, log)
    name = project.name_of(department_files.proposals_of(project))
    books = department_files.books(project, past, [p.path for p in table.proposals if p.path], date)
    rehearsal = rehearsal_of(project, books)
    rehearsal.prepare(p for p in table.proposals if p.decision.verdict is Verdict.ACCEPT)
    refusals = refused(table.proposals, rehearsal)
    log.diagnostics.extend(error(*held_back(project, p, reason, evaluation)) for p, reason in refusals)
    log.progress.stage("反映")
    applied = returned.apply(replace(table, proposals=without(table.proposals, refusals)), books, name)
    log.diagnostics.extend(applied.held)
    return _Planned(applied, table, past)


def _undone(project: Project, date: str, log: Log) -> _Planned:
    department_files.readable(project, log)
    table = department_files.decisions(project, log)
    past = department_files.past(project, log)
    last = ledger.last_run(ledger.standing(past.entries))
    if not last:
        return _Planned(returned.Applied(), table, past)
    books = department_files.books(project, past, [entry.path for entry in last], date)
    record = log.stage("取消し", lambda: department_files.record(project, last[0].run))
    undone = returned.undo(last, record, books)
    log.diagnostics.extend(undone.held)
    return _Planned(undone, returned.reopened(table, undone.entries), past)
