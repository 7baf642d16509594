"""``collect`` and ``board``: what came back, and what it proposes.

In: a project's returned sheets. Out: ``Collected``; ``collect`` also writes proposals.yaml and proposals.html.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments import deciding, returned
from pipeline.departments.deciding.board import Attention
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking
from pipeline.departments.returned import ledger
from pipeline.departments.returned.proposals import FILE
from pipeline.diagnostics import Diagnostic, in_order, warning
from pipeline.documents import libreoffice
from pipeline.documents.office_fault import OfficeFault
from pipeline.model.correspondence import OPEN, Proposal, ReturnedSheet, Value
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.workflows import department_files, published
from pipeline.workflows.project import Project, locked
from pipeline.workflows.rehearsal import held_back, judged, refused, rehearsal_of, without
from pipeline.workflows.run_log import Halt, Log, Progress


class Collected(Struct, frozen=True):
    """What came back, what it proposes, and what was sent and applied before.

    ``is_pending`` where something was accepted and is not applied; ``held`` counts what was, and cannot be. ``apart``
    are the publications that are made of other files than the book.
    """

    diagnostics: tuple[Diagnostic, ...]
    evaluation: Evaluation | None = None
    past: department_files.Past = field(default_factory=department_files.Past)
    sheets: tuple[ReturnedSheet, ...] = ()
    table: returned.ProposalList = field(default_factory=returned.ProposalList)
    is_pending: bool = False
    held: int = 0
    apart: tuple[str, ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return what came back proposes."""
        return self.table.proposals

    @property
    def mail(self) -> deciding.Mail | None:
        """Return what people look at; None where errors stopped the run."""
        if self.evaluation is None:
            return None
        return deciding.Mail(self.evaluation, records.latest(self.past.issues), self.sheets, self.proposals)

    @property
    def board(self) -> deciding.Board | None:
        """Return how far all has come; None where errors stopped the run."""
        if self.mail is None:
            return None
        board = deciding.board(self.mail, is_pending=self.is_pending, held=self.held)
        apart = Attention(published.APART, len(self.apart), self.apart)
        return replace(board, attentions=(*board.attentions, apart)) if self.apart else board


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
    found = sheets(project, evaluation, past, before, now)
    if faults := [sheet.fault for sheet in found if sheet.fault]:
        outputs.record(project.root, "\n".join(faults))
    listed = _sorted(returned.decided(found, before, now), evaluation)
    books = department_files.books(project, past, [p.path for p in listed if p.path], "")
    rehearsal = rehearsal_of(project, books, (*log.diagnostics, *judged(evaluation)))
    rehearsal.prepare([*listed, *(replace(p, decision=OPEN) for p in listed)])
    proposals = tuple(map(rehearsal.asked, listed))
    refusals = refused(proposals, rehearsal)
    held = (warning(*held_back(project, p, reason, evaluation)) for p, reason in refusals)
    table = returned.ProposalList(returned.sources(proposals, now), proposals)
    pending = _is_pending(replace(table, proposals=without(proposals, refusals)), books)
    told, apart = in_order((*log.diagnostics, *held)), published.apart(project)
    return Collected(told, evaluation, past, found, table, pending, len(refusals), apart)


def sheets(
    project: Project,
    evaluation: Evaluation,
    past: department_files.Past,
    before: returned.ProposalList,
    now: Mapping[str, Value],
) -> tuple[ReturnedSheet, ...]:
    """Return the files that came back, read; ``before`` is what was decided on them so far, ``now`` what the inputs
    have at all places that were printed or decided on.
    """
    context = returned.CollectContext(
        project.inputs,
        project.year,
        Asking(evaluation.form, evaluation.report.year),
        past.issues,
        now,
        ledger.standing(past.entries),
        _converted,
        before,
        frozenset(indicator.id for indicator in evaluation.indicators if indicator.states),
    )
    return returned.collect(context)


def _sorted(proposals: Sequence[Proposal], evaluation: Evaluation) -> tuple[Proposal, ...]:
    """Put proposals in the order of the measures, then of what else opinions are about, as they came within each; files
    that could not be read come last.
    """
    known = (*(measure.id for measure in evaluation.measures), *(one.node for one in evaluation.opinions))
    places = {name: n for n, name in enumerate(dict.fromkeys(known))}
    return tuple(sorted(proposals, key=lambda proposal: places.get(proposal.measure, len(places))))


def _is_pending(table: returned.ProposalList, books: returned.Books) -> bool:
    """Return whether ``apply`` has something to write, or to say."""
    applied = returned.apply(table, books, FILE)
    return bool(applied.entries or applied.held)


def _converted(data: bytes, kind: str) -> bytes | None:
    """Turn another program's file into docx with LibreOffice, where it is on the machine and can."""
    try:
        return libreoffice.to_docx(data, kind)
    except OfficeFault:
        return None
