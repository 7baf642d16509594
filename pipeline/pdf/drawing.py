"""Several documents into one PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import Link
from pipeline.pdf import furniture
from pipeline.pdf.archive import archive
from pipeline.pdf.boxes import Box, Page, TextBox
from pipeline.pdf.canvas import PdfCanvas, Resolve
from pipeline.pdf.layout import document_frame
from pipeline.pdf.parts import Destinations, PdfInfo, PdfPart, Sheet, destination, layout_of, number_pages
from pipeline.pdf.pictures import PictureFault
from pipeline.pdf.structure import Structure


def draw(parts: Sequence[PdfPart], info: PdfInfo) -> bytes:
    """Draw documents into one PDF, each part after the other; the same input gives the same bytes.

    Raises ooxml.DocxError for documents that cannot be read or drawn, and for links between documents that lead
    nowhere; in a single document such a link is plain text, as Word has it.
    """
    layouts = [layout_of(part) for part in parts]
    sheets = tuple(number_pages(parts, layouts))
    structure = Structure()
    drawing = _Drawing(PdfCanvas(structure), Destinations(sheets), len(sheets), is_book=len(parts) > 1)
    for index, sheet in enumerate(sheets):
        if index == 0 or sheets[index - 1].part != sheet.part:
            structure.open_part(node for page in sheet.layout.pages for block in page.nodes for node in block)
        drawing.draw(index, sheet)
    return archive(drawing.canvas.save(), structure, info)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A PDF being drawn: where to, where its links lead, how many pages it has."""

    canvas: PdfCanvas
    destinations: Destinations
    total: int
    is_book: bool

    def draw(self, index: int, sheet: Sheet) -> None:
        page, canvas = sheet.page, self.canvas
        size = page or sheet.layout.pages[0]
        canvas.begin_page(size.width, size.height, sheet.label, sheet.number)
        if page is not None:
            try:
                self._draw_boxes(sheet, page)
            except PictureFault as fault:
                raise Unsupported(str(fault), "", sheet.layout.name) from fault
            self._add_places(index, page)
        canvas.end_page()

    def _draw_boxes(self, sheet: Sheet, page: Page) -> None:
        document = sheet.layout.document
        frame = document_frame(document)
        resolve = self._resolver(sheet)
        running = furniture.boxes(page, document.settings, frame, sheet.number, self.total)
        self.canvas.draw(self._leading(running, sheet.part), resolve)
        self.canvas.draw(self._leading(page.boxes, sheet.part), resolve)

    def _leading(self, boxes: Iterable[Box], part: int) -> Iterator[Box]:
        """Give boxes; in a single document, those of links that lead nowhere as plain text."""
        for box in boxes:
            link = box.link if isinstance(box, TextBox) else None
            dead = link is not None and not link.address and self.destinations.find(link, part) is None
            yield replace(box, link=None) if dead and not self.is_book and isinstance(box, TextBox) else box

    def _add_places(self, index: int, page: Page) -> None:
        for y in dict.fromkeys(place.y for places in (page.anchors, page.headings) for place in places):
            self.canvas.add_destination(destination(index, y), y)
        for heading in page.headings:
            self.canvas.add_outline(heading, destination(index, heading.y))

    def _resolver(self, sheet: Sheet) -> Resolve:
        def resolve(link: Link) -> str:
            found = self.destinations.find(link, sheet.part)
            if found is None:
                raise Unsupported(f"行き先のないリンク（{link.anchor}）", "", sheet.layout.name)
            return found

        return resolve
