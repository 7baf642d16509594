"""Drawing vectors onto a reportlab canvas. It places nothing and chooses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from pipeline.fonts import drawable, embeddable
from pipeline.pdf.vectors import Drawing, Label


def draw_vectors(drawing: Drawing, canvas: Canvas) -> None:
    """Draw on a canvas whose origin is the paper's top left corner, y down, and whose unit is the drawing's.

    What lies outside the paper is cut off (SVG 1.1, 14.3.3).
    """
    canvas.addLiteral(f"0 0 {drawing.width:g} {drawing.height:g} re W n")
    for written, marks in groupby(drawing.marks, lambda mark: isinstance(mark, Label)):
        if written:
            _write((mark for mark in marks if isinstance(mark, Label)), canvas)
        else:
            canvas.addLiteral(" ".join(mark for mark in marks if isinstance(mark, str)))


def _write(labels: Iterable[Label], canvas: Canvas) -> None:
    """Write upright, as y runs down; font and colour are named only where they change."""
    text = canvas.beginText()
    look: tuple[bool, float] | None = None
    color = ""
    for label in labels:
        text.setTextTransform(label.stretch, 0, 0, -1, label.x, label.y)
        if look != (label.bold, label.size):
            look = (label.bold, label.size)
            text.setFont(embeddable(label.bold), label.size)
        if color != label.color:
            color = label.color
            text.setFillColor(HexColor(f"#{color}"))
        text.textOut(drawable(label.text))
    canvas.drawText(text)
