"""From a series to a picture: band, bars, target line, words and values, years below, unit and legend above."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.stages.charts import colours
from pipeline.stages.charts.frame import LINE_HALF, NARROWEST, Frame, Sizes, frame, sizes
from pipeline.stages.charts.labels import value_labels
from pipeline.stages.charts.legend import legend
from pipeline.stages.charts.series import Role, Series
from pipeline.stages.charts.shapes import Area, Box, Line, Picture, Shape, centred, text_width
from pipeline.stages.charts.words import brackets, words

HALO = 0.7
FULL_LINE = 2 * LINE_HALF
SEAM = 0.6
"""How far a step stays from its column's edge (pt): years part, and risers keep clear of the values."""
RISER = 0.9
DASHES = (2.0, 1.4)

_PARTS = {Role.BASELINE: "基準値", Role.EVALUATED: "評価年度"}


def layout(series: Series, width: float, height: float) -> Picture:
    """Return a chart laid out on paper of so many pt."""
    header = legend(series, width, height, sizes(width))
    shared = frame(series, width, height, header.height, _footer(series, sizes(width)))
    word_labels = words(series, shared)
    values = value_labels(series, shared, _line_areas(series, shared), word_labels)
    shapes: tuple[Shape, ...] = (
        *_band(series, shared),
        *_bars(series, shared),
        Line(((0, shared.zero), (width, shared.zero)), colours.SUB, 0.6),
        *_targets(series, shared),
        *header.shapes,
        *_years(series, shared),
        *_notes(series, shared),
        *brackets(series, shared),
        *word_labels,
        *values,
    )
    return Picture(width, height, shapes)


def _footer(series: Series, type_sizes: Sizes) -> float:
    """Return the height of the years, what they stand for, and the notes."""
    return type_sizes.body * 1.25 + (1 + len(series.notes)) * type_sizes.small * 1.25 + 2.5


def _band(series: Series, shared: Frame) -> Iterator[Shape]:
    for n, column in enumerate(series.columns):
        if column.role is Role.EVALUATED:
            left = shared.centre(n) - shared.slot / 2
            yield Box(Area(left, 0, left + shared.slot, shared.plot.top), colours.BAND)


def _bars(series: Series, shared: Frame) -> Iterator[Shape]:
    for n, column in enumerate(series.columns):
        if column.actual:
            fill, edge = colours.BARS[column.role.name]
            yield Box(shared.bar(n, column.actual), fill, edge, line=0.7, hatched=column.role is Role.BASELINE)


def _targets(series: Series, shared: Frame) -> Iterator[Shape]:
    """Draw a step a year, light around it so that it shows on dark bars, and thin risers between."""
    for one, two in _risers(series, shared):
        yield Line((one, two), colours.TARGET, RISER, DASHES)
    for n, column in enumerate(series.columns):
        if column.target is not None:
            left, right, y = _step(shared, n, column.target)
            yield Line(((left, y), (right, y)), colours.WHITE, FULL_LINE + 2 * HALO)
            yield Line(((left, y), (right, y)), colours.TARGET, FULL_LINE)


def _risers(series: Series, shared: Frame) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Join the steps of years that follow one another."""
    for (n, one), (m, two) in pairwise(enumerate(series.columns)):
        if one.target is not None and two.target is not None:
            _, start, low = _step(shared, n, one.target)
            end, _, high = _step(shared, m, two.target)
            yield (start, low), (end, high)


def _step(shared: Frame, n: int, target: float) -> tuple[float, float, float]:
    middle = shared.centre(n)
    half = shared.slot / 2 - SEAM
    return middle - half, middle + half, shared.level(target)


def _line_areas(series: Series, shared: Frame) -> Iterator[Area]:
    """Yield what the target line takes up, which values keep away from."""
    for n, column in enumerate(series.columns):
        if column.target is not None:
            left, right, y = _step(shared, n, column.target)
            yield Area(left, y - LINE_HALF, right, y + LINE_HALF)
    for one, two in _risers(series, shared):
        low, high = sorted((one[1], two[1]))
        yield Area(one[0], low - RISER / 2, two[0], high + RISER / 2)


def _years(series: Series, shared: Frame) -> Iterator[Shape]:
    first = shared.plot.bottom - shared.sizes.body * 1.1
    second = first - shared.sizes.small * 1.25
    room = shared.slot - 1
    for n, column in enumerate(series.columns):
        now = column.role is Role.EVALUATED
        ink = colours.INK if column.actual is not None or now else colours.SUB
        shown = column.year + column.mark
        yield centred(shown, shared.centre(n), first, shared.sizes.body, ink, room=room, bold=now)
        if column.role in _PARTS:
            ink = colours.INK if now else colours.SUB
            part = _PARTS[column.role]
            if text_width(part, shared.sizes.small, now) * NARROWEST > room:
                part = part[:2]
            yield centred(part, shared.centre(n), second, shared.sizes.small, ink, room=room, bold=now)


def _notes(series: Series, shared: Frame) -> Iterator[Shape]:
    """Write what the marks stand for at the foot, a line each, the last one lowest."""
    size, room = shared.sizes.small, shared.width - 4
    for n, note in enumerate(reversed(series.notes)):
        width = min(text_width(note, size), room)
        yield centred(note, 2 + width / 2, 1.5 + n * size * 1.25, size, colours.SUB, room=room)
