"""Three-way: what was sent, what came back, and what the inputs say by now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from pipeline.model.correspondence import ValueKind

_SENTENCE = re.compile(r"[^。\n]*(?:[。\n]+|$)")


class State(Enum):
    """What comes of it."""

    KEEP = auto()
    """The sheet did not touch it."""
    SAME = auto()
    """Both say the same already."""
    TAKE = auto()
    """Only the sheet changed it."""
    MERGED = auto()
    """Both changed it, in different sentences."""
    CONFLICT = auto()
    """Both changed the same sentence or number."""


class Merge(Struct, frozen=True):
    """The outcome, and the text that is proposed."""

    state: State
    text: str


def merge(base: str, theirs: str, ours: str, kind: ValueKind) -> Merge:
    """Merge a value: ``base`` as sent, ``theirs`` as returned, ``ours`` in the inputs now."""
    if theirs == base:
        return Merge(State.KEEP, ours)
    if theirs == ours:
        return Merge(State.SAME, ours)
    if ours == base:
        return Merge(State.TAKE, theirs)
    if kind in (ValueKind.TEXT, ValueKind.LIST) and base and theirs and ours:
        cut = str.splitlines if kind is ValueKind.LIST else sentences
        merged = _merged(*(list(cut(text)) for text in (base, theirs, ours)))
        if merged is not None:
            text = ("\n" if kind is ValueKind.LIST else "").join(merged)
            return Merge(State.SAME if text == ours else State.MERGED, text)
    return Merge(State.CONFLICT, theirs)


def merged_lines(base: str, theirs: str, ours: str) -> str | None:
    """Return a text with the changes of lines that two sides made to ``base``; None where they changed the same."""
    cut = (text.splitlines(keepends=True) for text in (base, theirs, ours))
    merged = _merged(*cut)
    return None if merged is None else "".join(merged)


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences, ends included."""
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _merged(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[str] | None:
    """Merge sequences by what both sides left alone (diff3, Khanna et al. 2007); None where changes meet."""
    left, right = _kept(base, theirs), _kept(base, ours)
    merged: list[str] = []
    i = j = k = 0
    while True:
        stable = next((n for n in range(i, len(base)) if n in left and n in right), len(base))
        at_end = stable == len(base)
        end_j, end_k = (len(theirs), len(ours)) if at_end else (left[stable], right[stable])
        chunk = _chosen(base[i:stable], theirs[j:end_j], ours[k:end_k])
        if chunk is None:
            return None
        merged += chunk
        if at_end:
            return merged
        merged.append(base[stable])
        i, j, k = stable + 1, end_j + 1, end_k + 1


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = difflib.SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _chosen(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[str] | None:
    if theirs in (ours, base):
        return list(ours)
    return list(theirs) if ours == base else None
