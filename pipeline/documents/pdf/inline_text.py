"""Text that is set as a box: words in formulas, text with small letters over it, and a character in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.documents.docx.enclosed import Enclosed
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.scripts import Before
from pipeline.documents.docx.tree import Ruby, RubyAlignment
from pipeline.documents.pdf.faces import ASCENT, DESCENT, families, narrowing, widths
from pipeline.documents.pdf.inline_boxes import Glyphs, InlineBox, Rule, centred, in_row, padded

_SHARES: dict[RubyAlignment, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
_NOTHING = 0.01
"""Space (pt) that is none."""


class Pen(NamedTuple):
    """How signs are written: their format, in the size that they have here; ``near`` and ``name`` are for messages."""

    format: RunFormat
    near: str
    name: str

    def sized(self, size: float) -> Pen:
        """Return the same in another size."""
        return self._replace(format=replace(self.format, size=size))


def as_text(text: str, pen: Pen) -> InlineBox:
    """Return characters as they are written in text; raises Unsupported for those that no typeface has."""
    run, marks, x = pen.format, list[Glyphs](), 0.0
    drawn = families(text, run, Before())
    advances = [advance * run.stretch + run.spacing for advance in widths(text, run, drawn, pen.near, pen.name)]
    ends = (*(start for start, _ in drawn[1:]), len(text))
    for (start, own), end in zip(drawn, ends, strict=True):
        piece, width = text[start:end], sum(advances[start:end])
        stretch = run.stretch * narrowing(piece, run, own)
        marks.append(Glyphs(x, 0.0, piece, own.family, run, width, is_slanted=run.italic, stretch=stretch))
        x += width
    return shaded(InlineBox(x, ASCENT * run.size, DESCENT * run.size, tuple(marks)), run)


def shaded(box: InlineBox, run: RunFormat) -> InlineBox:
    """Return a box on the ground that its format gives it."""
    if not run.shading:
        return box
    ground = Rule(0.0, -ASCENT * run.size, box.width, (ASCENT + DESCENT) * run.size, run.shading)
    return replace(box, marks=(ground, *box.marks))


def ruby_boxes(ruby: Ruby, near: str, name: str) -> tuple[InlineBox, InlineBox]:
    """Return a text and the small letters over it, both as wide as the wider one."""
    base, small = (
        [(text.text, Pen(text.format, near, name)) for text in texts if text.text] for texts in (ruby.base, ruby.small)
    )
    width = max(in_row(as_text(*one) for one in line).width for line in (base, small))
    return _over(base, width, ruby.alignment), _over(small, width, ruby.alignment).moved(y=-ruby.rise)


def enclosed_box(enclosed: Enclosed, near: str, name: str) -> InlineBox:
    """Return a character in another one, each as high above the line as its format says."""
    return centred(
        as_text(text, Pen(replace(run, rise=0.0), near, name)).moved(y=-run.rise) for text, run in enclosed.parts
    )


def _over(line: Sequence[tuple[str, Pen]], width: float, alignment: RubyAlignment) -> InlineBox:
    """Return one of two lines in their common width."""
    whole = in_row(as_text(*one) for one in line)
    free, letters = width - whole.width, [(letter, pen) for text, pen in line for letter in text]
    if free <= _NOTHING or alignment in _SHARES:
        return replace(whole.moved(free * _SHARES.get(alignment, 0.0)), width=width)
    ends = 0.0 if alignment == "letters" and len(letters) > 1 else 0.5
    gap = free / (len(letters) - 1 + 2 * ends)
    spread = in_row(padded(as_text(*one), 0.0, gap) for one in letters)
    return replace(spread.moved(ends * gap), width=width)
