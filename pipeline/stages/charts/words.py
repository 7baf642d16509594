"""Words inside a chart: no actual, no target, and the state a milestone has reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.stages.charts import colours
from pipeline.stages.charts.frame import PITCH, Frame
from pipeline.stages.charts.series import Column, Role, Series
from pipeline.stages.charts.shapes import Area, Label, Line, centred, text_width

NO_TARGET = "目標設定なし"
BASE = 2.8
TICK = 2.0


def words(series: Series, frame: Frame) -> tuple[Label, ...]:
    """Return every word of a chart where it stands."""
    return (*_missing_actuals(series, frame), *_missing_targets(series, frame), *_states(series, frame))


def brackets(series: Series, frame: Frame) -> tuple[Line, ...]:
    """Return brackets over the years that have neither bar nor target, for the words above it."""
    lines = []
    for first, last, y in _gaps(series, frame):
        left, right = (frame.centre(n) + side * frame.slot * 0.4 for n, side in ((first, -1), (last, 1)))
        lines.append(Line(((left, y - TICK), (left, y), (right, y), (right, y - TICK)), colours.SUB, 0.5))
    return tuple(lines)


def _missing_actuals(series: Series, frame: Frame) -> Iterator[Label]:
    for n, column in enumerate(series.columns):
        yield from _stacked(column.word, frame.centre(n), frame.zero + BASE, frame.sizes.small, frame.slot)


def _missing_targets(series: Series, frame: Frame) -> Iterator[Label]:
    size = frame.sizes.small
    for first, last, y in _gaps(series, frame):
        middle = (frame.centre(first) + frame.centre(last)) / 2
        yield from _stacked(NO_TARGET, middle, y + BASE, size, frame.slot * (last - first + 1))
    for n, column in enumerate(series.columns):
        if column.untargeted and column.actual is not None:
            above = frame.level(max(column.actual, 0)) + frame.sizes.body + 2 * BASE
            yield from _stacked(NO_TARGET, frame.centre(n), above, size, frame.slot)


def _gaps(series: Series, frame: Frame) -> Iterator[tuple[int, int, float]]:
    """Yield first and last column of years without bar and target, and the height of their bracket."""
    for gap, group in groupby(
        enumerate(series.columns), key=lambda item: item[1].untargeted and item[1].actual is None
    ):
        if gap:
            members = list(group)
            lines = max(len(_lines(column.word, frame.sizes.small, frame.slot)) for _, column in members)
            rise = lines * frame.sizes.small * PITCH + TICK if lines else 0
            yield members[0][0], members[-1][0], frame.zero + BASE + TICK + rise


def _states(series: Series, frame: Frame) -> Iterator[Label]:
    for n, column in enumerate(series.columns):
        if column.state and column.actual:
            yield from _state(column, frame.bar(n, column.actual), frame.sizes.small)


def _state(column: Column, bar: Area, size: float) -> Iterator[Label]:
    """Write a state in the middle of its bar, where its number alone would look like success."""
    each = max(1, int((bar.right - bar.left - 1) / size))
    parts = [column.state[n : n + each] for n in range(0, len(column.state), each)]
    top = (bar.bottom + bar.top) / 2 + len(parts) * size * PITCH / 2
    colour, backing = on_bar(column.role)
    for n, part in enumerate(parts):
        y = top - (n + 0.85) * size * PITCH
        bold = column.role is Role.EVALUATED
        middle, room = (bar.left + bar.right) / 2, bar.right - bar.left
        yield centred(part, middle, y, size, colour, room=room, bold=bold, backing=backing)


def on_bar(role: Role) -> tuple[str, str | None]:
    """Return a text's colour on a bar, and what lies between: hatching would disturb the letters."""
    if role is Role.EVALUATED:
        return colours.WHITE, None
    return colours.INK, colours.WHITE if role is Role.BASELINE else None


def _stacked(text: str, middle: float, base: float, size: float, room: float) -> Iterator[Label]:
    """Write a word from ``base`` upwards."""
    for n, part in enumerate(reversed(_lines(text, size, room))):
        yield centred(part, middle, base + n * size * PITCH, size, colours.SUB, room=room - 1)


def _lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """Divide a word (実績なし, 目標設定なし) behind its first term if one line has no room for it."""
    parts = (text,) if text_width(text, size) <= room - 1.5 else (text[:2], text[2:])
    return tuple(filter(None, parts))
