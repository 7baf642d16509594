"""Widths of characters in the typefaces at hand, and the refusal of other typefaces and of missing characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import TypeAlias

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.tree import RunFormat
from pipeline.documents.fonts import OTHER_NAMES, cure, described, face, family
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.scripts import ASCII, ASIAN, LATIN, Before, slots

ASCENT = face().ascent
"""Height of a line above the baseline, in em; the same for all typefaces and weights."""
DESCENT = face().descent

Families: TypeAlias = tuple[tuple[int, str], ...]
"""Typefaces, each with the index of the first character that it draws."""

_CURE = f"書体を、{'、'.join(names[0] for names in OTHER_NAMES.values())} のどれかに改めてください。"
_DEFAULT_FONT = "Wordの既定"


@cache
def _advances(bold: bool, family: str) -> dict[str, float]:
    return {chr(code): width for code, width in face(bold, family).advances.items()}


class _Widths(dict[str, float]):
    """The advances (pt) of one face in one size, each worked out on first use; KeyError for what the face lacks."""

    def __init__(self, bold: bool, family: str, size: float) -> None:
        super().__init__()
        self._table = _advances(bold, family)
        self._size = size

    def __missing__(self, character: str) -> float:
        """Work out the advance of a character on first use."""
        found = self[character] = layout_rules.advance(self._table[character], self._size)
        return found


_widths = lru_cache(maxsize=64)(_Widths)


def widths(text: str, run: RunFormat, families: Families, near: str, name: str) -> list[float]:
    """Return the advance (pt) of every character; raises Unsupported for what the typeface cannot draw."""
    try:
        return [advance for table, piece in _tables(text, run, families) for advance in map(table.__getitem__, piece)]
    except KeyError as fault:
        missing = str(fault.args[0])
        raise Unsupported(f"書体にない文字{described(missing)}", near, name, f"{cure(missing)}。") from fault


def _tables(text: str, run: RunFormat, families: Families) -> Iterator[tuple[_Widths, str]]:
    """Yield the pieces of a text, each of one typeface, with the widths that hold for them."""
    ends = (*(start for start, _ in families[1:]), len(text))
    for (start, own), end in zip(families, ends, strict=True):
        yield _widths(run.bold, own, run.size), text[start:end]


def families(text: str, run: RunFormat, before: Before, near: str, name: str) -> Families:
    """Return which typefaces draw a text; raises Unsupported for those that are not at hand.

    ``before`` is the text before it in its paragraph: a sign goes with the letters before it.
    """
    fonts = {ASCII: run.font, LATIN: run.high_font or run.font, ASIAN: run.east_asian_font}
    only = _only(*fonts.values())
    if only is not None:
        return ((0, only),)
    found: list[tuple[int, str]] = []
    at = 0
    for slot, same in groupby(slots(text, run.hint, before)):
        own = family(fonts[slot])
        if own is None:
            raise Unsupported(f"書体「{fonts[slot] or _DEFAULT_FONT}」", near, name, _CURE)
        if not found or found[-1][1] != own:
            found.append((at, own))
        at += sum(1 for _ in same)
    return tuple(found)


@cache
def _only(*fonts: str) -> str | None:
    """Return the typeface that all fonts name, None where they differ or one is not at hand."""
    named = {family(font) for font in fonts}
    return named.pop() if len(named) == 1 else None
