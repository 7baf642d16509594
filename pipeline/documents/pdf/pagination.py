"""How much paper a docx takes."""

from __future__ import annotations

from msgspec import Struct

from pipeline.documents.docx import Document, read
from pipeline.documents.pdf.layout import Layout, lay_out


class Pagination(Struct, frozen=True):
    """Lines of body text on each page (those of tables too), and the free height (pt) below the last block.

    ``layout`` is what takes it, to be drawn without laying it out again.
    """

    lines: tuple[int, ...]
    free: float
    layout: Layout

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.lines)


def paginate(data: bytes, name: str) -> Pagination:
    """Return how much paper a docx takes; ``name`` is for messages. Raises docx.DocxError."""
    return paginate_document(read(data, name))


def paginate_document(document: Document, earlier: Layout | None = None) -> Pagination:
    """Return how much paper a document takes that is read already; raises as ``paginate``. ``earlier`` as for
    ``lay_out``.
    """
    layout = lay_out(document, earlier)
    return Pagination(tuple(page.lines for page in layout.pages), layout.pages[-1].free, layout)
