"""Stage 5a, assemble: what stands around the sheets, and the order and page numbers of the whole book.

``inspect`` checks the Word templates (cover, contents, explanation, targets, summary) against the results and gives
``Forms``. In: those, the filled sheets, and two functions, one that draws a chart and one that measures how much paper
a docx takes. Out: a ``Book`` of docx
parts in reading order with their page numbers, and the entries of its contents. ``build`` calls; ``pdf`` draws.
"""

from pipeline.stages.book.binding import Forms, assemble, inspect

__all__ = ["Forms", "assemble", "inspect"]
