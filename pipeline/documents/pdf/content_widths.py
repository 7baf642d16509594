"""Columns as wide as what they hold (17.4.52), where a table says nothing of their widths."""

from __future__ import annotations

from itertools import pairwise

from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Table
from pipeline.documents.pdf.blocks import ParagraphBlock, make_blocks
from pipeline.documents.pdf.frame import Frame

_ENDLESS = 1e5
_SPARE = 0.5
"""What (pt) a column is wider than its longest line: edges are cut to whole twips."""


def content_widths(table: Table, room: float, frame: Frame) -> tuple[float, ...]:
    """Return the widths of columns: no text breaks where there is room for all.

    Else none is narrower than its longest word, and what is left is shared out by what each lacks.
    """
    least, most = [_SPARE] * len(table.columns), [_SPARE] * len(table.columns)
    for cell in (cell for row in table.rows for cell in row.cells if cell.columns == 1):
        beside = cell.margins.left + cell.margins.right + _SPARE
        for block in make_blocks(tuple(written(cell.blocks)), _ENDLESS, frame, None):
            indents = block.paragraph.format.left + block.paragraph.format.right + beside
            most[cell.column] = max(most[cell.column], indents + max(line.width for line in block.lines))
            least[cell.column] = max(least[cell.column], indents + _longest_word(block))
    if sum(most) <= room:
        return tuple(most)
    if sum(least) >= room:
        return tuple(width * room / sum(least) for width in least)
    share = (room - sum(least)) / (sum(most) - sum(least))
    return tuple(own + (full - own) * share for own, full in zip(least, most, strict=True))


def _longest_word(block: ParagraphBlock) -> float:
    shaped = block.shaped
    edges = sorted({0, *shaped.breaks, *shaped.stops, len(shaped.text)})
    return max((shaped.ends[end] - shaped.ends[start] for start, end in pairwise(edges)), default=0.0)
