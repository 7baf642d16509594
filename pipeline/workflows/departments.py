"""The order of the steps for sheets that go out and come back; what ``build`` is for the report.

``send``: inputs -> achievement -> sheets with marks -> issues, recorded and laid out by department. ``collect``:
returned files -> proposals. ``apply``: accepted proposals -> the YAML. ``cli`` calls.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.departments import deciding, returned, sending
from pipeline.departments.issued import address, records
from pipeline.departments.returned import ledger
from pipeline.departments.returned.proposals import FILE
from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order, warning
from pipeline.documents import libreoffice
from pipeline.model.correspondence import OPEN, Issue, Kind, Proposal, Refusal, Remark, ReturnedSheet, Verdict
from pipeline.model.evaluation import Evaluation
from pipeline.stages import audit, validate
from pipeline.stages import compute as achievement
from pipeline.storage import outputs
from pipeline.workflows import department_files
from pipeline.workflows.convert import SECONDS
from pipeline.workflows.project import Project, locked
from pipeline.workflows.report import fill, inspect
from pipeline.workflows.run_log import Halt, Log, Progress
from pipeline.workflows.services import Desk, paper

SEND = "send"
_HELD = "make review で文章を直すか、不採用にしてください。決めるまで、この修正だけを書き込みません。"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: measures to be sent once more, the deadline (None: still open), and whether to protect.

    With ``remarks`` by measures, only these are sent.
    """

    again: frozenset[str] = frozenset()
    deadline: datetime.date | None = None
    protected: bool = True
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Collected:
    """What came back, what it proposes, and what was sent and applied before.

    ``is_pending`` where something was accepted and is not applied.
    """

    diagnostics: tuple[Diagnostic, ...]
    evaluation: Evaluation | None = None
    past: department_files.Past = field(default_factory=department_files.Past)
    sheets: tuple[ReturnedSheet, ...] = ()
    table: returned.Table = field(default_factory=returned.Table)
    is_pending: bool = False

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return what came back proposes."""
        return self.table.proposals

    @property
    def mail(self) -> deciding.Mail | None:
        """Give what people look at; None where errors stopped the run."""
        if self.evaluation is None:
            return None
        return deciding.Mail(self.evaluation, records.latest(self.past.issues), self.sheets, self.proposals)


@dataclass(frozen=True, slots=True)
class Done:
    """What was written into the inputs: paths, and the measures whose sheets must be made again."""

    diagnostics: tuple[Diagnostic, ...]
    paths: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def send(project: Project, order: Order, progress: Progress) -> Sent:
    """Make and record the issues of all measures not sent yet, and lay out for the departments what is due: these, and
    the sheets that were sent before and have not come back. Where measures are named, only their sheets are due.
    """
    with locked(project) as finished:
        log = Log(progress)
        log.diagnostics.extend(finished)
        try:
            return _send(project, order, log)
        except Halt:
            return Sent(in_order(log.diagnostics))


def _send(project: Project, order: Order, log: Log) -> Sent:
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    past = department_files.past(project, log)
    known = past.issues
    sent = records.latest(known)
    if unknown := order.again - {m.id for m in evaluation.measures}:
        log.stage("指定の確認", lambda: Checked(None, tuple(_no_measure(name, project) for name in sorted(unknown))))
    if order.again:
        log.stage("指定の確認", lambda: _undecided(project, order))
    unsent = frozenset() if order.remarks else {m.id for m in evaluation.measures} - sent.keys()
    wanted = [m for m in evaluation.measures if m.id in unsent | order.again | order.remarks.keys()]
    issued = _issued(project, order, evaluation, known, log) if wanted else []
    new = [one for one in issued if one.issue.identity.measure in {m.id for m in wanted}]
    named = bool(order.again or order.remarks)
    awaited = frozenset() if named else _awaited(project, evaluation, past)
    due = {measure: issue for measure, issue in sent.items() if measure in awaited}
    ready = _addressed(due | {one.issue.identity.measure: one.issue for one in new}, evaluation)
    answered = () if named else tuple(m.id for m in evaluation.measures if m.id in sent.keys() - awaited)
    desk = sending.Desk(evaluation, project.templates, order.deadline, paper, department_files.now(project, ready))
    letters = log.stage("送付状の作成", lambda: sending.letters(ready, desk))
    for one in new:
        records.save(project.inputs, one.issue, one.docx)
    docx = {issue.identity: records.docx_of(project.inputs, issue) for issue in ready}
    files = sending.folders(ready, docx, letters, sending.LETTER)
    kept = outputs.publish(project.outputs / SEND, files, {}, whole=True)
    made = tuple(one.issue for one in new)
    return Sent(in_order(log.diagnostics), made, ready, project.outputs / SEND, kept, answered)


def _awaited(project: Project, evaluation: Evaluation, past: department_files.Past) -> frozenset[str]:
    """Return the measures whose sheets are out and have not come back."""
    table = department_files.parsed(project).value or returned.Table()
    sheets = _returned(project, evaluation, past, table)
    mail = deciding.Mail(evaluation, records.latest(past.issues), sheets, ())
    return frozenset(row.measure.id for row in deciding.standings(mail) if row.is_awaited)


def _undecided(project: Project, order: Order) -> Checked[bool]:
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
        error("send-undecided", place, f"施策{measure}に、まだ決めていない修正があります。", hint)
        for measure in sorted(waiting & order.again)
    )
    return Checked(None if found else True, found)


def _addressed(sent: Mapping[str, Issue], evaluation: Evaluation) -> tuple[Issue, ...]:
    """Give the issues of today's measures, each to the department of today: it may be named after the first sending."""
    found = ((sent.get(measure.id), measure.department) for measure in evaluation.measures)
    return tuple(replace(issue, department=department) for issue, department in found if issue is not None)


def _issued(
    project: Project, order: Order, evaluation: Evaluation, known: Sequence[Issue], log: Log
) -> list[sending.Issued]:
    """Fill the sheets with marks, and make an issue of each."""
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    heard = frozenset(measure.id for measure in evaluation.measures if measure.opinions.strip())
    pen = sending.MarkingPen(evaluation.report.year, heard)
    forms = inspect(results, project.templates, log, pen)
    _, filled = fill(forms, Desk(results, log), log)
    texts = department_files.texts(project)
    occasion = sending.Occasion(
        project.year,
        evaluation.report.year,
        lambda paths: address.values(texts, paths),
        department_files.hashes(project),
        order.protected,
        order.remarks,
        f"{evaluation.report.city}{evaluation.report.division}",
    )

    def issue() -> Checked[list[sending.Issued]]:
        made = [
            sending.issue(sheet, measure, records.number_for(measure.id, known), occasion)
            for sheet, measure in zip(filled, evaluation.measures, strict=True)
        ]
        pairs = zip(made, evaluation.measures, strict=True)
        return Checked(made, tuple(d for one, measure in pairs for d in sending.check(one.issue, measure)))

    return log.stage("整理番号を付ける", issue)


def collect(project: Project, progress: Progress) -> Collected:
    """Read the returned sheets and write what they propose, keeping what was decided."""
    with locked(project) as finished:
        found = board(project, progress)
        found = replace(found, diagnostics=in_order((*finished, *found.diagnostics)))
        if found.mail is not None:
            page = deciding.render(found.mail)
            files = {FILE: returned.to_yaml(found.table).encode(), deciding.PAGE: page.encode()}
            outputs.put(project.outputs / department_files.RETURNED, files)
        return found


def board(project: Project, progress: Progress) -> Collected:
    """Read the returned sheets; write nothing."""
    log = Log(progress)
    try:
        evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
        before = department_files.decisions(project, log)
        past = department_files.past(project, log)
    except Halt:
        return Collected(in_order(log.diagnostics))
    now = department_files.now(project, past.issues, [p.path for p in before.proposals if p.path])
    progress.stage("戻ったシートの読み取り")
    found = _returned(project, evaluation, past, before)
    if faults := [sheet.fault for sheet in found if sheet.fault]:
        outputs.record(project.root, "\n".join(faults))
    listed = _sorted(returned.decided(found, before, now), evaluation)
    books = department_files.books(project, past, [p.path for p in listed if p.path], "")
    rehearsal = rehearsed(project, books, (*log.diagnostics, *_judged(evaluation)))
    rehearsal.prepare([*listed, *(replace(p, decision=OPEN) for p in listed)])
    proposals = tuple(map(rehearsal.asked, listed))
    refused = _refused(proposals, rehearsal)
    held = (warning(*_held(project, p, reason, evaluation)) for p, reason in refused)
    table = returned.Table(returned.sources(proposals, now), proposals)
    pending = _is_pending(replace(table, proposals=_without(proposals, refused)), books)
    return Collected(in_order((*log.diagnostics, *held)), evaluation, past, found, table, pending)


def _returned(
    project: Project, evaluation: Evaluation, past: department_files.Past, before: returned.Table
) -> tuple[ReturnedSheet, ...]:
    """Return the files that came back, read; ``before`` is what was decided on them so far."""
    case = returned.Case(
        project.inputs,
        project.year,
        evaluation.report.year,
        past.issues,
        department_files.now(project, past.issues, [p.path for p in before.proposals if p.path]),
        ledger.standing(past.entries),
        _converted,
        before,
        frozenset(indicator.id for indicator in evaluation.indicators if indicator.states),
    )
    return returned.collect(case)


def rehearsed(project: Project, books: returned.Books, known: Sequence[Diagnostic] = ()) -> returned.Rehearsal:
    """Return what tries proposals by all rules of the inputs; ``known`` is what these say of the inputs now."""

    def findings(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        read = department_files.rehearsed(project, texts)
        return (*read.diagnostics, *(_judged(read.value) if read.value else ()))

    return returned.Rehearsal(books, returned.Stage(books.texts, books.folder, findings, known))


def _judged(evaluation: Evaluation) -> Sequence[Diagnostic]:
    """Return what is odd about an evaluation's figures."""
    computed = achievement.compute(evaluation)
    return (*computed.diagnostics, *(audit.doubtful_figures(computed.value) if computed.value else ()))


_Refused = Sequence[tuple[Proposal, Refusal]]


def _refused(proposals: Iterable[Proposal], rehearsal: returned.Rehearsal) -> _Refused:
    """Return the proposals that were accepted and cannot be written, with the reasons."""
    accepted = (p for p in proposals if p.decision.verdict is Verdict.ACCEPT)
    return [(p, reason) for p in accepted if (reason := rehearsal.refusal(p)) is not None]


def _without(proposals: Iterable[Proposal], refused: _Refused) -> tuple[Proposal, ...]:
    held = {proposal.id for proposal, _ in refused}
    return tuple(p for p in proposals if p.id not in held)


def _held(
    project: Project, proposal: Proposal, refusal: Refusal, evaluation: Evaluation
) -> tuple[str, Place, str, str]:
    """Return what a finding says of a proposal that was accepted and cannot be written."""
    place = Place(department_files.proposals_of(project).relative_to(project.root).as_posix())
    where = deciding.Names(evaluation).of(proposal.path or "")
    message = (
        f"採用した修正 {proposal.id}（{deciding.plain(proposal.file)}、{where}）は書き込めません。{refusal.reason}"
    )
    return refusal.id, place, message, _HELD


def _sorted(proposals: Sequence[Proposal], evaluation: Evaluation) -> tuple[Proposal, ...]:
    """Put proposals in the order of the measures, as they came within each; files that could not be read come last."""
    places = {measure.id: n for n, measure in enumerate(evaluation.measures)}
    return tuple(sorted(proposals, key=lambda proposal: places.get(proposal.measure, len(places))))


def _is_pending(table: returned.Table, books: returned.Books) -> bool:
    """Return whether ``apply`` has something to write, or to say."""
    applied = returned.apply(table, books, FILE)
    return bool(applied.entries or applied.held)


def apply(project: Project, date: str, progress: Progress) -> Done:
    """Write the accepted proposals into the YAML, and the ledger; ``date`` is today."""
    with locked(project) as finished:
        log = Log(progress)
        log.diagnostics.extend(finished)
        try:
            return _apply(project, date, log)
        except Halt:
            return Done(in_order(log.diagnostics))


def _apply(project: Project, date: str, log: Log) -> Done:
    evaluation = department_files.readable(project, log)
    table = department_files.decisions(project, log)
    past = department_files.past(project, log)
    name = department_files.proposals_of(project).relative_to(project.root).as_posix()
    books = department_files.books(project, past, [p.path for p in table.proposals if p.path], date)
    rehearsal = rehearsed(project, books)
    rehearsal.prepare(p for p in table.proposals if p.decision.verdict is Verdict.ACCEPT)
    refused = _refused(table.proposals, rehearsal)
    log.diagnostics.extend(error(*_held(project, p, reason, evaluation)) for p, reason in refused)
    log.progress.stage("反映")
    applied = returned.apply(replace(table, proposals=_without(table.proposals, refused)), books, name)
    log.diagnostics.extend(applied.held)
    department_files.write(project, applied, table, log)
    paths = tuple(entry.path for entry in applied.entries)
    return Done(in_order(log.diagnostics), paths, tuple(applied.texts), returned.stale(past.issues, paths))


def _no_measure(name: str, project: Project) -> Diagnostic:
    place = Place((project.inputs / "strategy.yaml").relative_to(project.root).as_posix())
    return error(
        "send-unknown-measure", place, f"施策「{name}」はありません。", 'AGAIN="1-2 1-3" のように指定してください。'
    )


def _converted(data: bytes, kind: str) -> bytes | None:
    """Turn another program's file into docx with LibreOffice, where it is on the machine and can."""
    try:
        return libreoffice.to_docx(data, kind, SECONDS)
    except libreoffice.OfficeFault:
        return None
