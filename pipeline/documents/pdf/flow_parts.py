"""What pages are filled with, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeAlias

from msgspec import Struct, field

from pipeline.documents.docx.tree import Columns, Section
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.floats import Obstacle
from pipeline.documents.pdf.foot import Foot
from pipeline.documents.pdf.table_blocks import TableBlock

_FEW_LINES = 3
FlowBlock: TypeAlias = ParagraphBlock | TableBlock


class Body(Struct, frozen=True):
    """The area of a page that the body fills, from ``top`` to ``bottom`` below the page's edge."""

    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The area's height."""
        return self.bottom - self.top


class Part(Struct, frozen=True):
    """Blocks that stand in the same columns, which are equally high where they are ``balanced``.

    The columns begin at the left margin of a ``section``, whose pages are filled from ``body``, once they begin.
    """

    columns: Columns
    blocks: Iterable[FlowBlock]
    balanced: bool = False
    section: Section | None = None
    body: Body | None = None


class Foreseen(Struct, frozen=True):
    """What is known of pages before they are filled: obstacles by the number of their page, from its top on, and the
    paragraphs that begin a page.
    """

    obstacles: Mapping[int, Sequence[Obstacle]] = field(default_factory=dict)
    moved: Set[Node] = frozenset()


NOTHING_FORESEEN = Foreseen()


def first_lines(block: ParagraphBlock, foot: Foot) -> float:
    """Return the least height with which a paragraph can begin on a page, with what stands at its foot then."""
    format_, count = block.paragraph.format, len(block.lines)
    if format_.keep_lines or (format_.widow_control and count <= _FEW_LINES) or count == 1:
        return block.height + foot.least(block, 0, count)
    wanted = 2 if format_.widow_control else 1
    return block.top_inset + sum(line.height for line in block.lines[:wanted]) + foot.least(block, 0, wanted)


def fitting(chunk: Chunk, room: float, foot: Foot, is_fresh: bool) -> int:
    """Return how far a chunk's lines fit in a height with what they refer to; of a ``fresh`` one at least one does."""
    if chunk.fits(room - foot.least(chunk.block, chunk.start, chunk.stop)):
        return chunk.stop
    room -= chunk.block.top_inset if chunk.start == 0 else -chunk.skipped
    stop = chunk.start
    while stop < chunk.stop:
        room -= chunk.block.lines[stop].height
        if room < foot.least(chunk.block, chunk.start, stop + 1):
            break
        stop += 1
    while stop > chunk.start and not chunk.block.lines[stop - 1].height:
        stop -= 1  # beside what does not fit
    whole = whole_lines(chunk, min(stop, chunk.stop - 1) if chunk.stop == len(chunk.block.lines) else stop)
    return max(whole, stop, chunk.start + 1) if is_fresh and whole == chunk.start else whole


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
