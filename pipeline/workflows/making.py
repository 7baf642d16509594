"""From inspected templates to Word files: the sheets and what stands before them filled.

In: ``Inspected`` and what stages ask each other for (``services``). Out: the book's ``Front`` and the sheets. Loaded
when something is to be made: a run that finds all it needs among what earlier ones kept does without.
"""

from __future__ import annotations

from functools import partial

from pipeline.diagnostics import Checked
from pipeline.model.documents import Sheet
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.stages import book, compute, sheets
from pipeline.stages.book import assemble
from pipeline.workflows.inspecting import Inspected
from pipeline.workflows.run_log import Log
from pipeline.workflows.services import Services

__all__ = ["Services", "assemble", "files", "fill"]


def fill(templates: Inspected, services: Services, log: Log) -> tuple[book.Front, tuple[Sheet, ...]]:
    """Fill what stands before the sheets, and then the sheets, which get their page numbers from it."""
    draw_targets = services.drawing(templates.book.templates.get(BookPart.TARGETS))
    front = log.stage(
        "前付けの作成", lambda: Checked(book.begin(templates.book, draw_targets, services.pages, services.each))
    )
    count = len(templates.sheet.contexts)
    draw = services.drawing(templates.sheet.template)
    work = partial(sheets.fill, templates.sheet, front.sheets, draw, services, services.each)
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
