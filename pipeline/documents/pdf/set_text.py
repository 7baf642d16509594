"""Paragraphs shaped and broken into lines: what is all text once for all documents that hold the same."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.tree import Bookmark, Break, Inline, PageField, Paragraph, Tab, Text
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.lines import Line, Setting, break_lines
from pipeline.documents.pdf.shaping import PageNumbers, ShapedText, shape_text


class SetText:
    """A paragraph, its label at its place, with its characters."""

    def __init__(self, paragraph: Paragraph, shaped: ShapedText) -> None:
        """Take what was shaped."""
        self.paragraph = _with_label_aside(paragraph, shaped)
        self.shaped = shaped
        self._lines: dict[Setting, tuple[Line, ...]] = {}

    def lines(self, setting: Setting) -> tuple[Line, ...]:
        """Return its lines where they are set so."""
        if setting not in self._lines:
            self._lines[setting] = break_lines(self.shaped, self.paragraph.format, self.paragraph.mark, setting)
        return self._lines[setting]


def set_text(paragraph: Paragraph, frame: Frame) -> SetText:
    """Return a paragraph with its characters; raises Unsupported, each time anew, for what cannot be drawn."""
    if all(map(_is_text, paragraph.content)):
        with suppress(Unsupported):
            return _known(paragraph, frame.numbers, frame.pitch)
    return SetText(paragraph, shape_text(paragraph, frame.numbers, frame.name, frame.pitch))


def _is_text(inline: Inline) -> bool:
    """Return whether something takes little room in the memory, and holds no blocks of its own."""
    return isinstance(inline, (Text, Tab, Break, PageField, Bookmark))


@lru_cache(maxsize=1024)  # a sheet has some hundred paragraphs, of which half stand in all sheets
def _known(paragraph: Paragraph, numbers: PageNumbers | None, pitch: float) -> SetText:
    return SetText(paragraph, shape_text(paragraph, numbers, "", pitch))


def _with_label_aside(paragraph: Paragraph, shaped: ShapedText) -> Paragraph:
    """Return a paragraph whose label ends at its place, or stands about it (17.9.7)."""
    label, format_ = paragraph.label, paragraph.format
    if label is None or not label.before:
        return paragraph
    aside = shaped.ends[len(label.text)] * label.before
    return replace(paragraph, format=replace(format_, first_line=format_.first_line - aside))
