"""Values on bars and target lines, placed so that none touches another.

All values of a chart are set alike: as large as the longest fits its column, then narrowed (長体), never below 7.5 pt.
Each has places in order of preference; those that must be printed (actuals, the evaluated year's and the last target)
choose first, the others take what is left or stay away: the table beside the chart has every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pipeline.stages.charts.colours import INK, TARGET, WHITE
from pipeline.stages.charts.frame import LINE_HALF, NARROWEST, Frame
from pipeline.stages.charts.series import Column, Role, Series
from pipeline.stages.charts.shapes import DIGIT_RISE, Area, Label, text_width
from pipeline.stages.charts.words import on_bar

GAP = 2.0
APART = 1.4
BESIDE = 3.2
"""What stays of a bar's width on either side of a value in it (pt, together), so that the bar still shows."""


class Obstacle(Struct, frozen=True):
    """Something labels keep away from; a bar is none to the labels of its own ``column``."""

    area: Area
    column: int | None = None


class ValueLabel(Struct, frozen=True):
    """A value to print: its column's number, whether it must be printed, and its places, best first."""

    column: int
    needed: bool
    places: tuple[Label, ...]


def value_labels(series: Series, frame: Frame, steps: Iterable[Area], words: Iterable[Label]) -> tuple[Label, ...]:
    """Return the values of all columns, placed among target lines (``steps``) and ``words`` already placed.

    Given year by year and downwards, as people would read them: where the text can be copied, it comes in this order.
    """
    obstacles = [Obstacle(area) for area in (*steps, *(word.area for word in words))]
    obstacles += [Obstacle(frame.bar(n, c.actual), n) for n, c in enumerate(series.columns) if c.actual]
    placed: list[tuple[int, Label]] = []
    for value in _by_importance(series, frame):
        label = _first_free(value, frame, obstacles)
        if label is not None:
            placed.append((value.column, label))
            obstacles.append(Obstacle(label.area))
    return tuple(label for _, label in sorted(placed, key=lambda one: (one[0], -one[1].y)))


def _first_free(value: ValueLabel, frame: Frame, obstacles: list[Obstacle]) -> Label | None:
    around = [obstacle.area for obstacle in obstacles if obstacle.column != value.column]
    for label in value.places:
        own = label.area
        if own.within(frame.plot) and not any(own.touches(area) for area in around):
            return label
    return value.places[0] if value.needed else None


def _by_importance(series: Series, frame: Frame) -> Iterator[ValueLabel]:
    """Yield every value, the most important first."""
    last = max((n for n, c in enumerate(series.columns) if c.target is not None), default=None)
    places = _Places(series, frame)
    by_importance = sorted(enumerate(series.columns), key=lambda item: item[1].role is not Role.EVALUATED)
    for n, column in by_importance:
        if column.target is not None and (column.role is Role.EVALUATED or n == last):
            yield ValueLabel(n, needed=True, places=tuple(places.target(n, column)))
        if column.actual is not None:
            yield ValueLabel(n, needed=True, places=tuple(places.actual(n, column)))
    for n, column in enumerate(series.columns):
        if column.role is not Role.EVALUATED and n != last and _changes(series, n):
            yield ValueLabel(n, needed=False, places=tuple(places.target(n, column)))


def _changes(series: Series, n: int) -> bool:
    target = series.columns[n].target
    return target is not None and (n == 0 or series.columns[n - 1].target != target)


class _Places:
    """How the values of a chart are set, and where each may stand."""

    def __init__(self, series: Series, frame: Frame) -> None:
        self._frame = frame
        texts = [text for c in series.columns for text in (c.actual_text, c.target_text) if "（" not in text]
        widest = max((text_width(text, 1, bold=True) for text in texts), default=0.0)
        self._size = min(frame.sizes.body, max(frame.sizes.least, (frame.slot - APART) / (widest or 1)))
        self._stretch = self._fitting(widest * self._size)

    def actual(self, n: int, column: Column) -> Iterator[Label]:
        """Yield an actual's places: beyond the bar's end, beyond the target's line, in the bar, farther out."""
        frame, value = self._frame, column.actual or 0.0
        up, bold = value >= 0, column.role is Role.EVALUATED
        bar = frame.bar(n, value)
        end, away = (bar.top, 1) if up else (bar.bottom, -1)
        label = self._label(column.actual_text, n, bold=bold, colour=INK)
        colour, backing = on_bar(column.role)
        narrow = _narrowed(replace(label, colour=colour, backing=backing), bar)
        inside = _at(narrow, end - away * GAP / 2, up=not up)
        fits = inside.area.within(bar)
        if column.state and fits:
            yield inside
        yield _at(label, end, up=up)
        # Beyond a line that was not reached a value would look like success: there only when nothing else is free.
        if column.target is not None and abs(value) >= abs(column.target):
            yield _at(label, frame.level(column.target) + away * LINE_HALF, up=up)
        if fits:
            yield inside
        for row in (1, 2):
            yield _at(label, end + away * (LINE_HALF + row * self._size * 1.2), up=up)

    def target(self, n: int, column: Column) -> Iterator[Label]:
        """Yield a target's places: on the side of its line away from the bar's end, on the other, farther out."""
        frame, value = self._frame, column.target or 0.0
        line, actual = frame.level(value), column.actual or 0.0
        reached = column.actual is not None and abs(actual) >= abs(value) and not column.state
        label = self._label(column.target_text, n, bold=False, colour=TARGET)
        first = (value >= 0) != reached
        for up in (first, not first):
            yield _over(_at(label, line + (LINE_HALF if up else -LINE_HALF), up=up), frame.bar(n, actual))
        top = max(line, frame.level(actual)) + LINE_HALF
        for row in (1, 2):
            yield _at(label, top + row * self._size * 1.2, up=True)

    def _label(self, text: str, n: int, *, bold: bool, colour: str) -> Label:
        """Set a text in the middle of its column, but within the picture."""
        natural = text_width(text, self._size, bold)
        stretch = min(self._stretch, self._fitting(natural))
        width = natural * stretch
        left = self._frame.centre(n) - width / 2
        left = min(max(left, self._frame.plot.left), self._frame.plot.right - width)
        return Label(x=left, y=0, text=text, size=self._size, colour=colour, bold=bold, stretch=stretch)

    def _fitting(self, width: float) -> float:
        """Return the stretch that brings a width into a column, as far as letters stay readable."""
        return min(1.0, max(NARROWEST, (self._frame.slot - APART) / (width or 1)))


def _at(label: Label, edge: float, *, up: bool) -> Label:
    """Stand a label on an edge, or hang it below."""
    return replace(label, y=edge + GAP if up else edge - GAP - DIGIT_RISE * label.size)


def _over(label: Label, bar: Area) -> Label:
    """Set a label off from the bar it lies on."""
    return replace(_narrowed(label, bar), backing=WHITE) if label.area.touches(bar) else label


def _narrowed(label: Label, bar: Area) -> Label:
    """Narrow a label to its bar's width, as far as it stays readable."""
    natural = text_width(label.text, label.size, label.bold)
    stretch = min(label.stretch, max(NARROWEST, (bar.right - bar.left - BESIDE) / (natural or 1)))
    return replace(label, stretch=stretch, x=(bar.left + bar.right - natural * stretch) / 2)
