"""What would come of writing proposals into the inputs, tried by all rules that these must keep.

In: a project, and what its proposals apply to. Out: a ``Rehearsal``, and the accepted proposals that it refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.departments import deciding, returned
from pipeline.diagnostics import Diagnostic, Place
from pipeline.model.correspondence import Proposal, Refusal, Verdict
from pipeline.model.evaluation import Evaluation
from pipeline.stages import audit
from pipeline.stages import compute as achievement
from pipeline.workflows import department_files
from pipeline.workflows.project import Project

Refused = Sequence[tuple[Proposal, Refusal]]
"""Proposals that cannot be written, each with the reason."""
_HELD = "make review で文章を直すか、不採用にしてください。決めるまで、この修正だけを書き込みません。"


def rehearsal_of(project: Project, books: returned.Books, known: Sequence[Diagnostic] = ()) -> returned.Rehearsal:
    """Return what tries proposals by all rules of the inputs; ``known`` is what these say of the inputs now."""

    def findings(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        read = department_files.rehearsed(project, texts)
        return (*read.diagnostics, *(judged(read.value) if read.value else ()))

    return returned.Rehearsal(books, returned.Stage(books.texts, books.folder, findings, known))


def judged(evaluation: Evaluation) -> Sequence[Diagnostic]:
    """Return what is odd about an evaluation's figures."""
    computed = achievement.compute(evaluation)
    return (*computed.diagnostics, *(audit.doubtful_figures(computed.value) if computed.value else ()))


def refused(proposals: Iterable[Proposal], rehearsal: returned.Rehearsal) -> Refused:
    """Return the proposals that were accepted and cannot be written, with the reasons."""
    accepted = (p for p in proposals if p.decision.verdict is Verdict.ACCEPT)
    return [(p, reason) for p in accepted if (reason := rehearsal.refusal(p)) is not None]


def without(proposals: Iterable[Proposal], refused: Refused) -> tuple[Proposal, ...]:
    """Return the proposals but those that are refused."""
    held = {proposal.id for proposal, _ in refused}
    return tuple(p for p in proposals if p.id not in held)


def held_back(
    project: Project, proposal: Proposal, refusal: Refusal, evaluation: Evaluation
) -> tuple[str, Place, str, str]:
    """Return what a finding says of a proposal that was accepted and cannot be written."""
    place = Place(project.name_of(department_files.proposals_of(project)))
    where = deciding.Names(evaluation).of(proposal.path or "")
    message = (
        f"採用した修正 {proposal.id}（{deciding.plain(proposal.file)}、{where}）は書き込めません。{refusal.reason}"
    )
    return refusal.id, place, message, _HELD
