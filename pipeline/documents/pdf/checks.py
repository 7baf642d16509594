"""What must hold of a finished PDF: it has all text of the documents, on the pages laid out, in embedded fonts.

The text is taken from the documents' trees and compared with what a PDF reader extracts, so that a fault anywhere
between the two is found. Works on a PDF of any maker.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents import parallel
from pipeline.documents.docx.paragraphs import paragraphs
from pipeline.documents.docx.tree import PageField, Paragraph, Text
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.documents.pdf import header_footer
from pipeline.documents.pdf.drawing import block_texts
from pipeline.documents.pdf.parts import PdfPart, Sheet, number_pages
from pipeline.documents.pdf.reading import opened
from pipeline.documents.pdf.searching import missing
from pipeline.documents.pdf.shaping import PageNumbers

_UNRELIABLE = "-\u2010\u2011\u00ad\u0002\ufffe\u0000"
"""Characters that readers change at the end of a line (hyphens), and what they put in their place."""
_TABLE = {**{ord(character): None for character in _UNRELIABLE}, 0xFB01: "fi", 0xFB02: "fl"}
"""What is compared otherwise than it is written; readers part joined letters."""
_LEAST, _MOST = 16, 8
"""The least number of pages that one process reads, and the most shares that a PDF is read in."""
_SHOWN = 30
_PIECE = 4096
"""The most characters read of one piece of text; a line has a tenth of it."""
_MARKS = str.maketrans("", "", "、。，．")
"""Marks that may hang beyond a line's end, where an office suite can lose them."""
_PICTURE = "\n"
"""Stands where a picture was; no page text has it, as white space is left out."""


class Finding(Struct, frozen=True):
    """Something that does not hold: a stable id, the document's name, and a Japanese sentence."""

    id: str
    name: str
    message: str


class _Given(Struct, frozen=True):
    """What the checks look at: pages of a PDF of so many in ``total``, by number from 0, as planned and as they are.

    ``texts`` are in a reader's order, ``drawn`` gives the text of a page in the order of drawing, ``tagged`` that of
    some pages element by element.
    """

    total: int
    sheets: Mapping[int, Sheet]
    texts: Mapping[int, str]
    fonts: Mapping[str, bool]
    drawn: Callable[[int], str]
    tagged: Callable[[Sequence[int]], str]


PageRead: TypeAlias = tuple[str, tuple[tuple[str, bool], ...]]
"""The text of a page, and the fonts it is drawn with, each with whether it is embedded."""


def check(parts: Sequence[PdfPart], pdf: bytes, memory: Memory = FORGETFUL) -> tuple[Finding, ...]:
    """Return what of the parts a PDF was drawn from is not in it; give parts that are drawn already, or they are drawn
    anew.

    Where it has another number of pages than planned, a text may stand on any page. A part in which ``memory`` knows
    that nothing was missed is not read again: not as long as it is drawn as it was, and the same must be read on it.
    """
    sheets = tuple(number_pages(parts))
    with opened(pdf) as document:
        count = len(document)
        if count != len(sheets):
            pages = [text for text, _ in _read_all(pdf, range(count))]
            return (_page_count(len(sheets), count), *_text_is_anywhere(sheets, pages))
        unknown = {part: basis for part, basis in _bases(parts, sheets).items() if memory.find(basis) is None}
        own = [at for at, sheet in enumerate(sheets) if sheet.part in unknown]
        read = dict(zip(own, _read_all(pdf, own), strict=True))
        given = _Given(
            total=count,
            sheets={at: sheets[at] for at in own},
            texts={at: _as_written(text, sheets[at]) for at, (text, _) in read.items()},
            fonts={name: embedded for _, drawn_with in read.values() for name, embedded in drawn_with},
            drawn=partial(_drawn, document, sheets),
            tagged=partial(_tagged, document, sheets),
        )
        found = tuple(finding for rule in CHECKS for finding in rule(given))
        for basis in () if found else unknown.values():
            memory.keep(basis, True)
        return found


def lost(texts: Iterable[str], pdf: bytes, name: str) -> tuple[Finding, ...]:
    """Return what of a document's texts stands on no page of a PDF, wherever its pages break."""
    pages = [text for text, _ in _read_all(pdf, range(count_pages(pdf)))]
    return tuple(_lost(texts, name, pages, pages, str))


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with opened(pdf) as document:
        return len(document)


def _bases(parts: Sequence[PdfPart], sheets: Sequence[Sheet]) -> Mapping[int, object]:
    """Return what is drawn of each part and what must be read on it: with the letters of the fonts, which all parts
    share, what is read on it rests on nothing else.
    """
    total, documents = len(sheets), {sheet.part: sheet.document for sheet in sheets}
    around = [tuple(_header_footer_texts(sheet, total)) for sheet in sheets]
    letters = {letter for document in documents.values() for used in document.characters.values() for letter in used}
    letters |= {letter for texts in around for text in texts for letter in text}
    shared = "PDFの点検", total, "".join(sorted(letters))
    bases: dict[int, object] = {}
    for part, own in groupby(enumerate(sheets), lambda pair: pair[1].part):
        document = documents[part]
        drawn = [(page.content, page.vector_texts, page.hidden) for page in document.pages]
        running = [(sheet.number, around[at]) for at, sheet in own]
        bases[part] = *shared, parts[part].source, document.texts, drawn, running
    return bases


def _read_all(pdf: bytes, pages: Sequence[int]) -> list[PageRead]:
    """Read pages, in shares that are worth a process, and no more than a few however many pages there are."""
    size = max(_LEAST, -(-len(pages) // _MOST))
    shares = [pages[start : start + size] for start in range(0, len(pages), size)]
    return [page for share in parallel.each(lambda share: _read_share(pdf, share), shares) for page in share]


def _read_share(pdf: bytes, pages: Sequence[int]) -> list[PageRead]:
    with opened(pdf) as document:
        return [_read(document[page]) for page in pages]


def _read(page: pypdfium2.PdfPage) -> PageRead:
    """Read a page; nothing of it is held."""
    textpage = page.get_textpage()
    try:
        return _plain(textpage.get_text_range()), tuple(_fonts(page))
    finally:
        textpage.close()
        page.close()


def _drawn(document: pypdfium2.PdfDocument, sheets: Sequence[Sheet], at: int) -> str:
    """Read a page piece by piece as it was drawn: readers put pieces on nearly one line in an order of their own."""
    return _as_written(_plain("".join(text for _, text in _drawn_pieces(document[at]))), sheets[at])


def _tagged(document: pypdfium2.PdfDocument, sheets: Sequence[Sheet], pages: Sequence[int]) -> str:
    """Read pages element by element: one that goes on over pages is whole, whatever stands beside it on each.

    What a figure says is left out.
    """
    texts: dict[int, list[str]] = {}
    for at in pages:
        page, records = sheets[at].page, sheets[at].document.records
        for mark, text in _drawn_pieces(document[at]) if page else ():
            if page and 0 <= mark < len(page.owners) and records[page.owners[mark]].tag != "Figure":
                texts.setdefault(page.owners[mark], []).append(_plain(text))
    return _PICTURE.join(map("".join, texts.values()))


def _drawn_pieces(page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    """Yield the pieces of text of a page, each with the number of its mark, below 0 without one."""
    textpage = page.get_textpage()
    try:
        yield from _pieces(page, textpage)
    finally:
        textpage.close()
        page.close()


def _pieces(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    buffer = ctypes.create_string_buffer(2 * _PIECE)
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            size = pdfium.FPDFTextObj_GetText(item, textpage.raw, wide, 2 * _PIECE)
            text = buffer.raw[: max(0, min(size, 2 * _PIECE) - 2)].decode("utf-16-le", "replace")
            yield pdfium.FPDFPageObj_GetMarkedContentID(item), text


def _as_written(text: str, sheet: Sheet) -> str:
    """Return text without that of pictures, as it must not stand for text that was lost, and with what is hidden."""
    if sheet.page is None:
        return text
    for labels in sheet.page.vector_texts:
        text = _cut(text, [_plain(label) for label in labels])
    return f"{text}{_PICTURE}{_plain(sheet.page.hidden)}"


def _cut(text: str, labels: Sequence[str]) -> str:
    """Take labels out of a page's text: they stand together, but readers give neighbours in an order of their own.

    They are not there at all where a picture was drawn as its PNG.
    """
    first, whole = next(iter(labels), ""), sorted("".join(labels))
    for at in (match.start() for match in re.finditer(re.escape(first), text)):
        if whole and sorted(text[at : at + len(whole)]) == whole:
            return text[:at] + _PICTURE + text[at + len(whole) :]
    return text


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_TABLE)


def _fonts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, bool]]:
    """Yield the fonts that a page's text is drawn with, each with whether it is embedded."""
    raw, seen = page.raw, set[int]()
    for index in range(pdfium.FPDFPage_CountObjects(raw)):
        font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFPage_GetObject(raw, index))
        if font and (address := ctypes.addressof(font.contents)) not in seen:  # what is no text has none
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
    for _, group in groupby(given.sheets.items(), lambda pair: pair[1].part):
        own = list(group)
        pages = [at for at, sheet in own if sheet.page]
        drawn = map(given.drawn, pages)  # read only where a text is missed
        document = own[0][1].document
        texts = [given.texts[at] for at in pages]
        yield from _lost(document.texts, document.name, texts, drawn, partial(given.tagged, pages))


def _text_is_anywhere(sheets: Sequence[Sheet], pages: Sequence[str]) -> Iterator[Finding]:
    """All text of the documents stands on some page."""
    for _, group in groupby(sheets, lambda sheet: sheet.part):
        document = next(group).document
        yield from _lost(document.texts, document.name, pages, pages, str)


def _lost(
    texts: Iterable[str], name: str, read: Sequence[str], drawn: Iterable[str], tagged: Callable[[], str]
) -> Iterator[Finding]:
    """Find the texts that are on the pages neither as a reader gives them, nor as they were drawn, nor as tagged."""
    wanted = [*filter(None, map(_plain, texts))]
    lost = {text for text, _, _ in missing(wanted, read)}
    again = [*drawn] if lost else []
    missed = [*missing([text for text in wanted if text in lost], again)]
    elements = tagged() if missed else ""
    for text, count, found in (one for one in missed if elements.count(one[0]) < one[1]):
        if not [*missing([text.translate(_MARKS)] * count, [page.translate(_MARKS) for page in again])]:
            message = f"「{text[:_SHOWN]}」で始まる文の句読点が、PDFのページに足りません。"
            yield Finding("pdf-mark-missing", name, message)
        else:
            message = f"「{text[:_SHOWN]}」という文字がPDFのページに足りません（{count}か所のうち{found}か所）。"
            yield Finding("pdf-text-missing", name, message)


def _headers_are_there(given: _Given) -> Iterator[Finding]:
    """Every page has the text of its header and footer, and its number where they print one."""
    for at, sheet in given.sheets.items():
        for wanted in _header_footer_texts(sheet, given.total):
            if wanted not in given.texts[at]:
                message = f"ヘッダー・フッターの「{wanted[:_SHOWN]}」が{sheet.number}ページにありません。"
                yield Finding("pdf-header-missing", sheet.document.name, message)


def _header_footer_texts(sheet: Sheet, total: int) -> Iterator[str]:
    page = sheet.page
    if page is None:
        return
    section, settings = page.section, sheet.document.settings
    numbers = header_footer.page_numbers(section, sheet.number, total)
    for kind in (section.headers, section.footers):
        blocks = header_footer.choose(kind, section, settings, page.opens_section, sheet.number)
        numbered = [_with_numbers(paragraph, numbers) for paragraph in paragraphs(blocks)]
        yield from filter(None, map(_plain, block_texts(numbered)))


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
