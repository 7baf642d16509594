"""Values on bars and target lines, placed so that none touches another.

Every label has places in order of preference; labels that must be printed (actuals, the evaluated year's and the last
target) choose first, the others take what is left or stay away: the table beside the chart has every figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.charts.colours import INK, TARGET, WHITE
from pipeline.charts.frame import Frame
from pipeline.charts.series import Column, Role, Series
from pipeline.charts.shapes import DIGIT_RISE, Area, Label, text_width

LEAST_SIZE = 6.0
GAP = 2.0
LINE_HALF = 1.1


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something labels keep away from; a bar is none to the labels of its own ``column``."""

    area: Area
    column: int | None = None


def value_labels(series: Series, frame: Frame, steps: Iterable[Area], words: Iterable[Label]) -> tuple[Label, ...]:
    """Place the figures of all columns among target lines (``steps``) and ``words`` already placed."""
    obstacles = [*(Obstacle(area) for area in steps), *(Obstacle(_wide(word.area)) for word in words)]
    obstacles += [Obstacle(_bar(frame, n, c), n) for n, c in enumerate(series.columns) if c.actual is not None]
    placed: list[Label] = []
    for column, needed, places in _wanted(series, frame):
        label = _first_free(places, column, frame, obstacles)
        if label is None and needed:
            label = places[-1]
        if label is not None:
            placed.append(label)
            obstacles.append(Obstacle(_wide(label.area)))
    return tuple(placed)


def _wanted(series: Series, frame: Frame) -> Iterator[tuple[int, bool, list[Label]]]:
    """Yield column, whether it must be printed, and places of every figure, the most important first."""
    columns = list(enumerate(series.columns))
    last = max((n for n, c in columns if c.target is not None), default=None)
    order = sorted(columns, key=lambda item: (item[1].role is not Role.EVALUATED, item[1].role is not Role.BASELINE))
    for n, column in order:
        if column.role is Role.EVALUATED and column.target is not None:
            yield n, True, list(_target_places(series, frame, n, column))
        if column.actual is not None:
            yield n, True, list(_actual_places(series, frame, n, column))
    for n, column in sorted(columns, key=lambda item: item[0] != last):
        if column.role is not Role.EVALUATED and column.target is not None and (n == last or _changes(series, n)):
            yield n, n == last, list(_target_places(series, frame, n, column))


def _changes(series: Series, n: int) -> bool:
    return n == 0 or series.columns[n - 1].target != series.columns[n].target


def _first_free(places: list[Label], column: int, frame: Frame, obstacles: list[Obstacle]) -> Label | None:
    around = [obstacle.area for obstacle in obstacles if obstacle.column != column]
    for label in places:
        if label.area.within(frame.plot) and not any(label.area.touches(area) for area in around):
            return label
    return None


def _actual_places(series: Series, frame: Frame, n: int, column: Column) -> Iterator[Label]:
    """Yield places of an actual: beyond the bar's end, in the bar, and farther and farther out."""
    assert column.actual is not None
    up = column.actual >= 0
    bar = _bar(frame, n, column)
    end = bar.top if up else bar.bottom
    colour, backing = _on_bar(column)
    for size in _sizes(frame):
        text = _Text(column.actual_text, size, column.role is Role.EVALUATED)
        outside = text.beyond(frame, n, end, up, colour=INK)
        inside = text.beyond(frame, n, end - GAP if up else end + GAP, not up, colour=colour, backing=backing)
        fits = text.width <= bar.right - bar.left - 2
        if column.state and fits:
            yield inside
        yield outside
        if column.target is not None:
            yield text.beyond(frame, n, frame.level(column.target) + (LINE_HALF if up else -LINE_HALF), up, colour=INK)
        if fits:
            yield inside
    for rows in (1, 2, 3):
        text = _Text(column.actual_text, LEAST_SIZE, column.role is Role.EVALUATED)
        shift = rows * LEAST_SIZE * 1.15
        yield text.beyond(frame, n, end + (shift if up else -shift), up, colour=INK)
        if not text.width <= bar.right - bar.left - 2:
            yield text.beyond(frame, n, end - shift if up else end + shift, not up, colour=INK, backing=WHITE)


def _target_places(series: Series, frame: Frame, n: int, column: Column) -> Iterator[Label]:
    """Yield places of a target: on the side of its line away from the bar's end first."""
    assert column.target is not None
    line = frame.level(column.target)
    covered = column.actual is not None and abs(column.actual) >= abs(column.target) and not column.state
    first_up = (column.target >= 0) != covered
    for size in _sizes(frame):
        text = _Text(column.target_text, size, bold=False)
        for up in (first_up, not first_up):
            on_bar = column.actual is not None and (up != (column.target >= 0) or covered)
            edge = line + LINE_HALF if up else line - LINE_HALF
            yield text.beyond(frame, n, edge, up, colour=TARGET, backing=WHITE if on_bar else None)
    for rows in (1, 2, 3):
        text = _Text(column.target_text, LEAST_SIZE, bold=False)
        top = max(line, frame.level(column.actual or 0))
        yield text.beyond(frame, n, top + LINE_HALF + rows * LEAST_SIZE * 1.15, True, colour=TARGET)


@dataclass(frozen=True, slots=True)
class _Text:
    """A figure in one size, before it has a place."""

    text: str
    size: float
    bold: bool

    @property
    def width(self) -> float:
        return text_width(self.text, self.size, self.bold)

    def beyond(self, frame: Frame, n: int, edge: float, up: bool, *, colour: str, backing: str | None = None) -> Label:
        """Place it above or below an edge, centred on its column but within the picture."""
        left = frame.centre(n) - self.width / 2
        left = min(max(left, frame.plot.left), frame.plot.right - self.width)
        baseline = edge + GAP if up else edge - GAP - DIGIT_RISE * self.size
        return Label(left, baseline, self.text, self.size, colour, self.bold, backing)


def _sizes(frame: Frame) -> tuple[float, ...]:
    return (frame.sizes.body, (frame.sizes.body + LEAST_SIZE) / 2, LEAST_SIZE)


def _bar(frame: Frame, n: int, column: Column) -> Area:
    assert column.actual is not None
    return frame.bar(n, column.actual)


def _on_bar(column: Column) -> tuple[str, str | None]:
    """Give a text's colour on a bar, and what lies between: hatching would disturb the figures."""
    if column.role is Role.EVALUATED:
        return WHITE, None
    return INK, WHITE if column.role is Role.BASELINE else None


def _wide(area: Area) -> Area:
    """Keep labels a hair apart from one another."""
    return replace(area, left=area.left - 0.8, right=area.right + 0.8)
