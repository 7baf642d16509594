"""The order of the stages, and nothing else.

validate -> compute -> audit -> charts -> sheets -> book -> pdf -> outputs.

In: the project's folder, a year and an action. Out: a ``Run`` with every diagnostic, the results and what was written.
``cli`` calls. A stage that finds errors stops the run before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic, in_order, to_json
from pipeline.documents.docx.cures import STRICT
from pipeline.documents.standard import Standard
from pipeline.model.audit import Audited
from pipeline.model.options import Engine
from pipeline.model.results import Results
from pipeline.storage import journal, outputs
from pipeline.storage.manifest import made_of, manifest, template_files
from pipeline.storage.store import Store
from pipeline.workflows import kept
from pipeline.workflows.assessing import assessed, basis, content
from pipeline.workflows.project import DEFAULT_TEMPLATES, Project, reporting
from pipeline.workflows.run_log import TEMPLATES, Halt, Log, Progress, TaskRecord, running

if TYPE_CHECKING:
    from pipeline.model.documents import Book, Sheet

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


class Made(Struct, frozen=True):
    """What the stages made: results, and files by their path under outputs/<year>/; ``pages`` counts the PDF's.

    ``of`` are the digests of the inputs and templates that it comes from, as the record has them.
    """

    results: Results
    audited: Audited
    of: Mapping[str, Mapping[str, str]]
    sheets: tuple[Sheet, ...] = ()
    book: Book | None = None
    pages: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)


class _Last(Struct, frozen=True):
    """What the last run made of the results, under the digest of all that it rests on; ``tasks`` by their names."""

    basis: str
    diagnostics: tuple[Diagnostic, ...]
    tasks: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    book: Book | None
    pages: int
    files: Mapping[str, bytes]


class Run(Struct, frozen=True):
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


class RunOptions(Struct, frozen=True):
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
    ``OfficeFault`` when LibreOffice is asked for and missing or failing.
    """
    refused = {"template-typeface": STRICT} if how.strict_fonts else {}
    if action is Action.CHECK:
        log = Log(progress, refused)
        log.diagnostics.extend(journal.unfinished(project.inputs, project.root))
        return _attempt(action, project, how, log)
    with running(project, progress, refused, reporting) as log:
        if how.is_clean:
            Store(project.root).clear()
        return _attempt(action, project, how, log)


def _attempt(action: Action, project: Project, how: RunOptions, log: Log) -> Run:
    try:
        made = _make(action, project, how, log)
    except Halt:
        return Run(in_order(log.diagnostics), None, None, (), log.seconds)
    if action is Action.CHECK:
        Store(project.root).trim()
        return Run(in_order(log.diagnostics), made, None, (), log.seconds)
    kept = log.timed("書き出し", lambda: _publish(action, project, made, log.diagnostics))
    Store(project.root).trim()
    return Run(in_order(log.diagnostics), made, project.outputs, kept, log.seconds, tuple(log.tasks))


def _make(action: Action, project: Project, how: RunOptions, log: Log) -> Made:
    """Run the stages up to what the action asks for, or find what the last such run made where nothing has changed
    since; raises ``Halt`` when one finds errors.
    """
    store, before = Store(project.root), _basis(project)
    read = assessed(project, log)
    of = made_of(project.root, read.files, project.templates)  # now: while documents are made, somebody may save
    made, told = Made(read.results, read.audited, of), len(log.diagnostics)
    key = kept.digest(("前回", project.year, action, replace(how, is_clean=False)))
    sign = kept.digest((key, "基"))  # tells by itself whether the last run's is worth reading: it has all files
    last: _Last | None = kept.find(store, key) if kept.find(store, sign) == before else None
    if last and last.basis == before == _basis(project):
        log.tasks.extend(TaskRecord(name, was_kept=True, changed=()) for name in last.tasks)
        log.stage(TEMPLATES, lambda: Checked(made, last.diagnostics))
        return replace(made, sheets=last.sheets, book=last.book, pages=last.pages, files=last.files)
    made = _with_documents(action, project, how, log, made)
    if how.engine is Engine.EMBEDDED and _basis(project) == before:  # else another program, or somebody saved meanwhile
        found, tasks = tuple(log.diagnostics[told:]), tuple(task.name for task in log.tasks)
        kept.keep(store, key, _Last(before, found, tasks, made.sheets, made.book, made.pages, made.files))
        kept.keep(store, sign, before)
    return made


def _basis(project: Project) -> str:
    """Return the digest of all that a run rests on beside its options."""
    folders = (project.templates, DEFAULT_TEMPLATES)  # which stand in for templates that the project lacks
    read = [[(path.name, content(path)) for path in template_files(folder)] for folder in folders]
    return kept.digest((kept.program(), basis(project), read))


def _with_documents(action: Action, project: Project, how: RunOptions, log: Log, made: Made) -> Made:
    """Inspect the templates, fill them and print what the action asks for."""
    from pipeline.workflows import inspecting  # noqa: PLC0415 - all that reads templates: late

    results = made.results
    templates = inspecting.inspect(results, project, log)
    if action is Action.CHECK and inspecting.is_drawable(templates, Store(project.root)):
        return made
    from pipeline.workflows import making  # noqa: PLC0415 - all that fills and draws Word files: later still

    store = Store(project.root, is_read_only=action is Action.CHECK)
    services = making.Services(results, log, store, prints=action in _PRINTED)
    front, filled = making.fill(templates, services, log)
    files = making.files(results, filled)
    if action not in _PRINTED:
        return replace(made, sheets=filled, files=files)
    bound = log.stage("冊子の編集", lambda: making.assemble(front, filled))
    report = log.stage("PDFの作成", lambda: services.print(bound, how.engine, how.standard))
    pages = {**files, **bound.files, PDF: report.data}
    return replace(made, sheets=filled, book=bound, pages=report.pages, files=pages)


def _publish(action: Action, project: Project, made: Made, diagnostics: list[Diagnostic]) -> tuple[str, ...]:
    prefix = "charts/" if action is Action.CHARTS else ""
    files = {path: data for path, data in made.files.items() if path.startswith(prefix)}
    files["checks.json"] = to_json(in_order(diagnostics)).encode()
    fonts = kept.typefaces(Store(project.root))
    record = manifest(made.of, fonts, made.book) if made.book else {}  # else the book's stays
    with outputs.deciding(project.outputs):
        return outputs.publish(project.outputs, files, record, whole=made.book is not None)
