"""The steps by which a sheet is tightened until it takes two pages, as data.

Level 0 is the roomiest; each later level gives up a little white space, and only the last one type size. Nothing is
smaller than at level 5. Lengths of text in points, of charts, columns and margins in mm.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class ParagraphChange(Struct, frozen=True):
    """What a level changes in a paragraph style; None leaves the template's value."""

    size: float | None = None
    pitch: float | None = None
    before: float | None = None
    after: float | None = None


class Level(Struct, frozen=True):
    """A step of tightening.

    ``spread``: 主な取組 starts on the right page. ``rows_split``: its rows may continue on the next page. ``looks`` by
    paragraph style, ``margins`` above and below each row by table style, ``columns`` of 主な取組 (None: the
    template's), ``opinions`` the least height of the council's row.
    """

    number: int
    spread: bool
    rows_split: bool
    looks: Mapping[str, ParagraphChange]
    margins: Mapping[str, float]
    opinions: float
    columns: tuple[float, ...] | None = None


class ChartSize(Struct, frozen=True):
    """How charts are laid out: how many in a row, and their size."""

    columns: int
    width: float
    height: float


SMALLEST_PITCH = 12.25
"""The pitch (pt) of the departments' texts at the last level."""

_TIGHT = {
    "Heading2": ParagraphChange(before=8.4, after=2.4),
    "Summary": ParagraphChange(pitch=14),
    "Gap": ParagraphChange(before=3),
}

LEVELS = (
    Level(
        0,
        spread=True,
        rows_split=False,
        looks={"Heading2": ParagraphChange(before=22), "Gap": ParagraphChange(before=10)},
        margins={},
        opinions=36,
    ),
    Level(
        1,
        spread=True,
        rows_split=False,
        looks={"Gap": ParagraphChange(before=10), "CellText": ParagraphChange(pitch=13.5)},
        margins={"InitiativeTable": 1.8},
        opinions=24,
    ),
    Level(
        2,
        spread=False,
        rows_split=False,
        looks={"Gap": ParagraphChange(before=4), "CellText": ParagraphChange(pitch=13.5)},
        margins={"IndicatorTable": 0.9, "InitiativeTable": 1.8},
        opinions=20,
    ),
    Level(
        3,
        spread=False,
        rows_split=False,
        looks={**_TIGHT, "CellText": ParagraphChange(pitch=13)},
        margins={"IndicatorTable": 0.6, "InitiativeTable": 1.3},
        opinions=20,
    ),
    Level(
        4,
        spread=False,
        rows_split=True,
        looks={**_TIGHT, "CellText": ParagraphChange(pitch=13)},
        margins={"IndicatorTable": 0.6, "InitiativeTable": 1.3},
        opinions=20,
    ),
    Level(
        5,
        spread=False,
        rows_split=True,
        looks={
            **_TIGHT,
            "Summary": ParagraphChange(size=9, pitch=13),
            "CellText": ParagraphChange(size=8.5, pitch=SMALLEST_PITCH),
        },
        margins={"IndicatorTable": 0.6, "InitiativeTable": 1.2},
        opinions=14,
        columns=(31, 71.5, 69.5),
    ),
)

UNTOUCHED = Level(0, spread=True, rows_split=False, looks={}, margins={}, opinions=0)
"""Everything as the template has it."""

_HALF, _THIRD = 84, 54.6
_LAYOUTS: Mapping[int, tuple[ChartSize, ...]] = {
    1: tuple(ChartSize(2, 112, height) for height in (108, 80, 64, 54, 54, 46)),
    2: tuple(ChartSize(2, _HALF, height) for height in (72, 72, 54, 46, 46, 42)),
    3: (
        ChartSize(2, _HALF, 54),
        ChartSize(2, _HALF, 54),
        *(ChartSize(3, _THIRD, height) for height in (48, 44, 44, 38)),
    ),
    4: tuple(ChartSize(2, _HALF, height) for height in (54, 54, 46, 42, 42, 38)),
}
_MANY = (
    ChartSize(2, _HALF, 46),
    ChartSize(2, _HALF, 46),
    *(ChartSize(3, _THIRD, height) for height in (46, 42, 42, 38)),
)


def figures(count: int, level: int) -> ChartSize:
    """Return the layout of so many charts at a level."""
    return _LAYOUTS.get(count, _MANY)[level]
