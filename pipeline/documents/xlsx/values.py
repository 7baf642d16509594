"""What a cell holds (ISO/IEC 29500-1, 18.3.1.4): its text, exactly.

Numbers are read from the digits in the file, never through a binary number. Excel keeps fifteen digits of what was
typed and writes up to seventeen (86.399999999999991 for 86.4); what is beyond the fifteenth says nothing.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from lxml import etree
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from pipeline.documents.docx.markup import S
from pipeline.documents.xlsx.tree import Sort

_DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HUGE = 40
"""Digits of a number written out in full; beyond, it stays as it stands in the file."""
_LAST_DAY = 2_958_465
"""31 December 9999, as Excel counts days."""


def rich_text(element: etree._Element) -> str:
    """Return the text of a string (18.4.8), without its readings (furigana), which are no text of the cell."""
    runs = [element, *element.iterfind(f"{S}r")]
    return unescaped("".join(t.text or "" for run in runs for t in run.iterfind(f"{S}t")))


def unescaped(text: str) -> str:
    """Return a text with its characters that XML cannot hold (22.4.2.4); lines end alike."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number(text: str) -> Decimal | None:
    """Return the number that stands in a cell, as far as its digits say something; None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return _DIGITS.plus(found) if found.is_finite() else None


def plain(value: Decimal) -> str:
    """Return a number's digits, without zeros at the end that say nothing."""
    if abs(value.adjusted()) > _HUGE:
        return str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(value: Decimal, sort: Sort, *, from_1904: bool) -> str:
    """Return a number as people know it: a percentage, a date, or its digits."""
    if sort is Sort.PERCENT:
        return f"{plain(value * 100)}%"
    return _date(value, from_1904=from_1904) if sort is Sort.DATE else plain(value)


def _date(value: Decimal, *, from_1904: bool) -> str:
    """Return the day, or the time, that a number stands for (18.17.4)."""
    if not 0 <= value <= _LAST_DAY - 1462:
        return plain(value)
    found = from_excel(float(value), CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    match found:
        case datetime.datetime(hour=0, minute=0, second=0):
            return found.date().isoformat()
        case datetime.datetime():
            return found.isoformat(" ", "minutes")
        case datetime.time():
            return found.isoformat("minutes")
    return plain(value)
