"""From a picture to SVG bytes (SVG 1.1): rectangles, lines and text in the report's typeface, and nothing else.

Lengths are in pt. Narrowed letters are scaled, as every reader of SVG can do that; not all follow ``textLength``.
"""

from __future__ import annotations

from html import escape

from pipeline.documents.fonts import FAMILY
from pipeline.stages.charts.colours import WHITE
from pipeline.stages.charts.marks import Fill, Mark, Stroke, marks
from pipeline.stages.charts.shapes import Area, Label, Picture, Point


def write(picture: Picture, title: str) -> bytes:
    """Return a picture as SVG, one element a line; ``title`` is what a screen reader reads in its place."""
    size = f'width="{_number(picture.width)}pt" height="{_number(picture.height)}pt"'
    box = f'viewBox="0 0 {_number(picture.width)} {_number(picture.height)}"'
    paper = Fill(Area(0, 0, picture.width, picture.height), WHITE)
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{FAMILY}, sans-serif">',
        f"<title>{escape(title)}</title>",
        *(_element(mark, picture.height) for mark in (paper, *marks(picture))),
        "</svg>\n",
    )
    return "\n".join(lines).encode()


def _element(mark: Mark, height: float) -> str:
    """Write a mark; heights are measured from the top."""
    match mark:
        case Fill():
            return _rectangle(mark, height)
        case Stroke():
            return _path(mark, height)
        case Label():
            return _text(mark, height)


def _rectangle(fill: Fill, height: float) -> str:
    area = fill.area
    place = f'x="{_number(area.left)}" y="{_number(height - area.top)}"'
    size = f'width="{_number(area.right - area.left)}" height="{_number(area.top - area.bottom)}"'
    return f'<rect {place} {size} fill="#{fill.colour}"/>'


def _path(stroke: Stroke, height: float) -> str:
    end = "Z" if stroke.closed else ""
    way = "".join(f"M{_way(line, height)}{end}" for line in stroke.lines)
    dashes = f' stroke-dasharray="{" ".join(map(_number, stroke.dashes))}"' if stroke.dashes else ""
    look = f'fill="none" stroke="#{stroke.colour}" stroke-width="{_number(stroke.width)}"{dashes}'
    return f'<path d="{way}" {look}/>'


def _way(line: tuple[Point, ...], height: float) -> str:
    return "L".join(f"{_number(x)} {_number(height - y)}" for x, y in line)


def _text(label: Label, height: float) -> str:
    x, y = _number(label.x), _number(height - label.y)
    narrowed = f"matrix({label.stretch:.4f} 0 0 1 {x} {y})"
    place = f'transform="{narrowed}"' if label.stretch < 1 else f'x="{x}" y="{y}"'
    weight = ' font-weight="bold"' if label.bold else ""
    size = f'font-size="{_number(label.size)}"'
    return f'<text {place} {size}{weight} fill="#{label.colour}">{escape(label.text, quote=False)}</text>'


def _number(value: float) -> str:
    """Return a length to a hundredth of a point, as short as it can be written."""
    return f"{round(value, 2) + 0.0:g}"
