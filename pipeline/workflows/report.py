"""The order of the stages, and nothing else.

validate -> compute -> audit -> charts -> sheets -> book -> pdf -> outputs.

In: the project's folder, a year and an action. Out: a ``Run`` with every diagnostic, the results and what was written.
``cli`` calls. A stage that finds errors stops the run before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, in_order, to_json, warning
from pipeline.documents import pdf
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.fonts import FILES
from pipeline.documents.standard import Standard
from pipeline.model.audit import Audited
from pipeline.model.documents import Book, Engine, Sheet
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.stages import audit, book, sheets
from pipeline.stages import compute as achievement
from pipeline.stages import validate as inputs
from pipeline.storage import journal, outputs
from pipeline.storage.manifest import manifest
from pipeline.storage.store import Store
from pipeline.workflows.project import Project, year_before
from pipeline.workflows.run_log import Halt, Log, Progress, TaskRecord, running
from pipeline.workflows.services import Services

PDF = "report.pdf"
"""The book under outputs/<year>/."""


class Action(StrEnum):
    """What to make."""

    REPORT = "report"
    SHEETS = "sheets"
    CHARTS = "charts"
    CHECK = "check"


_PRINTED = frozenset({Action.REPORT, Action.CHECK})
"""What draws the book; a check does so only in doubt, and leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the stages made: results, and files by their path under outputs/<year>/; ``pages`` counts the PDF's."""

    results: Results
    audited: Audited
    sheets: tuple[Sheet, ...] = ()
    book: Book | None = None
    pages: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run.

    ``made`` is None when errors stopped it, ``written`` when nothing was published. ``kept`` lists outputs that had
    been edited and were set aside; ``seconds`` gives the time of each stage by its title, ``tasks`` what was made anew
    and what not.
    """

    diagnostics: tuple[Diagnostic, ...]
    made: Made | None
    written: Path | None
    kept: tuple[str, ...]
    seconds: Mapping[str, float]
    tasks: tuple[TaskRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is made: what draws the book and to which standard, whether a template in another typeface than those
    at hand stops it, and whether it makes anew what earlier ones kept.
    """

    engine: Engine = Engine.EMBEDDED
    strict_fonts: bool = False
    is_clean: bool = False
    standard: Standard = Standard.UA1


def run(action: Action, project: Project, progress: Progress, how: RunOptions = RunOptions()) -> Run:
    """Run the stages an action needs and publish what they made.

    Raises ``outputs.Busy`` when another run is at work, ``OSError`` when the outputs cannot be written, and
    ``libreoffice.OfficeFault`` when LibreOffice is asked for and missing or failing.
    """
    refused = frozenset({"template-typeface"} if how.strict_fonts else ())
    if action is Action.CHECK:
        log = Log(progress, refused)
        log.diagnostics.extend(journal.unfinished(project.inputs, project.root))
        return _attempt(action, project, how, log)
    with running(project, progress, refused) as log:
        if how.is_clean:
            Store(project.root).clear()
        return _attempt(action, project, how, log)


def _attempt(action: Action, project: Project, how: RunOptions, log: Log) -> Run:
    try:
        made = _make(action, project, how, log)
    except Halt:
        return Run(in_order(log.diagnostics), None, None, (), log.seconds)
    if action is Action.CHECK:
        return Run(in_order(log.diagnostics), made, None, (), log.seconds)
    kept = log.timed("書き出し", lambda: _publish(action, project, made, log.diagnostics))
    Store(project.root).trim()
    return Run(in_order(log.diagnostics), made, project.outputs, kept, log.seconds, tuple(log.tasks))


def _make(action: Action, project: Project, how: RunOptions, log: Log) -> Made:
    """Run the stages up to what the action asks for; raises ``Halt`` when one finds errors."""
    evaluation = log.stage("入力の確認", lambda: inputs.read(project.inputs, project.root))
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    audited = log.stage("点検", lambda: _audited(project, results))
    forms = inspect(results, project.templates, log)
    if action is Action.CHECK and _is_drawable(forms):
        return Made(results, audited)
    store = Store(project.root, is_read_only=action is Action.CHECK)
    services = Services(results, log, store, prints=action in _PRINTED)
    front, filled = fill(forms, services, log)
    files = _files(results, filled)
    if action not in _PRINTED:
        return Made(results, audited, filled, files=files)
    bound = log.stage("冊子の編集", lambda: book.assemble(front, filled))
    report = log.stage("PDFの作成", lambda: services.print(bound, how.engine, how.standard))
    pages = {**files, **bound.files, PDF: report.data}
    return Made(results, audited, filled, bound, report.pages, pages)


def _audited(project: Project, results: Results) -> Checked[Audited]:
    """Audit, beside the evaluation of the year before where its folder is there and without errors."""
    earlier = year_before(project)
    if earlier is None:
        return audit.audit(results, None)
    read = inputs.read(earlier.inputs, project.root)
    audited = audit.audit(results, read.value)
    return audited if read.value else Checked(audited.value, (*audited.diagnostics, _not_compared(earlier)))


def _not_compared(earlier: Project) -> Diagnostic:
    place = Place(earlier.inputs.relative_to(earlier.root).as_posix())
    message = "前年度のフォルダーに誤りがあるため、前年度の値や文章と比べていません"
    return warning("previous-unread", place, message, f"make check YEAR={earlier.year} で誤りを確かめ、直してください")


@dataclass(frozen=True, slots=True)
class Forms:
    """The checked templates."""

    sheet: sheets.Form
    book: book.Forms


def inspect(results: Results, templates: Path, log: Log, pen: sheets.Pen = sheets.PLAIN) -> Forms:
    """Check all templates, so that every mistake in them is said at once; raises ``Halt`` where there is one."""
    return log.stage("テンプレートの確認", lambda: _inspect(results, templates, pen))


def fill(forms: Forms, services: Services, log: Log) -> tuple[book.Front, tuple[Sheet, ...]]:
    """Fill what stands before the sheets, and then the sheets, which get their page numbers from it."""
    draw_targets = services.drawing(forms.book.templates.get(BookPart.TARGETS))
    front = log.stage(
        "前付けの作成", lambda: Checked(book.begin(forms.book, draw_targets, services.measure, services.each))
    )
    count = len(forms.sheet.contexts)
    draw = services.drawing(forms.sheet.template)
    work = partial(sheets.fill, forms.sheet, front.sheets, draw, services.measure, services.each)
    return front, log.stage("評価シートの作成", work, count)


def _inspect(results: Results, templates: Path, pen: sheets.Pen) -> Checked[Forms]:
    front = book.inspect(results, templates, sheets.nodes(results.evaluation))
    elsewhere = front.value.named if front.value else frozenset()
    sheet = sheets.inspect(results, templates, pen, elsewhere)
    found = (*sheet.diagnostics, *front.diagnostics)
    if sheet.value is None or front.value is None:
        return Checked(None, found)
    return Checked(Forms(sheet.value, front.value), found)


def _is_drawable(forms: Forms) -> bool:
    """Return whether all templates can be drawn as they are; where one cannot, only printing tells what becomes of
    it.
    """
    templates = (forms.sheet.template, *forms.book.templates.values())
    try:
        for template in templates:
            pdf.paginate(template.data, template.file)
    except DocxError:
        return False
    return True


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


def read_files(project: Project, results: Results) -> tuple[Path, ...]:
    """List the input files that were read: the year's folder, and the ready schemes that it names."""
    schemes = {project.root / scheme.place.file for scheme in results.evaluation.report.schemes}
    return tuple(sorted({*inputs.files(project.inputs), *schemes}))


def _publish(action: Action, project: Project, made: Made, diagnostics: list[Diagnostic]) -> tuple[str, ...]:
    prefix = "charts/" if action is Action.CHARTS else ""
    files = {path: data for path, data in made.files.items() if path.startswith(prefix)}
    files["checks.json"] = to_json(in_order(diagnostics)).encode()
    content = manifest(project.root, read_files(project, made.results), project.templates, FILES.values(), made.book)
    return outputs.publish(project.outputs, files, content, whole=action is Action.REPORT)
