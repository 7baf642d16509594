"""Last year's texts in the cells that ask for this year's: how they stand there, and how they are told from answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from pipeline.departments.issued.asking import entered
from pipeline.model.correspondence import Mark, Piece
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import FieldKind

HEADING = "【参考：前年度の記入】"
"""Stands above last year's text in a cell; the text and it are no answer."""
OF_REFERENCE = "?"
"""Begins the path of what is printed for reference; no file's name does."""
_TOLD = (FieldKind.TEXT, FieldKind.CHOICE)
_RUN = 5
"""Characters in a row that two texts hardly have in common by chance."""
_COMPARED = 2000
"""Characters of a text that are compared: what takes longer is no answer for a cell."""


def references(before: Evaluation | None) -> Mapping[str, str]:
    """Return the texts and choices of the year before by their places; none where that is of another plan, or not
    there.
    """
    if before is None:
        return {}
    found = ((one.path, one.value) for one in entered(before) if one.field.kind in _TOLD)
    return {path: value for path, value in found if isinstance(value, str) and value.strip()}


def merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a recipe with what is printed for reference as a part of the mark above it."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Mark) and piece.path.startswith(OF_REFERENCE):
            made.pop()  # the line break between
            asked = made.pop()
            assert isinstance(asked, Mark)
            made.append(Mark(asked.path, asked.shown, piece.shown))
        else:
            made.append(piece)
    return tuple(made)


def without(text: str, mark: Mark) -> str:
    """Return what of a returned text a department wrote: over last year's text, before or behind it."""
    if not mark.reference:
        return text
    before, found, after = text.partition(mark.reference)
    parts = (before.rstrip("\n"), after.lstrip("\n")) if found else (_without_heading(text),)
    return "\n".join(part for part in parts if part)


def is_edited(text: str, mark: Mark) -> bool:
    """Return whether last year's text stands below its heading, but with other words."""
    return bool(mark.reference) and HEADING in text and mark.reference not in text


def share(text: str, reference: str) -> int:
    """Return how much of a text is last year's, in per cent: runs of characters that stand there in the same order."""
    new, old = (re.sub(r"\s", "", one)[:_COMPARED] for one in (text, reference))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return 100 * sum(block.size for block in blocks if block.size >= _RUN) // (len(new) or 1)


def _without_heading(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip() != HEADING)
