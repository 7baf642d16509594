"""What a cell shows of what it holds, by its number format: 1198 of 1198000 by ``#,##0,``.

Percentages and dates are sorts of their own (``styles``); what else makes something other of a number is told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.documents.number_formats import (
    GENERAL,
    Piece,
    bare,
    is_hard,
    is_whole,
    pieces,
    rounded,
    section_of,
    sections,
)

_MONEY = str.maketrans("", "", "¥￥$")
"""Signs of money say no more than the unit of a number does."""
_PLAIN = ("", GENERAL.lower(), "@")
_MOST = 40
"""Digits of a number that is rounded as it shows, characters of a text that words are put around."""


def shown(value: Decimal | str, code: str) -> str:
    """Return what a cell shows of a number or a text, without separators; what only Excel can tell is the format."""
    if isinstance(value, str):
        return value if code.lower() in _PLAIN else _written(value, pieces(_of_text(sections(code))))
    if abs(value.adjusted()) > _MOST:
        return str(value)
    if code.lower() in _PLAIN:
        return format(value, "f")
    section, value = section_of(value, sections(code))
    if is_hard(section):
        return code
    return "".join(words.translate(_MONEY) + (_number(value, way) if way else "") for words, way in pieces(section))


def _number(value: Decimal, way: str) -> str:
    return format(value, "f") if is_whole(way) else rounded(value, way)


def _written(text: str, shows: Sequence[Piece]) -> str:
    """Return a text with the words that a format puts around it, or instead of it; a long one is not copied."""
    if len(text) > _MOST and any(way for _, way in shows):
        return text
    return "".join(words.translate(_MONEY) + (text if way == "@" else way) for words, way in shows)


def _of_text(parts: Sequence[str]) -> str:
    last = parts[-1]
    return last if len(parts) > 3 or "@" in bare(last) else "@"
