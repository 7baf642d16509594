"""From results to Word files: the templates inspected, the sheets and what stands before them filled.

Loaded when something is to be made: a run that finds all it needs among what earlier ones kept does without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.diagnostics import Checked, Diagnostic, Place, info
from pipeline.documents import pdf
from pipeline.documents.docx.errors import DocxError
from pipeline.model.documents import Sheet
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.stages import book, compute, sheets
from pipeline.stages.book import assemble
from pipeline.workflows import earlier
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import TEMPLATES, Log
from pipeline.workflows.services import Services

_BORROWED = "様式のファイルがないので、プログラムに付いている様式で作ります。"
_BORROWED_HINT = "このままで構いません。体裁を直すときは、この名前のWordファイルを templates/ に置いてください。"
_TREND = "指標一覧.推移."
"""Begins what a template prints of the years before."""

__all__ = ["Forms", "Services", "assemble", "files", "fill", "inspect", "is_drawable"]


@dataclass(frozen=True, slots=True)
class Forms:
    """The checked templates, and what was found in them."""

    sheet: sheets.Form
    book: book.Forms
    found: tuple[Diagnostic, ...]


def inspect(results: Results, project: Project, log: Log, pen: sheets.Pen = sheets.PLAIN) -> Forms:
    """Check all templates, so that every mistake in them is said at once; raises ``Halt`` where there is one.

    The years before are read only where a template prints how they were.
    """

    def inspected() -> Checked[Forms]:
        found = _inspect(results, project, pen)
        if found.value is None or not any(_TREND in name for name in found.value.sheet.named):
            return found
        before = earlier.results(project, results.evaluation)
        return _inspect(compute.followed(results, before), project, pen) if before else found

    return log.stage(TEMPLATES, inspected)


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


def files(results: Results, filled: tuple[Sheet, ...]) -> dict[str, bytes]:
    """Return the tables of the results, and the sheets with their charts, by their paths under outputs/<year>/."""
    made = {
        "achievement.json": compute.to_json(results).encode(),
        "achievement.csv": compute.to_csv(results),
    }
    for sheet in filled:
        made[f"sheets/{sheet.file}"] = sheet.docx
        for chart in sheet.charts:
            made |= {f"charts/{sheet.measure}/{name}": data for name, data in chart.files.items()}
    return made


def _inspect(results: Results, project: Project, pen: sheets.Pen) -> Checked[Forms]:
    front = book.inspect(results, project.holding, sheets.nodes(results.evaluation))
    elsewhere = front.value.named if front.value else frozenset()
    sheet = sheets.inspect(results, project.templates, pen, elsewhere)
    found = (*sheet.diagnostics, *front.diagnostics, *_borrowed(results, project))
    if sheet.value is None or front.value is None:
        return Checked(None, found)
    return Checked(Forms(sheet.value, front.value, found), found)


def _borrowed(results: Results, project: Project) -> Iterator[Diagnostic]:
    """Tell of parts of the book for which the project has no template of its own."""
    for part in results.evaluation.form.parts:
        name = f"{part}.docx"
        if part is not BookPart.SHEETS and project.holding(name) != project.templates:
            yield info("template-of-program", Place(f"{project.templates.name}/{name}"), _BORROWED, _BORROWED_HINT)


def is_drawable(forms: Forms) -> bool:
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
