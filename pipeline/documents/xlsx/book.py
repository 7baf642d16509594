"""What a workbook to be written consists of: tables, one a sheet, of which some cells are open."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field


class Figure(Struct, frozen=True):
    """A cell for a number, or one of the ``words`` instead."""

    words: tuple[str, ...] = ()


class Listed(Struct, frozen=True):
    """A cell for one of some words."""

    words: tuple[str, ...]


class Free(Struct, frozen=True):
    """A cell for any text, with room for some ``lines``."""

    lines: int = 1


Entry = Figure | Listed | Free
Datum = str | Decimal | None


class Content(Struct, frozen=True):
    """What a cell holds; ``entry`` is what may be entered (None: it is locked), ``decimals`` how its number shows
    (None: with those that it has).

    A ``plain`` number shows without separators: a year.
    """

    datum: Datum = None
    entry: Entry | None = None
    decimals: int | None = 0
    plain: bool = False


class Column(Struct, frozen=True):
    """A column: its heading, its width in characters, and whether it is of ``figures`` (set to the right) or only to be
    looked at (``grey``; not printed where it is the last one).

    ``help`` shows beside a cell that is open.
    """

    label: str
    width: float
    figures: bool = False
    grey: bool = False
    help: str = ""


class Table(Struct, frozen=True):
    """A sheet with one table; ``lines`` stand above it, the first as its title, ``frozen`` counts columns that stay.

    ``names`` are defined for cells of the lines, by their numbers. ``protected``: only open cells may be changed.
    """

    name: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    frozen: int = 0
    names: Mapping[str, int] = field(default_factory=dict)
    protected: bool = True

    @property
    def head(self) -> int:
        """The row of the headings, counted from 0: one stays empty above them where there are lines."""
        return len(self.lines) + 1 if self.lines else 0


class Book(Struct, frozen=True):
    """A workbook: its title and author, custom properties, and tables.

    ``fill`` is the colour of open cells; ``running`` stands at the foot of printed pages. ``date`` is written as the
    day it was made.
    """

    title: str
    author: str
    tables: tuple[Table, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    fill: str = "FFFFFF"
    running: str = ""
    date: datetime.datetime = datetime.datetime(1980, 1, 1)


def column_name(sheet: int, column: int) -> str:
    """Return the defined name of a column of a sheet, both counted from 0."""
    return f"欄{sheet + 1}_{column + 1:02}"
