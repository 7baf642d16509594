"""Vertical text (17.18.93, tbRl): set as horizontal text is, and turned; Japanese letters stand upright in it.

What lies at (x, y) before stands at (right - y, top + x) afterwards. Signs take the forms that typefaces have for it;
Latin letters and figures lie on their side, as in Word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from pipeline.documents.docx.enclosed import Enclosed
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import RunFormat, Typeface
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.tree import Inline, Paragraph, Picture, Ruby, Shape, Text
from pipeline.documents.fonts import measured
from pipeline.documents.fonts.vertical import FIXED, FORMS
from pipeline.documents.paths import mapped
from pipeline.documents.pdf.boxes import Box, FillBox, PathBox, RuleBox, TextBox
from pipeline.documents.pdf.characters import is_east_asian
from pipeline.documents.pdf.content import Content, Look
from pipeline.documents.pdf.faces import ASCENT, DESCENT

_MIDDLE = (ASCENT - DESCENT) / 2
"""How far (em) the middle of letters is above their foot."""
_EM = 1000
_NEAR = 30


def upright(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph whose Japanese letters are all as high as wide, as they follow each other downwards."""
    content = (
        replace(inline, format=_of_one_pitch(inline.format)) if isinstance(inline, Text) else inline
        for inline in paragraph.content
    )
    return replace(paragraph, content=tuple(content))


def _of_one_pitch(run: RunFormat) -> RunFormat:
    font = run.east_asian_font
    return replace(run, east_asian_font=Typeface(font.name, FIXED.get(font.family, font.family)))


def check_vertical(paragraph: Paragraph, name: str) -> None:
    """Raise Unsupported for what is not drawn in vertical text: pictures, shapes, formulas, ruby, underlines."""
    for inline in paragraph.content:
        construct = _refused(inline)
        if construct:
            raise Unsupported(construct, paragraph.text.strip()[:_NEAR], name)


def _refused(inline: Inline) -> str:
    if isinstance(inline, Text) and _is_odd(inline.format):
        return "縦書きの文字の下線、傍点、囲み線、拡大・縮小"
    if isinstance(inline, Formula):
        return "縦書きの中の数式"
    if isinstance(inline, Ruby):
        return "縦書きの中のルビ"
    if isinstance(inline, Enclosed):
        return "縦書きの中の囲い文字"
    return "縦書きの中の図や図形" if isinstance(inline, Picture | Shape) else ""


def _is_odd(run: RunFormat) -> bool:
    return bool(run.underline or run.emphasis) or run.border is not None or run.stretch != 1


def turned(boxes: Iterable[Box], right: float, top: float) -> Iterator[Box]:
    """Yield boxes turned to the right, from the right edge of an area and its top on."""
    for box in boxes:
        match box:
            case TextBox():
                yield replace(box, x=right - box.baseline, baseline=top + box.x, is_vertical=True)
            case FillBox():
                yield FillBox(right - box.y - box.height, top + box.x, box.height, box.width, box.color)
            case RuleBox():
                yield replace(box, x1=right - box.y1, y1=top + box.x1, x2=right - box.y2, y2=top + box.x2)
            case PathBox():
                yield replace(box, path=mapped(box.path, lambda point: (right - point[1], top + point[0])))
            case _:
                yield box


def draw_vertical(content: Content, box: TextBox, look: Look) -> None:
    """Draw a box of text downwards: Japanese letters one by one, others on their side."""
    widths, em, y = measured(look.font).widths, box.size * box.stretch / _EM, box.baseline
    for is_upright, letters in groupby(box.text, is_east_asian):
        text = "".join(letters)
        if not is_upright:
            content.text(box.x, y, text, look, on_side=True)
            y += sum(widths[ord(letter)] * em + box.spacing for letter in text)
            continue
        for letter in text:
            form = FORMS.get(letter, letter)
            form = form if ord(form) in widths else letter
            width = widths[ord(form)] * em
            x = box.x + _MIDDLE * box.size - width / 2
            content.text(x, y + ASCENT * box.size, form, look)
            y += width + box.spacing
