"""Recipes of cells: the text of a returned cell -> the texts of its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.correspondence import Mark, Spot

_SPLIT = "\n?"
"""A line break may have been put before fixed words, to keep them in one piece."""


def shown(spot: Spot) -> Mapping[str, str]:
    """Give the fields' texts as sent, by path."""
    return _by_path(spot, [piece.shown for piece in spot.recipe if isinstance(piece, Mark)])


def read(spot: Spot, text: str) -> Mapping[str, str] | None:
    """Give the fields' texts by path; None where the fixed words around them are no longer there."""
    if all(isinstance(piece, Mark) for piece in spot.recipe) and len(spot.recipe) == 1:
        return _by_path(spot, [text])
    pattern = "".join(_fixed(piece) if isinstance(piece, str) else "(.*?)" for piece in spot.recipe)
    found = re.fullmatch(pattern, text, re.DOTALL)
    return _by_path(spot, list(found.groups())) if found else None


def _fixed(words: str) -> str:
    return _SPLIT + re.escape(words) if not words.startswith("\n") else re.escape(words)


def _by_path(spot: Spot, texts: list[str]) -> Mapping[str, str]:
    """Several texts of one place are its entries, or its paragraphs."""
    found: dict[str, list[str]] = {}
    marks = [piece for piece in spot.recipe if isinstance(piece, Mark)]
    for mark, text in zip(marks, texts, strict=True):
        found.setdefault(mark.path, []).append(text)
    return {path: "\n".join(parts) for path, parts in found.items()}
