"""What stages ask each other for while documents are made: charts, paper measured, work shared out, the print.

Stages get these as functions from ``workflows.report``, and so never import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pipeline.diagnostics import Checked, Diagnostic
from pipeline.documents import parallel, pdf
from pipeline.documents.template import Template, style_colours
from pipeline.model.documents import Book, Chart, Engine, Extent
from pipeline.model.results import Assessment, Results
from pipeline.stages import charts
from pipeline.stages.pdf import Print
from pipeline.stages.pdf import draw as print_book
from pipeline.workflows.run_log import Log

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Known:
    """A docx as it was measured last; it is drawn where that was done, as other processes hand over no layouts."""

    docx: bytes
    made: pdf.Layout | pdf.DrawnDocument

    def drawn(self, name: str) -> _Known:
        """Return it drawn; ``name`` is for messages."""
        made = self.made if isinstance(self.made, pdf.DrawnDocument) else pdf.draw_document(self.made, name)
        return replace(self, made=made)


@dataclass(frozen=True, slots=True)
class _Apart(Generic[R]):
    """A piece of work, and what was left behind by it."""

    result: R
    diagnostics: list[Diagnostic]
    known: dict[str, _Known]


class Services:
    """Draws, measures and prints for one run. What was laid out to be measured is not laid out again to be printed."""

    def __init__(self, results: Results, log: Log, *, prints: bool = False) -> None:
        """Take what to draw; ``prints`` says that what is measured here will be printed here."""
        self._years, self._year = results.evaluation.years, results.evaluation.report.year
        self._date = results.evaluation.report.date
        self._log = log
        self._prints = prints
        self._known: dict[str, _Known] = {}

    def drawing(self, template: Template | None) -> Callable[[Assessment, float, float], Chart]:
        """Return what draws and checks an indicator at a size (mm), in the colours of a template's styles."""
        own = charts.palette(style_colours(template, charts.STYLES)) if template else {}
        return lambda assessment, width, height: self._log.timed(
            "グラフの作成", lambda: self._draw(assessment, width, height, own)
        )

    def _draw(self, assessment: Assessment, width: float, height: float, own: charts.Palette) -> Chart:
        chart = charts.draw(assessment, self._years, self._year, width, height, own=own)
        self._log.diagnostics.extend(charts.check(chart, assessment, self._years, self._year))
        return chart

    def measure(self, docx: bytes, name: str) -> Extent:
        """Return the paper a docx takes."""
        found = pdf.paginate(docx, name)
        if self._prints:
            self._known[name] = _Known(docx, found.layout)
        return Extent(found.lines, found.free)

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Do work on all processors, and take over what it left behind there."""
        done = parallel.each(
            lambda item: self._apart(work, item), items, lambda item, _: self._log.progress.step(str(item))
        )
        for left in done:
            self._log.diagnostics.extend(left.diagnostics)
            self._known |= left.known
        return [left.result for left in done]

    def _apart(self, work: Callable[[T], R], item: T) -> _Apart[R]:
        """Do one piece of work apart from what was found and laid out before it."""
        before = self._log.diagnostics, self._known
        self._log.diagnostics, self._known = [], {}
        try:
            result = work(item)
            known = {name: one.drawn(name) for name, one in self._known.items()}
            return _Apart(result, self._log.diagnostics, known)
        finally:
            self._log.diagnostics, self._known = before

    def print(self, book: Book, engine: Engine) -> Checked[Print]:
        """Draw the book; raises ``OfficeFault`` where LibreOffice is asked for and missing or failing."""
        known = {one.docx: one.made for one in self._known.values()}
        return print_book(book, engine, self._date, known, parallel.each)


def paper(docx: bytes, name: str) -> Extent:
    """Return the paper a docx takes."""
    found = pdf.paginate(docx, name)
    return Extent(found.lines, found.free)
