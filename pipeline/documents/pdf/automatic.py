"""What Word does to paragraphs by itself: spaces that it chooses, and tabs that need not be there."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.documents.docx.tree import Block, Paragraph, Tab
from pipeline.documents.pdf.frame import Frame

_HTML_SPACE, _ADDED_SPACE = 14.0, 5.0
"""The space (pt) that Word chooses, and where it adds up the spaces of paragraphs."""


def with_decimal_tab(paragraph: Paragraph) -> Paragraph:
    """Give a cell's paragraph the tab that it needs not have: figures go to a decimal tab by themselves, as in Word."""
    format_, content = paragraph.format, paragraph.content
    goes = format_.alignment in ("left", "both") and format_.tabs and format_.tabs[0].alignment == "decimal"
    if not goes or paragraph.label or not paragraph.text or any(isinstance(inline, Tab) for inline in content):
        return paragraph
    return replace(paragraph, content=(Tab(paragraph.mark), *content))


def auto_spaced(paragraph: Paragraph, before: Block | None, after: Block | None, frame: Frame) -> Paragraph:
    """Return a paragraph with the spaces that Word chooses for it: none at either end, nor between items of a list."""
    format_ = paragraph.format
    if not (format_.auto_before or format_.auto_after):
        return paragraph
    space = _ADDED_SPACE if frame.add_spacing else _HTML_SPACE
    above = 0.0 if before is None or _are_items(before, paragraph) else space
    below = 0.0 if after is None or _are_items(paragraph, after) else space
    above = above if format_.auto_before else format_.before
    below = below if format_.auto_after else format_.after
    return replace(paragraph, format=replace(format_, before=above, after=below))


def _are_items(*neighbours: Block) -> bool:
    return all(isinstance(block, Paragraph) and block.label is not None for block in neighbours)
