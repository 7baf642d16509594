"""Two texts -> what stayed, what went, what came; in pieces that a person would mark with a pencil."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

_TOKEN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|.", re.DOTALL)
"""Numbers and Latin words are one thing: 1,198 and 1,298 do not share a 98."""
_SENTENCE = re.compile(r"[^。\n]*[。\n]|[^。\n]+")
_LONGEST = 500_000
"""Pairs of tokens that are compared one by one; difflib's time grows with them."""
_ISLAND = 2
"""Characters that happen to be alike between two changes, and would only tear them."""


class Change(Enum):
    """What became of a piece."""

    SAME = auto()
    GONE = auto()
    NEW = auto()


class Piece(Struct, frozen=True):
    """Characters with one fate."""

    change: Change
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces in reading order, what went before what came; without what came they are ``old``, without what
    went ``new``.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    spans = list(_compared(before[start : len(before) - end], after[start : len(after) - end]))
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    return tuple(_pieces(_joined([(head, head), *spans, (tail, tail)])))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the tokens with which both begin."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


_Span = tuple[str, str]
"""What stands in the old text, and what in the new; equal, or a change."""


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[_Span]:
    if len(old) * len(new) <= _LONGEST:
        yield from _matched(old, new)
        return
    before, after = (_SENTENCE.findall("".join(tokens)) for tokens in (old, new))
    if len(before) * len(after) > _LONGEST:
        yield "".join(old), "".join(new)
        return
    for a, b in _matched(before, after):
        gone, come = _TOKEN.findall(a), _TOKEN.findall(b)
        if a == b or len(gone) * len(come) > _LONGEST:
            yield a, b
        else:
            yield from _matched(gone, come)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[_Span]:
    for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])


def _joined(spans: Sequence[_Span]) -> Iterator[_Span]:
    """Join changes that only an island parts: a sentence that was rewritten is one change, though a word stayed."""
    gone = come = ""
    for n, (a, b) in enumerate(spans):
        following = spans[n + 1] if n + 1 < len(spans) else ("", "")
        if a != b or _is_island(a, (gone, come), following):
            gone, come = gone + a, come + b
            continue
        if gone or come:
            yield gone, come
            gone = come = ""
        yield a, b
    if gone or come:
        yield gone, come


def _is_island(text: str, before: _Span, after: _Span) -> bool:
    """Return whether what stayed is no longer than the changes on both its sides (diff-match-patch's semantic rule)."""
    smaller = min(max(map(len, before)), max(map(len, after)))
    return smaller > 0 and len(text) <= max(smaller, _ISLAND) and "\n" not in text


def _pieces(spans: Iterator[_Span]) -> Iterator[Piece]:
    for gone, come in spans:
        if gone == come:
            if gone:
                yield Piece(Change.SAME, gone)
            continue
        if gone:
            yield Piece(Change.GONE, gone)
        if come:
            yield Piece(Change.NEW, come)


def excerpt(found: Sequence[Piece], around: int) -> tuple[Piece | int, ...]:
    """Return the pieces, what stayed shortened to ``around`` characters beside every change; numbers say how many were
    left out.
    """
    shown: list[Piece | int] = []
    for n, piece in enumerate(found):
        before, after = n > 0, n + 1 < len(found)
        left, right = around * before, around * after
        omitted = len(piece.text) - left - right
        if piece.change is not Change.SAME or omitted <= around:
            shown.append(piece)
            continue
        parts = (
            Piece(Change.SAME, piece.text[:left]),
            omitted,
            Piece(Change.SAME, piece.text[len(piece.text) - right :]),
        )
        shown += [part for part in parts if isinstance(part, int) or part.text]
    return tuple(shown)
