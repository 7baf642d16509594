"""Drawing vectors into a content stream. It places nothing and chooses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.documents.fonts import embeddable
from pipeline.documents.pdf.content import Content, rgb
from pipeline.documents.pdf.vectors import Drawing, Label


def vector_operators(drawing: Drawing, content: Content) -> str:
    """Return a drawing's operators; the origin is its paper's top left corner, y down, the unit is its own.

    ``content`` learns of its characters. What lies outside the paper is cut off (SVG 1.1, 14.3.3).
    """
    operators = [f"0 0 {drawing.width:g} {drawing.height:g} re W n"]
    for written, marks in groupby(drawing.marks, lambda mark: isinstance(mark, Label)):
        if written:
            operators += ["BT", *_written((mark for mark in marks if isinstance(mark, Label)), content), "ET"]
        else:
            operators += (mark for mark in marks if isinstance(mark, str))
    return "\n".join(operators)


def _written(labels: Iterable[Label], content: Content) -> Iterator[str]:
    """Write upright, as y runs down; font and colour are named only where they change."""
    look: tuple[bool, float] | None = None
    color = ""
    for label in labels:
        font = embeddable(label.bold)
        if look != (label.bold, label.size):
            look = (label.bold, label.size)
            yield f"/{font} {label.size:g} Tf"
        if color != label.color:
            color = label.color
            yield f"{rgb(color)} rg"
        yield f"{label.stretch:.6f} 0 0 -1 {label.x:.3f} {label.y:.3f} Tm {content.shown(label.text, font)}"
