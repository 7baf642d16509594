"""Proposals of workbooks as lines: kind, place, the edit, and why it is asked about, in its first words."""

from __future__ import annotations

from pipeline.model.correspondence import Kind, Proposal
from tests.departments.returned.scenarios.table import line as edit_line

_SHOWN = 16


def line(proposal: Proposal) -> str:
    """Write a proposal as a line."""
    if proposal.kind is Kind.REFUSED:
        return f"refused {proposal.why}"
    why = f" ({proposal.why[:_SHOWN]})" if proposal.why else ""
    return f"{edit_line(proposal)}{why}"
