"""Recipes of cells: the text of a returned cell -> the texts of its fields."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.departments.issued.references import is_edited, without
from pipeline.model.correspondence import Mark, Spot


def shown(spot: Spot) -> Mapping[str, str]:
    """Return the fields' texts as sent, by path."""
    return _by_path(spot, [mark.shown for mark in spot.marks])


def read(spot: Spot, text: str) -> Mapping[str, str] | None:
    """Return the fields' texts by path; None where the fixed words around them are no longer there.

    Fixed words are looked for one after the other, each at the first place it stands; the last must end the text.
    """
    texts: list[str] = []
    rest, open_mark = text, False
    for position, piece in enumerate(spot.recipe):
        if isinstance(piece, Mark):
            open_mark = True
            continue
        is_last = position == len(spot.recipe) - 1
        found = _find(rest, piece, last=is_last, first=not open_mark)
        if found < 0:
            return None
        if open_mark:
            texts.append(_unbroken(rest[:found], piece))
        rest, open_mark = rest[found + len(piece) :], False
    if not open_mark and rest:
        return None
    written = zip([*texts, rest] if open_mark else texts, spot.marks, strict=True)
    return _by_path(spot, [without(*one) for one in written])


def edits_reference(spot: Spot, text: str) -> bool:
    """Return whether a text that stood there for reference now says something else."""
    return any(is_edited(text, mark) for mark in spot.marks)


def has_reference(spot: Spot) -> bool:
    """Return whether a cell has a text for reference: without it, it says what it said."""
    return any(mark.reference for mark in spot.marks)


def is_shifted(spot: Spot, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Return whether a line break that parts two fields may have moved, and words of one with it into the other.

    That is so where both changed, lines came or went, and the second begins with another line.
    """
    pieces = spot.recipe
    for one, between, other in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if isinstance(one, Mark) and isinstance(other, Mark) and isinstance(between, str) and not between.strip():
            left, right = ((before[p].strip(), after[p].strip()) for p in (one.path, other.path))
            old, new = (text.split("\n") for text in right)
            if left[0] != left[1] and len(old) != len(new) and old[0] != new[0]:
                return True
    return False


def _find(text: str, words: str, *, last: bool, first: bool) -> int:
    if first:
        return 0 if text.startswith(words) and (not last or text == words) else -1
    if last:
        return len(text) - len(words) if text.endswith(words) else -1
    return text.find(words)


def _unbroken(text: str, words: str) -> str:
    """Take away the line break that was put before fixed words to keep them in one piece."""
    return text if words.startswith("\n") else text.removesuffix("\n")


def _by_path(spot: Spot, texts: list[str]) -> Mapping[str, str]:
    """Several texts of one place are its entries, or its paragraphs."""
    found: dict[str, list[str]] = {}
    for mark, text in zip(spot.marks, texts, strict=True):
        found.setdefault(mark.path, []).append(text)
    return {path: "\n".join(parts) for path, parts in found.items()}
