"""Stage 5a, assemble: what stands around the sheets, and the order and page numbers of the whole book.

In: the results, the filled sheets, the folder of the Word templates (cover, contents, explanation, targets, summary),
and two functions, one that draws a chart and one that measures how much paper a docx takes. Out: a ``Book`` of docx
parts in reading order with their page numbers, and the entries of its contents. ``build`` calls; ``pdf`` draws.
"""

from pipeline.book.binding import assemble

__all__ = ["assemble"]
