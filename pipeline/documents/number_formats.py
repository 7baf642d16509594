"""Number formats of Office (ISO/IEC 29500-1, 18.8.31), taken apart: sections, words, and the places of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TypeAlias

GENERAL = "General"
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)', re.DOTALL)
_PIECE = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|(?P<room>[_*].|\[[^\]]*\])'
    r"|(?P<value>General|@|[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^<>=\]]*\]|general', re.IGNORECASE | re.DOTALL)
_HARDER = re.compile(r"[/Ee]|\[[<>=]")
"""A fraction, an exponent, a condition."""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""More digits than numbers that are read have, with the places of the longest format that Office takes (255)."""
Piece: TypeAlias = tuple[str, str]
"""Words to be shown, and how a number is shown after them (empty: none is)."""


@lru_cache(256)
def sections(code: str) -> Sequence[str]:
    """Return the parts of a format: for positive numbers, for negative ones, for zero, for texts."""
    return tuple(_SECTION.findall(code))


def section_of(value: Decimal, parts: Sequence[str]) -> tuple[str, Decimal]:
    """Return the section that shows a number, and what it shows: one for negative numbers has their sign itself."""
    if value < 0 and len(parts) > 1:
        return parts[1], value.copy_negate()
    return parts[2] if value == 0 and len(parts) > 2 else parts[0], value


@lru_cache(256)
def pieces(section: str) -> Sequence[Piece]:
    """Return what a section shows, piece by piece."""
    return tuple((m["words"] or m["sign"] or m["other"] or "", m["value"] or "") for m in _PIECE.finditer(section))


def bare(section: str) -> str:
    """Return a section without its words, colours and room."""
    return _ASIDE.sub("", section)


def is_hard(section: str) -> bool:
    """Return whether a section shows a number otherwise than by rounding it: as a fraction, in two pieces, ..."""
    return _HARDER.search(bare(section)) is not None or sum(bool(way) for _, way in pieces(section)) > 1


def is_whole(way: str) -> bool:
    """Return whether a number, or a text, is shown as it is."""
    return way == "@" or way.lower() == GENERAL.lower()


def rounded(value: Decimal, way: str) -> str:
    """Return a number as places show it, without separators; a comma behind the last one divides it by a thousand.

    Raises ``ArithmeticError`` for more digits than anything has.
    """
    whole, _, places = way.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, places))
    places = places.rstrip(",")
    step = Decimal(1).scaleb(-len(places))
    text = format(_EXACT.quantize(_EXACT.scaleb(value, -3 * thousands), step), "f")
    return _without_zeros(text, len(places) - len(places.rstrip("#")))


def _without_zeros(text: str, most: int) -> str:
    """Return a number without so many zeros at its end that need not be shown."""
    shown = text[: len(text) - most] + text[len(text) - most :].rstrip("0")
    return shown.removesuffix(".")
