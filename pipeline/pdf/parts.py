"""What is drawn into one PDF: its parts, their pages with printed numbers and labels, and the places links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.ooxml import read
from pipeline.ooxml.tree import Link
from pipeline.pdf.boxes import Layout, Page
from pipeline.pdf.layout import lay_out


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """Title, author and language of a PDF, and the day it is dated, None where that is open."""

    title: str
    author: str
    language: str = "ja-JP"
    date: date | None = None


@dataclass(frozen=True, slots=True)
class PdfPart:
    """One document of a PDF: a docx, or its layout where that exists already.

    ``first_page`` is the printed number of its first page; None leaves it to the docx, and to the page before.
    ``label`` names pages without a printed number (表紙) in the viewer's page list; "" for numbered ones.
    ``blank_before`` asks for an empty page first.
    """

    data: bytes | Layout
    name: str
    first_page: int | None = None
    label: str = ""
    blank_before: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the PDF; ``page`` is None for an empty one. ``part`` counts the parts from 0."""

    part: int
    layout: Layout
    page: Page | None
    number: int
    label: str


def layout_of(part: PdfPart) -> Layout:
    """Give a part's layout, made now if need be; raises ooxml.DocxError."""
    return lay_out(read(part.data, part.name)) if isinstance(part.data, bytes) else part.data


def number_pages(parts: Sequence[PdfPart], layouts: Sequence[Layout]) -> Iterator[Sheet]:
    """Give all pages in order with their numbers and labels."""
    last = 0
    for index, (part, layout) in enumerate(zip(parts, layouts, strict=True)):
        if part.blank_before:
            last += 1
            yield Sheet(index, layout, None, last, "")
        for position, page in enumerate(layout.pages):
            number = _number(part, position, page, last)
            if position and _is_other_side(page, number, last):
                yield Sheet(index, layout, None, last + 1, "")
                number = _number(part, position, page, last + 1)
            last = number
            yield Sheet(index, layout, page, last, _label(part.label, position))


def _number(part: PdfPart, position: int, page: Page, last: int) -> int:
    if position == 0 and part.first_page is not None:
        return part.first_page
    if page.opens_section and page.section.first_page is not None:
        return page.section.first_page
    return last + 1


def _is_other_side(page: Page, number: int, last: int) -> bool:
    """Tell whether a page must wait for the next side of the paper: odd and even numbers take turns (17.18.77)."""
    begins = page.section.begins if page.opens_section else "next"
    if begins not in ("odd", "even"):
        return False
    return number % 2 != (begins == "odd") or number % 2 == last % 2


def _label(label: str, position: int) -> str:
    return f"{label}{position + 1}" if label and position else label


class Destinations:
    """The bookmarks of all parts: a link finds that of its own part first, then the first one of any."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Collect the bookmarks."""
        self._keys: dict[tuple[int | None, str], str] = {}
        for number, sheet in enumerate(sheets):
            for anchor in sheet.page.anchors if sheet.page else ():
                key = destination(number, anchor.y)
                self._keys.setdefault((sheet.part, anchor.name), key)
                self._keys.setdefault((None, anchor.name), key)

    def find(self, link: Link, part: int) -> str | None:
        """Give the destination that a link leads to, None where there is no such bookmark."""
        return self._keys.get((part, link.anchor)) or self._keys.get((None, link.anchor))


def destination(sheet: int, y: float) -> str:
    """Name the place at a height on a page of the PDF, counted from 0."""
    return f"p{sheet}y{round(y * 10)}"
