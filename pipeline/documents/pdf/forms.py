"""The forms of shapes (20.1.9, 20.1.10.56): an outline in, paths and lines out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pipeline.documents.docx.formats import Border
from pipeline.documents.docx.placement import Outline
from pipeline.documents.docx.tree import Margins
from pipeline.documents.pdf.border_lines import dashes
from pipeline.documents.pdf.boxes import Box, PathBox, Segment

_ROUND = 0.5523
"""How far the handles of a quarter of a circle lie, in its radius."""
_CORNER = math.sqrt(0.5)
_WHOLE = 100_000
_DEFAULTS = {"roundRect": 0.16667, "bracketPair": 0.16667, "leftBracket": 0.08333, "rightBracket": 0.08333}
_HEAD = 3.0
"""How long and wide the head of an arrow is, in the thickness of its line."""
_LEAST_HEAD = 2.0
"""The thickness (pt) that counts for the heads of thinner lines."""


def form_boxes(outline: Outline, x: float, y: float, width: float, height: float) -> Iterator[Box]:
    """Yield the boxes of a shape whose top left corner is (x, y)."""
    if outline.form == "line":
        yield from _straight(outline, x, y, width, height)
        return
    fill, line = _path(outline, width, height), outline.line
    open_path = _open_path(outline, width, height)
    if outline.fill or (line and open_path is None):
        stroke = line if open_path is None else None
        yield _drawn(fill, x, y, outline.fill, stroke)
    if line and open_path is not None:
        yield _drawn(open_path, x, y, None, line)


def text_margins(outline: Outline, width: float, height: float) -> Margins:
    """Return how far the text of a shape keeps from its edges for its form alone."""
    least = min(width, height)
    if outline.form == "ellipse":
        return _margins(width * (1 - _CORNER) / 2, height * (1 - _CORNER) / 2)
    if outline.form in ("roundRect", "bracketPair"):
        own = least * _adjusted(outline) * (1 - _CORNER)
        return _margins(own, own)
    if outline.form == "diamond":
        return _margins(width / 4, height / 4)
    if outline.form == "triangle":
        return Margins(height / 2, width / 4, 0.0, width / 4)
    if outline.form.endswith("Arrow"):
        edge = (1 - _shaft(outline)[0]) / 2
        return _margins(0.0, height * edge) if outline.form[0] in "lr" else _margins(width * edge, 0.0)
    return _margins(0.0, 0.0)


def _shaft(outline: Outline) -> tuple[float, float]:
    """Return how thick a block arrow's shaft is and how long its head, as shares."""
    own = outline.adjusted if len(outline.adjusted) == 2 else (50_000.0, 50_000.0)
    return own[0] / _WHOLE, own[1] / _WHOLE


def _margins(across: float, down: float) -> Margins:
    return Margins(down, across, down, across)


def _adjusted(outline: Outline) -> float:
    own = outline.adjusted[0] / _WHOLE if outline.adjusted else _DEFAULTS.get(outline.form, 0.5)
    return max(0.0, min(0.5, own))


def _drawn(path: tuple[Segment, ...], x: float, y: float, fill: str | None, line: Border | None) -> PathBox:
    moved = tuple(
        (kind, tuple(value + (y if at % 2 else x) for at, value in enumerate(values))) for kind, values in path
    )
    if line is None:
        return PathBox(moved, fill)
    return PathBox(moved, fill, line.color, line.width, dashes(line))


def _polygon(*points: tuple[float, float]) -> tuple[Segment, ...]:
    first, *others = points
    return (("m", first), *(("l", point) for point in others), ("h", ()))


def _path(outline: Outline, w: float, h: float) -> tuple[Segment, ...]:
    form, least = outline.form, min(w, h)
    if form == "ellipse":
        return _rounded(w, h, w / 2, h / 2)
    if form in ("roundRect", "bracketPair"):
        radius = least * _adjusted(outline)
        return _rounded(w, h, radius, radius)
    if form == "triangle":
        at = w * (outline.adjusted[0] / _WHOLE if outline.adjusted else 0.5)
        return _polygon((at, 0), (w, h), (0, h))
    if form == "diamond":
        return _polygon((w / 2, 0), (w, h / 2), (w / 2, h), (0, h / 2))
    if form.endswith("Arrow"):
        return _arrow(outline, w, h)
    return _polygon((0, 0), (w, 0), (w, h), (0, h))


def _rounded(w: float, h: float, rx: float, ry: float) -> tuple[Segment, ...]:
    kx, ky = rx * (1 - _ROUND), ry * (1 - _ROUND)
    return (
        ("m", (rx, 0)), ("l", (w - rx, 0)), ("c", (w - kx, 0, w, ky, w, ry)),
        ("l", (w, h - ry)), ("c", (w, h - ky, w - kx, h, w - rx, h)),
        ("l", (rx, h)), ("c", (kx, h, 0, h - ky, 0, h - ry)),
        ("l", (0, ry)), ("c", (0, ky, kx, 0, rx, 0)), ("h", ()),
    )  # fmt: skip


def _open_path(outline: Outline, w: float, h: float) -> tuple[Segment, ...] | None:
    """Return the line of a form that is not drawn all around: brackets."""
    radius = _adjusted(outline) * min(w, h)
    k = radius * (1 - _ROUND)
    half = outline.form == "bracketPair"
    span = radius if half else w
    kx = k if half else w * (1 - _ROUND)
    left: tuple[Segment, ...] = (
        ("m", (span, 0)), ("c", (kx, 0, 0, k, 0, radius)), ("l", (0, h - radius)),
        ("c", (0, h - k, kx, h, span, h)),
    )  # fmt: skip
    right = tuple((kind, tuple(v if at % 2 else w - v for at, v in enumerate(values))) for kind, values in left)
    return {"bracketPair": (*left, *right), "leftBracket": left, "rightBracket": right}.get(outline.form)


def _arrow(outline: Outline, w: float, h: float) -> tuple[Segment, ...]:
    """Return a block arrow: its shaft as thick, its head as long as it is adjusted (20.1.10.56)."""
    across = outline.form in ("leftArrow", "rightArrow")
    long, high = (w, h) if across else (h, w)
    thick, head = _shaft(outline)
    neck, edge = long - min(long, head * min(w, h)), high * (1 - thick) / 2
    points = [(0, edge), (neck, edge), (neck, 0), (long, high / 2), (neck, high), (neck, high - edge), (0, high - edge)]
    if outline.form in ("leftArrow", "upArrow"):
        points = [(long - x, y) for x, y in points]
    return _polygon(*(points if across else [(y, x) for x, y in points]))


def _straight(outline: Outline, x: float, y: float, w: float, h: float) -> Iterator[Box]:
    """Yield a straight line from corner to corner, with its arrows."""
    line = outline.line
    if line is None:
        return
    (x1, x2), (y1, y2) = (
        (low + size, low) if flipped else (low, low + size)
        for low, size, flipped in zip((x, y), (w, h), outline.flipped, strict=True)
    )
    size = max(_LEAST_HEAD, line.width) * _HEAD
    ends = ((x1, y1), (x2, y2))
    for has_head, tip, other in zip(outline.heads, ends, ends[::-1], strict=True):
        if has_head:
            yield PathBox(_head(tip, other, size), line.color)
    both = zip(outline.heads, ends, ends[::-1], strict=True)
    cut = [_towards(tip, other, size / 2) if has_head else tip for has_head, tip, other in both]
    yield PathBox((("m", cut[0]), ("l", cut[1])), None, line.color, line.width, dashes(line))


def _towards(tip: tuple[float, float], other: tuple[float, float], by: float) -> tuple[float, float]:
    length = math.dist(tip, other) or 1.0
    return tip[0] + (other[0] - tip[0]) * by / length, tip[1] + (other[1] - tip[1]) * by / length


def _head(tip: tuple[float, float], other: tuple[float, float], size: float) -> tuple[Segment, ...]:
    base = _towards(tip, other, size)
    dx, dy = (base[0] - tip[0]) / 2, (base[1] - tip[1]) / 2
    return _polygon(tip, (base[0] - dy, base[1] + dx), (base[0] + dy, base[1] - dx))
