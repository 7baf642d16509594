"""Tables as CSV that Excel opens as they are meant: UTF-8 with BOM, CRLF, and no text taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff".encode()
"""Begins a file, so that Excel takes it for UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Begin what a spreadsheet would take for a formula (OWASP, CSV injection)."""
_GUARD = "'"
"""Keeps what follows a text. A text that begins with it gets a second one, so that ``unguarded`` is always right."""


def guarded(text: str) -> str:
    """Return a cell for a text that anybody may have written; a number needs none, and would be no number after it."""
    return f"{_GUARD}{text}" if text.startswith((*_FORMULA, _GUARD)) else text


def unguarded(cell: str) -> str:
    """Return the text that a cell was made of."""
    return cell.removeprefix(_GUARD)


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows of cells as the lines of a file, without its beginning (``BOM``)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
