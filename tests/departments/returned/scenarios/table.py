"""Proposals as lines of a table, so that what is expected can be read and written by people.

``change initiatives.siting.evaluation 認定は[-23-]{+25+}件（経``: kind, place in the measure's file, and the edit with
a few characters around it. Texts without a place stand after ``-``.
"""

from __future__ import annotations

import difflib

from pipeline.model.correspondence import Kind, Proposal

_AROUND = 4
"""Characters that stay beside an edit; the others become …, the inputs say what they are."""
_LONGEST = 40


def line(proposal: Proposal) -> str:
    """Write a proposal as a line."""
    path = (proposal.path or "-").removeprefix(f"measures/{proposal.measure}.yaml#")
    said = f"「{proposal.old}」←{proposal.new}" if proposal.kind is Kind.COMMENT else edit(proposal.old, proposal.new)
    return f"{proposal.kind.value} {path} {said}".rstrip()


def edit(old: str, new: str) -> str:
    """Write what became of a text: ``[-gone-]{+come+}``."""
    return _edit(old, new).replace("\n", "↵").replace("\t", "⇥")


def _edit(old: str, new: str) -> str:
    if old == new:
        return f"={_middle(old)}" if old else ""
    pieces = []
    for what, i, end_i, j, end_j in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(_middle(old[i:end_i]))
        else:
            gone, come = _middle(old[i:end_i], _LONGEST), _middle(new[j:end_j], _LONGEST)
            pieces.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(pieces)


def _middle(text: str, longest: int = 2 * _AROUND) -> str:
    """Leave the middle of a long text out."""
    return text if len(text) <= longest else f"{text[: longest // 2]}…{text[-(longest // 2) :]}"
