"""A workbook as it was read: sheets of cells, each with its exact text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from operator import itemgetter

from msgspec import Struct, field
from openpyxl.utils import column_index_from_string, get_column_letter

PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class Sort(Enum):
    """What a cell holds."""

    NUMBER = auto()
    PERCENT = auto()
    """A number that shows as a percentage: 0.857 as 85.7%."""
    DATE = auto()
    TEXT = auto()
    LOGICAL = auto()
    ERROR = auto()
    """#REF! and its like."""


class Cell(Struct, frozen=True):
    """A cell that holds something: its ``text`` as people know it (a percentage as such, a date as 2021-08-01).

    ``stored`` is the number behind it, ``shown`` what its number format makes of
    either (None: nothing else). With a ``formula``, the text is only
    what some program made of it last. ``look`` says how it stands out: strike-through, colour of the letters, a link.
    """

    text: str
    sort: Sort = Sort.TEXT
    stored: str = ""
    formula: str = ""
    look: tuple[str, ...] = ()
    shown: str | None = None


class Comment(Struct, frozen=True):
    """A remark on a cell, of the old or the threaded sort; ``done`` where its thread is closed."""

    row: int
    column: int
    author: str
    date: str
    text: str
    done: bool = False


class Area(Struct, frozen=True):
    """Cells from a corner to the opposite one, all counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        """Return whether a row and column are within."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


class Sheet(Struct, frozen=True, dict=True):
    """A sheet: what its cells hold, by row and column from 0; what is merged; comments; and what stands around.

    ``hidden`` are rows that do not show. ``texts`` are those of headers, footers and shapes.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()
    hidden: frozenset[int] = frozenset()
    comments: tuple[Comment, ...] = ()
    texts: tuple[str, ...] = ()
    is_shown: bool = True

    @cached_property
    def lines(self) -> Mapping[int, Sequence[tuple[int, Cell]]]:
        """The rows that hold something, from above: their cells with their columns, from the left."""
        found: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=itemgetter(0)):
            found.setdefault(row, []).append((column, cell))
        return found


class Workbook(Struct, frozen=True):
    """A workbook: its sheets, defined names with what they stand for, custom properties, who saved it last and when.

    ``links`` are addresses of other files that it draws on, ``media`` what lies in it beside cells (pictures, charts,
    embedded files) with its hash. ``looks`` are all ways in which its cells may stand out, those of empty ones too.
    ``saved`` is as the program wrote it (2021-08-02T10:30:00Z; empty: it did not).
    """

    name: str
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    links: tuple[str, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)
    looks: frozenset[str] = frozenset()
    saved: str = ""

    def named(self, name: str) -> str:
        """Return what the cell says that a defined name stands for; nothing where it stands for no single cell."""
        sheet, _, place = self.names.get(name, "").rpartition("!")
        found = PLACE.fullmatch(place)
        called = sheet.strip("'").replace("''", "'")
        cells = next((one.cells for one in self.sheets if one.name == called), {})
        cell = cells.get((int(found[2]) - 1, column_of(found[1]))) if found else None
        return cell.text if cell else ""


def address(row: int, column: int) -> str:
    """Return how people call a cell: G12."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def column_of(letters: str) -> int:
    """Return a column, from 0, that is called by letters: G."""
    return column_index_from_string(letters) - 1
