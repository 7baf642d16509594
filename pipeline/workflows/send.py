"""``send``, ``remind`` and ``sendback``: sheets with marks, issued and recorded, laid out by department with letters.

In: a project and an ``Order``. Out: ``Sent``. A run that finds errors sends nothing.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments import deciding, returned, sending
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking, answering_elsewhere, waiting
from pipeline.departments.issued.references import references
from pipeline.departments.returned import ProposalList
from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order, warning
from pipeline.model.correspondence import OPEN, WORKBOOK, Identity, Issue, Kind, LetterKind, Proposal, Remark, Verdict
from pipeline.model.evaluation import Evaluation
from pipeline.model.options import Format
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.storage.naming import OPINIONS, STRATEGY
from pipeline.storage.store import Store
from pipeline.workflows import department_files, issuing
from pipeline.workflows.collect import board, sheets
from pipeline.workflows.earlier import last_year
from pipeline.workflows.inspecting import inspect
from pipeline.workflows.making import fill
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log, Progress, running
from pipeline.workflows.services import Services, pages

SEND = "send"
_BETWEEN = re.compile(r"[\s,、・]+")
"""What people put between the numbers of measures."""


class Order(Struct, frozen=True):
    """What is to be sent: measures to be sent once more, the deadline (None: still open), and whether to protect.

    With ``remarks`` by measures, only these are made anew. ``kind`` is what it is for: a reminder makes nothing anew.
    ``format`` says whether sheets go out, workbooks, or both; None: as the form says of each department.
    """

    again: frozenset[str] = frozenset()
    deadline: datetime.date | None = None
    protected: bool = True
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    format: Format | None = None
    kind: LetterKind = LetterKind.REQUEST

    def format_of(self, department: str, evaluation: Evaluation) -> Format:
        """Return how a department is asked."""
        return self.format or evaluation.form.asked_by(department)


class Sent(Struct, frozen=True):
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

    @property
    def folders(self) -> Mapping[str, tuple[Issue, ...]]:
        """What lies ready in which department's folder."""
        found: dict[str, tuple[Issue, ...]] = {}
        for issue in self.ready:
            for folder in sending.folders_of(issue):
                found[folder] = (*found.get(folder, ()), issue)
        return found


class _Packed(Struct, frozen=True):
    """What is to be laid out: new issues with their files, all that lies ready, a letter for every folder."""

    new: tuple[sending.Issued, ...]
    ready: tuple[Issue, ...]
    answered: tuple[str, ...]
    letters: Mapping[str, bytes]

    def sent(self, project: Project, log: Log, kept: tuple[str, ...] = ()) -> Sent:
        """Return it as what was sent."""
        made = tuple(one.issue for one in self.new)
        return Sent(in_order(log.diagnostics), made, self.ready, project.outputs / SEND, kept, self.answered)


def named_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the numbers of measures that somebody names."""
    return frozenset(filter(None, _BETWEEN.split(unicodedata.normalize("NFKC", " ".join(texts)))))


def send(project: Project, order: Order, progress: Progress) -> Sent:
    """Make and record the issues of all measures not sent yet, and lay out for the departments what is due: these, and
    the sheets that were sent before and have not come back. Where measures are named, only their sheets are due.
    """
    with running(project, progress) as log:
        try:
            return _laid_out(project, order, _packed(project, order, log), log)
        except Halt:
            return Sent(in_order(log.diagnostics))


def to_send(project: Project, order: Order, progress: Progress) -> Sent:
    """Return what ``send`` would send; record and lay out nothing."""
    log = Log(progress)
    try:
        return _packed(project, order, log).sent(project, log)
    except Halt:
        return Sent(in_order(log.diagnostics))


def reminder(order: Order) -> Order:
    """Return the order to lay out once more what has not come back, with a letter that says so; nothing new is sent."""
    return replace(order, kind=LetterKind.REMINDER, format=Format.BOTH)


def _packed(project: Project, order: Order, log: Log) -> _Packed:
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    past = department_files.past(project, log)
    known = past.issues
    sent = records.latest(known)
    if order.again:
        log.stage("指定の確認", lambda: _named(project, order, evaluation, sent.values()))
    makers = (_new_sheets, _new_workbooks) if order.kind is LetterKind.REQUEST or order.remarks else ()
    new = tuple(made for make in makers for made in make(project, order, evaluation, known, log))
    came_back = frozenset() if order.again else _came_back(project, evaluation, past)
    awaited = [one for one in sent.values() if not order.again and one.identity not in came_back]
    due = {one.identity.measure: one for one in awaited if _is_due(one, order, evaluation)}
    ready = _addressed(due | {one.issue.identity.measure: one.issue for one in new}, evaluation)
    answered = tuple(m.id for m in evaluation.measures if m.id in sent and sent[m.id].identity in came_back)
    given = sending.LetterContext(
        evaluation, project.holding, order.deadline, pages, department_files.now(project, ready), order.kind
    )
    return _Packed(new, ready, answered, log.stage("送付状の作成", lambda: sending.letters(ready, given)))


def _laid_out(project: Project, order: Order, packed: _Packed, log: Log) -> Sent:
    """Record and lay out; where nothing goes back, what lies there stays."""
    if not packed.ready and order.kind is LetterKind.RETURN:
        return packed.sent(project, log)
    for one in packed.new:
        records.save(project.inputs, one.issue, one.data)
    data = {issue.identity: records.sent(project.inputs, issue) for issue in packed.ready}
    files = sending.folders(packed.ready, data, packed.letters, sending.LETTER)
    return packed.sent(project, log, outputs.publish(project.outputs / SEND, files, {}, whole=True))


def _new_sheets(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Return new issues of the sheets that were not sent yet, and of those that are named."""
    by_word = {m.id for m in evaluation.measures if order.format_of(m.department, evaluation) is not Format.EXCEL}
    unsent = frozenset() if order.remarks else by_word - records.latest(known).keys()
    named = (order.again & by_word) | order.remarks.keys()
    wanted = {m.id for m in evaluation.measures if m.id in unsent | named}
    issued = _issued(project, order, evaluation, known, log) if wanted else []
    return [one for one in issued if one.issue.identity.measure in wanted]


def _new_workbooks(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Return new issues of the workbooks of departments that answer in Excel."""
    before = (one for name, one in records.latest(known).items() if name in order.remarks and one.identity.is_workbook)
    again = {one.department: issuing.sent_as(one, evaluation.form) for one in before}
    errands = issuing.by_department(
        evaluation,
        lambda department: again.get(department) or order.format_of(department, evaluation),
        references(last_year(project, evaluation)),
    )
    if not errands:
        return []
    given = issuing.occasion(project, evaluation, protected=order.protected, remarks=order.remarks)
    made = list(issuing.workbooks(errands, known, given, order.again))
    left = () if order.remarks else issuing.unasked(errands, [*known, *(one.issue for one in made)])
    return log.stage(
        "実績の記入表の作成", lambda: Checked(made, tuple(_added(*one, project, evaluation) for one in left))
    )


def _added(department: str, node: str, project: Project, evaluation: Evaluation) -> Diagnostic:
    """Tell of what came up after the workbook had gone out: another one takes the place of that, so it is asked for."""
    is_measure = any(measure.id == node for measure in evaluation.measures)
    called = f"{evaluation.form.lowest.short}「{node}」" if is_measure else f"「{node}」についての意見"
    message = f"{called}は、{department}の記入表を送った後に加わったので、まだ送っていません。"
    hint = (
        f'make send AGAIN="{node}" を実行すると、加えた記入表に作り直します。'
        "前の記入表への回答は、先に反映してください。"
    )
    return warning("send-added", _place(project, STRATEGY if is_measure else OPINIONS), message, hint)


def _came_back(project: Project, evaluation: Evaluation, past: department_files.Past) -> frozenset[Identity]:
    """Return the numbers of the sheets and workbooks that came back."""
    table = department_files.parsed(project).value or returned.ProposalList()
    now = department_files.now(project, past.issues, [p.path for p in table.proposals if p.path])
    found = sheets(project, evaluation, past, table, now)
    return frozenset(sheet.identity for sheet in found if sheet.identity is not None)


def _is_due(issue: Issue, order: Order, evaluation: Evaluation) -> bool:
    """Return whether what is out is of the sort that its department is asked with; of what is sent back, whether it
    was: a run that stopped before it was laid out is gone on with.
    """
    if order.kind is LetterKind.RETURN:
        return issue.is_sent_back
    asked = order.format_of(issue.department, evaluation)
    if issue.identity.is_workbook:
        return asked is not Format.WORD or issuing.sent_as(issue, evaluation.form) is Format.WORD
    return asked is not Format.EXCEL


def _named(project: Project, order: Order, evaluation: Evaluation, sent: Iterable[Issue]) -> Checked[bool]:
    """Refuse numbers of no measure, and of sheets whose answers wait."""
    unknown = sorted(order.again - {m.id for m in evaluation.measures} - {one.node for one in evaluation.opinions})
    lost = tuple(_no_measure(name, project, evaluation) for name in unknown)
    replaced = {str(one.identity) for one in sent if order.again & issuing.about(one)}
    return Checked(None, lost) if lost else _undecided(project, replaced, deciding.Names(evaluation))


def _undecided(project: Project, replaced: Set[str], names: deciding.Names) -> Checked[bool]:
    """Refuse to replace a sheet, or a workbook with another's rows, whose answers wait for a decision: once it is
    replaced, they could not be applied.
    """
    table = department_files.parsed(project)
    if table.value is None:
        return Checked(None, table.diagnostics)
    listed = [p for p in table.value.proposals if p.kind is not Kind.REFUSED]
    now = department_files.now(project, (), [p.path for p in listed if p.path])
    waits = (p for p in listed if p.decision == OPEN or not returned.holds(p, table.value, now))
    waiting = {p.measure for p in waits if p.issue in replaced}
    place = Place(project.name_of(department_files.proposals_of(project)))
    hint = (
        "先に make review で全部決め、make apply で反映してください。作り直すと、前のシートへの回答は反映できません。"
    )
    found = tuple(
        error("send-undecided", place, f"「{names.title(measure)}」に、まだ決めていない修正があります。", hint)
        for measure in sorted(waiting)
    )
    return Checked(None if found else True, found)


def _addressed(sent: Mapping[str, Issue], evaluation: Evaluation) -> tuple[Issue, ...]:
    """Return the issues of today's measures, each to the department of today: it may be named after a sending."""
    found = ((sent.get(measure.id), measure) for measure in evaluation.measures)
    sheets = (
        replace(issue, department=measure.department, others=measure.receivers[1:])
        for issue, measure in found
        if issue is not None
    )
    names = issuing.names(evaluation)
    return (*sheets, *(sent[name] for name in names if name in sent))


def _issued(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Fill the sheets with marks, and make an issue of each."""
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    asking, earlier = Asking(evaluation.form, evaluation.report.year), references(last_year(project, evaluation))
    pen = sending.MarkingPen(asking, waiting(evaluation), references=earlier, answering=answering_elsewhere(evaluation))
    forms = inspect(results, project, log, pen)
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
    place = _place(project, STRATEGY)
    message = f"{evaluation.form.lowest.short}「{name}」はありません。"
    return error("send-unknown-measure", place, message, f'AGAIN="{some}" のように、id で指定してください。')


def _place(project: Project, file: str) -> Place:
    return Place(project.name_of(project.inputs / file))


def remind(project: Project, order: Order, progress: Progress) -> Sent:
    """Send a ``reminder``."""
    return send(project, reminder(order), progress)


def sendback(project: Project, order: Order, date: str, progress: Progress) -> Sent:
    """Send a ``refusal``."""
    back = refusal(project, order, date, progress)
    return Sent(back.diagnostics) if back.value is None else send(project, back.value, progress)


def refusal(project: Project, order: Order, date: str, progress: Progress) -> Checked[Order]:
    """Return the order for new issues of the sheets of which proposals were rejected, with a comment on each. ``date``
    is today.

    All that came back for such a sheet must be decided and applied before: the new issue replaces the old one.
    """
    found = board(project, progress)
    if found.mail is None:
        return Checked(None, found.diagnostics)
    live = {
        sheet.file: sheet.identity
        for sheet in found.sheets
        if sheet.identity is not None
        and sheet.identity.measure != WORKBOOK
        and sheet.identity == found.mail.issues[sheet.identity.measure].identity
    }
    rejected: dict[Identity, list[Proposal]] = {}
    for proposal in found.proposals:
        if proposal.file in live and proposal.decision.verdict is Verdict.REJECT:
            rejected.setdefault(live[proposal.file], []).append(proposal)
    concerned = tuple(p for p in found.proposals if live.get(p.file) in rejected)
    if unready := _unready(project, concerned, found.past, date):
        return Checked(None, unready)
    remarks = {identity.measure: _replies(identity, proposals) for identity, proposals in rejected.items()}
    return Checked(replace(order, remarks=remarks, kind=LetterKind.RETURN))


def _replies(identity: Identity, proposals: Sequence[Proposal]) -> tuple[Remark, ...]:
    answered = deciding.BY_REMARK if identity.is_workbook else deciding.BY_COMMENT
    return tuple(deciding.reply(proposal, answered) for proposal in proposals)


def _unready(
    project: Project, concerned: Sequence[Proposal], past: department_files.Past, date: str
) -> tuple[Diagnostic, ...]:
    """Report sheets of which something is not decided yet, or accepted and not applied."""
    name = project.name_of(department_files.proposals_of(project))
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
