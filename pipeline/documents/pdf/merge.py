"""PDFs of another maker, one for each part, bound into one. Tags and links between parts do not survive this."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from pipeline.documents.pdf.parts import PdfInfo, PdfPart
from pipeline.documents.pdf.pdf_file import draw


def merge(pdfs: Sequence[bytes], parts: Sequence[PdfPart], info: PdfInfo) -> bytes:
    """Return the PDFs bound in order, with the parts' blank pages, page labels, a bookmark each, title and language."""
    with pikepdf.new() as book:
        labels: list[Any] = []
        outline: list[OutlineItem] = []
        for data, part in zip(pdfs, parts, strict=True):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                if part.blank_before:
                    _add_empty(book, part, info)
                labels.extend([len(book.pages), _label(part)])
                outline.append(OutlineItem(part.name, len(book.pages)))
                book.pages.extend(pdf.pages)
        book.Root.PageLabels = Dictionary(Nums=Array(labels))
        book.Root.Lang = String(info.language)
        book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        book.docinfo[Name.Title], book.docinfo[Name.Author] = info.title, info.author
        with book.open_outline() as bookmarks:
            bookmarks.root.extend(outline)
        buffer = io.BytesIO()
        book.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def _add_empty(book: pikepdf.Pdf, part: PdfPart, info: PdfInfo) -> None:
    """Add the empty page before a part as we draw it, which says that it is meant to be empty."""
    with pikepdf.open(io.BytesIO(draw([part], info))) as ours:
        page = ours.pages[0]
        del page.StructParents
        book.pages.append(page)


def _label(part: PdfPart) -> Dictionary:
    """Number a part's pages (ISO 32000-1, 12.4.2): a word before unnumbered ones, else decimals from the first."""
    if part.first_page is None:
        return Dictionary(P=String(part.label))
    return Dictionary(S=Name.D, St=part.first_page)
