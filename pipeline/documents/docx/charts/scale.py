"""Where axes of values begin and end, and how far apart their lines are, as Office chooses them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from pipeline.documents.docx.charts.model import Axis

_STEPS = (1.0, 2.0, 5.0, 10.0)
_MOST = 200
"""More lines than any axis has."""
_NEAR_ZERO = 5 / 6
"""Values that differ by less, as a share of the largest, need not begin at zero."""
_ROOM = 0.05


class Scale(Struct, frozen=True):
    """The ends of an axis and the step between its lines."""

    low: float
    high: float
    unit: float

    def share(self, value: float) -> float:
        """Return how far along the axis a value is."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    @property
    def marks(self) -> tuple[float, ...]:
        """The values at which there are lines."""
        count = min(_MOST, math.floor((self.high - self.low) / self.unit + 1e-6))
        return tuple(round(self.low + at * self.unit, 12) for at in range(count + 1))


def scaled(axis: Axis, values: Iterable[float], length: float, is_share: bool) -> Scale:
    """Return the scale of an axis that is ``length`` (pt) long."""
    known = [*values] or [0.0, 1.0]
    least, most = min(known), max(known)
    if is_share:
        least, most = min(least, 0.0), max(most, 0.0)
    elif least >= 0 and (most == least or least < most * _NEAR_ZERO):
        least = 0.0
    elif most <= 0 and most > least * _NEAR_ZERO:
        most = 0.0
    low, high = (least if axis.low is None else axis.low), (most if axis.high is None else axis.high)
    high = high if high > low else low + 1.0
    unit = axis.unit or _unit((high - low) * (1 + _ROOM), max(2.0, min(10.0, length / (axis.letters.size * 2.2))))
    room = 0.0 if is_share else _ROOM * (high - low)
    if axis.low is None:
        low = math.floor((low - (room if low < 0 else 0.0)) / unit) * unit
    if axis.high is None:
        high = math.ceil((high + (room if high > 0 else 0.0)) / unit - 1e-9) * unit
    return Scale(low, high, unit)


def _unit(span: float, count: float) -> float:
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next((step * power for step in _STEPS if step * power >= rough), 10 * power)
