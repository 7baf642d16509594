"""Headers and footers (17.10): which a page has, how high it is, and its boxes once the page's number is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.paragraphs import paragraphs
from pipeline.documents.docx.settings_xml import Settings
from pipeline.documents.docx.tree import Block, Columns, Furniture, PageField, Paragraph, Section
from pipeline.documents.fonts import face
from pipeline.documents.pdf.blocks import make_block
from pipeline.documents.pdf.boxes import Box, Node, PathBox, PictureBox, TextBox
from pipeline.documents.pdf.drawn_document import DrawnPage
from pipeline.documents.pdf.flow import Flow
from pipeline.documents.pdf.flow_parts import Body, FlowBlock, Part
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.shaping import PageNumbers
from pipeline.documents.pdf.tables import make_table

_HEADER, _FOOTER = Node("header"), Node("footer")
_NONE = Furniture()
_SIZE, _COLOR = 10.5, "5C5C60"
"""Size (pt) and colour of what an empty page says."""
_ENDLESS = 14_400.0
"""More height (pt) than any paper has: what running matter takes is seen afterwards."""


def choose(kinds: Furniture, section: Section, settings: Settings, opens: bool, number: int) -> tuple[Block, ...]:
    """Return the first, even or default one (17.10.6, 17.10.1); an absent first or even one is empty."""
    if section.title_page and opens:
        return kinds.first or ()
    if settings.even_and_odd and number % 2 == 0:
        return kinds.even or ()
    return kinds.default or ()


def height(blocks: tuple[Block, ...], section: Section, frame: Frame) -> float:
    """Return the height (pt) of a header or footer; its page number has no influence on it."""
    return _set(blocks, section, replace(frame, numbers=PageNumbers()), 0.0)[1]


def boxes(page: DrawnPage, settings: Settings, frame: Frame, number: int, total: int) -> Iterator[Box]:
    """Yield the boxes of a page's header and footer; ``number`` is the printed one, ``total`` counts all pages."""
    section, opens = page.section, page.opens_section
    own = replace(frame, numbers=page_numbers(section, number, total))
    header = choose(section.headers, section, settings, opens, number)
    yield from _owned(_set(header, section, own, section.header_distance)[0], _HEADER)
    footer = choose(section.footers, section, settings, opens, number)
    low = height(footer, section, frame)
    yield from _owned(_set(footer, section, own, section.height - section.footer_distance - low)[0], _FOOTER)


def empty(page: DrawnPage, words: str) -> Iterator[Box]:
    """Yield what is said in the middle of an empty page as large as this one; nothing where there are no words."""
    width = face().width(words) * _SIZE
    if words:
        yield TextBox((page.width - width) / 2, page.height / 2, width, words, bold=False, size=_SIZE, color=_COLOR)


def page_numbers(section: Section, number: int, total: int) -> PageNumbers:
    """Return what page fields print on a page of a section."""
    return PageNumbers(number, total, section.numerals)


def _set(blocks: tuple[Block, ...], section: Section, frame: Frame, top: float) -> tuple[tuple[Box, ...], float]:
    """Set blocks from a height of the page downwards; gives their boxes and how high they are."""
    if not blocks:
        return (), 0.0
    bare = replace(section, headers=_NONE, footers=_NONE, blocks=(), regions=(), first_page=None)
    section = replace(bare, vertical_alignment="top")
    numbers = frame.numbers if any(map(_has_number, paragraphs(blocks))) else None
    frame = replace(frame, left=section.margin_left, numbers=numbers)
    if frame.plainer is None:
        with suppress(Unsupported):
            return _placed(blocks, section, replace(frame, name=""), top)
    return _placed(blocks, section, frame, top)


def _has_number(paragraph: Paragraph) -> bool:
    return any(isinstance(inline, PageField) for inline in paragraph.content)


@lru_cache(maxsize=512)  # the same on all pages but for their numbers, in all documents of a template, and at the desk
def _placed(blocks: tuple[Block, ...], section: Section, frame: Frame, top: float) -> tuple[tuple[Box, ...], float]:
    body = Body(section.margin_left, top, top + _ENDLESS)
    width = section.width - section.margin_left - section.margin_right
    part = Part(Columns((width,)), tuple(_flow_blocks(blocks, width, frame)))
    page, *more = Flow(section, body, body, frame).fill([part])
    if more:
        raise Unsupported("ヘッダー・フッターの中の改ページ", "", frame.name)
    last = blocks[-1]
    after = last.format.after if isinstance(last, Paragraph) else 0.0
    return page.boxes, _ENDLESS - page.free + after


def _flow_blocks(blocks: tuple[Block, ...], width: float, frame: Frame) -> Iterator[FlowBlock]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield make_block(block, width, frame, _HEADER, in_cell=True)
        else:
            yield make_table(block, width, frame, _HEADER)


def _owned(boxes: tuple[Box, ...], node: Node) -> Iterator[Box]:
    """Yield boxes as running matter, of whatever they are made."""
    for box in boxes:
        match box:
            case TextBox() | PictureBox():
                yield replace(box, node=node)
            case PathBox(node=Node()):
                yield replace(box, node=node)
            case _:
                yield box
