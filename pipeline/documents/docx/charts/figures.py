"""Numbers as their formats show them (18.8.31): digits, thousands, shares, signs and words around them, and days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.documents.docx.charts.model import Beyond

_DIGITS = re.compile(r"[#0?][#0?,]*(\.[#0?]+)?|\.[#0?]+")
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;])*')
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_DAY = re.compile("y+|m+|d+")
_FIRST = date(1899, 12, 30)
_DAYS = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}
_PRECISE = 10


def shown(value: float, code: str) -> str:
    """Return a number in a format; raises Beyond for formats that are not known."""
    sections = [part for part in _SECTION.findall(code) if part] or ["General"]
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = _ASIDE.sub("", sections[at])
    bare = _WORDS.sub("", section)
    if "General" in section or bare.strip() in ("", "@"):
        return f"{value:.{_PRECISE}g}" if bare.strip() in ("General", "@", "") and bare else _words(section)
    if _DIGITS.search(bare) is None:
        return _day(value, section, bare)
    number = abs(value) if at == 1 else value
    return _words(_DIGITS.sub(lambda found: _number(number, found, bare), section, count=1))


def _number(value: float, found: re.Match[str], bare: str) -> str:
    value *= 100 ** bare.count("%")
    value /= 1000 ** (len(found[0]) - len(found[0].rstrip(",")))
    places = (found[1] or ".")[1:]
    text = f"{value:{',' if ',' in found[0].rstrip(',') else ''}.{len(places)}f}"
    for digit in reversed(places):
        if digit != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    return text.removesuffix(".")


def _words(section: str) -> str:
    return _WORDS.sub(lambda found: found[1] or found[2] or "", section).strip()


def _day(value: float, section: str, bare: str) -> str:
    if re.sub(r"[ymd年月日/.\-\s]", "", bare):
        raise Beyond(section)
    day = _FIRST + timedelta(days=int(value))

    def part(found: re.Match[str]) -> str:
        known = _DAYS.get(found[0])
        return day.strftime(known) if known else str({"m": day.month, "d": day.day}.get(found[0], day.year))

    return _DAY.sub(part, _words(section))
