"""The answers to proposals: what may be answered, what an answer takes along, each saved at once, and taken back.

In: proposals, and functions that save and that try. The terminal (``walk``) and the page in the browser ask by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.deciding import words
from pipeline.departments.deciding.grouping import together
from pipeline.diagnostics import Diagnostic
from pipeline.model.correspondence import OPEN, Decision, Kind, Proposal, Refusal, Verdict

Save = Callable[[Mapping[str, Decision]], bool]
"""Saves decisions by id; False where a proposal is no longer in the file."""
Try = Callable[[Proposal], Refusal | None]
"""Tells why a proposal, as it is decided, cannot be written into the inputs; None where it can."""
ACCEPTED = Decision(Verdict.ACCEPT)


class NewRow(Struct, frozen=True):
    """The lines that an added row brings into a file of the inputs; none where ``diagnostics`` say why."""

    diagnostics: tuple[Diagnostic, ...] = ()
    file: str = ""
    lines: tuple[str, ...] = ()


Add = Callable[[Proposal], NewRow]


class RowWriter(Struct, frozen=True):
    """Makes an entry of the inputs of an added row: ``preview`` writes nothing."""

    preview: Add = lambda proposal: NewRow()
    write: Add = lambda proposal: NewRow()


class Answers:
    """The proposals by their ids, by measures, with what is decided on each; and what can be taken back."""

    def __init__(
        self,
        proposals: Sequence[Proposal],
        save: Save,
        refusal: Try = lambda proposal: None,
        rows: RowWriter = RowWriter(),
    ) -> None:
        """Begin with the proposals as they are decided."""
        self.proposals = {p.id: p for p in _in_order(proposals)}
        self.rows = rows
        self._save, self._refusal = save, refusal
        self._done: list[Mapping[str, Decision]] = []
        self._added: set[str] = set()

    @property
    def open(self) -> int:
        """Count what is not decided."""
        return sum(p.decision == OPEN for p in self.proposals.values())

    @property
    def decided(self) -> int:
        """Count the proposals decided here."""
        return len(
            self._added | {key for before in self._done for key in before if self.proposals[key].decision != OPEN}
        )

    def waiting(self) -> list[Proposal]:
        """Return what is open, or accepted and not to be written."""
        return [p for p in self.proposals.values() if p.decision == OPEN or self._is_held(p)]

    def _is_held(self, proposal: Proposal) -> bool:
        return proposal.decision.verdict is Verdict.ACCEPT and self._refusal(proposal) is not None

    def refusal(self, proposal: Proposal, decision: Decision) -> Refusal | None:
        """Return why a decision cannot be written; None where it can."""
        return self._refusal(replace(proposal, decision=decision))

    def rivals(self, proposal: Proposal, decision: Decision) -> list[Proposal]:
        """Return what was accepted before in the same place, and says otherwise."""
        others = (p for p in self.proposals.values() if p.id != proposal.id)
        return [p for p in others if _contradicts(p, proposal, decision)]

    def of_sheet(self, proposal: Proposal) -> list[Proposal]:
        """Return the open proposals for the same sheet that can be accepted together."""
        return [p for p in self._plain() if p.measure == proposal.measure]

    def of_kind(self, proposal: Proposal) -> list[Proposal]:
        """Return the open proposals that fill an empty field, or change a filled one, as this one does."""
        return [p for p in self._plain() if bool(p.old) is bool(proposal.old)]

    def _plain(self) -> Iterator[Proposal]:
        """Yield the open proposals that ask nothing: they can be written, and nobody else says otherwise."""
        texts: dict[str | None, set[str]] = {}
        for p in self.proposals.values():
            texts.setdefault(p.path, set()).add(p.new)
        for p in self.proposals.values():
            is_alone = p.kind is Kind.CHANGE and p.decision == OPEN and len(texts[p.path]) == 1
            if is_alone and self.refusal(p, ACCEPTED) is None:
                yield p

    def with_alike(self, decisions: Mapping[str, Decision]) -> Mapping[str, Decision]:
        """Return decisions with those that they take along: what another file plainly says of the same place in the
        same words needs no answer of its own.
        """
        found = dict(decisions)
        for key, decision in decisions.items():
            alike = (p for p in self.proposals.values() if _are_alike(p, self.proposals[key]))
            found |= {p.id: decision for p in alike if p.id not in found}
        return found

    def record(self, decisions: Mapping[str, Decision]) -> bool:
        """Save decisions; False where a proposal is gone, and nothing is decided."""
        before = {key: self.proposals[key].decision for key in decisions}
        if not self._save(decisions):
            return False
        self._set(decisions)
        self._done.append(before)
        return True

    def add_row(self, proposal: Proposal) -> NewRow:
        """Write an added row as a new entry, which accepts it; it is taken back like all that was applied."""
        made = self.rows.write(proposal)
        if made.file:
            self._set({proposal.id: ACCEPTED})
            self._added.add(proposal.id)
        return made

    def undo(self) -> Mapping[str, Decision] | None:
        """Take back what was recorded last, and return how it was decided before; None where that cannot be saved, or
        there is nothing.
        """
        if not self._done:
            return None
        is_saved, before = self._save(self._done[-1]), self._done.pop()  # where saving fails, it is still to be undone
        if not is_saved:
            return None
        self._set(before)
        return before

    def _set(self, decisions: Mapping[str, Decision]) -> None:
        for key, decision in decisions.items():
            self.proposals[key] = replace(self.proposals[key], decision=decision)


def _in_order(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Put proposals in the order of the measures, those on one place together."""
    measures = dict.fromkeys(p.measure for p in proposals)
    return [p for measure in measures for p in together(q for q in proposals if q.measure == measure)]


def is_addable(proposal: Proposal) -> bool:
    """Return whether a proposal may become a new entry of the inputs: a row that was added, and not seen to yet."""
    return proposal.is_added_row and proposal.decision.verdict is not Verdict.ACCEPT


def written(proposal: Proposal, decision: Decision) -> str | None:
    """Return what a decision writes; None: nothing."""
    if decision.text is not None:
        return decision.text
    return proposal.new if words.writes(proposal.kind, proposal.path) else None


def start(proposal: Proposal) -> str:
    """Return the text that an edit starts from: what was decided, or else proposed, or else what stands there."""
    proposed = proposal.new if words.writes(proposal.kind, proposal.path) else proposal.old
    return proposal.decision.text or proposed


def _are_alike(one: Proposal, other: Proposal) -> bool:
    is_plain = one.kind is Kind.CHANGE and other.kind is Kind.CHANGE and one.decision == OPEN
    return is_plain and one.path is not None and (one.path, one.new) == (other.path, other.new)


def _contradicts(other: Proposal, proposal: Proposal, decision: Decision) -> bool:
    if other.path is None or other.path != proposal.path or other.decision.verdict is not Verdict.ACCEPT:
        return False
    taken = written(other, other.decision)
    return taken is not None and taken != (written(proposal, decision) or taken)
