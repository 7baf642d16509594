"""The marks of series on the ground of a chart: bars, lines, areas, points, and the values beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct

from pipeline.documents.docx.charts.figures import shown
from pipeline.documents.docx.charts.model import Labels, Marker, Plot, Series
from pipeline.documents.docx.charts.paper import Paper
from pipeline.documents.docx.charts.scale import Scale
from pipeline.documents.docx.formats import Alignment
from pipeline.documents.docx.tree import VerticalAlignment
from pipeline.documents.paths import Point

At = Callable[[float, float], Point]
"""Where something is that is so far along the categories and along the values, each as a share."""
_GAP = 3.0
_SIDES: Mapping[str, tuple[Alignment, VerticalAlignment, float, float]] = {
    "l": ("right", "center", -1.0, 0.0), "r": ("left", "center", 1.0, 0.0), "t": ("center", "bottom", 0.0, -1.0),
    "b": ("center", "top", 0.0, 1.0),
}  # fmt: skip

_MIDDLE: tuple[Alignment, VerticalAlignment, float, float] = ("center", "center", 0.0, 0.0)


class Ground(Struct, frozen=True):
    """Where marks are drawn: the places of categories and values, and how many categories there are."""

    paper: Paper
    at: At
    scale: Scale
    xs: Scale | None
    count: int
    lies: bool = False


def stacked(plot: Plot, count: int) -> list[list[tuple[float, float] | None]]:
    """Return from where to where each value of each series reaches, None for those that are wanting."""
    if plot.grouping == "clustered":
        return [[None if value is None else (0.0, value) for value in _filled(one, count)] for one in plot.series]
    totals = [sum(abs(value or 0.0) for value in column) or 1.0 for column in zip(*_all(plot, count), strict=True)]
    sums = {sign: [0.0] * count for sign in (True, False)}
    made: list[list[tuple[float, float] | None]] = []
    for values in _all(plot, count):
        row: list[tuple[float, float] | None] = []
        for at, value in enumerate(values):
            share = (value or 0.0) / (totals[at] if plot.grouping == "percentStacked" else 1.0)
            base = sums[share < 0]
            row.append((base[at], base[at] + share) if value is not None else None)
            base[at] += share
        made.append(row)
    return made


def _all(plot: Plot, count: int) -> list[list[float | None]]:
    return [_filled(one, count) for one in plot.series]


def _filled(series: Series, count: int) -> list[float | None]:
    return [*series.values[:count], *[None] * (count - len(series.values))]


Labelled: TypeAlias = tuple[Series, Sequence[Point | None], str]
"""A series, the points at which its values stand, and on which side of them where nothing is said."""


def draw_plot(plot: Plot, ground: Ground) -> Iterator[Labelled]:
    """Draw the series of a plot; yields where their labels stand."""
    if plot.kind == "scatter":
        yield from _draw_scatter(plot, ground)
        return
    spans = stacked(plot, ground.count)
    if plot.kind == "bar":
        yield from _draw_bars(plot, spans, ground)
        return
    for series, row in zip(plot.series, spans, strict=True):
        places = [((at + 0.5) / ground.count, span) for at, span in enumerate(row)]
        points = [None if span is None else ground.at(x, ground.scale.share(span[1])) for x, span in places]
        if plot.kind == "area":
            floor = [ground.at(x, ground.scale.share(span[0])) for x, span in places if span is not None]
            ridge = [point for point in points if point is not None]
            if ridge:
                ground.paper.path([*ridge, *reversed(floor)], series.fill, series.line)
        else:
            _draw_line(series, points, ground)
        yield series, points, "r" if plot.kind == "line" else "ctr"


def _draw_bars(plot: Plot, spans: list[list[tuple[float, float] | None]], ground: Ground) -> Iterator[Labelled]:
    is_stacked = plot.grouping != "clustered"
    beside, overlap = (1, 0.0) if is_stacked else (len(plot.series), plot.overlap)
    slot = 1 / ground.count
    width = slot / (beside - overlap * (beside - 1) + plot.gap)
    for number, (series, row) in enumerate(zip(plot.series, spans, strict=True)):
        ends: list[Point | None] = []
        for at, span in enumerate(row):
            begin = at * slot + width * (plot.gap / 2 + (0 if is_stacked else number * (1 - overlap)))
            if span is None:
                ends.append(None)
                continue
            low, high = (ground.scale.share(value) for value in span)
            fill = series.points.get(at, series.fill)
            ground.paper.rectangle(ground.at(begin, low), ground.at(begin + width, high), fill, series.line)
            middle = (low + high) / 2 if _is_inside(series.labels, is_stacked) else high
            ends.append(ground.at(begin + width / 2, middle))
        outside = "r" if ground.lies else "t"
        yield series, ends, "ctr" if _is_inside(series.labels, is_stacked) else outside


def _is_inside(labels: Labels, is_stacked: bool) -> bool:
    return labels.place in ("ctr", "inEnd", "inBase") or (is_stacked and not labels.place)


def _draw_scatter(plot: Plot, ground: Ground) -> Iterator[Labelled]:
    for series in plot.series:
        xs = series.xs or [float(at + 1) for at in range(len(series.values))]
        points = [
            None
            if x is None or y is None or ground.xs is None
            else ground.at(ground.xs.share(x), ground.scale.share(y))
            for x, y in zip(xs, series.values, strict=False)
        ]
        _draw_line(series, points, ground)
        yield series, points, "r"


def _draw_line(series: Series, points: Sequence[Point | None], ground: Ground) -> None:
    """Draw a line through points, which is broken where one is wanting, with a sign at each."""
    for is_gap, run in groupby(points, lambda point: point is None):
        known = [point for point in run if point is not None]
        if not is_gap and len(known) > 1 and series.line is not None:
            ground.paper.path(known, None, series.line, closed=False)
    for point in points:
        if point is not None and series.marker is not None:
            draw_marker(ground.paper, series.marker, point)


def draw_marker(paper: Paper, marker: Marker, middle: Point) -> None:
    """Draw the sign of a series at a point; those that Office has beyond these are circles."""
    (x, y), half = middle, marker.size / 2
    forms: Mapping[str, Sequence[Point]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
        "triangle": [(0, -1), (1, 1), (-1, 1)],
        "dash": [(-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3)],
    }
    form = forms.get(marker.symbol)
    if form is None and marker.symbol in ("x", "plus", "star"):
        strokes: Sequence[Point] = ((1, 1), (1, -1)) if marker.symbol == "x" else ((1, 0), (0, 1))
        for across, down in strokes:
            ends = [(x - half * across, y - half * down), (x + half * across, y + half * down)]
            paper.path(ends, None, marker.line, closed=False)
    elif form is None:
        paper.circle(middle, half, marker.fill, marker.line)
    else:
        paper.path([(x + half * across, y + half * down) for across, down in form], marker.fill, marker.line)


def write_labels(labelled: Labelled, paper: Paper, categories: Sequence[str]) -> None:
    """Write what stands beside the values of a series."""
    series, points, usual = labelled
    labels = series.labels
    for at, point in enumerate(points):
        if labels.shows and point is not None:
            text = label_text(series, at, categories)
            side = labels.place if labels.place in _SIDES else usual
            across, down, right, below = _SIDES.get(side, _MIDDLE)
            away = _GAP + (series.marker.size / 2 if series.marker is not None else 0.0)
            place = point[0] + right * away, point[1] + below * away
            paper.text(text, place, labels.letters, across=across, down=down)


def label_text(series: Series, at: int, categories: Sequence[str], total: float = 0.0) -> str:
    """Return what stands beside a value."""
    return ", ".join(filter(None, _label_parts(series, at, categories, total)))


def _label_parts(series: Series, at: int, categories: Sequence[str], total: float) -> Iterator[str]:
    shows, value = series.labels.shows, series.values[at] if at < len(series.values) else None
    if "series" in shows:
        yield series.title
    if "category" in shows and at < len(categories):
        yield categories[at]
    if "value" in shows and value is not None:
        yield shown(value, series.labels.code or series.code)
    if "share" in shows and value is not None and total:
        yield shown(value / total, series.labels.code if "%" in series.labels.code else "0%")
