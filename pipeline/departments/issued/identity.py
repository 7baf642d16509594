"""The identity of a sheet in its three forms: printed, as a document property, and as a bookmark's name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from pipeline.model.correspondence import WORKBOOK, Identity, Value
from pipeline.storage.naming import NODE

PROPERTY = "整理番号"
"""The name of the document property, and what is printed before the number."""
_YEAR = r"[RHS]\d{1,2}|\d{4}"
_ISSUE = r"(\d{2,4})-([0-9a-f]{6})"
_TEXT = re.compile(rf"({_YEAR})-({NODE}?)-{_ISSUE}(?!-(?:[0-9A-Za-z]+-)*{_ISSUE})", re.ASCII)
"""The id of a measure may look like the end of a number: the last end counts, and two numbers in a row are two."""
_BOOK = re.compile(rf"({_YEAR})-({WORKBOOK}(?:-.+)?)-{_ISSUE}", re.ASCII)
_MARKED = NODE.replace("-", "_").replace("0_9A_Za_z", "0-9A-Za-z")
_BOOKMARK = re.compile(rf"hk_id_({_YEAR})_({_MARKED})_(\d{{2,4}})_([0-9a-f]{{6}})", re.ASCII)
_ROW = re.compile(rf"hk_({_MARKED})_t(\d{{1,4}})r(\d{{1,4}})", re.ASCII)


def digest(values: Mapping[str, Value]) -> str:
    """Return six hex digits of the data a sheet prints."""
    rows = sorted((path, value.kind, value.text) for path, value in values.items())
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:6]


def parse(text: str) -> Identity | None:
    """Read a 整理番号; None where it is none."""
    found = _TEXT.fullmatch(text.strip()) or _BOOK.fullmatch(text.strip())
    return Identity(found[1], found[2], int(found[3]), found[4]) if found else None


def printed_in(text: str) -> tuple[Identity, ...]:
    """Return every 整理番号 that is printed in a text."""
    found = (parse(match[0]) for match in _TEXT.finditer(text))
    return tuple(one for one in found if one is not None)


def bookmark(identity: Identity) -> str:
    """Name the bookmark on the title; Word allows 40 characters."""
    return f"hk_id_{str(identity).replace('-', '_')}"


def from_bookmarks(names: Iterable[str]) -> tuple[Identity, ...]:
    """Return the identities among the names of bookmarks."""
    found = filter(None, map(_BOOKMARK.fullmatch, names))
    return tuple(Identity(one[1], one[2].replace("_", "-"), int(one[3]), one[4]) for one in found)


def row_bookmark(identity: Identity, table: int, row: int) -> str:
    """Name the bookmark of a table's row."""
    return f"hk_{identity.measure.replace('-', '_')}_t{table}r{row}"


def measure_of(name: str) -> str | None:
    """Return the measure whose sheet a row with this bookmark comes from; None for other bookmarks."""
    found = _ROW.fullmatch(name)
    return found[1].replace("_", "-") if found else None


def row_of(name: str, measure: str) -> tuple[int, int] | None:
    """Read table and row from a bookmark's name; None for other bookmarks, and for those of another measure."""
    found = _ROW.fullmatch(name)
    if found is None or found[1] != measure.replace("-", "_"):
        return None
    return int(found[2]), int(found[3])
