"""What a cell shows of what it holds, by its number format (ISO/IEC 29500-1, 18.8.31): 1198 of 1198000 by ``#,##0,``.

Percentages and dates are sorts of their own (``styles``); what else makes something other of a number is told here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)', re.DOTALL)
_PIECE = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|(?P<room>[_*].|\[[^\]]*\])'
    r"|(?P<value>General|@|[0#?][0#?,]*(?:\.[0#?]*,*)?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_TOLD_BY_EXCEL = re.compile(r"[/Ee]|\[[<>=]")
"""A fraction, an exponent, a condition."""
_MONEY = str.maketrans("", "", "¥￥$")
"""Signs of money say no more than the unit of a number does."""
_PLAIN = ("", "general", "@")
_MOST = 40
"""Digits of a number that is rounded as it shows, characters of a text that words are put around."""

Piece = tuple[str, str]
"""Words to be shown, and how a number is shown after them (empty: none is)."""


def shown(value: Decimal | str, code: str) -> str:
    """Return what a cell shows of a number or a text, without separators; what only Excel can tell is the format."""
    if isinstance(value, str):
        return value if code.lower() in _PLAIN else _written(value, _pieces(_of_text(_sections(code))))
    if abs(value.adjusted()) > _MOST:
        return str(value)
    if code.lower() in _PLAIN:
        return format(value, "f")
    section, value = _of_number(value, _sections(code))
    pieces = _pieces(section)
    if _TOLD_BY_EXCEL.search(_bare(section)) or sum(bool(way) for _, way in pieces) > 1:
        return code
    return "".join(words + (_rounded(value, way) if way else "") for words, way in pieces)


def _written(text: str, pieces: Sequence[Piece]) -> str:
    """Return a text with the words that a format puts around it, or instead of it; a long one is not copied."""
    if len(text) > _MOST and any(way for _, way in pieces):
        return text
    return "".join(words + (text if way == "@" else way) for words, way in pieces)


@lru_cache(256)
def _sections(code: str) -> Sequence[str]:
    """Return the parts of a format: for positive numbers, for negative ones, for zero, for texts."""
    return tuple(_SECTION.findall(code))


@lru_cache(256)
def _pieces(section: str) -> Sequence[Piece]:
    """Return what a section shows, piece by piece."""
    found = [(m["words"] or m["sign"] or m["other"] or "", m["value"] or "") for m in _PIECE.finditer(section)]
    return tuple((words.translate(_MONEY), way) for words, way in found)


def _bare(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.|\[[^<>=\]]*\]|general', "", section, flags=re.IGNORECASE)


def _of_text(sections: Sequence[str]) -> str:
    last = sections[-1]
    return last if len(sections) > 3 or "@" in _bare(last) else "@"


def _of_number(value: Decimal, sections: Sequence[str]) -> tuple[str, Decimal]:
    """Return the section that shows a number, and what it shows: one for negative numbers has their sign itself."""
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return sections[2] if value == 0 and len(sections) > 2 else sections[0], value


def _rounded(value: Decimal, way: str) -> str:
    """Return a number as places show it; a comma behind the last one divides it by a thousand."""
    if way[0] not in "0#?":
        return format(value, "f")
    whole, _, places = way.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, places))
    step = Decimal(1).scaleb(-len(places.rstrip(",")))
    return format(value.scaleb(-3 * thousands).quantize(step, ROUND_HALF_UP), "f")
