"""What a person reads in a Word file: text in blocks, each piece with its tracked changes, flags and comments.

Every block gives its text in two views: ``final`` as if all changes were accepted, ``original`` as if all were
rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto

from msgspec import Struct


class View(Enum):
    """Which of the two readings of tracked changes."""

    FINAL = auto()
    ORIGINAL = auto()


FINAL, ORIGINAL = View.FINAL, View.ORIGINAL


class Revision(Struct, frozen=True):
    """Who made a tracked change, and when (as Word writes it; empty where it does not say)."""

    author: str
    date: str


class Segment(Struct, frozen=True):
    """Characters of one kind. ``flags`` tell their appearance (取消線), ``comments`` the ids around them."""

    text: str
    inserted: Revision | None = None
    deleted: Revision | None = None
    flags: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()

    def read(self, view: View) -> str:
        """Return the text in a view."""
        gone = self.deleted if view is FINAL else self.inserted
        return "" if gone else self.text


class Paragraph(Struct, frozen=True):
    """A paragraph; its end mark may be inserted or deleted by itself, which splits or joins paragraphs.

    ``numbered`` is the automatic number or bullet before it, as its format and text (``bullet ・``); empty: none.
    """

    segments: tuple[Segment, ...]
    mark_inserted: Revision | None = None
    mark_deleted: Revision | None = None
    numbered: str = ""

    def read(self, view: View) -> str:
        """Return the text in a view."""
        return "".join(segment.read(view) for segment in self.segments)


class Cell(Struct, frozen=True):
    """A cell: its column in the grid, how many it spans, and the paragraphs and tables within.

    ``merge`` tells its part in a vertical merge: ``""``, ``start`` or ``continue``; ``changed`` how tracked changes
    touched it (``cellIns``, ``cellDel``, ``cellMerge``).
    """

    column: int
    span: int
    merge: str
    changed: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the cell itself."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Tables within the cell."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def read(self, view: View = FINAL) -> str:
        """Return the text of the paragraphs in a view, on a line each."""
        return joined(self.paragraphs, view)


class Row(Struct, frozen=True):
    """A row; ``bookmarks`` are those that begin in it."""

    cells: tuple[Cell, ...]
    inserted: Revision | None = None
    deleted: Revision | None = None
    bookmarks: tuple[str, ...] = ()

    def read(self, view: View = FINAL) -> str:
        """Return the texts of the cells, tables within them too, parted by bars."""
        return " | ".join("\n".join((cell.read(view), *(t.read(view) for t in cell.tables))) for cell in self.cells)


class Table(Struct, frozen=True):
    """A table."""

    rows: tuple[Row, ...]

    def read(self, view: View = FINAL) -> str:
        """Return the texts of the rows, on a line each."""
        return "\n".join(row.read(view) for row in self.rows)


Block = Paragraph | Table


class Comment(Struct, frozen=True):
    """A comment in Word; ``reply_to`` is the id of the one it answers."""

    id: str
    author: str
    date: str
    text: str
    done: bool = False
    reply_to: str | None = None


class Reading(Struct, frozen=True):
    """All that stands in a Word file.

    ``boxes`` are text boxes, ``furniture`` the texts of headers, footers and notes by their parts, ``media`` the
    hashes of pictures and embedded files, ``links`` addresses that Word fetches by itself, ``unknown`` names what is
    no text and could not be understood, ``described`` are the alternative texts of graphics and tables in their order
    (empty: it has none). ``saved`` is when a program saved it (2021-08-02T10:30:00Z; empty: it does not say).
    """

    name: str
    sha256: str
    blocks: tuple[Block, ...]
    boxes: tuple[tuple[Block, ...], ...]
    bookmarks: frozenset[str]
    comments: tuple[Comment, ...]
    furniture: Mapping[str, tuple[str, ...]]
    properties: Mapping[str, str]
    media: Mapping[str, str]
    links: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    saved: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that stand in the text."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def joined(paragraphs: Iterable[Paragraph], view: View) -> str:
    """Return the texts of paragraphs on a line each; one whose end mark is not there runs on into the next."""
    text, begun = "", False
    runs_on = False
    for paragraph in paragraphs:
        text += "\n" if begun and not runs_on else ""
        text += paragraph.read(view)
        begun, runs_on = True, bool(paragraph.mark_deleted if view is FINAL else paragraph.mark_inserted)
    return text


def within(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield all paragraphs, of tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from within(cell.blocks)


def revisions(paragraphs: Iterable[Paragraph]) -> tuple[Revision, ...]:
    """Return who changed paragraphs, each once, in their order."""
    found: dict[Revision, None] = {}
    for paragraph in paragraphs:
        for segment in paragraph.segments:
            found |= dict.fromkeys(r for r in (segment.inserted, segment.deleted) if r)
        found |= dict.fromkeys(r for r in (paragraph.mark_inserted, paragraph.mark_deleted) if r)
    return tuple(found)
