"""Drawing Word files as one PDF.

In: docx bytes, or the layouts made of them. Out: the bytes of one PDF. Called by ``build``; knows nothing of the model.

``layout`` turns the tree of ``ooxml`` into pages of boxes with absolute positions: ``measured`` and ``lines`` break
paragraphs, ``placing`` sets their characters, ``tables``, ``table_flow`` and ``row_break`` do the same for rows,
``flow`` fills pages. ``drawing`` then numbers the pages of all parts, and ``canvas`` draws their boxes and decides
nothing. ``roles`` tells what things are, ``structure`` keeps what is drawn for them, ``archive`` writes it into the
PDF. ``checks`` compares the PDF with what went in.
"""

from pipeline.pdf.boxes import Layout
from pipeline.pdf.checks import Finding, check
from pipeline.pdf.drawing import draw
from pipeline.pdf.extent import Measure, measure
from pipeline.pdf.layout import lay_out
from pipeline.pdf.merge import count_pages, merge
from pipeline.pdf.parts import PdfInfo, PdfPart

__all__ = [
    "Finding",
    "Layout",
    "Measure",
    "PdfInfo",
    "PdfPart",
    "check",
    "count_pages",
    "draw",
    "lay_out",
    "measure",
    "merge",
]
