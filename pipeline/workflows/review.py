"""``review``: proposals decided one by one at the terminal, each saved at once.

In: a project, and who shows and asks. Out: ``Reviewed``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from threading import RLock

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments import deciding, returned
from pipeline.departments.issued.input_places import split
from pipeline.departments.returned import ProposalList, Rehearsal
from pipeline.diagnostics import Checked, Diagnostic, Place, in_order, warning
from pipeline.documents.parallel import unforked
from pipeline.model.correspondence import OPEN, Decision, Proposal
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.workflows import department_files, faults, new_rows
from pipeline.workflows.project import Project, healed
from pipeline.workflows.rehearsal import rehearsal_of
from pipeline.workflows.run_log import Halt, Log, Progress


class Review(Struct, frozen=True):
    """What may be decided on; ``moved`` warns of what may not, as the inputs have changed since."""

    answers: deciding.Answers
    names: deciding.Names
    comments: Mapping[str, Sequence[Proposal]]
    moved: tuple[Diagnostic, ...] = ()

    def name(self, path: str) -> str:
        """Return what people call a place of the inputs."""
        return deciding.plain(self.names.of(path))

    def against(self, rival: Proposal, proposal: Proposal, decision: Decision) -> Mapping[str, object]:
        """Return as plain data what was accepted before beside what is to be accepted in its place."""
        return deciding.rows.against(rival, proposal, decision)

    def row(self, proposal: Proposal) -> Mapping[str, object]:
        """Return a proposal as plain data, with the comments on its field."""
        return deciding.rows.row(proposal, self.names, self.comments.get(proposal.id, ()))


class Reviewed(Struct, frozen=True):
    """What came of a review; ``walked`` is None where there was nothing to decide on."""

    diagnostics: tuple[Diagnostic, ...]
    walked: deciding.Walked | None = None


def review(project: Project, date: str, user: deciding.Interaction, progress: Progress) -> Reviewed:
    """Let the open proposals be decided one by one. Each decision is saved at once; other runs may go on meanwhile.

    ``date`` is today.
    """
    begun = begin(project, date, progress)
    if begun.value is None:
        return Reviewed(begun.diagnostics)
    held = partial(faults.reason, root=project.root)
    walked = deciding.walk(begun.value.answers, begun.value.names, user, held)
    return Reviewed((*begun.diagnostics, *begun.value.moved), walked)


def alone() -> RLock:
    """Return a lock for whoever reads and answers what came back: beside reading Word files, no process is forked.

    Its holder opens file locks, which no fork goes beside either: a fork waits for this lock before it holds theirs.
    """
    import filelock  # noqa: F401, PLC0415 - the last lock that was made known is the first that a fork waits for

    return unforked()


def begin(project: Project, date: str, progress: Progress) -> Checked[Review]:
    """Read what may be decided on, ``date`` is today; None where errors stand in the way, or there is nothing."""
    log = Log(progress)
    finished = healed(project)
    log.diagnostics.extend(finished)
    try:
        evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
        table = department_files.decisions(project, log)
        past = department_files.past(project, log)
    except Halt:
        return Checked(None, in_order(log.diagnostics))
    if not table.proposals:
        return Checked(None, finished)
    now = department_files.now(project, (), [p.path for p in table.proposals if p.path])
    shown = {p.id: p for p in table.proposals if returned.holds(p, table, now)}
    rehearsal = _rehearsed(project, table, past)
    proposals = tuple(shown.values())
    rows = new_rows.writer(project, date, progress)
    answers = deciding.Answers(proposals, lambda decisions: _save(project, shown, decisions), rehearsal.refusal, rows)
    moved = _moved(project, [p for p in table.proposals if p.id not in shown])
    return Checked(Review(answers, deciding.Names(evaluation), deciding.beside(proposals), moved), finished)


def _rehearsed(project: Project, table: ProposalList, past: department_files.Past) -> Rehearsal:
    """Try at once what may be decided on: all as they are decided, and as they are."""
    books = department_files.books(project, past, [p.path for p in table.proposals if p.path], "")
    rehearsal = rehearsal_of(project, books)
    rehearsal.prepare([*table.proposals, *(replace(p, decision=OPEN) for p in table.proposals)])
    return rehearsal


def _save(project: Project, shown: dict[str, Proposal], decisions: Mapping[str, Decision]) -> bool:
    """Write decisions into proposals.yaml as it is now; False where one of them no longer says what was shown, or
    somebody else has decided on it since.
    """
    with outputs.deciding(project.outputs):
        table = department_files.parsed(project).value
        listed = {(p.id, p.old, p.new, p.decision) for p in table.proposals} if table else set()
        told = {(p.id, p.old, p.new, p.decision) for p in (shown[key] for key in decisions)}
        if table is None or not told <= listed:
            return False
        made = tuple(replace(p, decision=decisions.get(p.id, p.decision)) for p in table.proposals)
        department_files.save(project, replace(table, proposals=made))
        shown.update((key, replace(shown[key], decision=decision)) for key, decision in decisions.items())
        return True


def _moved(project: Project, proposals: Sequence[Proposal]) -> tuple[Diagnostic, ...]:
    """Warn of proposals on values that were changed after the list was made: what it shows is no longer so."""
    folder = project.name_of(project.inputs)
    message = "修正 {} は、一覧を作った後に、入力データの「{}」が変わっているため、表示していません。"
    hint = "make collect をもう一度実行してから、make review で、今の内容を見て決めてください。"
    return tuple(
        warning("review-inputs-moved", Place(f"{folder}/{split(p.path or '')[0]}"), message.format(p.id, p.path), hint)
        for p in proposals
    )
