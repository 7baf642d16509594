"""How much paper a docx takes."""

from __future__ import annotations

from msgspec import Struct

from pipeline.documents.docx import Document, read
from pipeline.documents.pdf.layout import Layout, Measured, lay_out, measure


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
    return _paginated(lay_out(read(data, name)))


def measured(data: bytes, name: str) -> Measured:
    """Return how many pages a docx takes that is not drawn before it is completed; as ``paginate``."""
    return measure(read(data, name))


def completed(document: Document, earlier: Measured) -> Pagination:
    """Return how much paper a document takes that was measured ``earlier``, and completed since; raises as
    ``paginate``.
    """
    return _paginated(lay_out(document, earlier.blocks))


def _paginated(layout: Layout) -> Pagination:
    return Pagination(tuple(page.lines for page in layout.pages), layout.pages[-1].free, layout)
