"""Widths of characters in the typefaces at hand, and the refusal of missing characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import TypeAlias

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import RunFormat, Typeface
from pipeline.documents.docx.scripts import ASCII, ASIAN, Before, slots
from pipeline.documents.fonts import FALLBACK, cure, described, face, lacking
from pipeline.documents.fonts.widths import known_widths
from pipeline.documents.pdf import layout_rules

ASCENT = face().ascent
"""Height of a line above the baseline, in em; the same for all typefaces and weights."""
DESCENT = face().descent

Families: TypeAlias = tuple[tuple[int, Typeface], ...]
"""Typefaces, each with the index of the first character that is set in it."""


def itself(family: str) -> Typeface:
    """Return a typeface at hand that draws nothing but what is set in it."""
    return Typeface(family, family)


class _Widths(dict[str, float]):
    """The advances (pt) of one face in one size, each worked out on first use; KeyError for a code the face lacks.

    They are those of the typeface that is named, where these are known.
    """

    def __init__(self, bold: bool, typeface: Typeface, size: float) -> None:
        super().__init__()
        self._table = face(bold, typeface.family).advances
        self._named = known_widths(typeface.name, bold)
        self._size = size

    def __missing__(self, character: str) -> float:
        """Work out the advance of a character on first use."""
        code = ord(character)
        em = self._named[code] if code in self._named else self._table[code]
        found = self[character] = layout_rules.advance(em, self._size)
        return found


_widths = lru_cache(maxsize=64)(_Widths)


def widths(text: str, run: RunFormat, families: Families, near: str, name: str) -> list[float]:
    """Return the advance (pt) of every character; raises Unsupported for what the typeface cannot draw."""
    try:
        return [advance for table, piece in _tables(text, run, families) for advance in map(table.__getitem__, piece)]
    except KeyError as fault:
        missing = chr(fault.args[0])
        raise Unsupported(f"書体にない文字{described(missing)}", near, name, f"{cure(missing)}。") from fault


def _tables(text: str, run: RunFormat, families: Families) -> Iterator[tuple[_Widths, str]]:
    """Yield the pieces of a text, each of one typeface, with the widths that hold for them."""
    ends = (*(start for start, _ in families[1:]), len(text))
    for (start, own), end in zip(families, ends, strict=True):
        yield _widths(run.bold, own, run.size), text[start:end]


def narrowing(text: str, run: RunFormat, typeface: Typeface) -> float:
    """Return how wide a text is drawn beside its letters' own width, so that it is as wide as in what is named."""
    if typeface.name == typeface.family:
        return 1.0
    named, drawn = (
        sum(map(_widths(run.bold, one, run.size).__getitem__, text)) for one in (typeface, itself(typeface.family))
    )
    return named / drawn if drawn else 1.0


def families(text: str, run: RunFormat, before: Before) -> Families:
    """Return which typefaces draw a text.

    ``before`` is the text before it in its paragraph: a sign goes with the letters before it.
    """
    found = _families(text, run, before)
    own = lacking(text)
    return _with_fallback(text, found, own) if own else found


def _families(text: str, run: RunFormat, before: Before) -> Families:
    drawn = {slot: _drawing(typeface, slot != ASIAN) for slot, typeface in run.typefaces.items()}
    if len(set(drawn.values())) == 1:
        return ((0, drawn[ASCII]),)
    found: list[tuple[int, Typeface]] = []
    at = 0
    for own, same in groupby(drawn[slot] for slot in slots(text, run.hint, before)):
        found.append((at, own))
        at += sum(1 for _ in same)
    return tuple(found)


@cache
def _drawing(typeface: Typeface, is_latin: bool) -> Typeface:
    """Return a typeface by what tells how it is drawn: its name counts for Latin letters whose widths are known."""
    is_known = is_latin and known_widths(typeface.name, bold=False)
    return typeface if is_known else itself(typeface.family)


def _with_fallback(text: str, families: Families, lacking: frozenset[str]) -> Families:
    """Return typefaces in which characters that they lack are drawn by the fallback face."""
    owns = dict(families)
    own, found = Typeface(), list[tuple[int, Typeface]]()
    for at, character in enumerate(text):
        own = owns.get(at, own)
        drawn = itself(FALLBACK) if character in lacking else own
        if not found or found[-1][1] != drawn:
            found.append((at, drawn))
    return tuple(found)
