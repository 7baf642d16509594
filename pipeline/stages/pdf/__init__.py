"""PDF: the whole book as one PDF.

In: a ``Book`` of docx parts, what draws it (this program or LibreOffice), and what was laid out of its parts when they
were measured; ``each`` shares out the work. Out: a ``Print``, with all that ``checks`` found lost of texts and pages.
The drawing itself is ``documents.pdf``'s.
"""

from pipeline.stages.pdf.draw import Print, draw

__all__ = ["Print", "draw"]
