"""``send`` and ``sendback``: sheets with marks, issued and recorded, laid out by department with a letter each.

In: a project and an ``Order``. Out: ``Sent``. A run that finds errors sends nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.departments import deciding, returned, sending
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking, waiting
from pipeline.departments.returned import ProposalList
from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order
from pipeline.model.correspondence import OPEN, Format, Issue, Kind, LetterKind, Proposal, Remark, Verdict
from pipeline.model.evaluation import Evaluation
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.storage.naming import STRATEGY
from pipeline.storage.store import Store
from pipeline.workflows import department_files, issuing
from pipeline.workflows.collect import board, sheets
from pipeline.workflows.making import fill, inspect
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log, Progress, running
from pipeline.workflows.services import Services, paper

SEND = "send"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: measures to be sent once more, the deadline (None: still open), and whether to protect.

    ``kind`` is what it is for: with a reminder nothing new is sent, and what is sent back are the measures that have
    ``remarks``. ``format`` says whether sheets go out, workbooks, or both.
    """

    again: frozenset[str] = frozenset()
    deadline: datetime.date | None = None
    protected: bool = True
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    format: Format = Format.WORD
    kind: LetterKind = LetterKind.REQUEST


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: the new issues, all that lie ready, and the folder (None: errors stopped it).

    ``kept`` are files in the folder that somebody had edited, and that were set aside; ``answered`` the measures whose
    sheets were sent before and came back, and so do not lie there.
    """

    diagnostics: tuple[Diagnostic, ...]
    new: tuple[Issue, ...] = ()
    ready: tuple[Issue, ...] = ()
    folder: Path | None = None
    kept: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


def send(project: Project, order: Order, progress: Progress) -> Sent:
    """Make and record the issues of all measures not sent yet, and lay out for the departments what is due: these, and
    the sheets that were sent before and have not come back. Where measures are named, only their sheets are due.
    """
    with running(project, progress) as log:
        try:
            return _send(project, order, log)
        except Halt:
            return Sent(in_order(log.diagnostics))


def remind(project: Project, order: Order, progress: Progress) -> Sent:
    """Lay out once more what was sent and has not come back, with a letter that says so; nothing new is sent."""
    return send(project, replace(order, kind=LetterKind.REMINDER, format=Format.BOTH), progress)


def _send(project: Project, order: Order, log: Log) -> Sent:
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    past = department_files.past(project, log)
    known = past.issues
    sent = records.latest(known)
    if unknown := order.again - {m.id for m in evaluation.measures}:
        lost = tuple(_no_measure(name, project, evaluation) for name in sorted(unknown))
        log.stage("指定の確認", lambda: Checked(None, lost))
    if order.again:
        log.stage("指定の確認", lambda: _undecided(project, order, evaluation.form.lowest.short))
    makers = () if order.kind is LetterKind.REMINDER else (_new_sheets, _new_workbooks)
    new = [made for make in makers for made in make(project, order, evaluation, known, log)]
    awaited = frozenset() if order.again else _awaited(project, order, evaluation, past)
    due = {name: issue for name, issue in sent.items() if name in awaited}
    ready = _addressed(due | {one.issue.identity.measure: one.issue for one in new}, evaluation)
    if not ready and order.kind is LetterKind.RETURN:
        return Sent(in_order(log.diagnostics), folder=project.outputs / SEND)
    named = order.again or order.kind is LetterKind.RETURN
    answered = () if named else tuple(m.id for m in evaluation.measures if m.id in sent.keys() - awaited)
    given = sending.LetterContext(
        evaluation, project.templates, order.deadline, paper, department_files.now(project, ready), order.kind
    )
    letters = log.stage("送付状の作成", lambda: sending.letters(ready, given))
    for one in new:
        records.save(project.inputs, one.issue, one.data)
    data = {issue.identity: records.sent(project.inputs, issue) for issue in ready}
    files = sending.folders(ready, data, letters, sending.LETTER)
    kept = outputs.publish(project.outputs / SEND, files, {}, whole=True)
    made = tuple(one.issue for one in new)
    return Sent(in_order(log.diagnostics), made, ready, project.outputs / SEND, kept, answered)


def _new_sheets(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Return new issues of the sheets that were not sent yet, and of those that are named."""
    if order.format is Format.EXCEL:
        return []
    is_request = order.kind is LetterKind.REQUEST
    unsent = {m.id for m in evaluation.measures} - records.latest(known).keys() if is_request else frozenset()
    wanted = {m.id for m in evaluation.measures if m.id in unsent | order.again | order.remarks.keys()}
    issued = _issued(project, order, evaluation, known, log) if wanted else []
    return [one for one in issued if one.issue.identity.measure in wanted]


def _new_workbooks(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Return new issues of the departments' workbooks."""
    if order.format is Format.WORD:
        return []
    given = issuing.occasion(project, evaluation, protected=order.protected, remarks={})
    made = issuing.workbooks(issuing.by_department(evaluation), known, given, order.again)
    return log.stage("実績の記入表の作成", lambda: Checked(list(made)))


def _awaited(project: Project, order: Order, evaluation: Evaluation, past: department_files.Past) -> frozenset[str]:
    """Return the measures whose sheets are out and have not come back, and the names of such workbooks; of what is sent
    back, those that were sent back: a run that stopped before they were laid out is gone on with.
    """
    table = department_files.parsed(project).value or returned.ProposalList()
    came_back = {sheet.identity for sheet in sheets(project, evaluation, past, table)}
    last = records.latest(past.issues)
    skipped = {Format.WORD: True, Format.EXCEL: False}.get(order.format)
    return frozenset(
        name
        for name, issue in last.items()
        if issue.identity not in came_back and issue.identity.is_workbook is not skipped
        if order.kind is not LetterKind.RETURN or sending.is_commented(records.sent(project.inputs, issue))
    )


def _undecided(project: Project, order: Order, called: str) -> Checked[bool]:
    """Refuse to replace a sheet whose answers wait for a decision: once it is replaced, they could not be applied."""
    table = department_files.parsed(project)
    if table.value is None:
        return Checked(None, table.diagnostics)
    listed = [p for p in table.value.proposals if p.kind is not Kind.REFUSED]
    now = department_files.now(project, (), [p.path for p in listed if p.path])
    waiting = {p.measure for p in listed if p.decision == OPEN or not returned.holds(p, table.value, now)}
    place = Place(department_files.proposals_of(project).relative_to(project.root).as_posix())
    hint = (
        "先に make review で全部決め、make apply で反映してください。作り直すと、前のシートへの回答は反映できません。"
    )
    found = tuple(
        error("send-undecided", place, f"{called}{measure}に、まだ決めていない修正があります。", hint)
        for measure in sorted(waiting & order.again)
    )
    return Checked(None if found else True, found)


def _addressed(sent: Mapping[str, Issue], evaluation: Evaluation) -> tuple[Issue, ...]:
    """Return the issues of today's measures, each to the department of today: it may be named after a sending."""
    found = ((sent.get(measure.id), measure) for measure in evaluation.measures)
    sheets = (
        replace(issue, department=measure.department, others=measure.others)
        for issue, measure in found
        if issue is not None
    )
    names = [errand.name for errand in issuing.by_department(evaluation)]
    return (*sheets, *(sent[name] for name in names if name in sent))


def _issued(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Fill the sheets with marks, and make an issue of each."""
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    pen = sending.MarkingPen(Asking(evaluation.form, evaluation.report.year), waiting(evaluation))
    forms = inspect(results, project.templates, log, pen)
    _, filled = fill(forms, Services(results, log, Store(project.root)), log)
    occasion = issuing.occasion(project, evaluation, protected=order.protected, remarks=order.remarks)

    def issue() -> Checked[list[sending.Issued]]:
        made = [
            sending.issue(sheet, measure, records.number_for(measure.id, known), occasion)
            for sheet, measure in zip(filled, evaluation.measures, strict=True)
        ]
        pairs = zip(made, evaluation.measures, strict=True)
        named = forms.sheet.named
        found = (d for one, measure in pairs for d in sending.check(one.issue, measure, evaluation, named))
        return Checked(made, tuple(found))

    return log.stage("整理番号を付ける", issue)


def _no_measure(name: str, project: Project, evaluation: Evaluation) -> Diagnostic:
    some = " ".join(measure.id for measure in evaluation.measures[:2])
    place = Place((project.inputs / STRATEGY).relative_to(project.root).as_posix())
    message = f"{evaluation.form.lowest.short}「{name}」はありません。"
    return error("send-unknown-measure", place, message, f'AGAIN="{some}" のように、id で指定してください。')


def sendback(project: Project, order: Order, date: str, progress: Progress) -> Sent:
    """Make new issues of the sheets of which proposals were rejected, with a comment on each. ``date`` is today.

    All that came back for such a sheet must be decided and applied before: the new issue replaces the old one.
    """
    found = board(project, progress)
    if found.mail is None:
        return Sent(found.diagnostics)
    live = {
        sheet.file: sheet.identity.measure
        for sheet in found.sheets
        if sheet.identity is not None
        and not sheet.identity.is_workbook
        and sheet.identity == found.mail.issues[sheet.identity.measure].identity
    }
    rejected: dict[str, list[Proposal]] = {}
    for proposal in found.proposals:
        if proposal.file in live and proposal.decision.verdict is Verdict.REJECT:
            rejected.setdefault(proposal.measure, []).append(proposal)
    concerned = tuple(p for p in found.proposals if p.file in live and p.measure in rejected)
    if unready := _unready(project, concerned, found.past, date):
        return Sent(unready)
    remarks = {measure: tuple(map(deciding.reply, proposals)) for measure, proposals in rejected.items()}
    return send(project, replace(order, remarks=remarks, kind=LetterKind.RETURN), progress)


def _unready(
    project: Project, concerned: Sequence[Proposal], past: department_files.Past, date: str
) -> tuple[Diagnostic, ...]:
    """Report sheets of which something is not decided yet, or accepted and not applied."""
    name = department_files.proposals_of(project).relative_to(project.root).as_posix()
    undecided = {p.measure for p in concerned if p.decision == OPEN}
    books = department_files.books(project, past, [p.path for p in concerned if p.path], date)
    decided = tuple(p for p in concerned if p.measure not in undecided)
    pending = returned.apply(ProposalList(returned.sources(decided, books.now), decided), books, name)
    waiting = {p.measure for p in concerned if p.id in {e.proposal for e in pending.entries}}
    open_hint = "make review で全部決めてから、make apply、make sendback の順に実行してください。"
    return (
        *(
            error("sendback-undecided", Place(name), f"{m}のシートに、まだ決めていない修正があります。", open_hint)
            for m in sorted(undecided)
        ),
        *(
            error(
                "sendback-unapplied",
                Place(name),
                f"{m}のシートに、採用してまだ反映していない修正があります。",
                "先に make apply を実行してください。",
            )
            for m in sorted(waiting)
        ),
        *pending.held,
    )
