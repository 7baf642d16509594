"""Which proposals belong together: those on one place, and comments with what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.model.correspondence import Kind, Proposal


def together(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Put proposals on the same place of the inputs side by side, in the order of the first."""
    groups: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault(proposal.path or f"\x00{proposal.id}", []).append(proposal)
    return (proposal for group in groups.values() for proposal in group)


def beside(proposals: Sequence[Proposal]) -> Mapping[str, Sequence[Proposal]]:
    """Return the comments on the fields of proposals from the same file, by the ids of these."""
    owners: dict[tuple[str, str], str] = {}
    for proposal in proposals:
        if proposal.path and proposal.kind is not Kind.COMMENT:
            owners.setdefault((proposal.file, proposal.path), proposal.id)
    found: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        owner = owners.get((proposal.file, proposal.path or ""))
        if owner and proposal.kind is Kind.COMMENT:
            found.setdefault(owner, []).append(proposal)
    return found
