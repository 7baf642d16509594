"""Where things stand in a chart: columns from left to right, values from the zero line up and down.

Lengths in pt. Bars start at zero, always: a cut axis would make small differences look large.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.charts.series import Column, Series
from pipeline.charts.shapes import Area

WIDE = 300.0
BAR_SHARE = 0.76
LEAST_BAR = 0.7


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes (pt) of a chart: values and years, then everything beside; never below 6."""

    body: float
    small: float


@dataclass(frozen=True, slots=True)
class Frame:
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
        """Give the middle of a column."""
        return self.plot.left + (column + 0.5) * self.slot

    def level(self, value: float) -> float:
        """Give the height of a value."""
        return self.zero + value * self.scale

    def bar(self, column: int, value: float) -> Area:
        """Give the area of a bar; a value near zero keeps a visible height."""
        half, end = self.slot * BAR_SHARE / 2, self.level(value)
        if value and abs(end - self.zero) < LEAST_BAR:
            end = self.zero + (LEAST_BAR if value > 0 else -LEAST_BAR)
        low, high = sorted((self.zero, end))
        return Area(self.centre(column) - half, low, self.centre(column) + half, high)


def sizes(width: float) -> Sizes:
    """Choose type sizes for a chart so many pt wide."""
    return Sizes(8.0, 7.0) if width > WIDE else Sizes(7.0, 6.2)


def frame(series: Series, width: float, height: float, header: float, footer: float) -> Frame:
    """Divide a chart: ``header`` and ``footer`` (pt) are kept free, the rest scales to the figures."""
    type_sizes = sizes(width)
    plot = Area(2.0, footer, width - 2.0, height - header)
    figures = [v for c in series.columns for v in (c.actual, c.target) if v is not None]
    high, low = max((0.0, *figures)), min((0.0, *figures))
    above = _room(series, type_sizes.body, high) if high > 0 or low == 0 else 2.0
    below = type_sizes.body + 4 if low < 0 else 0.0
    scale = (plot.top - plot.bottom - above - below) / ((high - low) or 1.0)
    slot = (plot.right - plot.left) / len(series.columns)
    return Frame(width, height, type_sizes, plot, slot, plot.bottom + below - low * scale, scale)


def _room(series: Series, size: float, high: float) -> float:
    """Give the height kept free above the highest value: one label, two where target and actual nearly meet there."""
    return size * (2.6 if any(_crowded(c, high) for c in series.columns) else 1.0) + 4


def _crowded(column: Column, high: float) -> bool:
    """Tell whether a column's two labels may have to stand above one another at the top of the chart."""
    if column.actual is None or column.target is None:
        return False
    return min(column.actual, column.target) > 0.8 * high and max(column.actual, column.target) > 0.9 * high
