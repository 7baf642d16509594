"""Numbers as charts write them by their formats: digits, thousands, shares, signs and words around them, and days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from pipeline.documents.docx.charts.model import Beyond
from pipeline.documents.number_formats import GENERAL, bare, is_hard, is_whole, pieces, rounded, section_of, sections

_DAY = re.compile("y+|m+|d+")
_IN_DAYS = re.compile(r"[ymd年月日/.\-\s]*")
_FIRST = date(1899, 12, 30)
_DAYS = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}
_PRECISE = 10


def shown(value: float, code: str) -> str:
    """Return a number in a format; raises Beyond for formats that are not known."""
    section, number = section_of(Decimal(repr(value)), sections(code) or (GENERAL,))
    plain, parts = bare(section).strip(), pieces(section)
    if plain and not any(way for _, way in parts):
        return _day(value, section, plain)
    if is_hard(section):
        raise Beyond(section)
    number = number.scaleb(2 * plain.count("%"))
    return "".join(words + (_number(number, way) if way else "") for words, way in parts).strip()


def _number(value: Decimal, way: str) -> str:
    if is_whole(way):
        return f"{float(value):.{_PRECISE}g}"
    text = rounded(value, way)
    return f"{Decimal(text):,f}" if "," in way.rstrip(",") else text


def _day(value: float, section: str, plain: str) -> str:
    if not _IN_DAYS.fullmatch(plain):
        raise Beyond(section)
    day = _FIRST + timedelta(days=int(value))

    def part(found: re.Match[str]) -> str:
        known = _DAYS.get(found[0])
        return day.strftime(known) if known else str({"m": day.month, "d": day.day}.get(found[0], day.year))

    return _DAY.sub(part, "".join(words for words, _ in pieces(section)).strip())
