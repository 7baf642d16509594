"""Headers and footers (17.10): which a page has, how high it is, and its boxes once the page's number is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import Block, Furniture, Paragraph, Section, Settings
from pipeline.pdf.blocks import Chunk, Frame, chunk_boxes, make_block, stack
from pipeline.pdf.boxes import Box, Node, Page
from pipeline.pdf.measured import PageNumbers

_HEADER, _FOOTER = Node("header"), Node("footer")


def choose(furniture: Furniture, section: Section, settings: Settings, opens: bool, number: int) -> tuple[Block, ...]:
    """Choose the first, even or default one (17.10.6, 17.10.1); an absent first or even one is empty."""
    if section.title_page and opens:
        return furniture.first or ()
    if settings.even_and_odd and number % 2 == 0:
        return furniture.even or ()
    return furniture.default or ()


def height(blocks: tuple[Block, ...], section: Section, frame: Frame) -> float:
    """Give the height (pt) of a header or footer; its page number has no influence on it."""
    return _stack(blocks, section, frame, PageNumbers(), _HEADER)[1]


def boxes(page: Page, settings: Settings, frame: Frame, number: int, total: int) -> Iterator[Box]:
    """Give the boxes of a page's header and footer; ``number`` is the printed one, ``total`` counts all pages."""
    section, opens = page.section, page.opens_section
    numbers = PageNumbers(str(number), str(total))
    header, _ = _stack(choose(section.headers, section, settings, opens, number), section, frame, numbers, _HEADER)
    footer, low = _stack(choose(section.footers, section, settings, opens, number), section, frame, numbers, _FOOTER)
    for chunk in header:
        yield from chunk_boxes(chunk, section.margin_left, section.header_distance)
    for chunk in footer:
        yield from chunk_boxes(chunk, section.margin_left, section.height - section.footer_distance - low)


def _stack(
    blocks: tuple[Block, ...], section: Section, frame: Frame, numbers: PageNumbers, node: Node
) -> tuple[tuple[Chunk, ...], float]:
    width = section.width - section.margin_left - section.margin_right
    own = replace(frame, numbers=numbers)
    return stack((make_block(p, width, own, node, in_cell=True) for p in _paragraphs(blocks, frame)), own.add_spacing)


def _paragraphs(blocks: tuple[Block, ...], frame: Frame) -> Iterator[Paragraph]:
    for block in blocks:
        if not isinstance(block, Paragraph):
            raise Unsupported("ヘッダー・フッターの中の表", "", frame.name)
        yield block
