"""The axes of a chart: which axis holds which plot, the room beside them for labels, lines, and the labels."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from pipeline.documents.docx.charts.figures import shown
from pipeline.documents.docx.charts.marks import Ground, stacked
from pipeline.documents.docx.charts.model import Axis, Beyond, Chart, Plot, Room
from pipeline.documents.docx.charts.paper import Paper, height_of, rows_of, width_of
from pipeline.documents.docx.charts.scale import Scale, scaled
from pipeline.documents.docx.placement import Turn
from pipeline.documents.docx.tree import VerticalAlignment
from pipeline.documents.paths import Point

_GAP = 4.0
"""The white (pt) between an axis, its labels and its title."""
_MOST_ROWS = 3
_UPWARDS = Turn(270.0)


class Axes:
    """The axes of a chart; ``room`` says what they leave of an area, ``place`` where their ground is."""

    def __init__(self, paper: Paper, chart: Chart) -> None:
        """Find the axes of each plot; raises Beyond where one is wanting."""
        self._paper, self._chart = paper, chart
        self._lies = any(plot.lies for plot in chart.plots)
        series = [one for plot in chart.plots for one in plot.series]
        self._count = max([len(chart.categories), *(len(one.values) for one in series)], default=1) or 1
        self._names = chart.categories or tuple(str(at + 1) for at in range(self._count))
        self._room: Room = (0.0, 0.0, paper.width, paper.height)
        self._scales: dict[str, Scale] = {}
        pairs = [self._pair(plot) for plot in chart.plots]
        first = pairs[0][1]
        # Series whose own axis of values was deleted go by that of the first, as in Office.
        self._pairs = [(across, first if along.is_hidden else along) for across, along in pairs]

    def _pair(self, plot: Plot) -> tuple[Axis, Axis]:
        """Return the axis of the categories, or of what lies across, and that of the values."""
        found = [self._chart.axes[key] for key in plot.axes if key in self._chart.axes]
        if plot.kind == "scatter":
            found.sort(key=lambda axis: axis.side not in ("b", "t"))
        else:
            found.sort(key=lambda axis: axis.is_value)
        if len(found) != 2 or not found[1].is_value:
            raise Beyond("axId")
        return found[0], found[1]

    # -- room

    def room(self, left: float, top: float, right: float, bottom: float) -> Room:
        """Return the ground that is left of an area; lengths of axes are taken from it to choose their scales."""
        length = (right - left) if self._lies else (bottom - top)
        for plot, (across, along) in zip(self._chart.plots, self._pairs, strict=True):
            self._scales.setdefault(along.key, self._scale(along, length))
            if plot.kind == "scatter":
                self._scales.setdefault(across.key, self._scale(across, right - left))
        for axis, is_beside, is_far in self._sides():
            taken = self._taken(axis, is_beside, right - left)
            if is_beside:
                left, right = (left, right - taken) if is_far else (left + taken, right)
            else:
                top, bottom = (top + taken, bottom) if is_far else (top, bottom - taken)
        top += 0.0 if self._lies else _GAP
        return left, top, max(1.0, right - left - _GAP), max(1.0, bottom - top)

    def _sides(self) -> Iterator[tuple[Axis, bool, bool]]:
        """Yield each axis that is seen, whether it stands upright, and whether at the right or the top."""
        seen: set[str] = set()
        for plot, (across, along) in zip(self._chart.plots, self._pairs, strict=True):
            upright = (across, along) if plot.lies else (along, across)
            for axis, other, is_beside in ((upright[0], upright[1], True), (upright[1], upright[0], False)):
                if axis.key not in seen and not axis.is_hidden:
                    seen.add(axis.key)
                    yield axis, is_beside, axis.at_end != other.is_reversed

    def _taken(self, axis: Axis, is_beside: bool, width: float) -> float:
        title = height_of(axis.title, axis.title_letters.size) + _GAP if axis.title else 0.0
        if not axis.has_labels:
            return title + _GAP
        size, texts = axis.letters.size, self._labels(axis)
        if is_beside:
            return title + max((width_of(text, size) for text in texts), default=0.0) + 2 * _GAP
        if axis.key in self._scales:
            return title + height_of("", size) + _GAP
        rows = self._rows(axis, width * 0.85 / self._count)
        deep = rows * size * 1.25 if rows else max(width_of(text, size) for text in texts)
        return title + deep + 2 * _GAP

    def _rows(self, axis: Axis, slot: float) -> int:
        """Return how many rows the names of categories take below their place, 0 where they are turned."""
        every = self._every(axis, slot)
        most = max(rows_of(name, axis.letters.size, slot * every) for name in self._names)
        return most if most <= _MOST_ROWS and slot * every >= axis.letters.size * 2 else 0

    def _every(self, axis: Axis, slot: float) -> int:
        return axis.every or max(1, ceil(axis.letters.size * 1.25 / max(slot, 0.1)))

    def _scale(self, axis: Axis, length: float) -> Scale:
        values: list[float] = []
        is_share = False
        for plot, (across, along) in zip(self._chart.plots, self._pairs, strict=True):
            if along.key == axis.key:
                is_share = is_share or plot.grouping == "percentStacked"
                series = [value for one in plot.series for value in one.values if value is not None]
                spans = stacked(plot, self._count) if plot.kind != "scatter" else []
                values += [end for row in spans for span in row if span for end in span[plot.grouping == "clustered" :]]
                values += series if plot.kind == "scatter" else [0.0] if plot.kind in ("bar", "area") else []
            elif across.key == axis.key and plot.kind == "scatter":
                xs = (one.xs or tuple(float(at + 1) for at in range(len(one.values))) for one in plot.series)
                values += [x for row in xs for x in row if x is not None]
        return scaled(axis, values, length, is_share)

    def _labels(self, axis: Axis) -> tuple[str, ...]:
        scale = self._scales.get(axis.key)
        if scale is None:
            return self._names
        return tuple(shown(mark, self._code(axis)) for mark in scale.marks)

    def _code(self, axis: Axis) -> str:
        if axis.code:
            return axis.code
        plots = [plot for plot, (_, along) in zip(self._chart.plots, self._pairs, strict=True) if along.key == axis.key]
        if any(plot.grouping == "percentStacked" for plot in plots):
            return "0%"
        return next((one.code for plot in plots for one in plot.series), "General")

    # -- drawing

    def place(self, room: Room) -> None:
        """Set where the ground is."""
        self._room = room

    def ground(self, plot: Plot) -> Ground:
        """Return the ground of a plot."""
        across, along = self._pairs[self._chart.plots.index(plot)]
        lies = plot.lies

        def at(category: float, value: float) -> Point:
            category = 1 - category if across.is_reversed else category
            value = 1 - value if along.is_reversed else value
            left, top, width, height = self._room
            x, y = (value, category) if lies else (category, value)
            return left + x * width, top + (1 - y) * height

        xs = self._scales.get(across.key)
        return Ground(self._paper, at, self._scales[along.key], xs, self._count, lies)

    def draw_grid(self) -> None:
        """Draw the lines across the ground."""
        for plot, axes in zip(self._chart.plots, self._pairs, strict=True):
            for axis, is_value in zip(axes, (False, True), strict=True):
                if axis.grid is not None and not axis.is_hidden:
                    at = self.ground(plot).at
                    for share in self._shares(axis):
                        ends = [at(end, share) if is_value else at(share, end) for end in (0.0, 1.0)]
                        self._paper.path(ends, None, axis.grid, closed=False)

    def _shares(self, axis: Axis) -> Iterator[float]:
        scale = self._scales.get(axis.key)
        if scale is None:
            yield from (at / self._count for at in range(self._count + 1))
        else:
            yield from map(scale.share, scale.marks)

    def draw(self) -> None:
        """Draw the axes with their labels and titles."""
        left, top, width, height = self._room
        for axis, is_beside, is_far in self._sides():
            edge = (left + width if is_far else left) if is_beside else (top if is_far else top + height)
            if axis.line is not None:
                ends = [(edge, top), (edge, top + height)] if is_beside else [(left, edge), (left + width, edge)]
                self._paper.path(ends, None, axis.line, closed=False)
            away = self._write_labels(axis, is_beside, is_far, edge) if axis.has_labels else _GAP
            out = away + height_of(axis.title, axis.title_letters.size) / 2
            if is_beside:
                place = (edge + (out if is_far else -out), top + height / 2)
                self._paper.text(axis.title, place, axis.title_letters, turn=_UPWARDS)
            else:
                place = (left + width / 2, edge + (-out if is_far else out))
                self._paper.text(axis.title, place, axis.title_letters)

    def _write_labels(self, axis: Axis, is_beside: bool, is_far: bool, edge: float) -> float:
        """Write the labels of an axis; return how far from it they reach."""
        letters, texts = axis.letters, self._labels(axis)
        out = _GAP if is_far else -_GAP
        slot = self._room[3 if is_beside else 2] / self._count
        is_named = axis.key not in self._scales
        rows = self._rows(axis, slot) if is_named and not is_beside else 1
        every = self._every(axis, slot) if is_named else 1
        for share, text in [*zip(self._places(axis), texts, strict=False)][::every]:
            along = 1 - share if axis.is_reversed else share
            x, y = self._room[0] + along * self._room[2], self._room[1] + (1 - along) * self._room[3]
            if is_beside:
                self._paper.text(text, (edge + out, y), letters, across="left" if is_far else "right")
            elif rows:
                width = slot * every if is_named and rows > 1 else 0.0
                down: VerticalAlignment = "bottom" if is_far else "top"
                self._paper.text(text, (x, edge - out), letters, down=down, width=width)
            else:
                self._paper.text(text, (x, edge - out), letters, across="right", turn=_UPWARDS)
        widest = max((width_of(text, letters.size) for text in texts), default=0.0)
        return 2 * _GAP + (widest if is_beside or not rows else rows * letters.size * 1.25)

    def _places(self, axis: Axis) -> Iterator[float]:
        if axis.key in self._scales:
            yield from self._shares(axis)
        else:
            yield from ((at + 0.5) / self._count for at in range(self._count))
