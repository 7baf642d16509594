"""What pages are filled with, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.documents.docx.tree import Columns, Section
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.floats import Obstacle
from pipeline.documents.pdf.table_blocks import TableBlock

_FEW_LINES = 3
FlowBlock: TypeAlias = ParagraphBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Body:
    """The area of a page that the body fills, from ``top`` to ``bottom`` below the page's edge."""

    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The area's height."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stand in the same columns, which are equally high where they are ``balanced``.

    The columns begin at the left margin of a ``section``, whose pages are filled from ``body``, once they begin.
    """

    columns: Columns
    blocks: Iterable[FlowBlock]
    balanced: bool = False
    section: Section | None = None
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of pages before they are filled: obstacles by the number of their page, from its top on, and the
    paragraphs that begin a page.
    """

    obstacles: Mapping[int, Sequence[Obstacle]] = field(default_factory=dict)
    moved: Set[Node] = frozenset()


NOTHING_FORESEEN = Foreseen()


def first_lines(block: ParagraphBlock) -> float:
    """Return the least height with which a paragraph can begin."""
    format_, count = block.paragraph.format, len(block.lines)
    if format_.keep_lines or (format_.widow_control and count <= _FEW_LINES) or count == 1:
        return block.height
    wanted = 2 if format_.widow_control else 1
    return block.top_inset + sum(line.height for line in block.lines[:wanted])


def whole_lines(chunk: Chunk, stop: int) -> int:
    """Return a break, moved so that widow control (17.3.1.44) and keep-lines hold: fewer lines here, never more."""
    format_, count = chunk.block.paragraph.format, len(chunk.block.lines)
    if stop >= chunk.stop:
        return chunk.stop
    if format_.keep_lines:
        return chunk.start
    if format_.widow_control:
        if count - stop == 1:
            stop -= 1
        if chunk.start == 0 and stop == 1:
            stop = 0
    return max(stop, chunk.start)
