"""What tests look at: the boxes of a laid out page, gathered into lines, and what a PDF reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from pipeline.documents.docx import read
from pipeline.documents.pdf import Layout, PdfInfo, PdfPart, draw, lay_out
from pipeline.documents.pdf.boxes import Box, FillBox, Page, RuleBox, TextBox

INFO = PdfInfo("報告書", "周南市")


@dataclass(frozen=True)
class Seen:
    """A line as it stands on the page: its text, where it begins and ends, its baseline."""

    text: str
    left: float
    right: float
    baseline: float


def laid_out(data: bytes) -> Layout:
    return lay_out(read(data, "試験.docx"))


def page_of(data: bytes) -> Page:
    """Lay out a document that takes one page."""
    (page,) = laid_out(data).pages
    return page


def lines(boxes: Sequence[Box]) -> list[Seen]:
    """Gather boxes of text that follow each other on one baseline."""
    seen: list[Seen] = []
    for box in boxes:
        if not isinstance(box, TextBox):
            continue
        right = box.x + box.width
        if seen and abs(seen[-1].baseline - box.baseline) < 0.001 and box.x >= seen[-1].right - 0.01:
            last = seen.pop()
            seen.append(Seen(last.text + box.text, last.left, right, box.baseline))
        else:
            seen.append(Seen(box.text, box.x, right, box.baseline))
    return seen


def texts(data: bytes) -> list[list[str]]:
    """Return the lines' texts, page by page."""
    return [[line.text for line in lines(page.boxes)] for page in laid_out(data).pages]


def fills(page: Page) -> list[FillBox]:
    return [box for box in page.boxes if isinstance(box, FillBox)]


def rules(page: Page) -> list[RuleBox]:
    return [box for box in page.boxes if isinstance(box, RuleBox)]


def drawn(*documents: bytes) -> bytes:
    """Draw documents into one PDF, numbered through."""
    return draw([PdfPart(data, f"{n}.docx") for n, data in enumerate(documents)], INFO)


def page_texts(pdf: bytes) -> list[str]:
    """Return what a PDF reader finds on the pages, without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
