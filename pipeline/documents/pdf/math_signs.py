"""The signs of formulas: their typefaces, and tall and wide forms of them. Sizes are points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.fonts import MATH, MATH_ITALIC, MATH_SIZES, extents
from pipeline.documents.pdf.faces import itself, widths
from pipeline.documents.pdf.inline_boxes import Glyphs, InlineBox, in_row
from pipeline.documents.pdf.inline_text import Pen, as_text, shaded

AXIS = 0.25
"""How far (em) the middle of brackets, bars and large signs is above the baseline."""
_MATH_FONT = "math"
"""What is in the names of typefaces of formulas."""
_LARGE = 1.6
"""How much larger than in a line a large sign is that has no larger form."""


def word(text: str, pen: Pen) -> InlineBox:
    """Return words in a formula: as text, but for a typeface of formulas."""
    is_math = _MATH_FONT in pen.format.font.name.lower()
    return written(text, pen, pen.format.italic) if is_math else as_text(text, pen)


def written(text: str, pen: Pen, is_italic: bool = False) -> InlineBox:
    """Return characters as they are written in formulas; raises Unsupported for those that no typeface has."""
    return in_row(
        _glyphs(letters, family, pen) if family else as_text(letters, pen)
        for family, letters in _of_one_family(text, is_italic)
    )


def _of_one_family(text: str, is_italic: bool) -> Iterator[tuple[str, str]]:
    for family, letters in groupby(text, lambda letter: _family(letter, is_italic)):
        yield family, "".join(letters)


def _family(letter: str, is_italic: bool) -> str:
    """Return the typeface of formulas that has a character, "" for none."""
    if is_italic and letter.isalpha() and has(letter, MATH_ITALIC):
        return MATH_ITALIC
    return MATH if has(letter) else ""


def _glyphs(text: str, family: str, pen: Pen) -> InlineBox:
    run, rooms = pen.format, [extents(family)[ord(letter)] for letter in text]
    advances = widths(text, replace(run, bold=False), ((0, itself(family)),), pen.near, pen.name)
    width = sum(advances)
    box = InlineBox(
        width=width,
        ascent=max(room.top for room in rooms) * run.size,
        descent=-min(room.bottom for room in rooms) * run.size,
        marks=(Glyphs(0.0, 0.0, text, family, run, width),),
        skew=max(0.0, rooms[-1].right * run.size - advances[-1]),
    )
    return shaded(box, run)


def large(sign: str, pen: Pen) -> InlineBox:
    """Return a sign in the size that it has where a formula stands alone."""
    if not has(sign):
        return written(sign, pen)
    size = pen.format.size
    family, grown = next(((one, size) for one in MATH_SIZES[1:] if has(sign, one)), (MATH, size * _LARGE))
    return middled(_glyphs(sign, family, pen.sized(grown)), size)


def tall(sign: str, pen: Pen, height: float) -> InlineBox:
    """Return a sign at least as tall as wished, in the middle of a line; one that is too small is pulled up."""
    if not has(sign):
        return as_text(sign, pen)
    run, found = pen.format, InlineBox()
    for family in MATH_SIZES:
        if has(sign, family):
            found = _inked(sign, family, run)
            if found.height >= height:
                return middled(found, run.size)
    return middled(_pulled(found, up=height / found.height) if found.height > 0 else found, run.size)


def wide(sign: str, pen: Pen, width: float, pulls: bool) -> InlineBox:
    """Return the widest form of a sign that is no wider than wished; it may be pulled to that width."""
    if not has(sign):
        return as_text(sign, pen)
    found = _inked(sign, MATH, pen.format)
    for family in MATH_SIZES[1:]:
        form = _inked(sign, family, pen.format) if has(sign, family) else found
        found = form if form.width <= width else found
    return _pulled(found, across=width / found.width) if pulls and 0 < found.width < width else found


def has(sign: str, family: str = MATH) -> bool:
    """Return whether a typeface of formulas has a sign."""
    return len(sign) == 1 and ord(sign) in extents(family)


def _inked(sign: str, family: str, run: RunFormat, stretch: float = 1.0) -> InlineBox:
    """Return a sign as wide as what is seen of it."""
    left, bottom, right, top = extents(family)[ord(sign)]
    width = (right - left) * run.size * stretch
    mark = Glyphs(-left * run.size * stretch, 0.0, sign, family, run, width, stretch=stretch)
    return InlineBox(width, top * run.size, -bottom * run.size, (mark,))


def _pulled(box: InlineBox, up: float = 1.0, across: float = 1.0) -> InlineBox:
    """Return a sign that is pulled up and to the right."""
    mark = box.marks[0]
    if not isinstance(mark, Glyphs):
        return box
    return _inked(mark.text, mark.family, replace(mark.format, size=mark.format.size * up), across / up)


def middled(box: InlineBox, size: float) -> InlineBox:
    """Return a box whose middle is that of a line."""
    return box.moved(y=(box.ascent - box.descent) / 2 - AXIS * size)
