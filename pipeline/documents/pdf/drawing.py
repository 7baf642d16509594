"""Drawing one document, page by page as it is laid out; nothing of a page is kept but its stream."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.documents.docx import dated, examine
from pipeline.documents.docx.errors import Unsupported, gathered
from pipeline.documents.docx.paragraphs import paragraphs
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.tree import Block, Bookmark, Document
from pipeline.documents.docx.typefaces import substituted
from pipeline.documents.pdf.boxes import Box, Page, TextBox
from pipeline.documents.pdf.canvas import PageCanvas
from pipeline.documents.pdf.drawn_document import DrawnDocument, DrawnPage, Spot
from pipeline.documents.pdf.hidden import hidden_texts
from pipeline.documents.pdf.layout import Layout, document_frame, fill_pages, refusals
from pipeline.documents.pdf.pictures import Embedded, PictureFault
from pipeline.documents.pdf.structure import Structure
from pipeline.documents.pdf.totals import saying, with_total


def draw_document(
    source: bytes | Layout, name: str, *, is_alone: bool = False, accept_changes: bool = False
) -> DrawnDocument:
    """Return a docx drawn, or its layout where that exists already; ``name`` is for messages.

    A link of a document that is to be a PDF alone is plain text, as Word has it, where it leads nowhere, and dates are
    those that Word stored, and ornaments that are not drawn as in Word are left plain, which it tells; in others a link
    may lead to another document, and such dates and ornaments are refused. With
    ``accept_changes``, tracked changes are taken as accepted. The same input gives the same value. Raises
    docx.DocxError for what cannot be read or drawn.
    """
    document = source.document if isinstance(source, Layout) else _read(source, name, accept_changes, is_alone)
    drawing = _Drawing(document, frozenset(_bookmarks(document)) if is_alone else None)
    pages = source.pages if isinstance(source, Layout) else fill_pages(document)
    try:
        return drawing.draw(pages)
    except PictureFault as fault:
        raise Unsupported(str(fault), "", name) from fault


def _read(data: bytes, name: str, accept_changes: bool, is_alone: bool) -> Document:
    """Read a docx; what the reader refuses is raised with what cannot be laid out of the rest."""
    document, refused = examine(data, name, accept_changes, Plainer() if is_alone else None)
    refused += () if is_alone else dated(document)
    if refused:
        raise gathered([*refused, *refusals(saying(document, 1) if is_alone else document)])
    return with_total(document) if is_alone else document


class _Drawing:
    """A document being drawn."""

    def __init__(self, document: Document, bookmarks: frozenset[str] | None) -> None:
        self._document = document
        self._bookmarks = bookmarks
        self._structure = Structure()
        self._characters: dict[str, set[str]] = {}
        self._pictures: dict[str, Embedded] = {}

    def draw(self, pages: Iterable[Page]) -> DrawnDocument:
        drawn = tuple(self._page(page) for page in pages)
        structure, document = self._structure, self._document
        structure.close()
        return DrawnDocument(
            frame=document_frame(document),
            settings=document.settings,
            comments=document.comments,
            pages=drawn,
            records=tuple(structure.records),
            areas=tuple(structure.areas),
            characters={font: "".join(sorted(used)) for font, used in sorted(self._characters.items())},
            pictures=self._pictures,
            substituted=substituted(document),
            title=document.title,
            dates=len(document.dates),
            plainer=Plainer() if document.plainer is None else document.plainer,
            texts=tuple(texts_of(document)),
        )

    def _page(self, page: Page) -> DrawnPage:
        structure = self._structure
        structure.open_page(page.nodes, page.open)
        canvas = PageCanvas(page.height, structure, self._pictures)
        canvas.draw(page.boxes if self._bookmarks is None else with_live_links(page.boxes, self._bookmarks))
        for font, used in canvas.content.characters.items():
            self._characters.setdefault(font, set()).update(used)
        drawn = DrawnPage(
            width=page.width,
            height=page.height,
            content=canvas.content.packed(),
            owners=tuple(structure.owners),
            vector_texts=tuple(canvas.vector_texts),
            hidden="".join(hidden_texts(page.boxes)),
            anchors=tuple(Spot(one.name, one.y, structure.number(one.node)) for one in page.anchors),
            headings=tuple(Spot(one.text, one.y, structure.number(one.node), one.level) for one in page.headings),
            section=page.section,
            opens_section=page.opens_section,
        )
        structure.close_page()
        return drawn


def _bookmarks(document: Document) -> Iterator[str]:
    for section in document.sections:
        for paragraph in paragraphs(section.blocks):
            yield from (inline.name for inline in paragraph.content if isinstance(inline, Bookmark))


def with_live_links(boxes: Iterable[Box], bookmarks: Container[str]) -> Iterator[Box]:
    """Yield boxes; those of links to none of the bookmarks, nor out of the document, as plain text."""
    for box in boxes:
        if isinstance(box, TextBox) and box.link and not box.link.address and box.link.anchor not in bookmarks:
            yield replace(box, link=None)
        else:
            yield box


def texts_of(document: Document) -> Iterator[str]:
    """Yield all that must be read on the pages of a document, without headers and footers."""
    for section in document.sections:
        yield from block_texts(section.blocks)


def block_texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield all that must be read of blocks, in pieces: their text between tabs, and the labels of list items."""
    for paragraph in paragraphs(blocks):
        label = paragraph.label.text if paragraph.label else ""
        yield from filter(None, [label, *paragraph.text.split("\t")])
