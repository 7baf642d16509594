"""Where things stand in a chart: columns from left to right, values from the zero line up and down.

Lengths in pt. Bars start at zero, always: a cut axis would make small differences look large.
"""

from __future__ import annotations

from msgspec import Struct

from pipeline.stages.charts.series import Column, Series
from pipeline.stages.charts.shapes import Area, text_width

WIDE = 300.0
LEAST = 7.5
"""The smallest type (pt) of the book: older readers give up below. A chart has fewer values rather than smaller ones.
"""
BAR_SHARE = 0.82
LEAST_BAR = 0.7
LINE_HALF = 1.1
"""Half the thickness of the target line."""
NARROWEST = 0.54
"""How far a value's letters may be narrowed (長体)."""
PITCH = 1.2
"""Distance of lines of words, in their size."""
GAP = 4.0
"""What stays free (pt) between the highest value and what stands above it."""


class Sizes(Struct, frozen=True):
    """Type sizes (pt) of a chart: values and years, everything beside, and the least for values."""

    body: float
    small: float = LEAST
    least: float = LEAST


class Frame(Struct, frozen=True):
    """The geometry all parts of a chart share.

    ``plot`` holds bars and values, ``slot`` is a column's width, ``zero`` the height of the axis, ``scale`` pt a unit.
    """

    width: float
    height: float
    sizes: Sizes
    plot: Area
    slot: float
    zero: float
    scale: float

    def centre(self, column: int) -> float:
        """Return the middle of a column."""
        return self.plot.left + (column + 0.5) * self.slot

    def level(self, value: float) -> float:
        """Return the height of a value."""
        return self.zero + value * self.scale

    def bar(self, column: int, value: float) -> Area:
        """Return the area of a bar; a value near zero keeps a visible height."""
        half, end = self.slot * BAR_SHARE / 2, self.level(value)
        if value and abs(end - self.zero) < LEAST_BAR:
            end = self.zero + (LEAST_BAR if value > 0 else -LEAST_BAR)
        low, high = sorted((self.zero, end))
        return Area(self.centre(column) - half, low, self.centre(column) + half, high)


def sizes(width: float) -> Sizes:
    """Return the type sizes of a chart so many pt wide."""
    return Sizes(8.5) if width > WIDE else Sizes(LEAST)


def frame(series: Series, width: float, height: float, header: float, footer: float) -> Frame:
    """Return how a chart is divided: ``header`` and ``footer`` (pt) are kept free, the rest scales to the figures."""
    type_sizes = sizes(width)
    plot = Area(2.0, footer, width - 2.0, height - header)
    slot = (plot.right - plot.left) / len(series.columns)
    low = min((0.0, *(v for c in series.columns for v in (c.actual, c.target) if v is not None)))
    below = type_sizes.body + 4 if low < 0 else 0.0
    span = plot.top - plot.bottom - below
    piles = [(_peak(column), GAP + _pile(column, type_sizes, slot)) for column in series.columns]
    piles.append((0.0, _words_height(series, type_sizes)))
    reaches = ((max(peak, 0.0) - low, span - pile) for peak, pile in piles)
    scale = min((room / reach for reach, room in reaches if reach), default=1.0)
    return Frame(
        width=width,
        height=height,
        sizes=type_sizes,
        plot=plot,
        slot=slot,
        zero=plot.bottom + below - low * scale,
        scale=scale,
    )


def _words_height(series: Series, sizes: Sizes) -> float:
    """Return the height (pt) that words about missing figures may take above the axis."""
    empty = [column for column in series.columns if column.actual is None]
    kinds = any(column.word for column in empty), any(column.untargeted for column in empty)
    return kinds.count(True) * (2 * sizes.small * PITCH + 5)


def _peak(column: Column) -> float:
    return max(column.actual or 0.0, column.target or 0.0)


def _pile(column: Column, sizes: Sizes, slot: float) -> float:
    """Return the height of what stands above a column's bar: a value, words, or two values that it cannot hold."""
    if column.actual is None:
        return sizes.body
    if column.untargeted:
        return sizes.body + 2 * sizes.small * PITCH + 4
    narrowest = text_width(column.actual_text, sizes.least, bold=True) * NARROWEST
    return sizes.body if narrowest < slot * BAR_SHARE else 2.2 * sizes.body
