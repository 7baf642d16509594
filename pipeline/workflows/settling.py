"""Settling what came back, beside ``correspondence``: deciding at the terminal. ``errands`` calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.departments import deciding, returned
from pipeline.departments.issued.address import split
from pipeline.departments.returned import Rehearsal, Table, ledger
from pipeline.diagnostics import Diagnostic, Place, error, in_order, warning
from pipeline.model.correspondence import OPEN, Decision, Proposal, Verdict
from pipeline.stages import validate
from pipeline.storage import journal, outputs
from pipeline.workflows import department_files, departments
from pipeline.workflows.departments import Done, Order, Sent
from pipeline.workflows.project import Project, locked
from pipeline.workflows.run_log import Halt, Log, Progress

_NOT_UNDONE = "途中で止まっていた書き込みを済ませました。今回は、まだ何も取り消していません。"
_AGAIN = "反映の記録.csv の最後の回を確かめ、それを取り消すときは、もう一度 make undo を実行してください。"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a review; ``walked`` is None where there was nothing to decide on."""

    diagnostics: tuple[Diagnostic, ...]
    walked: deciding.Walked | None = None


def review(project: Project, desk: deciding.Desk, progress: Progress) -> Reviewed:
    """Let the open proposals be decided one by one. Each decision is saved at once; other runs may go on meanwhile."""
    log = Log(progress)
    with locked(project) as finished:
        log.diagnostics.extend(finished)
    try:
        evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
        table = department_files.decisions(project, log)
        past = department_files.past(project, log)
    except Halt:
        return Reviewed(in_order(log.diagnostics))
    if not table.proposals:
        return Reviewed(finished)
    now = department_files.now(project, (), [p.path for p in table.proposals if p.path])
    shown = {p.id: p for p in table.proposals if returned.holds(p, table, now)}
    rehearsal = _rehearsed(project, table, past)
    walked = deciding.walk(
        tuple(shown.values()),
        deciding.Names(evaluation),
        desk,
        lambda decisions: _save(project, shown, decisions),
        rehearsal.refusal,
    )
    return Reviewed((*finished, *_moved(project, [p for p in table.proposals if p.id not in shown])), walked)


def _rehearsed(project: Project, table: Table, past: department_files.Past) -> Rehearsal:
    """Try at once what may be decided on: all as they are decided, and as they are."""
    books = department_files.books(project, past, [p.path for p in table.proposals if p.path], "")
    rehearsal = departments.rehearsed(project, books)
    rehearsal.prepare([*table.proposals, *(replace(p, decision=OPEN) for p in table.proposals)])
    return rehearsal


def _save(project: Project, shown: Mapping[str, Proposal], decisions: Mapping[str, Decision]) -> bool:
    """Write decisions into proposals.yaml as it is now; False where one of them no longer says what was shown."""
    with outputs.locked(project.outputs):
        table = department_files.parsed(project).value
        listed = {(p.id, p.old, p.new) for p in table.proposals} if table else set()
        if table is None or not {(p, shown[p].old, shown[p].new) for p in decisions} <= listed:
            return False
        made = tuple(replace(p, decision=decisions.get(p.id, p.decision)) for p in table.proposals)
        department_files.save(project, replace(table, proposals=made))
        return True


def _moved(project: Project, proposals: Sequence[Proposal]) -> tuple[Diagnostic, ...]:
    """Warn of proposals on values that were changed after the list was made: what it shows is no longer so."""
    folder = project.inputs.relative_to(project.root).as_posix()
    message = "修正 {} は、一覧を作った後に、入力データの「{}」が変わっているため、表示していません。"
    hint = "make collect をもう一度実行してから、make review で、今の内容を見て決めてください。"
    return tuple(
        warning("review-inputs-moved", Place(f"{folder}/{split(p.path or '')[0]}"), message.format(p.id, p.path), hint)
        for p in proposals
    )


def undo(project: Project, date: str, progress: Progress) -> Done:
    """Take back what the last ``apply`` wrote that still stands; its proposals are open again. ``date`` is today."""
    with locked(project) as finished:
        if any(d.id in journal.FINISHED for d in finished):  # maybe this undoing; going on would undo one run more
            return Done(
                (*finished, error("undo-again", Place(department_files.ledger_of(project)), _NOT_UNDONE, _AGAIN))
            )
        log = Log(progress)
        try:
            return _undo(project, date, log)
        except Halt:
            return Done(in_order(log.diagnostics))


def _undo(project: Project, date: str, log: Log) -> Done:
    department_files.readable(project, log)
    table = department_files.decisions(project, log)
    past = department_files.past(project, log)
    last = ledger.last_run(ledger.standing(past.entries))
    if not last:
        return Done(in_order(log.diagnostics))
    books = department_files.books(project, past, [entry.path for entry in last], date)
    record = log.stage("取消し", lambda: department_files.record(project, last[0].run))
    undone = returned.undo(last, record, books)
    log.diagnostics.extend(undone.held)
    department_files.write(project, undone, returned.reopened(table, undone.entries), log)
    paths = tuple(dict.fromkeys(entry.path for entry in undone.entries))
    return Done(in_order(log.diagnostics), paths, tuple(undone.texts), returned.stale(past.issues, paths))


def sendback(project: Project, order: Order, date: str, progress: Progress) -> Sent:
    """Make new issues of the sheets of which proposals were rejected, with a comment on each. ``date`` is today.

    All that came back for such a sheet must be decided and applied before: the new issue replaces the old one.
    """
    found = departments.board(project, progress)
    if found.mail is None:
        return Sent(found.diagnostics)
    live = {
        sheet.file: sheet.identity.measure
        for sheet in found.sheets
        if sheet.identity is not None and sheet.identity == found.mail.issues[sheet.identity.measure].identity
    }
    rejected: dict[str, list[Proposal]] = {}
    for proposal in found.proposals:
        if proposal.file in live and proposal.decision.verdict is Verdict.REJECT:
            rejected.setdefault(proposal.measure, []).append(proposal)
    concerned = tuple(p for p in found.proposals if p.file in live and p.measure in rejected)
    if unready := _unready(project, concerned, found.past, date):
        return Sent(unready)
    if not rejected:
        return Sent((), folder=project.outputs / departments.SEND)
    remarks = {measure: tuple(map(deciding.reply, proposals)) for measure, proposals in rejected.items()}
    return departments.send(project, replace(order, remarks=remarks), progress)


def _unready(
    project: Project, concerned: Sequence[Proposal], past: department_files.Past, date: str
) -> tuple[Diagnostic, ...]:
    """Report sheets of which something is not decided yet, or accepted and not applied."""
    name = department_files.proposals_of(project).relative_to(project.root).as_posix()
    undecided = {p.measure for p in concerned if p.decision == OPEN}
    books = department_files.books(project, past, [p.path for p in concerned if p.path], date)
    decided = tuple(p for p in concerned if p.measure not in undecided)
    pending = returned.apply(Table(returned.sources(decided, books.now), decided), books, name)
    waiting = {p.measure for p in concerned if p.id in {e.proposal for e in pending.entries}}
    open_hint = "make review で全部決めてから、make apply、make sendback の順に実行してください。"
    return (
        *(
            error("sendback-undecided", Place(name), f"施策{m}に、まだ決めていない修正があります。", open_hint)
            for m in sorted(undecided)
        ),
        *(
            error(
                "sendback-unapplied",
                Place(name),
                f"施策{m}に、採用してまだ反映していない修正があります。",
                "先に make apply を実行してください。",
            )
            for m in sorted(waiting)
        ),
        *pending.held,
    )
