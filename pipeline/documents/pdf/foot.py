"""The foot of a page: the notes that its lines refer to (17.11.21), below a line that parts them from the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.pdf.blocks import Chunk, NoteBlock, ParagraphBlock, gap
from pipeline.documents.pdf.boxes import RuleBox
from pipeline.documents.pdf.cell_split import GRAIN
from pipeline.documents.pdf.held_tables import HeldTable
from pipeline.documents.pdf.open_page import OpenPage
from pipeline.documents.pdf.table_blocks import RowBlock

_LENGTH, _THICKNESS = 144.0, 0.75
"""The line (pt) above notes: two inches, or over all of the width above what goes on from the page before."""
_RISE = 0.3
"""How far (em) it is above the baseline of the paragraph that it stands in."""


class Foot(Struct, frozen=True):
    """Notes at the foot of a page, below its line ``above``, and the ``rest`` that goes on at the next foot."""

    add_spacing: bool
    above: tuple[ParagraphBlock, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    rest: tuple[Chunk, ...] = ()

    @property
    def height(self) -> float:
        """The height of notes and line."""
        return self.chunks[-1].bottom if self.chunks else 0.0

    def referring(self, notes: Sequence[NoteBlock], room: float) -> Foot:
        """Return it with the notes of lines that are put on the page, as far as there is room for it."""
        if not notes:
            return self
        waiting = (Chunk(block, 0, len(block.lines)) for note in notes for block in note.blocks)
        return replace(self, above=self.above or notes[0].above)._placed(waiting, room)

    def next(self, room: float) -> Foot:
        """Return the foot of the next page, with at least a line of what goes on there."""
        for first in self.rest[:1]:
            line = replace(first, stop=first.start + 1)
            room = max(room, replace(self, chunks=(), rest=())._placed([line], inf).height)
        return replace(self, chunks=(), rest=())._placed(self.rest, room)

    def growth(self, notes: Sequence[NoteBlock]) -> float:
        """Return how much higher it is with all of more notes."""
        return self.referring(notes, inf).height - self.height

    def least(self, block: ParagraphBlock, start: int, stop: int) -> float:
        """Return by how much it grows where lines are put on the page: of the last line's last note a line will do."""
        notes = [*notes_in(block, start, stop)]
        grown = self.growth(notes)
        if not notes or not notes[-1].blocks or not any(notes_in(block, stop - 1, stop)):
            return grown
        first, *others = notes[-1].blocks
        return grown - sum(line.height for line in first.lines[1:]) - sum(one.height for one in others)

    @property
    def _top(self) -> float:
        return sum(block.height for block in self.above)

    def _placed(self, waiting: Iterable[Chunk], room: float) -> Foot:
        made, rest = [*self.chunks], [*self.rest]
        for chunk in waiting:
            y = made[-1].bottom if made else self._top
            y += 0.0 if chunk.start else gap(made[-1].block if made else None, chunk.block, self.add_spacing)
            heights = accumulate(line.height for line in chunk.block.lines[chunk.start : chunk.stop])
            stop = chunk.start + (0 if rest else bisect_right([*heights], room - y + GRAIN))
            if stop > chunk.start:
                made.append(replace(chunk, stop=stop, y=y))
            if stop < chunk.stop:
                rest.append(replace(chunk, start=stop))
        return replace(self, chunks=tuple(made), rest=tuple(rest))

    def put(self, page: OpenPage, left: float, bottom: float) -> None:
        """Put it on a page, so that it ends at a height."""
        top = y = bottom - self.height
        for block in self.above if self.chunks else ():
            page.put(Chunk(block, 0, len(block.lines)), left, y, artifact=True)
            if not block.shaped.text:
                page.boxes.append(self._line(block, left, y))
            y += block.height
        for chunk in self.chunks:
            page.put(chunk, left, top, artifact=False)
            if chunk.start == 0:
                page.put_floats(chunk.block, left, top + chunk.y)

    def _line(self, block: ParagraphBlock, left: float, y: float) -> RuleBox:
        y += block.lines[0].baseline - _RISE * block.paragraph.mark.size
        return RuleBox(left, y, left + (block.width if self.chunks[0].start else _LENGTH), y, _THICKNESS, "000000")


def notes_in(block: ParagraphBlock, start: int, stop: int) -> Iterator[NoteBlock]:
    """Yield the notes that lines of a paragraph refer to."""
    lines = block.lines
    for note in block.notes:
        is_after = start == 0 or note.index > lines[start].start
        if is_after and (stop == len(lines) or note.index <= lines[stop].start):
            yield note


def notes_of(rows: Iterable[RowBlock]) -> Iterator[NoteBlock]:
    """Yield the notes that what stands in rows of a table refers to."""
    for cell in (cell for row in rows for cell in row.cells):
        for chunk in (chunk for chunk in cell.content if chunk.block is not cell.again):
            if isinstance(chunk.block, HeldTable):
                yield from notes_of(chunk.block.rows(chunk))
            elif chunk.block.notes:
                yield from notes_in(chunk.block, chunk.start, chunk.stop)
