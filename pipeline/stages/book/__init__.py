"""Book: what stands around the sheets, and the order and page numbers of the whole book.

``inspect`` checks the Word templates (cover, contents, explanation, targets, summary, opinions, revisions) against
the results and gives ``BookTemplates``. ``begin`` fills what stands before the sheets, with two functions, one that
draws a chart and one that measures how much paper a docx takes: its ``Front`` says on which page the sheets begin.
``assemble`` binds it and the filled sheets. Out: a ``Book`` of docx parts in reading order, each of which prints its
page numbers, and the entries of its contents. ``workflows.report`` calls; ``pdf`` draws.
"""

from pipeline.stages.book.binding import BookTemplates, Front, assemble, begin, inspect

__all__ = ["BookTemplates", "Front", "assemble", "begin", "inspect"]
