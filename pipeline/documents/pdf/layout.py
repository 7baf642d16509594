"""From a Word document's tree to pages of placed boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, zip_longest
from operator import is_
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.errors import MOST_REFUSALS, Unsupported, gathered
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.settings_xml import Settings
from pipeline.documents.docx.tree import Block, Bookmark, Columns, Document, Paragraph, Section, Text
from pipeline.documents.pdf import header_footer
from pipeline.documents.pdf.blocks import make_block
from pipeline.documents.pdf.boxes import Page, TextBox
from pipeline.documents.pdf.filling import filled, measured
from pipeline.documents.pdf.flow_parts import Body, FlowBlock, Part
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.page_borders import page_borders
from pipeline.documents.pdf.roles import caption_styles, paragraph_node, row_name_styles
from pipeline.documents.pdf.shaping import PageNumbers, shape_text
from pipeline.documents.pdf.tables import make_table

_Make: TypeAlias = Callable[[Block, float, Frame, Block | None, Block | None], FlowBlock]
_Fill: TypeAlias = Callable[[Section, tuple[Body, Body], Frame, Iterable[Part]], Iterator[Page]]
_Height: TypeAlias = Callable[[tuple[Block, ...]], float]

_OFF_PAPER = 1.0
"""How far (pt) letters may be off the paper: their own white is as wide."""
_NEAR = 30


class MadeBlock(NamedTuple):
    """A block made ready, ``of`` what: itself and what stands before and after it, its width and frame."""

    block: FlowBlock
    of: tuple[Block | None, ...]
    place: tuple[float, Frame]


class Layout(Struct, frozen=True):
    """A laid out document."""

    document: Document
    pages: tuple[Page, ...]

    @property
    def name(self) -> str:
        """The file's name for messages."""
        return self.document.name


class Measured(Struct, frozen=True):
    """How many pages a document takes, and the free height (pt) below its last block, with its blocks made ready."""

    document: Document
    pages: int
    free: float
    blocks: tuple[MadeBlock, ...] = ()


def lay_out(document: Document, earlier: Sequence[MadeBlock] = ()) -> Layout:
    """Return a document laid out; raises docx.Unsupported (construct, text and file) for what cannot be drawn.

    What of it is among the blocks that were made ``earlier``, before the document was completed, is not made again.
    """
    return Layout(document, tuple(fill_pages(document, _Ready(earlier).block)))


def measure(document: Document) -> Measured:
    """Return the paper that a document takes, without setting its letters; raises as ``lay_out`` where blocks cannot be
    made ready.
    """
    ready = _Ready()
    pages = [*fill_pages(document, ready.block, measured)]
    return Measured(document, len(pages), pages[-1].free, tuple(ready.made))


def fill_pages(document: Document, make: _Make | None = None, fill: _Fill = filled) -> Iterator[Page]:
    """Yield the pages of a document as they are laid out: no more of it is held than what stands on one page; raises as
    ``lay_out``. ``make`` makes a block ready, ``fill`` the pages of a section of them.
    """
    try:
        yield from _pages(document, make or _block, fill)
    except Unsupported as refused:
        raise gathered([*refusals(document), refused]) from refused


class _Ready:
    """Makes blocks ready, in the order of the document, but for those that are ``earlier`` made of the same."""

    def __init__(self, earlier: Sequence[MadeBlock] = ()) -> None:
        self._earlier = earlier
        self.made: list[MadeBlock] = []

    def block(self, block: Block, width: float, frame: Frame, before: Block | None, after: Block | None) -> FlowBlock:
        """Return a block ready; the same one, with the same beside it, as it was made before."""
        at, own, place = len(self.made), (block, before, after), (width, frame)
        known = self._earlier[at] if at < len(self._earlier) else None
        is_same = known is not None and known.place == place and all(map(is_, known.of, own))
        made = known if known and is_same else MadeBlock(_block(block, width, frame, before, after), own, place)
        self.made.append(made)
        return made.block


def _pages(document: Document, make: _Make, fill: _Fill) -> Iterator[Page]:
    frame = document_frame(document)
    for section in document.sections:
        if section.is_vertical and any(map(_is_seen, chain.from_iterable(_running(section)))):
            raise Unsupported("縦書きのページのヘッダー・フッター", "", document.name)
        bodies, own = _bodies(section, document.settings, frame), _of_section(frame, section)
        for page in fill(section, bodies, own, _parts(section, document.settings, frame, make)):
            _check_paper(page, own)
            yield replace(page, boxes=(*page_borders(page), *page.boxes)) if page.section.borders else page


def _is_seen(block: Block) -> bool:
    return not isinstance(block, Paragraph) or any(not isinstance(inline, Bookmark) for inline in block.content)


def _of_section(frame: Frame, section: Section) -> Frame:
    return replace(
        frame,
        grid=section.grid,
        pitch=section.pitch,
        left=section.margin_left,
        width=section.width - section.margin_left - section.margin_right,
        is_vertical=section.is_vertical,
    )


def refusals(document: Document) -> list[Unsupported]:
    """Return what of a document, headers and footers too, cannot be laid out.

    Gives the first refusal of each construct, and no more of them than are told.
    """
    found: dict[str, Unsupported] = {}
    for refused in _all_refused(document):
        found.setdefault(refused.construct, refused)
        if len(found) == MOST_REFUSALS:
            break
    return [*found.values()]


def _all_refused(document: Document) -> Iterator[Unsupported]:
    frame = document_frame(document)
    for section in document.sections:
        for blocks, numbers in ((section.blocks, None), *((held, PageNumbers()) for held in _running(section))):
            for at, block in enumerate(blocks):
                width = _width(section, at if blocks is section.blocks else -1)
                yield from _refused(block, width, replace(_of_section(frame, section), numbers=numbers))


def _width(section: Section, at: int) -> float:
    """Return the width for which the block at an index of the body is made, -1 for what stands in no columns."""
    columns = next((region.columns for region in reversed(section.regions) if region.first <= at), None)
    return section.width - section.margin_left - section.margin_right if columns is None else columns.widths[0]


def _running(section: Section) -> Iterator[tuple[Block, ...]]:
    for kind in (kind for one in section.all for kind in (one.headers, one.footers)):
        yield from filter(None, (kind.default, kind.first, kind.even))


def _refused(block: Block, width: float, frame: Frame) -> Iterator[Unsupported]:
    """Try the block as a whole; where it is refused, each piece of each paragraph alone, as there may be others."""
    whole = [*_caught(partial(_block, block, width, frame), "")]
    if not whole:
        return
    for within in block.boxed if isinstance(block, Paragraph) else ():
        yield from _refused(within, width, frame)
    for paragraph in written((block,)):
        near = paragraph.text.strip()[:_NEAR]
        for content in ((), *((inline,) for inline in paragraph.content)):
            yield from _refused_text(replace(paragraph, content=content), near, frame)
    yield from whole


def _refused_text(piece: Paragraph, near: str, frame: Frame) -> Iterator[Unsupported]:
    """Try a piece of a paragraph; where it is refused for one character, there may be others."""
    yield from (found := [*_caught(partial(shape_text, piece, frame.numbers, frame.name), near)])
    for text in (inline for inline in piece.content if found and isinstance(inline, Text) and len(inline.text) > 1):
        for character in dict.fromkeys(text.text):
            yield from _refused_text(replace(piece, content=(replace(text, text=character),)), near, frame)


def _caught(attempt: Callable[[], object], near: str) -> Iterator[Unsupported]:
    try:
        attempt()
    except Unsupported as refused:
        yield Unsupported(refused.construct, near or refused.near, refused.name, refused.cure)


def _check_paper(page: Page, frame: Frame) -> None:
    """Tell of text off the paper, which Word does not print either; raises Unsupported where nothing may be told."""
    for box in page.boxes:
        if isinstance(box, TextBox) and box.text.strip() and not _is_on(page, box):
            frame.make_plainer("用紙からはみ出す文字", "用紙に入るところだけを", box.text.strip()[:_NEAR])


def _is_on(page: Page, box: TextBox) -> bool:
    if box.is_vertical:
        return 0 < box.x < page.width + _OFF_PAPER and box.baseline + box.width <= page.height + _OFF_PAPER
    return -_OFF_PAPER < box.x <= page.width + _OFF_PAPER - box.width and 0 < box.baseline < page.height + _OFF_PAPER


def document_frame(document: Document) -> Frame:
    """Return what all paragraphs of a document share."""
    settings = document.settings
    return Frame(
        name=document.name,
        default_tab=settings.default_tab,
        add_spacing=settings.add_spacing,
        captions=caption_styles(document),
        row_names=row_name_styles(document),
        compatibility=settings.compatibility,
        marks_follow_breaks=settings.marks_follow_breaks,
        tables_keep_grid=settings.tables_keep_grid,
        squeezes=settings.squeezes,
        plainer=document.plainer,
    )


def _bodies(section: Section, settings: Settings, frame: Frame) -> tuple[Body, Body]:
    """Return the body area of the first and of the later pages.

    A tall header or footer makes it smaller, unless the margin is negative: then the two overlap (17.6.11).
    """
    height = cache(lambda blocks: header_footer.height(blocks, section, frame) if blocks else 0.0)
    later = [_body(section, settings, height, opens=False, number=number) for number in (1, 2)]
    first = [_body(section, settings, height, opens=True, number=number) for number in (1, 2)]
    return _smaller(*first), _smaller(*later)


def _smaller(one: Body, other: Body) -> Body:
    return Body(one.left, max(one.top, other.top), min(one.bottom, other.bottom))


def _body(section: Section, settings: Settings, height: _Height, opens: bool, number: int) -> Body:
    header = header_footer.choose(section.headers, section, settings, opens, number)
    footer = header_footer.choose(section.footers, section, settings, opens, number)
    top, bottom = abs(section.margin_top), abs(section.margin_bottom)
    if header and section.margin_top >= 0:
        top = max(top, section.header_distance + height(header))
    if footer and section.margin_bottom >= 0:
        bottom = max(bottom, section.footer_distance + height(footer))
    return Body(section.margin_left, top, section.height - bottom)


def _parts(section: Section, settings: Settings, frame: Frame, make: _Make) -> Iterator[Part]:
    """Yield what stands in the same columns; those that something follows on the page are balanced."""
    for region, following in zip_longest(section.regions, section.regions[1:]):
        end, own = following.first if following else None, region.section
        numbers = range(region.first, end or len(section.blocks))
        made = _blocks(section.blocks, numbers, region.columns, _of_section(frame, own or section), make)
        is_balanced = settings.balances and following is not None and len(region.columns.widths) > 1
        body = None if own is None else _bodies(own, settings, frame)[1]
        yield Part(region.columns, made, is_balanced, own, body)


def _blocks(
    blocks: Sequence[Block], numbers: range, columns: Columns, frame: Frame, make: _Make
) -> Iterator[FlowBlock]:
    """Make blocks ready, one by one, for the first of their columns."""
    for at in numbers:
        before, after = blocks[at - 1] if at else None, blocks[at + 1] if at + 1 < len(blocks) else None
        yield make(blocks[at], columns.widths[0], frame, before, after)


def _block(
    block: Block, width: float, frame: Frame, before: Block | None = None, after: Block | None = None
) -> FlowBlock:
    if not isinstance(block, Paragraph):
        return make_table(block, width, frame, None)
    node = paragraph_node(block, None, frame.captions)
    return make_block(block, width, frame, node, in_cell=False, before=before, after=after)
