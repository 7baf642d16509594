"""Pairing two sequences in their order (Needleman and Wunsch 1970), and how alike two texts are."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable

Pair = tuple[int | None, int | None]
_GAP = -0.2
_COMPARED = 600
"""Characters compared of each text; what is longer is told apart by then."""


def align(left: int, right: int, score: Callable[[int, int], float]) -> list[Pair]:
    """Pair ``left`` with ``right`` items so that the sum of scores is highest; an item may stay without partner."""
    best = [[_GAP * (i + j) for j in range(right + 1)] for i in range(left + 1)]
    steps = [[_edge(i, j) for j in range(right + 1)] for i in range(left + 1)]
    for i in range(1, left + 1):
        for j in range(1, right + 1):
            options = (
                (best[i - 1][j - 1] + score(i - 1, j - 1), "both"),
                (best[i - 1][j] + _GAP, "left"),
                (best[i][j - 1] + _GAP, "right"),
            )
            best[i][j], steps[i][j] = max(options, key=lambda option: option[0])
    return _traced(steps)


def _edge(i: int, j: int) -> str:
    return "left" if i and not j else "right"


def _traced(steps: list[list[str]]) -> list[Pair]:
    i, j = len(steps) - 1, len(steps[0]) - 1
    pairs: list[Pair] = []
    while i or j:
        step = steps[i][j]
        i -= step != "right"
        j -= step != "left"
        pairs.append((i if step != "right" else None, j if step != "left" else None))
    return pairs[::-1]


def plain(text: str) -> str:
    """Return a text without spaces and differences of width, to be compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def likeness(left: str, right: str) -> float:
    """Return how alike two plain texts are, from 0 to 1."""
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    return difflib.SequenceMatcher(None, left[:_COMPARED], right[:_COMPARED], autojunk=False).ratio()


def trimmed(text: str) -> str:
    """Return a text without what no reader sees: spaces at the ends of lines, empty lines at both ends."""
    lines = [line.rstrip(" \t\u3000") for line in text.replace("\r", "").split("\n")]
    return "\n".join(lines).strip("\n")
