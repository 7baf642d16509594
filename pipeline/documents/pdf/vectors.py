"""Pictures as vectors: SVG (1.1) that keeps to filled rectangles, straight lines and text in the report's typeface.

That is all a chart needs, and little enough to be drawn exactly. An SVG that goes beyond it is not drawn at all: the
PNG beside it shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.errors import Damaged
from pipeline.documents.docx.markup import parse
from pipeline.documents.fonts import FAMILY, lacking
from pipeline.documents.pdf.content import rgb

MAX_BYTES = 256 * 1024
"""Bytes of an SVG that is read; a chart takes about five thousand."""

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?"
_LENGTH = re.compile(_NUMBER)
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_VIEW_BOX = re.compile(f"0 0 ({_NUMBER}) ({_NUMBER})")
_NARROWED = re.compile(rf"matrix\(({_NUMBER}) 0 0 1 ({_NUMBER}) ({_NUMBER})\)")
_PATH = re.compile(f"(?:M{_NUMBER} {_NUMBER}(?:L{_NUMBER} {_NUMBER})+Z?)+")
_STEP = re.compile("([ML])([^MLZ]+)|Z")


class Label(Struct, frozen=True):
    """A line of text from (x, y) on its baseline, its letters as wide as ``stretch`` times their own width."""

    x: float
    y: float
    stretch: float
    text: str
    bold: bool
    size: float
    color: str


Mark: TypeAlias = str | Label
"""Shapes are operators of a content stream (ISO 32000-1, 8.5): SVG's and PDF's ways to draw a line are the same."""


class Drawing(Struct, frozen=True):
    """Marks in the order they are painted, in the SVG's own unit, y down from the top left corner of its paper."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in it, piece by piece."""
        return tuple(mark.text for mark in self.marks if isinstance(mark, Label))


class _Beyond(Exception):
    """Something that is not drawn as vectors."""


@lru_cache(maxsize=128)  # a picture is drawn, and then looked for by the checks
def read_drawing(svg: bytes) -> Drawing | None:
    """Read an SVG; None where it is damaged, too large, or has anything that is not drawn as vectors."""
    if not 0 < len(svg) <= MAX_BYTES:
        return None
    try:
        return _drawing(parse(svg, "", ""))
    except (Damaged, _Beyond):
        return None


def _drawing(root: etree._Element) -> Drawing:
    _only(root, "width", "height", "viewBox", "font-family")
    width, height = map(float, _match(_VIEW_BOX, root.get("viewBox")).groups())
    family = root.get("font-family", "").partition(",")[0]
    if root.tag != f"{_SVG}svg" or family != FAMILY or width <= 0 or height <= 0:
        raise _Beyond
    # A title is read aloud, not drawn (SVG 1.1, 5.4).
    return Drawing(width, height, tuple(_mark(each) for each in root if each.tag != f"{_SVG}title"))


def _mark(element: etree._Element) -> Mark:
    read = _READERS.get(str(element.tag))
    if read is None or len(element):
        raise _Beyond
    return read(element)


def _rectangle(element: etree._Element) -> Mark:
    _only(element, "x", "y", "width", "height", "fill")
    place = f"{_length(element, 'x')} {_length(element, 'y')} {_size(element, 'width')} {_size(element, 'height')}"
    return f"{rgb(_color(element, 'fill'))} rg {place} re f"


def _lines(element: etree._Element) -> Mark:
    _only(element, "d", "fill", "stroke", "stroke-width", "stroke-dasharray")
    if element.get("fill") != "none":
        raise _Beyond
    dashes = " ".join(map(_positive, element.get("stroke-dasharray", "").split()))
    look = f"{rgb(_color(element, 'stroke'))} RG {_size(element, 'stroke-width')} w [{dashes}] 0 d"
    path = _STEP.sub(_operator, _match(_PATH, element.get("d")).group())
    return f"{look} {path}S"


def _operator(step: re.Match[str]) -> str:
    """Turn a step of a path into an operator, which stands behind its numbers."""
    return f"{step[2]} {step[1].lower()} " if step[1] else "h "


def _label(element: etree._Element) -> Mark:
    _only(element, "x", "y", "transform", "font-size", "font-weight", "fill")
    text, weight = element.text or "", element.get("font-weight", "normal")
    drawn = not lacking(text)
    # Spaces at the ends and next to each other are not kept (SVG 1.1, 10.15).
    if not drawn or weight not in ("normal", "bold") or "  " in text or text != text.strip(" "):
        raise _Beyond
    stretch, x, y = _place(element)
    size, color = float(_size(element, "font-size")), _color(element, "fill")
    return Label(x=x, y=y, stretch=stretch, text=text, bold=weight == "bold", size=size, color=color)


def _place(element: etree._Element) -> tuple[float, float, float]:
    """Return how far a text is narrowed, and where it begins."""
    if "transform" not in element.attrib:
        return 1.0, float(_length(element, "x")), float(_length(element, "y"))
    if "x" in element.attrib or "y" in element.attrib:
        raise _Beyond
    stretch, x, y = map(float, _match(_NARROWED, element.get("transform")).groups())
    return stretch, x, y


_READERS: Mapping[str, Callable[[etree._Element], Mark]] = {
    f"{_SVG}rect": _rectangle,
    f"{_SVG}path": _lines,
    f"{_SVG}text": _label,
}


def _only(element: etree._Element, *attributes: str) -> None:
    if not set(attributes).issuperset(map(str, element.attrib)):
        raise _Beyond


def _length(element: etree._Element, name: str) -> str:
    return _match(_LENGTH, element.get(name)).group()


def _size(element: etree._Element, name: str) -> str:
    """Read a length above 0: SVG draws nothing of no size, but PDF the thinnest line that can be seen (8.4.3.2)."""
    return _positive(element.get(name, ""))


def _positive(length: str) -> str:
    if float(_match(_LENGTH, length).group()) <= 0:
        raise _Beyond
    return length


def _color(element: etree._Element, name: str) -> str:
    return _match(_COLOR, element.get(name)).group().removeprefix("#")


def _match(pattern: re.Pattern[str], value: str | None) -> re.Match[str]:
    found = pattern.fullmatch(value or "")
    if found is None:
        raise _Beyond
    return found
