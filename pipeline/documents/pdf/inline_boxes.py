"""What stands in a line as one, such as a formula: boxes of marks about a baseline, and how they are put together.

Lengths are points, x to the right from a box's left edge and y down from its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.pdf.boxes import Box, FillBox, Node, TextBox
from pipeline.documents.pdf.text_lines import strikes


class Glyphs(Struct, frozen=True):
    """Characters of one typeface, ``stretch`` times as wide as they are."""

    x: float
    y: float
    text: str
    family: str
    format: RunFormat
    width: float
    is_slanted: bool = False
    stretch: float = 1.0


class Rule(Struct, frozen=True):
    """A filled rectangle, its top left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    color: str


Mark: TypeAlias = Glyphs | Rule


class InlineBox(Struct, frozen=True):
    """Marks, and the room that they take; what is raised beside them stands ``skew`` further to the right."""

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    marks: tuple[Mark, ...] = ()
    skew: float = 0.0

    @property
    def height(self) -> float:
        """The height of all of it."""
        return self.ascent + self.descent

    def moved(self, x: float = 0.0, y: float = 0.0) -> InlineBox:
        """Return the same further to the right and down; it begins where it did."""
        marks = tuple(replace(mark, x=mark.x + x, y=mark.y + y) for mark in self.marks)
        return InlineBox(self.width + x, self.ascent - y, self.descent + y, marks, self.skew)

    def boxes(self, x: float, baseline: float, node: Node) -> Iterator[Box]:
        """Yield the marks at a place of a page."""
        for mark in self.marks:
            if isinstance(mark, Rule):
                yield FillBox(x + mark.x, baseline + mark.y, mark.width, mark.height, mark.color)
            else:
                yield _text_box(mark, x + mark.x, baseline + mark.y, node)


def _text_box(mark: Glyphs, x: float, baseline: float, node: Node) -> TextBox:
    run = mark.format
    return TextBox(
        x=x,
        baseline=baseline - run.rise,
        width=mark.width,
        text=mark.text,
        bold=run.bold,
        size=run.size,
        color=run.color,
        spacing=run.spacing,
        stretch=mark.stretch,
        underline=run.underline,
        strikes=strikes(run),
        node=node,
        family=mark.family,
        italic=mark.is_slanted,
    )


def rule(width: float, thickness: float, y: float, color: str) -> InlineBox:
    """Return a line of a thickness whose middle is at a height."""
    top = y - thickness / 2
    return InlineBox(width, -top, top + thickness, (Rule(0.0, top, width, thickness, color),))


def overlaid(boxes: Iterable[InlineBox]) -> InlineBox:
    """Return boxes that begin at the same place, as one."""
    held = [*boxes]
    return InlineBox(
        width=max((box.width for box in held), default=0.0),
        ascent=max((box.ascent for box in held), default=0.0),
        descent=max((box.descent for box in held), default=0.0),
        marks=tuple(mark for box in held for mark in box.marks),
    )


def in_row(boxes: Iterable[InlineBox]) -> InlineBox:
    """Return boxes beside each other, as one."""
    held = [*boxes]
    starts = accumulate((box.width for box in held), initial=0.0)
    placed = overlaid(box.moved(x) for box, x in zip(held, starts, strict=False))
    return replace(placed, width=sum(box.width for box in held), skew=held[-1].skew if held else 0.0)


def centred(boxes: Iterable[InlineBox]) -> InlineBox:
    """Return boxes whose middles are above each other, as one."""
    held = [*boxes]
    width = max((box.width for box in held), default=0.0)
    return replace(overlaid(box.moved((width - box.width) / 2) for box in held), width=width)


def padded(box: InlineBox, left: float, right: float) -> InlineBox:
    """Return a box with space at its sides."""
    moved = box.moved(left)
    return replace(moved, width=moved.width + right)
