"""Several documents into one PDF."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import Link
from pipeline.pdf import furniture
from pipeline.pdf.boxes import Page
from pipeline.pdf.canvas import PdfCanvas, Resolve
from pipeline.pdf.layout import document_frame
from pipeline.pdf.parts import Destinations, PdfInfo, PdfPart, Sheet, destination, layout_of, number_pages
from pipeline.pdf.pictures import PictureFault


def draw(parts: Sequence[PdfPart], info: PdfInfo) -> bytes:
    """Draw documents into one PDF, each part after the other; the same input gives the same bytes.

    Raises ooxml.DocxError for documents that cannot be read or drawn, and for links that lead nowhere.
    """
    layouts = [layout_of(part) for part in parts]
    sheets = tuple(number_pages(parts, layouts))
    destinations = Destinations(sheets)
    canvas = PdfCanvas(info)
    for index, sheet in enumerate(sheets):
        _draw_sheet(canvas, index, sheet, destinations, len(sheets))
    return canvas.save()


def _draw_sheet(canvas: PdfCanvas, index: int, sheet: Sheet, destinations: Destinations, total: int) -> None:
    page = sheet.page
    size = page or sheet.layout.pages[0]
    canvas.begin_page(size.width, size.height, sheet.label, sheet.number)
    if page is not None:
        _draw_page(canvas, index, sheet, page, _resolver(destinations, sheet), total)
    canvas.end_page()


def _draw_page(canvas: PdfCanvas, index: int, sheet: Sheet, page: Page, resolve: Resolve, total: int) -> None:
    document = sheet.layout.document
    frame = document_frame(document)
    around = furniture.boxes(page.section, document.settings, frame, page.opens_section, sheet.number, total)
    try:
        canvas.draw(around, resolve)
        canvas.draw(page.boxes, resolve)
    except PictureFault as fault:
        raise Unsupported(str(fault), "", sheet.layout.name) from fault
    for y in dict.fromkeys([anchor.y for anchor in page.anchors] + [heading.y for heading in page.headings]):
        canvas.add_destination(destination(index, y), y)
    for heading in page.headings:
        canvas.add_outline(heading, destination(index, heading.y))


def _resolver(destinations: Destinations, sheet: Sheet) -> Resolve:
    def resolve(link: Link) -> str | None:
        found = destinations.find(link, sheet.part)
        if found is None:
            raise Unsupported(f"行き先のないリンク（{link.anchor}）", "", sheet.layout.name)
        return found

    return resolve
