"""The line above a chart: its unit on the left, what the marks mean on the right; two lines where one is too narrow."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.stages.charts import colours
from pipeline.stages.charts.frame import Sizes
from pipeline.stages.charts.series import Role, Series
from pipeline.stages.charts.shapes import Area, Box, Label, Line, Shape, text_width

SWATCH = 8.0
SWATCH_HEIGHT = 5.0
NEAR = 2.5
APART = 6.0
"""The room between two items, where there is as much."""
EDGE = 0.5
"""What a swatch's own edge needs beside it."""
PITCH = 1.35
LOWER_IS_BETTER = "▼小さいほど良い"


class Header(Struct, frozen=True):
    """The shapes above the plot and the height they take (pt)."""

    shapes: tuple[Shape, ...]
    height: float


def legend(series: Series, width: float, height: float, sizes: Sizes) -> Header:
    """Return unit and legend, laid out at the top of a chart."""
    size = sizes.small
    unit = "　".join(_told(series))
    marks = _marks(series)
    drawn = sum(SWATCH + NEAR + text_width(text, size) for text, _ in marks)
    apart = min(APART, (width - drawn - 2 * EDGE) / max(len(marks) - 1, 1))
    needed = drawn + apart * (len(marks) - 1)
    lines = 1 if text_width(unit, size) + APART + needed <= width else 2
    first = height - size * 0.95
    last = first - (lines - 1) * size * PITCH
    shapes: list[Shape] = [Label(0, first, unit, size, colours.SUB)] if unit else []
    x = width - needed - EDGE
    for text, role in marks:
        shapes.append(_swatch(x, last + size * 0.38, role))
        shapes.append(Label(x + SWATCH + NEAR, last, text, size, colours.INK))
        x += SWATCH + NEAR + text_width(text, size) + apart
    return Header(tuple(shapes), height - last + 3.0)


def _told(series: Series) -> Iterator[str]:
    """Yield what is to be known of the figures: their unit, and which way is better."""
    if series.unit:
        yield f"単位：{series.unit}"
    if series.lower_is_better:
        yield LOWER_IS_BETTER


def _marks(series: Series) -> list[tuple[str, Role | None]]:
    """List the legend's items from left to right; None is the target line."""
    names = {Role.BASELINE: "基準値", Role.PAST: "過年度"}
    drawn = {c.role: c for c in series.columns if c.actual is not None}
    marks: list[tuple[str, Role | None]] = [
        (names.get(role) or f"{drawn[role].year}実績", role)
        for role in (Role.BASELINE, Role.PAST, Role.EVALUATED)
        if role in drawn
    ]
    only_words = all(c.target is None for c in series.columns) and any(c.aim for c in series.columns)
    return marks if only_words else [*marks, ("目標", None)]


def _swatch(x: float, middle: float, role: Role | None) -> Shape:
    if role is None:
        return Line(((x - 1, middle), (x + SWATCH, middle)), colours.TARGET, 2.2)
    area = Area(x, middle - SWATCH_HEIGHT / 2, x + SWATCH, middle + SWATCH_HEIGHT / 2)
    fill, edge = colours.BARS[role.name]
    return Box(area, fill, edge, line=0.6, hatched=role is Role.BASELINE)
