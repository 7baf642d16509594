"""Drawing Word files as one PDF.

In: docx bytes, or the layouts made of them. Out: the bytes of one PDF. Knows nothing of the model. Lengths are points,
places are counted from the top left corner of the page, y down.

``layout`` turns the tree of ``docx`` into pages of boxes with absolute positions, one after another: ``shaping`` and
``lines`` break paragraphs, ``placing`` sets their characters, ``tables``, ``table_flow`` and ``row_break`` do the same
for rows, ``flow`` fills pages. ``drawing`` draws a document page by page: ``canvas`` turns boxes into operators and
decides nothing, ``roles`` finds what things are, ``structure`` keeps what is drawn for them. ``pdf_file`` makes one PDF
of drawn documents: it numbers the pages of all, has ``running`` draw their headers and footers, and writes them with
``objects``. ``checks`` compares the PDF with what went in. What was made of the same before, ``memory`` may know.
"""

from pipeline.documents.memory import Memory
from pipeline.documents.pdf.checks import Finding, check, count_pages, lost
from pipeline.documents.pdf.drawing import draw_document, texts_of
from pipeline.documents.pdf.drawn_document import DrawnDocument
from pipeline.documents.pdf.layout import Layout, Measured, lay_out
from pipeline.documents.pdf.pagination import Pagination, completed, measured, paginate
from pipeline.documents.pdf.parts import PdfInfo, PdfPart, first_numbers
from pipeline.documents.pdf.pdf_file import draw

__all__ = [
    "DrawnDocument",
    "Finding",
    "Layout",
    "Measured",
    "Memory",
    "Pagination",
    "PdfInfo",
    "PdfPart",
    "check",
    "completed",
    "count_pages",
    "draw",
    "draw_document",
    "first_numbers",
    "lay_out",
    "lost",
    "measured",
    "paginate",
    "texts_of",
]
