"""The order of the stages, and nothing else: inputs -> achievement -> charts -> sheets -> book -> pdf -> outputs.

In: the project's folder, a year and an action. Out: a ``Run`` with every diagnostic, the results and what was written.
``cli`` calls. A stage that finds errors stops the run before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Generic, Protocol, TypeVar

from pipeline import achievement, book, charts, inputs, outputs, parallel, pdf, sheets
from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors, in_order, to_json
from pipeline.era import gregorian, is_year
from pipeline.manifest import manifest
from pipeline.model.documents import Book, Chart, Extent, Sheet
from pipeline.model.results import Assessment, Results
from pipeline.ooxml.errors import DocxError

R = TypeVar("R")
T = TypeVar("T")
_LOST = "プログラムの不具合です。入力ファイルとテンプレートの一式を添えて、担当者に連絡してください。"
_REFUSED = "Wordで、その箇所をふつうの段落、表、行内の図に直してください。"


class Action(StrEnum):
    """What to make."""

    REPORT = "report"
    SHEETS = "sheets"
    CHARTS = "charts"
    CHECK = "check"


class Progress(Protocol):
    """Somebody who watches a run."""

    def stage(self, title: str, total: int | None = None) -> None:
        """A stage begins; ``total`` steps are to come, if known."""

    def step(self, label: str) -> None:
        """A step of the stage begins."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where things are: the project's folder and the year of the evaluation (R3)."""

    root: Path
    year: str

    @property
    def inputs(self) -> Path:
        """The year's input folder."""
        return self.root / "inputs" / self.year

    @property
    def outputs(self) -> Path:
        """The year's output folder."""
        return self.root / "outputs" / self.year

    @property
    def templates(self) -> Path:
        """The folder of the Word templates."""
        return self.root / "templates"


@dataclass(frozen=True, slots=True)
class Made:
    """What the stages made: results, and files by their path under outputs/<year>/; ``pages`` counts the PDF's."""

    results: Results
    sheets: tuple[Sheet, ...] = ()
    book: Book | None = None
    pages: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run.

    ``made`` is None when errors stopped it, ``written`` when nothing was published. ``kept`` lists outputs that had
    been edited and were set aside; ``seconds`` gives the time of each stage by its title.
    """

    diagnostics: tuple[Diagnostic, ...]
    made: Made | None
    written: Path | None
    kept: tuple[str, ...]
    seconds: Mapping[str, float]


def years(root: Path) -> tuple[str, ...]:
    """List the evaluation years under inputs/, oldest first."""
    folders = (p.name for p in (root / "inputs").glob("*") if p.is_dir() and is_year(p.name))
    return tuple(sorted(folders, key=gregorian))


def run(action: Action, project: Project, progress: Progress) -> Run:
    """Run the stages an action needs and publish what they made.

    Raises ``outputs.Busy`` when another run is at work, ``OSError`` when the outputs cannot be written.
    """
    if action is Action.CHECK:
        return _attempt(action, project, _Log(progress))
    with outputs.locked(project.outputs):
        return _attempt(action, project, _Log(progress))


class _Halt(Exception):
    """A stage found errors; nothing after it may run."""


class _Log:
    """What a run leaves behind: every diagnostic, and the seconds each stage took."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.diagnostics: list[Diagnostic] = []
        self.seconds: dict[str, float] = {}

    def stage(self, title: str, work: Callable[[], Checked[T]], total: int | None = None) -> T:
        """Run a stage, keep what it found, and give its value; raises ``_Halt`` when it found errors."""
        self.progress.stage(title, total)
        checked = self.timed(title, lambda: _tolerant(work))
        self.diagnostics.extend(checked.diagnostics)
        if checked.value is None or has_errors(checked.diagnostics):
            raise _Halt
        return checked.value

    def timed(self, title: str, work: Callable[[], T]) -> T:
        """Run work and add its time to a title; what nested work books under another title is not counted twice."""
        start, booked = perf_counter(), sum(self.seconds.values())
        try:
            return work()
        finally:
            nested = sum(self.seconds.values()) - booked
            self.seconds[title] = self.seconds.get(title, 0.0) + perf_counter() - start - nested


def _tolerant(work: Callable[[], Checked[T]]) -> Checked[T]:
    """Turn a Word file that cannot be read or drawn into a finding."""
    try:
        return work()
    except DocxError as refused:
        return Checked(None, (error("docx-refused", Place(refused.name), refused.message, _REFUSED),))


def _attempt(action: Action, project: Project, log: _Log) -> Run:
    try:
        made = _make(action, project, log)
    except _Halt:
        return Run(in_order(log.diagnostics), None, None, (), log.seconds)
    if action is Action.CHECK:
        return Run(in_order(log.diagnostics), made, None, (), log.seconds)
    kept = log.timed("書き出し", lambda: _publish(action, project, made, log.diagnostics))
    return Run(in_order(log.diagnostics), made, project.outputs, kept, log.seconds)


def _make(action: Action, project: Project, log: _Log) -> Made:
    """Run the stages up to what the action asks for; raises ``_Halt`` when one finds errors."""
    evaluation = log.stage("入力の確認", lambda: inputs.read(project.inputs, project.root))
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    forms = log.stage("テンプレートの確認", lambda: _inspect(results, project.templates))
    if action is Action.CHECK:
        return Made(results)
    desk = _Desk(results, log)
    filled = log.stage(
        "評価シートの作成",
        lambda: sheets.fill(forms.sheet, desk.draw, desk.measure, desk.each),
        len(results.measures),
    )
    files = _files(results, filled)
    if action is not Action.REPORT:
        return Made(results, filled, files=files)
    bound = log.stage("冊子の編集", lambda: book.assemble(forms.book, filled, desk.draw, desk.measure))
    report = log.stage("PDFの作成", lambda: desk.print(bound))
    return Made(results, filled, bound, report.pages, {**files, **bound.files, "report.pdf": report.data})


@dataclass(frozen=True, slots=True)
class _Forms:
    """The checked templates."""

    sheet: sheets.Form
    book: book.Forms


def _inspect(results: Results, templates: Path) -> Checked[_Forms]:
    """Check all templates, so that every mistake in them is said at once."""
    sheet, front = sheets.inspect(results, templates), book.inspect(results, templates)
    found = (*sheet.diagnostics, *front.diagnostics)
    if sheet.value is None or front.value is None:
        return Checked(None, found)
    return Checked(_Forms(sheet.value, front.value), found)


@dataclass(frozen=True, slots=True)
class _Print:
    """The book's PDF, and its number of pages, empty ones included."""

    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """A docx as it was measured last."""

    docx: bytes
    layout: pdf.Layout


@dataclass(frozen=True, slots=True)
class _Left(Generic[R]):
    """A piece of work, and what was left on the desk by it."""

    result: R
    diagnostics: list[Diagnostic]
    laid_out: dict[str, _LaidOut]


class _Desk:
    """What stages ask each other for while documents are made: charts, paper measured, work shared out, print.

    What was laid out to be measured is kept, not to be laid out again to be drawn.
    """

    def __init__(self, results: Results, log: _Log) -> None:
        self._years, self._year = results.evaluation.years, results.evaluation.report.year
        self._log = log
        self._laid_out: dict[str, _LaidOut] = {}

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
        self._laid_out[name] = _LaidOut(docx, found.layout)
        return Extent(found.lines, found.free)

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Do work on all processors, and take over what it left on the desk there."""
        done = parallel.each(
            lambda item: self._apart(work, item), items, lambda item: self._log.progress.step(str(item))
        )
        for left in done:
            self._log.diagnostics.extend(left.diagnostics)
            self._laid_out |= left.laid_out
        return [left.result for left in done]

    def _apart(self, work: Callable[[T], R], item: T) -> _Left[R]:
        """Do one piece of work at a cleared desk."""
        before = self._log.diagnostics, self._laid_out
        self._log.diagnostics, self._laid_out = [], {}
        try:
            return _Left(work(item), self._log.diagnostics, self._laid_out)
        finally:
            self._log.diagnostics, self._laid_out = before

    def print(self, bound: Book) -> Checked[_Print]:
        """Draw the book, and check that nothing of it was lost."""
        known = {one.docx: one.layout for one in self._laid_out.values()}
        layouts = [known.get(p.docx) or pdf.measure(p.docx, p.name).layout for p in bound.parts]
        parts = [
            pdf.PdfPart(layout, p.name, p.first_page, p.label, p.blank_before)
            for layout, p in zip(layouts, bound.parts, strict=True)
        ]
        drawn = pdf.draw(parts, pdf.PdfInfo(bound.title, bound.author))
        found = pdf.check(parts, drawn)
        pages = sum(len(layout.pages) for layout in layouts) + sum(part.blank_before for part in bound.parts)
        return Checked(_Print(drawn, pages), tuple(error(f.id, Place(f.name), f.message, _LOST) for f in found))


def _files(results: Results, filled: tuple[Sheet, ...]) -> dict[str, bytes]:
    files = {
        "achievement.json": achievement.to_json(results).encode(),
        "achievement.csv": achievement.to_csv(results),
    }
    for sheet in filled:
        files[f"sheets/{sheet.file}"] = sheet.docx
        for chart in sheet.charts:
            files |= {f"charts/{sheet.measure}/{name}": data for name, data in chart.files.items()}
    return files


def _publish(action: Action, project: Project, made: Made, diagnostics: list[Diagnostic]) -> tuple[str, ...]:
    prefix = "charts/" if action is Action.CHARTS else ""
    files = {path: data for path, data in made.files.items() if path.startswith(prefix)}
    files["checks.json"] = to_json(in_order(diagnostics)).encode()
    content = manifest(project.root, inputs.files(project.inputs), project.templates, made.book)
    return outputs.publish(project.outputs, files, content, whole=action is Action.REPORT)
