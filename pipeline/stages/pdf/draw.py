"""Drawing the parts of a book, and binding them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.diagnostics import Checked
from pipeline.documents import pdf
from pipeline.documents.parallel import Each
from pipeline.documents.template.pages import going_on_from
from pipeline.model.documents import Book
from pipeline.model.options import Engine
from pipeline.stages.pdf.checks import check


class Print(Struct, frozen=True):
    """The book's PDF, and its number of pages, empty ones included."""

    data: bytes
    pages: int


def draw(
    book: Book,
    engine: Engine,
    info: pdf.PdfInfo,
    known: Mapping[bytes, pdf.Layout | pdf.DrawnDocument],
    each: Each,
    *,
    memory: pdf.Memory,
) -> Checked[Print]:
    """Return the book as a PDF, with what of it was lost.

    Parts that are ``known`` are not laid out anew; what ``memory`` has of pages is neither drawn nor read again.

    Raises ``OfficeFault`` where LibreOffice is asked for and missing or failing.
    """
    drawn = _all_drawn(book, known, each)
    parts = [
        pdf.PdfPart(one, part.name, part.first_page, part.label, part.blank_before, part.docx)
        for one, part in zip(drawn, book.parts, strict=True)
    ]
    if engine is Engine.LIBREOFFICE:
        from pipeline.documents import libreoffice  # noqa: PLC0415 - for this engine alone, as pikepdf
        from pipeline.documents.pdf.merge import merge  # noqa: PLC0415

        data = merge(libreoffice.convert([*_numbered(book, parts)]), parts, info)
    else:
        data = pdf.draw(parts, info, memory)
    return Checked(Print(data, pdf.count_pages(data)), tuple(check(parts, data, engine, memory)))


def _numbered(book: Book, parts: Sequence[pdf.PdfPart]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts with the numbers that the parts before them leave: LibreOffice is given each by itself."""
    for part, number in zip(book.parts, pdf.first_numbers(parts), strict=True):
        name = f"{part.name}.docx"
        yield name, going_on_from(part.docx, name, number)


def _all_drawn(
    book: Book, known: Mapping[bytes, pdf.Layout | pdf.DrawnDocument], each: Each
) -> Sequence[pdf.DrawnDocument]:
    """Return every part drawn; what is drawn already goes through no other process."""
    found = [known.get(part.docx, part.docx) for part in book.parts]
    undrawn = [
        (made, part.name)
        for made, part in zip(found, book.parts, strict=True)
        if not isinstance(made, pdf.DrawnDocument)
    ]
    drawn = iter(each(lambda one: pdf.draw_document(*one), undrawn))
    return [made if isinstance(made, pdf.DrawnDocument) else next(drawn) for made in found]
