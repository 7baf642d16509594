"""What must hold of a finished PDF: it has all text of the documents, on the pages laid out, in embedded fonts.

The text is taken from the documents' trees and compared with what a PDF reader extracts, so that a fault anywhere
between the two is found. Works on a PDF of any maker.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.ooxml.tree import Block, PageField, Paragraph, Text
from pipeline.pdf import furniture
from pipeline.pdf.boxes import Layout, PictureBox
from pipeline.pdf.measured import PageNumbers
from pipeline.pdf.parts import PdfPart, Sheet, layout_of, number_pages
from pipeline.pdf.searching import missing
from pipeline.pdf.vectors import read_drawing

_UNRELIABLE = "-\u2010\u2011\u00ad\u0002\ufffe\u0000"
"""Characters that readers change at the end of a line (hyphens), and what they put in their place."""
_TABLE = {**{ord(character): None for character in _UNRELIABLE}, 0xFB01: "fi", 0xFB02: "fl"}
"""What is compared otherwise than it is written; readers part joined letters."""
_SHOWN = 30
_FIGURE = "\n"
"""Stands where a figure was; no page text has it, as white space is left out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: a stable id, the document's name, and a Japanese sentence."""

    id: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class _Given:
    """What the checks look at: the pages as planned, and text and fonts of the pages as they are."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    fonts: Mapping[str, bool]


def check(parts: Sequence[PdfPart], pdf: bytes) -> tuple[Finding, ...]:
    """Check a PDF against the parts it was drawn from; give parts with their layouts, or they are laid out anew."""
    layouts = [layout_of(part) for part in parts]
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheets, texts = tuple(number_pages(parts, layouts)), tuple(_page_text(page) for page in document)
        given = _Given(sheets, tuple(map(_without_figures, texts, sheets)), dict(_fonts(document)))
    finally:
        document.close()
    if len(texts) != len(sheets):
        return (_page_count(len(sheets), len(texts)),)
    return tuple(finding for rule in CHECKS for finding in rule(given))


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return _plain(textpage.get_text_range())
    finally:
        textpage.close()


def _without_figures(text: str, sheet: Sheet) -> str:
    """Take out what figures say, as it must not stand for text that was lost."""
    for box in sheet.page.boxes if sheet.page else ():
        drawing = read_drawing(box.svg) if isinstance(box, PictureBox) else None
        if drawing is not None:
            text = _cut(text, [_plain(label) for label in drawing.texts])
    return text


def _cut(text: str, labels: Sequence[str]) -> str:
    """Take labels out of a page's text: they stand together, but readers give neighbours in an order of their own.

    They are not there at all where a figure was drawn as its PNG.
    """
    first, whole = next(iter(labels), ""), sorted("".join(labels))
    for at in (match.start() for match in re.finditer(re.escape(first), text)):
        if whole and sorted(text[at : at + len(whole)]) == whole:
            return text[:at] + _FIGURE + text[at + len(whole) :]
    return text


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_TABLE)


def _fonts(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, bool]]:
    """Give the fonts that text is drawn with, each with whether it is embedded."""
    seen: set[int] = set()
    for page in document:
        for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
            item = pdfium.FPDFPage_GetObject(page.raw, index)
            if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            font = pdfium.FPDFTextObj_GetFont(item)
            address = ctypes.cast(font, ctypes.c_void_p).value or 0
            if address not in seen:
                seen.add(address)
                yield _font_name(font), pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _font_name(font: object) -> str:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


def _page_count(planned: int, made: int) -> Finding:
    return Finding("pdf-page-count", "", f"PDFのページ数が{made}です。割り付けでは{planned}ページでした。")


def _fonts_embedded(given: _Given) -> Iterator[Finding]:
    for name, embedded in sorted(given.fonts.items()):
        if not embedded:
            yield Finding("pdf-font-not-embedded", "", f"書体「{name}」がPDFに埋め込まれていません。")


def _text_is_whole(given: _Given) -> Iterator[Finding]:
    """All text of a document stands on its pages, as often as it is written; a paragraph may run over a page's end."""
    for _, group in groupby(zip(given.texts, given.sheets, strict=True), lambda pair: pair[1].part):
        own = list(group)
        layout, pages = own[0][1].layout, [text for text, sheet in own if sheet.page]
        wanted = (piece for paragraph in _paragraphs(layout) for piece in _pieces(paragraph))
        for text, count, found in missing(wanted, pages):
            message = f"「{text[:_SHOWN]}」という文字がPDFのページに足りません（{count}か所のうち{found}か所）。"
            yield Finding("pdf-text-missing", layout.name, message)


def _paragraphs(layout: Layout) -> Iterator[Paragraph]:
    for section in layout.document.sections:
        yield from _of_blocks(section.blocks)


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.blocks if cell.merge != "continue" else ()


def _pieces(paragraph: Paragraph) -> Iterator[str]:
    """Give a paragraph's text between its tabs, which may be drawn with leaders, and its list label."""
    label = paragraph.label.text if paragraph.label else ""
    return filter(None, map(_plain, [label, *paragraph.text.split("\t")]))


def _headers_are_there(given: _Given) -> Iterator[Finding]:
    """Every page has the text of its header and footer, and its number where they print one."""
    total = len(given.sheets)
    for sheet, text in zip(given.sheets, given.texts, strict=True):
        for wanted in _furniture_texts(sheet, total):
            if wanted not in text:
                message = f"ヘッダー・フッターの「{wanted[:_SHOWN]}」が{sheet.number}ページにありません。"
                yield Finding("pdf-header-missing", sheet.layout.name, message)


def _furniture_texts(sheet: Sheet, total: int) -> Iterator[str]:
    page = sheet.page
    if page is None:
        return
    section, settings = page.section, sheet.layout.document.settings
    for kind in (section.headers, section.footers):
        for paragraph in _of_blocks(furniture.choose(kind, section, settings, page.opens_section, sheet.number)):
            yield from _pieces(_with_numbers(paragraph, furniture.page_numbers(section, sheet.number, total)))


def _with_numbers(paragraph: Paragraph, numbers: PageNumbers) -> Paragraph:
    """Put the numbers in the place of page fields."""
    content = (
        Text(numbers.text(inline), inline.format) if isinstance(inline, PageField) else inline
        for inline in paragraph.content
    )
    return replace(paragraph, content=tuple(content))


CHECKS: tuple[Callable[[_Given], Iterator[Finding]], ...] = (
    _fonts_embedded,
    _text_is_whole,
    _headers_are_there,
)
"""What is checked of every PDF."""
