"""What stages ask each other for while documents are made: charts, paper measured, work shared out, the print.

Stages get these as functions from ``build``, and so never import each other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.diagnostics import Checked, Diagnostic, Place, error, warning
from pipeline.documents import libreoffice, parallel, pdf
from pipeline.documents.pdf.merge import merge
from pipeline.model.documents import Book, Chart, Engine, Extent
from pipeline.model.results import Assessment, Results
from pipeline.stages import charts
from pipeline.workflows.convert import SECONDS
from pipeline.workflows.run_log import Log

R = TypeVar("R")
T = TypeVar("T")
_LOST = "プログラムの不具合です。入力ファイルとテンプレートの一式を添えて、担当者に連絡してください。"
_BY_OFFICE = "LibreOffice の描き方によるものです。ENGINE=libreoffice を付けずに、もう一度実行してください。"
_UNTAGGED = (
    "LibreOffice で作った冊子には、読み上げのための情報（タグ）がありません。",
    "公表し、保存する冊子は、ENGINE=libreoffice を付けずに作ってください。",
)


@dataclass(frozen=True, slots=True)
class Print:
    """The book's PDF, and its number of pages, empty ones included."""

    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A docx as it was measured last; it is drawn where that was done, as other processes hand over no layouts."""

    docx: bytes
    made: pdf.Layout | pdf.Drawn


@dataclass(frozen=True, slots=True)
class _Left(Generic[R]):
    """A piece of work, and what was left on the desk by it."""

    result: R
    diagnostics: list[Diagnostic]
    known: dict[str, _Known]


class Desk:
    """Draws, measures and prints for one run. What was laid out to be measured is not laid out again to be printed."""

    def __init__(self, results: Results, log: Log, *, prints: bool = False) -> None:
        """Take what to draw; ``prints`` says that what is measured here will be printed here."""
        self._years, self._year = results.evaluation.years, results.evaluation.report.year
        self._date = results.evaluation.report.date
        self._log = log
        self._prints = prints
        self._known: dict[str, _Known] = {}

    def draw(self, assessment: Assessment, width: float, height: float) -> Chart:
        """Draw and check an indicator at a size (mm)."""
        return self._log.timed("グラフの作成", lambda: self._draw(assessment, width, height))

    def _draw(self, assessment: Assessment, width: float, height: float) -> Chart:
        chart = charts.draw(assessment, self._years, self._year, width, height)
        self._log.diagnostics.extend(charts.check(chart, assessment, self._years, self._year))
        return chart

    def measure(self, docx: bytes, name: str) -> Extent:
        """Give the paper a docx takes."""
        found = pdf.measure(docx, name)
        if self._prints:
            self._known[name] = _Known(docx, found.layout)
        return Extent(found.lines, found.free)

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Do work on all processors, and take over what it left on the desk there."""
        done = parallel.each(
            lambda item: self._apart(work, item), items, lambda item, _: self._log.progress.step(str(item))
        )
        for left in done:
            self._log.diagnostics.extend(left.diagnostics)
            self._known |= left.known
        return [left.result for left in done]

    def _apart(self, work: Callable[[T], R], item: T) -> _Left[R]:
        """Do one piece of work at a cleared desk."""
        before = self._log.diagnostics, self._known
        self._log.diagnostics, self._known = [], {}
        try:
            result = work(item)
            known = {name: _Known(one.docx, _drawn(one.made, name)) for name, one in self._known.items()}
            return _Left(result, self._log.diagnostics, known)
        finally:
            self._log.diagnostics, self._known = before

    def print(self, book: Book, engine: Engine) -> Checked[Print]:
        """Draw the book, and check that nothing of it was lost."""
        parts = _parts(book, {one.docx: one.made for one in self._known.values()})
        info = pdf.PdfInfo(book.title, book.author, date=self._date)
        if engine is Engine.LIBREOFFICE:
            data = _print_with_office(book, parts, info)
            found = tuple(_found_of_office(pdf.check(parts, data)))
        else:
            data = pdf.draw(parts, info)
            found = tuple(error(f.id, Place(f.name), f.message, _LOST) for f in pdf.check(parts, data))
        return Checked(Print(data, pdf.count_pages(data)), found)


def paper(docx: bytes, name: str) -> Extent:
    """Give the paper a docx takes."""
    found = pdf.measure(docx, name)
    return Extent(found.lines, found.free)


def _parts(book: Book, known: Mapping[bytes, pdf.Layout | pdf.Drawn]) -> list[pdf.PdfPart]:
    """Give the book's parts drawn: those that are not yet, on all processors."""
    drawn = parallel.each(lambda part: _drawn(known.get(part.docx, part.docx), part.name), book.parts, lambda *_: None)
    return [
        pdf.PdfPart(one, part.name, part.first_page, part.label, part.blank_before)
        for one, part in zip(drawn, book.parts, strict=True)
    ]


def _drawn(made: bytes | pdf.Layout | pdf.Drawn, name: str) -> pdf.Drawn:
    return made if isinstance(made, pdf.Drawn) else pdf.draw_document(made, name)


def _found_of_office(findings: Sequence[pdf.Finding]) -> Iterator[Diagnostic]:
    """Let no text and no page go: only a mark that hangs at a line's end is known to be lost without harm."""
    yield warning("pdf-untagged", Place("report.pdf"), *_UNTAGGED)
    for f in findings:
        tell = warning if f.id == "pdf-mark-missing" else error
        yield tell(f.id, Place(f.name or "report.pdf"), f.message, _BY_OFFICE)


def _print_with_office(book: Book, parts: Sequence[pdf.PdfPart], info: pdf.PdfInfo) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / f"{part.name}.docx" for part in book.parts]
        for file, part in zip(files, book.parts, strict=True):
            file.write_bytes(part.docx)
        made = libreoffice.convert(files, Path(name) / "pdf", SECONDS)
        return merge([path.read_bytes() for path in made], parts, info)
