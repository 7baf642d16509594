"""What is drawn into one PDF: its parts, their pages with printed numbers and labels, and the places links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from pipeline.documents.docx.tree import Link
from pipeline.documents.pdf.drawing import draw_document
from pipeline.documents.pdf.drawn_document import DrawnDocument, DrawnPage, Spot
from pipeline.documents.pdf.layout import Layout
from pipeline.documents.standard import Standard


class PdfInfo(Struct, frozen=True):
    """Title, author and language of a PDF, the day it is dated, None where that is open, what it claims, and what is
    said on its ``empty`` pages.
    """

    title: str
    author: str
    language: str = "ja-JP"
    date: date | None = None
    standard: Standard = Standard.UA1
    empty: str = ""


class PdfPart(Struct, frozen=True):
    """One document of a PDF: a docx, its layout, or the document drawn, where these exist already.

    ``first_page`` is the printed number of its first page; None leaves it to the docx, and to the page before.
    ``label`` names pages without a printed number (表紙) in the viewer's page list; "" for numbered ones.
    ``blank_before`` asks for an empty page first. ``source`` is the docx that a drawn document was drawn of, where its
    pages are to be known again.
    """

    data: bytes | Layout | DrawnDocument
    name: str
    first_page: int | None = None
    label: str = ""
    blank_before: bool = False
    source: bytes = b""


class Sheet(Struct, frozen=True):
    """A page of the PDF; ``page`` is None for an empty one. ``part`` counts the parts from 0."""

    part: int
    document: DrawnDocument
    page: DrawnPage | None
    number: int
    label: str

    @property
    def size(self) -> DrawnPage:
        """The page whose paper it has: an empty one is as the first of its document."""
        return self.page or self.document.pages[0]


def number_pages(parts: Sequence[PdfPart]) -> Iterator[Sheet]:
    """Yield all pages in order with their numbers and labels; draws what is not drawn yet. Raises docx.DocxError."""
    last = 0
    for index, part in enumerate(parts):
        document = _drawn(part, is_alone=len(parts) == 1)
        if part.blank_before:
            last += 1
            yield Sheet(index, document, page=None, number=last, label="")
        for position, page in enumerate(document.pages):
            number = _number(part, position, page, last)
            if position and _is_other_side(page, number, last):
                yield Sheet(index, document, page=None, number=last + 1, label="")
                number = _number(part, position, page, last + 1)
            last = number
            yield Sheet(index, document, page, number=last, label=_label(part.label, position))


def first_numbers(parts: Sequence[PdfPart]) -> tuple[int, ...]:
    """Return the printed number of each part's first page, which the parts before it may push. Raises as above."""
    numbers: dict[int, int] = {}
    for sheet in number_pages(parts):
        if sheet.page is not None:
            numbers.setdefault(sheet.part, sheet.number)
    return tuple(numbers.values())


def _drawn(part: PdfPart, is_alone: bool) -> DrawnDocument:
    return part.data if isinstance(part.data, DrawnDocument) else draw_document(part.data, part.name, is_alone=is_alone)


def _number(part: PdfPart, position: int, page: DrawnPage, last: int) -> int:
    if position == 0 and part.first_page is not None:
        return part.first_page
    if page.opens_section and page.section.first_page is not None:
        return page.section.first_page
    return last + 1


def _is_other_side(page: DrawnPage, number: int, last: int) -> bool:
    """Return whether a page must wait for the next side of the paper: odd and even numbers take turns (17.18.77)."""
    begins = page.section.begins if page.opens_section else "next"
    if begins not in ("odd", "even"):
        return False
    return number % 2 != (begins == "odd") or number % 2 == last % 2


def _label(label: str, position: int) -> str:
    return f"{label}{position + 1}" if label and position else label


Destination: TypeAlias = tuple[int, Spot]
"""A page of the PDF (from 0), and the place on it."""


class Destinations:
    """The bookmarks of all parts: a link finds that of its own part first, then the first one of any."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Collect the bookmarks."""
        self._places: dict[tuple[int | None, str], Destination] = {}
        for number, sheet in enumerate(sheets):
            for anchor in sheet.page.anchors if sheet.page else ():
                self._places.setdefault((sheet.part, anchor.text), (number, anchor))
                self._places.setdefault((None, anchor.text), (number, anchor))

    @property
    def names(self) -> frozenset[str]:
        """The names of all bookmarks."""
        return frozenset(name for _, name in self._places)

    def find(self, link: Link, part: int) -> Destination | None:
        """Return where a link leads, None where there is no bookmark."""
        return self._places.get((part, link.anchor)) or self._places.get((None, link.anchor))
