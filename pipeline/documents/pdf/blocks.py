"""Paragraphs made ready for the page, and stacks of them (the content of cells, headers and footers)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import Border, Borders, Margins
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.placement import UPRIGHT, Turn
from pipeline.documents.docx.tree import Block, Drawing, Group, Note, Paragraph, Picture, Ruby, Shape
from pipeline.documents.pdf.automatic import auto_spaced, with_decimal_tab
from pipeline.documents.pdf.boxes import RUNNING, Node
from pipeline.documents.pdf.faces import DESCENT
from pipeline.documents.pdf.forms import text_margins, turned_margins
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.lines import Breaking, Line, Setting
from pipeline.documents.pdf.placing import Nodes
from pipeline.documents.pdf.roles import paragraph_node
from pipeline.documents.pdf.set_text import set_text
from pipeline.documents.pdf.shaping import Piece, ShapedText
from pipeline.documents.pdf.unseen import ROUNDING, check_drawn, check_held, text_of
from pipeline.documents.pdf.vertical import check_vertical, upright

_NO_MARGINS = Margins(0.0, 0.0, 0.0, 0.0)
_NEAR = 30
_CLIPPED = 0.5
"""How far (pt) text may stand out of a shape before it would be cut off."""
_ENDLESS = 1e5


class ParagraphBlock(Struct, frozen=True, eq=False):
    """A paragraph broken into lines for a column of a width."""

    paragraph: Paragraph
    shaped: ShapedText
    lines: tuple[Line, ...]
    width: float
    nodes: Nodes
    joins_previous: bool
    joins_next: bool
    setting: Setting
    shapes: tuple[ShapeBlock, ...] = ()
    notes: tuple[NoteBlock, ...] = ()

    @property
    def top_inset(self) -> float:
        """Height of the border above the text."""
        return 0.0 if self.joins_previous else inset(self.paragraph.format.borders.top)

    @property
    def bottom_inset(self) -> float:
        """Height of the border below the text."""
        return 0.0 if self.joins_next else inset(self.paragraph.format.borders.bottom)

    @property
    def height(self) -> float:
        """Height of all lines with the borders."""
        return self.top_inset + sum(line.height for line in self.lines) + self.bottom_inset

    @property
    def all_nodes(self) -> Iterator[Node]:
        """Its nodes and those of what it holds, in reading order."""
        if self.nodes.text.kind != "cell":
            yield self.nodes.text
        yield from (node for shape in self.shapes for node in shape.nodes)
        for note in self.notes:
            yield from (note.node, *(node for block in note.blocks for node in block.all_nodes))

    def depth(self, line: Line) -> Iterator[float]:
        """Yield how low the letters of a line reach below its top, nothing for a blank one."""
        if self.shaped.text[line.start : line.end].strip():
            yield line.baseline + DESCENT * self.shaped.format_at(line.start).size


def inset(border: Border | None) -> float:
    """Return the height or width that a border takes."""
    return 0.0 if border is None else border.width + border.space


class Chunk(Struct, frozen=True, eq=False):
    """Lines ``start`` to ``stop`` of a paragraph, at a height ``y`` below the top of what holds them."""

    block: ParagraphBlock
    start: int
    stop: int
    y: float = 0.0

    @property
    def height(self) -> float:
        """Height with the borders that this chunk shows."""
        block = self.block
        height = sum(line.height for line in block.lines[self.start : self.stop]) - self.skipped
        top = block.top_inset if self.start == 0 else 0.0
        return height + top + (block.bottom_inset if self.stop == len(block.lines) else 0.0)

    def fits(self, room: float) -> bool:
        """Return whether the chunk is no higher than ``room``; a long one is not looked through to its end."""
        left = room + self.skipped + ROUNDING
        for at in range(self.start, self.stop):
            left -= self.block.lines[at].height
            if left < 0:
                return False
        return self.height <= room

    @property
    def skipped(self) -> float:
        """What a multiple would add above the first line of a chunk, and does not where a page begins with it."""
        return self.block.lines[self.start].above if 0 < self.start < self.stop else 0.0

    @property
    def bottom(self) -> float:
        """The height at which the chunk ends."""
        return self.y + self.height


class ShapeBlock(Struct, frozen=True, eq=False):
    """What is drawn in the line of a character or floats, tied to it: with what it holds, and the height of that.

    ``figure`` is what its fills and lines are read as, None where nobody says it in words.
    """

    index: int
    item: Drawing
    node: Node
    content: tuple[Chunk, ...] = ()
    margins: Margins = _NO_MARGINS
    text_height: float = 0.0
    figure: Node | None = None
    members: tuple[ShapeBlock, ...] = ()

    @property
    def height(self) -> float:
        """The height on paper; one that grows has all its text in it."""
        needed = self.text_height + self.margins.top + self.margins.bottom
        grows = isinstance(self.item, Shape) and self.item.grows and self.content and self.item.direction == "across"
        return max(self.item.height, needed) if grows else self.item.height

    @property
    def nodes(self) -> Iterator[Node]:
        """The nodes of it and of what it holds, in reading order; what leads a paragraph is in its own node."""
        if isinstance(self.item, Shape) and self.item.leads:
            return
        if self.figure is not None:
            yield self.figure
        if self.content or isinstance(self.item, Picture):
            yield self.node
        yield from (node for chunk in self.content for node in chunk.block.all_nodes)
        held = (node for member in self.members for node in member.nodes)
        yield from (node for node in dict.fromkeys(held) if node is not self.figure)


class NoteBlock(Struct, frozen=True, eq=False):
    """A note that the character before an index refers to; ``above`` is the line that parts notes from the text."""

    index: int
    node: Node
    blocks: tuple[ParagraphBlock, ...]
    above: tuple[ParagraphBlock, ...]


def make_blocks(
    paragraphs: tuple[Paragraph, ...], width: float, frame: Frame, parent: Node | None
) -> list[ParagraphBlock]:
    """Return the paragraphs of a cell, broken for a column ``width``."""
    paragraphs = tuple(map(with_decimal_tab, paragraphs))
    nodes = [paragraph_node(paragraph, parent, frame.captions) for paragraph in paragraphs]
    if parent is not None and parent.kind == "cell" and [node.kind for node in nodes] == ["paragraph"]:
        nodes = [parent]  # a cell's only paragraph is the cell
    return [
        make_block(paragraph, width, frame, node, in_cell=True, before=before, after=after)
        for paragraph, node, before, after in zip(
            paragraphs, nodes, (None, *paragraphs), (*paragraphs[1:], None), strict=False
        )
    ]


def make_block(
    paragraph: Paragraph,
    width: float,
    frame: Frame,
    node: Node,
    *,
    in_cell: bool,
    before: Block | None = None,
    after: Block | None = None,
) -> ParagraphBlock:
    """Return one paragraph, broken; neighbours with the same borders and indents share one frame with it (17.3.1.24).

    Marks hang past the end of a line in body text only.
    """
    paragraph = auto_spaced(paragraph, before, after, frame)
    if frame.is_vertical:
        check_vertical(paragraph, frame.name)
        paragraph = upright(paragraph)
    text = set_text(paragraph, frame)
    paragraph, shaped = text.paragraph, text.shaped
    check_drawn(paragraph, shaped, frame, in_cell or width > paragraph.format.left + paragraph.format.right)
    setting = _setting(paragraph, width, frame, in_cell=in_cell)
    inline = ((at, held) for at, held in shaped.pictures.items() if isinstance(held, (Shape, Group)))
    return ParagraphBlock(
        paragraph=paragraph,
        shaped=shaped,
        lines=text.lines(setting),
        width=width,
        nodes=_nodes(node, shaped),
        joins_previous=_join(before, paragraph),
        joins_next=_join(paragraph, after),
        setting=setting,
        shapes=tuple(_shape_block(at, held, frame, node) for at, held in (*inline, *shaped.floats)),
        notes=tuple(_note_block(at, note, frame) for at, note in shaped.notes),
    )


def _note_block(index: int, note: Note, frame: Frame) -> NoteBlock:
    node = Node("note")
    from pipeline.documents.pdf.tables import held_blocks  # noqa: PLC0415 - late: tables hold paragraphs themselves

    blocks, above = (held_blocks(held, frame.width, frame, node) for held in (note.blocks, note.separator))
    return NoteBlock(index, node, tuple(blocks), tuple(above))


def _setting(paragraph: Paragraph, width: float, frame: Frame, *, in_cell: bool) -> Setting:
    return Setting(
        width,
        frame.default_tab,
        may_hang=not in_cell,
        squeezes=frame.squeezes,
        grid=frame.grid if paragraph.format.snap_to_grid else 0.0,
        has_last_line=frame.marks_follow_breaks,
    )


def refitted(block: ParagraphBlock, width: float, first: int = 0) -> ParagraphBlock:
    """Return a paragraph whose lines from ``first`` on are broken for a column of another width."""
    setting, lines = replace(block.setting, width=width), [*block.lines[:first]]
    start = block.lines[first].start if first < len(block.lines) else len(block.shaped.text)
    breaking = Breaking(block.shaped, block.paragraph.format, block.paragraph.mark, setting, start)
    while not breaking.is_done:
        lines.append(breaking.next())
    return replace(block, lines=tuple(lines), width=width, setting=setting)


class _Within(NamedTuple):
    """How what holds a shape is read, None where nobody says it in words, and how the shape is turned in it."""

    figure: Node | None = None
    turn: Turn = UPRIGHT


def _shape_block(index: int, item: Drawing, frame: Frame, node: Node, within: _Within | None = None) -> ShapeBlock:
    """Break the text of a shape, which is read after the paragraph that it is tied to."""
    parent, within = _parent(node), within or _Within()
    figure = Node("picture", parent, alt=item.alt) if item.alt else within.figure
    if isinstance(item, Picture):
        return ShapeBlock(index, item, figure or Node("picture", parent))
    if isinstance(item, Group):
        members = (_shape_block(index, one.item, frame, node, _Within(figure, one.turn)) for one in item.members)
        return ShapeBlock(index, item, node, figure=figure, members=tuple(members))
    return replace(_text_block(index, item, frame, node, within.turn), figure=figure)


def _parent(node: Node) -> Node | None:
    return node if node.kind == "cell" or node.kind in RUNNING else node.parent


def _text_block(index: int, item: Shape, frame: Frame, node: Node, turn: Turn) -> ShapeBlock:
    from pipeline.documents.pdf.tables import held_blocks  # noqa: PLC0415 - late, as above

    check_held(item, frame)
    group = node if item.leads else Node("group", _parent(node))
    own, form = item.insets or Margins(), text_margins(item.outline, item.width, item.height, turn)
    margins = Margins(own.top + form.top, own.right + form.right, own.bottom + form.bottom, own.left + form.left)
    margins = turned_margins(margins, item.direction)
    length, room = (item.width, item.height) if item.direction == "across" else (item.height, item.width)
    frame = replace(frame, is_vertical=True, grid=0.0) if item.direction == "down" else frame
    width = max(0.0, length - margins.left - margins.right)
    if item.hugs:
        loose = held_blocks(item.blocks, _ENDLESS, frame, group)
        width = max((line.width for block in loose for line in block.lines), default=0.0) + ROUNDING / 10
        item = replace(item, width=width + margins.left + margins.right)
    held = held_blocks(item.blocks, width, frame, group)
    if item.leads:
        held = [replace(block, nodes=_nodes(node, block.shaped)) for block in held]
    content, height = stack(held, frame.add_spacing)
    made = ShapeBlock(index, item, group, content, margins, height)
    room = made.height if item.direction == "across" else room
    if room + _CLIPPED < margins.top + max(seen_bottoms(content), default=-margins.top):
        frame.make_plainer("テキスト ボックスに収まらない文字", "枠を大きくして", text_of(item))
        needed = margins.top + height + margins.bottom
        larger = replace(item, grows=True) if item.direction == "across" else replace(item, width=needed)
        return replace(made, item=larger)
    return made


def seen_bottoms(content: Iterable[Chunk]) -> Iterator[float]:
    """Yield how low the letters of each line reach; blank lines may stand outside of what holds them."""
    for chunk in content:
        top = chunk.y + chunk.block.top_inset
        for line in chunk.block.lines:
            yield from (top + depth for depth in chunk.block.depth(line))
            top += line.height


def _nodes(node: Node, shaped: ShapedText) -> Nodes:
    """Return the structure within a paragraph; one that is nothing but a picture is that figure."""
    label = Node("label", node) if node.kind == "item" else node
    if node.kind == "picture" or node.kind in RUNNING:
        return Nodes.of_one(node, label, shaped)
    pictures = {at: Node("picture", node, alt=held.alt) for at, held in shaped.pictures.items()}
    whole = {id(piece.inline): _piece_nodes(piece, node) for piece in shaped.pieces.values()}
    return Nodes(node, label, pictures, {at: whole[id(piece.inline)] for at, piece in shaped.pieces.items()})


def _piece_nodes(piece: Piece, node: Node) -> tuple[Node, ...]:
    if isinstance(piece.inline, Ruby):
        ruby = Node("ruby", node)
        return Node("ruby_base", ruby), Node("ruby_text", ruby)
    return (Node("formula", node, alt=piece.inline.alt) if isinstance(piece.inline, Formula) else node,)


def _join(first: Block | None, second: Block | None) -> bool:
    if not isinstance(first, Paragraph) or not isinstance(second, Paragraph) or first.format.borders == Borders():
        return False
    a, b = first.format, second.format
    return (a.borders, a.left, a.right) == (b.borders, b.left, b.right)


def gap(before: ParagraphBlock | None, after: ParagraphBlock, add_spacing: bool) -> float:
    """Return the space between two paragraphs (17.3.1.33): the larger of both, unless the document adds them."""
    if before is None:
        return after.paragraph.format.before
    below, above = before.paragraph.format.after, after.paragraph.format.before
    if before.paragraph.style == after.paragraph.style:  # 17.3.1.9
        below = 0.0 if before.paragraph.format.contextual_spacing else below
        above = 0.0 if after.paragraph.format.contextual_spacing else above
    return below + above if add_spacing else max(below, above)


def stack(blocks: Iterable[ParagraphBlock], add_spacing: bool) -> tuple[tuple[Chunk, ...], float]:
    """Return paragraphs set below each other, with their heights, and the height of all."""
    chunks: list[Chunk] = []
    y, before = 0.0, None
    for block in blocks:
        y += gap(before, block, add_spacing)
        chunks.append(Chunk(block, start=0, stop=len(block.lines), y=y))
        y += block.height
        before = block
    return tuple(chunks), y + (before.paragraph.format.after if before else 0.0)
