"""What stages ask each other for while documents are made: charts, paper measured, work shared out, the print.

Stages get these as functions from ``workflows.making``, and so never import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic
from pipeline.documents import parallel, pdf
from pipeline.documents.docx.completion import Completion
from pipeline.documents.parallel import Task, TTask
from pipeline.documents.standard import Standard
from pipeline.documents.template import Template, style_colours
from pipeline.model.documents import Book, Chart
from pipeline.model.options import Engine
from pipeline.model.results import Assessment, Results
from pipeline.stages import charts
from pipeline.stages.pdf import Print
from pipeline.stages.pdf import draw as print_book
from pipeline.storage.store import Store
from pipeline.wording import terms
from pipeline.workflows import kept
from pipeline.workflows.run_log import Log, TaskRecord

R = TypeVar("R")


class _Known(Struct, frozen=True):
    """A docx as it was measured last; it is drawn where that was done, as other processes hand over no layouts."""

    docx: bytes
    made: pdf.Layout | pdf.DrawnDocument

    def drawn(self, name: str) -> _Known:
        """Return it drawn; ``name`` is for messages."""
        made = self.made if isinstance(self.made, pdf.DrawnDocument) else pdf.draw_document(self.made, name)
        return replace(self, made=made)


class _Apart(Struct, Generic[R], frozen=True):
    """A piece of work, and what was left behind by it."""

    result: R
    diagnostics: list[Diagnostic]
    known: dict[str, _Known]


class _ChartOrder(Struct, frozen=True):
    """A chart to be drawn, with all that it rests on."""

    assessment: Assessment
    years: tuple[str, ...]
    year: str
    width: float
    height: float
    own: charts.Palette

    def draw(self) -> tuple[Chart, tuple[Diagnostic, ...]]:
        """Return it drawn, and what is wrong with it."""
        return charts.draw(self.assessment, self.years, self.year, self.width, self.height, own=self.own)


class Services:
    """Draws, measures and prints for one run. What was laid out to be measured is not laid out again to be printed."""

    def __init__(self, results: Results, log: Log, store: Store, *, prints: bool = False) -> None:
        """Take what to draw, and what earlier runs kept; ``prints`` says that what is measured here will be printed
        here.
        """
        self._store = store
        self._years, self._year = results.evaluation.years, results.evaluation.report.year
        self._date = results.evaluation.report.date
        self._log = log
        self._prints = prints
        self._known: dict[str, _Known] = {}

    def drawing(self, template: Template | None) -> Callable[[Assessment, float, float], Chart]:
        """Return what draws and checks an indicator at a size (mm), in the colours of a template's styles."""
        own = charts.palette(style_colours(template, charts.STYLES)) if template else {}
        return lambda assessment, width, height: self._log.timed(
            "グラフの作成", lambda: self._drawn(_ChartOrder(assessment, self._years, self._year, width, height, own))
        )

    def _drawn(self, order: _ChartOrder) -> Chart:
        chart, found = kept.once(self._store, order, order.draw)
        self._log.diagnostics.extend(found)
        return chart

    def pages(self, docx: bytes, name: str) -> int:
        """Return how many pages a docx takes."""
        return self._noted(docx, pdf.paginate(docx, name)).pages

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        """Return the paper a docx takes that is going to be completed."""
        return pdf.measured(docx, name)

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        """Return the paper a docx takes that was completed since it was measured: it is read once."""
        return self._noted(docx, pdf.completed(completion.of(measured.document), measured))

    def _noted(self, docx: bytes, found: pdf.Pagination) -> pdf.Pagination:
        if self._prints:
            self._known[found.layout.name] = _Known(docx, found.layout)
        return found

    def each(self, work: Callable[[TTask], R], tasks: Sequence[TTask], shared: Mapping[str, object]) -> list[R]:
        """Do tasks on all processors, but for what an earlier run kept, and take over what they leave behind."""
        name = work.__qualname__
        common = kept.digests({**shared, "年度": (self._years, self._year), "日付": self._date, "": self._prints})
        common = {"プログラム": kept.program(), **common}
        keys = [kept.digest((name, common, task.basis)) for task in tasks]
        found = [kept.find(self._store, key) for key in keys]
        unmade = [task for task, one in zip(tasks, found, strict=True) if one is None]
        made = self._made(work, unmade)
        done = [one or kept.keep(self._store, key, next(made)) for key, one in zip(keys, found, strict=True)]
        for task, key, one in zip(tasks, keys, found, strict=True):
            self._log.tasks.append(TaskRecord(str(task), one is not None, self._changed(task, key, common)))
        for left in done:
            self._log.diagnostics.extend(left.diagnostics)
            self._known |= left.known
        return [left.result for left in done]

    def _made(self, work: Callable[[TTask], R], tasks: Sequence[TTask]) -> Iterator[_Apart[R]]:
        """Yield tasks done on all processors; before others share in the work, the first one warms up what all need."""
        for own in (tasks[:1], tasks[1:]):
            yield from parallel.each(lambda task: self._apart(work, task), own, self._told)

    def _told(self, task: object, result: object) -> None:
        self._log.progress.step(str(task))

    def _changed(self, task: Task, key: str, common: Mapping[str, str]) -> tuple[str, ...] | None:
        """Return what a task rests on that is not as it was when the task was last done; None at the first time.

        The contents are filled twice in a run. What a task rests on is told apart only where its key is another.
        """
        name = str(task)
        again = sum(task.name == name for task in self._log.tasks)
        place = kept.digest(("前回", self._year, self._prints, name, again))
        last: tuple[str, Mapping[str, str]] = kept.find(self._store, place) or ("", {})
        known, before = last
        if known == key:
            return ()
        basis = {**common, **kept.digests(task.basis)}
        kept.keep(self._store, place, (key, basis))
        return tuple(part for part in basis if basis[part] != before.get(part)) if before else None

    def _apart(self, work: Callable[[TTask], R], item: TTask) -> _Apart[R]:
        """Do one piece of work apart from what was found and laid out before it."""
        before = self._log.diagnostics, self._known
        self._log.diagnostics, self._known = [], {}
        try:
            result = work(item)
            known = {name: one.drawn(name) for name, one in self._known.items()}
            return _Apart(result, self._log.diagnostics, known)
        finally:
            self._log.diagnostics, self._known = before

    def print(self, book: Book, engine: Engine, standard: Standard) -> Checked[Print]:
        """Draw the book; raises ``OfficeFault`` where LibreOffice is asked for and missing or failing."""
        known = {one.docx: one.made for one in self._known.values()}
        info = pdf.PdfInfo(book.title, book.author, date=self._date, standard=standard, empty=terms.EMPTY)
        return print_book(book, engine, info, known, parallel.each, memory=kept.Memory(self._store))


def pages(docx: bytes, name: str) -> int:
    """Return how many pages a docx takes."""
    return pdf.paginate(docx, name).pages
