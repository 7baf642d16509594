"""w:sectPr (17.6): page geometry, page numbers, headers and footers of a section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypedDict

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx import names
from pipeline.documents.docx.border_xml import read_border
from pipeline.documents.docx.columns_xml import read_columns
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import VERTICAL, Borders, PageBorders
from pipeline.documents.docx.markup import VAL, R, W, child_value, is_on, local, number, points, value_of
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.tree import (
    Begins,
    Block,
    Bookmark,
    Break,
    Furniture,
    Paragraph,
    Region,
    Section,
    VerticalAlignment,
)

_READ = frozenset(
    {
        "headerReference",
        "footerReference",
        "pgSz",
        "pgMar",
        "pgNumType",
        "titlePg",
        "type",
        "cols",
        "vAlign",
        "pgBorders",
    }
)
_IGNORED = frozenset({"footnotePr", "endnotePr", "formProt", "noEndnote", "rtlGutter", "paperSrc", "printerSettings"})
_HARMLESS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "textDirection": (VAL, ("lrTb", "tb", *VERTICAL)),
    "docGrid": (f"{W}type", ("default", "lines", "linesAndChars")),
}
_TALLEST = 1584.0
"""The most (pt) that Word takes for a length: 22 inches."""
_NEAR = 30
_SIDES = frozenset({"top", "bottom", "left", "right"})
_RENUMBERED = "ページの途中でページ番号が変わるセクション"
_OF_CHARACTERS = "linesAndChars"
_PITCHES = 4096
_REFUSED = {
    "textDirection": "縦書きのページ",
    "docGrid": "文字のグリッド線",
    "lnNumType": "行番号",
    "sectPrChange": "変更履歴",
    "bidi": "右から左へのページ",
}
_ALIGNED: Mapping[str, VerticalAlignment] = {"top": "top", "center": "center", "bottom": "bottom"}
_BEGINS: Mapping[str, Begins] = {"nextPage": "next", "oddPage": "odd", "evenPage": "even", "continuous": "same"}

Read = Callable[[str, str], tuple[Block, ...]]
"""Reads the header or footer part of a relationship id; the second argument is the element's name."""


def read_section(
    element: etree._Element, blocks: tuple[Block, ...], previous: Section | None, read: Read, context: Context
) -> Section:
    """Read a section; headers and footers that it does not name come from the ``previous`` one (17.10.1)."""
    for child in element:
        context.tried(partial(_check, child, context), None, child)
    page = _page(element)
    if _text_width(page) <= 0 or _text_height(page) <= 0:
        context.collect(context.refuse("余白のために文字の入らないページ", element), element)
    number = element.find(f"{W}pgNumType")
    first = None if number is None else number.get(f"{W}start")
    begins = child_value(element, "type") or "nextPage"
    if begins not in _BEGINS:
        context.collect(context.refuse("次の段から始まるセクション", element), element)
    return Section(
        **page,
        header_distance=_measure(element.find(f"{W}pgMar"), "header", "720"),
        footer_distance=_measure(element.find(f"{W}pgMar"), "footer", "720"),
        title_page=is_on(element.find(f"{W}titlePg")),
        first_page=None if first is None else int(first),
        headers=_furniture(element, "headerReference", previous.headers if previous else Furniture(), read),
        footers=_furniture(element, "footerReference", previous.footers if previous else Furniture(), read),
        blocks=blocks,
        regions=(Region(0, read_columns(element.find(f"{W}cols"), _text_width(page), context)),),
        begins=_BEGINS.get(begins, "next"),
        numerals="decimal" if number is None else number.get(f"{W}fmt", "decimal"),
        grid=_grid(element.find(f"{W}docGrid")),
        pitch=_pitch(element.find(f"{W}docGrid")),
        borders=context.tried(lambda: _borders(element.find(f"{W}pgBorders"), context), None, element),
        vertical_alignment=_ALIGNED.get(child_value(element, "vAlign") or "top", "top"),
    )


def _borders(element: etree._Element | None, context: Context) -> PageBorders | None:
    if element is None:
        return None
    sides = {local(side): read_border(side, context.name) for side in element if local(side) in _SIDES}
    shown = element.get(f"{W}display", "allPages")
    return PageBorders(Borders(**sides), shown, from_paper=element.get(f"{W}offsetFrom") == "page")


def _grid(element: etree._Element | None) -> float:
    """Read the distance of the lines of a grid (17.6.5); 0 where lines do not keep to one."""
    is_of_lines = element is not None and element.get(f"{W}type") in ("lines", _OF_CHARACTERS)
    distance = _measure(element, "linePitch", "0") if is_of_lines else 0.0
    return distance if 0 < distance <= _TALLEST else 0.0


def _pitch(element: etree._Element | None) -> float:
    """Read what a grid adds to each character (17.6.5), in 4096ths of a point."""
    if element is None or element.get(f"{W}type") != _OF_CHARACTERS:
        return 0.0
    return number(element.get(f"{W}charSpace", "0")) / _PITCHES


def joined(sections: tuple[Section, ...], name: str, plainer: Plainer | None) -> tuple[Section, ...]:
    """Join sections that go on within a page (17.18.77) to those before them; other paper begins a page, as in Word.

    Raises Unsupported where one numbers pages anew, unless that may be left out.
    """
    made = [replace(sections[0], begins="next" if sections[0].begins == "same" else sections[0].begins)]
    for section in sections[1:]:
        if section.begins != "same" or not _is_on_same_paper(made[-1], section):
            made[-1] = replace(made[-1], blocks=_without_closing_break(made[-1].blocks))
            made.append(section if section.begins != "same" else replace(section, begins="next"))
            continue
        before = made[-1]
        if section.first_page is not None:
            if plainer is None:
                raise Unsupported(_RENUMBERED, _first_text(section), name)
            plainer.add(f"{_RENUMBERED}（番号を続けて）", _first_text(section))
        before = replace(before, blocks=_without_blank_end(before.blocks))
        made[-1] = replace(before, blocks=(*before.blocks, *section.blocks), regions=_regions(before, section))
    return tuple(made)


def _without_blank_end(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take out a paragraph that is nothing but the section's end: Word gives it no line of its own on the page."""
    *others, last = blocks
    blank = isinstance(last, Paragraph) and last.label is None and not last.content
    return tuple(others) if others and blank else blocks


def _regions(before: Section, after: Section) -> tuple[Region, ...]:
    """Return the regions of two sections that stand on the same page; text without columns simply goes on."""
    (more,), last = after.regions, before.regions[-1]
    own = None if _is_alike(last.section or before, after) else replace(after, blocks=(), regions=())
    if own is None and len(last.columns.widths) == len(more.columns.widths) == 1:
        return before.regions
    return (*before.regions, replace(more, first=len(before.blocks), section=own or last.section))


def _without_closing_break(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take out a page break that nothing but the section's end follows: Word leaves no empty page between the two."""
    *others, last = blocks
    if not isinstance(last, Paragraph):
        return blocks
    before = others[-1] if others else None
    if isinstance(before, Paragraph) and _breaks_at_end(before) and _is_blank(last):
        *others, last = (*others[:-1], replace(before, content=(*before.content, *last.content)))
    if not _breaks_at_end(last):
        return blocks
    at = max(number for number, inline in enumerate(last.content) if isinstance(inline, Break))
    return (*others, replace(last, content=(*last.content[:at], *last.content[at + 1 :])))


def _is_blank(paragraph: Paragraph) -> bool:
    return paragraph.label is None and all(isinstance(inline, Bookmark) for inline in paragraph.content)


def _breaks_at_end(paragraph: Paragraph) -> bool:
    seen = [inline for inline in paragraph.content if not isinstance(inline, Bookmark)]
    return bool(seen) and isinstance(seen[-1], Break) and seen[-1].kind == "page"


def _is_alike(one: Section, other: Section) -> bool:
    """Return whether two sections have the same pages; a first page of its own is that of the section begun before."""
    return replace(one, blocks=(), regions=(), begins="same", first_page=None, title_page=False) == replace(
        other, blocks=(), regions=(), begins="same", first_page=None, title_page=False
    )


def _is_on_same_paper(one: Section, other: Section) -> bool:
    return (one.width, one.height, one.is_vertical) == (other.width, other.height, other.is_vertical)


def _first_text(section: Section) -> str:
    texts = (block.text.strip() for block in section.blocks if isinstance(block, Paragraph))
    return next(filter(None, texts), "")[:_NEAR]


class _Page(TypedDict):
    """The paper, and its margins, as lines of text see them: those of vertical text begin at the right of the paper."""

    width: float
    height: float
    margin_top: float
    margin_right: float
    margin_bottom: float
    margin_left: float
    is_vertical: bool


def _page(element: etree._Element) -> _Page:
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    width, height = _measure(size, "w", "12240"), _measure(size, "h", "15840")
    top, right, bottom, left = (_measure(margins, side, "1440") for side in ("top", "right", "bottom", "left"))
    left += _measure(margins, "gutter", "0")
    is_vertical = child_value(element, "textDirection") in VERTICAL
    if is_vertical:
        width, height, top, right, bottom, left = height, width, right, abs(bottom), left, abs(top)
    return _Page(
        width=width,
        height=height,
        margin_top=top,
        margin_right=right,
        margin_bottom=bottom,
        margin_left=left,
        is_vertical=is_vertical,
    )


def _text_width(page: _Page) -> float:
    return page["width"] - page["margin_left"] - page["margin_right"]


def _text_height(page: _Page) -> float:
    return page["height"] - abs(page["margin_top"]) - abs(page["margin_bottom"])


def _measure(element: etree._Element | None, attribute: str, default: str) -> float:
    return points(default if element is None else element.get(W + attribute, default))


def _furniture(element: etree._Element, tag: str, inherited: Furniture, read: Read) -> Furniture:
    furniture = inherited
    for reference in element.findall(W + tag):
        kind = reference.get(f"{W}type", "default")
        if kind in ("default", "first", "even"):
            furniture = replace(furniture, **{kind: read(reference.get(f"{R}id", ""), local(reference))})
    return furniture


def _check(element: etree._Element, context: Context) -> None:
    tag = local(element)
    if (
        tag in _IGNORED
        or (tag == "bidi" and not is_on(element))
        or (tag in _HARMLESS and _is_harmless(element, *_HARMLESS[tag]))
    ):
        return
    if tag not in _READ:
        raise context.refuse(_REFUSED.get(tag, "そのほかのセクションの書式"), element)
    if tag == "pgNumType" and (fmt := element.get(f"{W}fmt", "decimal")) not in NUMERALS:
        raise context.refuse(f"ページ番号の形式（{names.numbers(fmt)}）", element)
    if tag == "vAlign" and element.get(VAL, "top") not in _ALIGNED:
        raise context.refuse("ページの縦方向の両端揃え", element)
    if tag == "pgNumType" and _has_chapters(element, context):
        raise context.refuse("章番号の付いたページ番号", element)


def _has_chapters(numbers: etree._Element, context: Context) -> bool:
    """Return whether page numbers have a chapter before them: there is one where a heading of that level is."""
    title, titles = f"heading {numbers.get(f'{W}chapStyle')}", context.common.styles.titles
    return any(titles.get(value_of(style), "").lower() == title for style in numbers.getroottree().iter(f"{W}pStyle"))


def _is_harmless(element: etree._Element, attribute: str, values: tuple[str, ...]) -> bool:
    return element.get(attribute, values[0]) in values
