"""A chart as the members of a group: its ground, title, legend and axes, and the marks of its series."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.documents.docx.charts.axes import Axes
from pipeline.documents.docx.charts.marks import Labelled, draw_marker, draw_plot, label_text, write_labels
from pipeline.documents.docx.charts.model import Chart, Marker, Series
from pipeline.documents.docx.charts.paper import Paper, height_of, on_circle, rows_of, sector, width_of
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.placement import Line
from pipeline.documents.docx.tree import Member
from pipeline.documents.paths import Point

_EDGE = 8.0
"""The white (pt) at the edge of a chart, and between its parts."""
_KEY = 2.2
"""How wide (em) the key of a series is in the legend, with the gap behind it."""
_LEAST = 10.0
_WHITE = Line(0.75, "FFFFFF")
_OUTSIDE = 1.12


class Area(Struct):
    """What is left of the room of a chart."""

    left: float
    top: float
    right: float
    bottom: float


class _Entry(Struct, frozen=True):
    """An entry of the legend: its words, and what they stand beside."""

    text: str
    fill: str | None
    line: Line | None = None
    marker: Marker | None = None


def members(chart: Chart, size: Point, run: RunFormat) -> tuple[Member, ...]:
    """Return what a chart of a size (pt) is made of, the lowest first; raises Beyond."""
    paper = Paper(*size, run)
    paper.rectangle((0.0, 0.0), size, chart.fill, chart.line)
    area = Area(_EDGE, _EDGE, size[0] - _EDGE, size[1] - _EDGE)
    if chart.title:
        rows = rows_of(chart.title, chart.title_letters.size, area.right - area.left)
        place = ((area.left + area.right) / 2, area.top)
        paper.text(chart.title, place, chart.title_letters, down="top", width=area.right - area.left)
        area.top += height_of("\n" * (rows - 1), chart.title_letters.size) + _EDGE / 2
    entries = _entries(chart)
    if chart.legend and entries:
        _draw_legend(paper, chart, entries, area)
    area.right, area.bottom = max(area.right, area.left + _LEAST), max(area.bottom, area.top + _LEAST)
    if chart.plots[0].kind == "pie":
        _draw_pie(paper, chart, area)
    else:
        _draw_axes(paper, chart, area)
    return tuple(paper.members)


# -- the legend


def _entries(chart: Chart) -> list[_Entry]:
    plot = chart.plots[0]
    if plot.kind == "pie" and plot.series:
        series = plot.series[0]
        names = chart.categories or tuple(str(at + 1) for at in range(len(series.values)))
        return [_Entry(name, series.points.get(at, series.fill)) for at, name in enumerate(names)]
    found = [(one, each.kind) for each in chart.plots for one in each.series]
    return [
        _Entry(one.title or f"系列{at}", one.fill, one.line if kind in ("line", "scatter") else None, one.marker)
        for at, (one, kind) in enumerate(found, 1)
    ]


def _draw_legend(paper: Paper, chart: Chart, entries: Sequence[_Entry], area: Area) -> None:
    """Draw the legend at its side, or where it was put, and take its room off the area."""
    size = chart.legend_letters.size
    step = size * 1.5
    is_column = chart.legend in ("r", "l", "tr")
    widths = [width_of(entry.text, size) + (_KEY + 1.2) * size for entry in entries]
    if chart.legend_room is not None:
        x, y, width, _ = chart.legend_room
        _write_rows(
            paper,
            _rows(entries, widths, max(width * paper.width, *widths)),
            x * paper.width,
            y * paper.height,
            chart,
        )
        return
    rows = [[(entry, width)] for entry, width in zip(entries, widths, strict=True)]
    rows = rows if is_column else _rows(entries, widths, area.right - area.left)
    height, widest = step * len(rows), min(max(widths), (area.right - area.left) / 2)
    if is_column:
        left = area.left if chart.legend == "l" else area.right - widest
        _write_rows(paper, rows, left, max(area.top, (area.top + area.bottom - height) / 2), chart)
        area.left, area.right = (left + widest, area.right) if chart.legend == "l" else (area.left, left - _EDGE / 2)
        return
    top = area.top if chart.legend == "t" else area.bottom - height
    for at, row in enumerate(rows):
        left = (area.left + area.right - sum(width for _, width in row)) / 2
        _write_rows(paper, [row], left, top + at * step, chart)
    area.top, area.bottom = (
        (top + height + _EDGE / 2, area.bottom) if chart.legend == "t" else (area.top, top - _EDGE / 2)
    )


def _rows(entries: Sequence[_Entry], widths: Sequence[float], room: float) -> list[list[tuple[_Entry, float]]]:
    rows: list[list[tuple[_Entry, float]]] = [[]]
    for entry, width in zip(entries, widths, strict=True):
        if rows[-1] and sum(taken for _, taken in rows[-1]) + width > room + 1:
            rows.append([])
        rows[-1].append((entry, width))
    return rows


def _write_rows(
    paper: Paper, rows: Sequence[Sequence[tuple[_Entry, float]]], left: float, top: float, chart: Chart
) -> None:
    letters = chart.legend_letters
    for at, row in enumerate(rows):
        x, y = left, top + (at + 0.5) * letters.size * 1.5
        for entry, width in row:
            _draw_key(paper, entry, x, y, letters.size)
            paper.text(entry.text, (x + _KEY * letters.size, y), letters, across="left")
            x += width


def _draw_key(paper: Paper, entry: _Entry, x: float, y: float, size: float) -> None:
    if entry.line is None and entry.marker is None:
        half = size * 0.35
        paper.rectangle((x + size - half, y - half), (x + size + half, y + half), entry.fill)
        return
    if entry.line is not None:
        paper.path([(x, y), (x + 2 * size, y)], None, entry.line, closed=False)
    if entry.marker is not None:
        draw_marker(paper, entry.marker, (x + size, y))


# -- pies


def _draw_pie(paper: Paper, chart: Chart, area: Area) -> None:
    """Draw a pie, or rings within each other."""
    plot = chart.plots[0]
    if chart.room is not None:
        x, y, width, height = chart.room
        area = Area(x * paper.width, y * paper.height, (x + width) * paper.width, (y + height) * paper.height)
    middle = ((area.left + area.right) / 2, (area.top + area.bottom) / 2)
    outer = min(area.right - area.left, area.bottom - area.top) / 2 * (1.0 if chart.room else 0.85)
    inner = outer * plot.hole
    rings = plot.series if plot.hole else plot.series[:1]
    for at, series in enumerate(rings):
        radii = inner + (outer - inner) * at / len(rings), inner + (outer - inner) * (at + 1) / len(rings)
        _draw_ring(paper, chart, series, middle, radii)


def _draw_ring(paper: Paper, chart: Chart, series: Series, middle: Point, radii: Point) -> None:
    known = [max(0.0, value or 0.0) for value in series.values]
    total, angle = sum(known), chart.plots[0].begin - 90
    labels: list[tuple[str, float]] = []
    for at, value in enumerate(known):
        sweep = 360 * value / total if total else 0.0
        if sweep:
            paper.steps(sector(middle, radii, angle, sweep), series.points.get(at, series.fill), series.line or _WHITE)
            labels.append((label_text(series, at, chart.categories, total), angle + sweep / 2))
        angle += sweep
    is_outside = series.labels.place == "outEnd" and not radii[0]
    away = radii[1] * _OUTSIDE if is_outside else (radii[0] + radii[1]) / 2 if radii[0] else radii[1] * 0.65
    for text, at_angle in labels if series.labels.shows else ():
        paper.text(text, on_circle(middle, away, at_angle), series.labels.letters)


# -- what has axes


def _draw_axes(paper: Paper, chart: Chart, area: Area) -> None:
    axes = Axes(paper, chart)
    room = axes.room(area.left, area.top, area.right, area.bottom)
    if chart.room is not None:
        x, y, width, height = chart.room
        room = x * paper.width, y * paper.height, width * paper.width, height * paper.height
    axes.place(room)
    paper.rectangle((room[0], room[1]), (room[0] + room[2], room[1] + room[3]), chart.ground)
    axes.draw_grid()
    labelled: list[Labelled] = []
    for kind in ("area", "bar", "line", "scatter"):
        for plot in chart.plots:
            if plot.kind == kind:
                labelled += draw_plot(plot, axes.ground(plot))
    axes.draw()
    for one in labelled:
        write_labels(one, paper, chart.categories)
