"""The templates, looked at before anything is filled; what one comes to by itself, earlier runs kept.

In: the results and a project. Out: ``Inspected``, the checked templates of sheets and book, which ``making`` fills.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, info
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.template import Template
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.stages import book, sheets
from pipeline.storage.store import Store
from pipeline.workflows import earlier, kept
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import TEMPLATES, Log

_BORROWED = "様式のファイルがないので、プログラムに付いている様式で作ります。"
_BORROWED_HINT = "このままで構いません。体裁を直すときは、この名前のWordファイルを templates/ に置いてください。"
_TREND = "指標一覧.推移."
"""Begins what a template prints of the years before."""


class Inspected(Struct, frozen=True):
    """The checked templates, and what was found in them."""

    sheet: sheets.SheetTemplate
    book: book.BookTemplates
    found: tuple[Diagnostic, ...]


def inspect(results: Results, project: Project, log: Log, pen: sheets.Pen = sheets.PLAIN) -> Inspected:
    """Check all templates, so that every mistake in them is said at once; raises ``Halt`` where there is one.

    The years before are read only where a template prints how they were.
    """

    def inspected() -> Checked[Inspected]:
        found = _inspect(results, project, pen)
        if found.value is None or not any(_TREND in name for name in found.value.sheet.named):
            return found
        before = earlier.results(project, results.evaluation)
        if not before:
            return found
        from pipeline.stages import compute  # noqa: PLC0415 - late, as in ``assessing``

        return _inspect(compute.followed(results, before), project, pen)

    return log.stage(TEMPLATES, inspected)


def _inspect(results: Results, project: Project, pen: sheets.Pen) -> Checked[Inspected]:
    memory = kept.Memory(Store(project.root))
    front = book.inspect(results, project.holding, sheets.nodes(results.evaluation), memory)
    elsewhere = front.value.named if front.value else frozenset()
    sheet = sheets.inspect(results, project.templates, pen, elsewhere, memory)
    found = (*sheet.diagnostics, *front.diagnostics, *_borrowed(results, project))
    if sheet.value is None or front.value is None:
        return Checked(None, found)
    return Checked(Inspected(sheet.value, front.value, found), found)


def _borrowed(results: Results, project: Project) -> Iterator[Diagnostic]:
    """Tell of parts of the book for which the project has no template of its own."""
    for part in results.evaluation.form.parts:
        name = f"{part}.docx"
        if part is not BookPart.SHEETS and project.holding(name) != project.templates:
            yield info("template-of-program", Place(f"{project.templates.name}/{name}"), _BORROWED, _BORROWED_HINT)


def is_drawable(found: Inspected, store: Store) -> bool:
    """Return whether all templates can be drawn as they are; where one cannot, only printing tells what becomes of
    it.
    """
    templates = (found.sheet.template, *found.book.templates.values())
    return all(kept.once(store, ("描画", one), partial(is_drawn, one)) for one in templates)


def is_drawn(template: Template) -> bool:
    """Return whether a template can be drawn as it is."""
    from pipeline.documents import pdf  # noqa: PLC0415 - all that draws: late, as most were tried before

    try:
        pdf.paginate(template.data, template.file)
    except DocxError:
        return False
    return True
