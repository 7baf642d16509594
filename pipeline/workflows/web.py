"""``web``: the book as pages for browsers, under ``outputs/<year>/web/``.

In: a project. Out: the paths of the files. ``cli`` calls.
"""

from __future__ import annotations

from pipeline.diagnostics import in_order
from pipeline.publication.web import Edition, pages
from pipeline.storage.store import Store
from pipeline.workflows import inspecting
from pipeline.workflows.project import Project
from pipeline.workflows.publications import Written, computed
from pipeline.workflows.published import publish
from pipeline.workflows.run_log import Halt, Progress, running
from pipeline.workflows.services import Services

FOLDER = "web"
"""The pages under outputs/<year>/, and their templates under templates/."""


def web(project: Project, progress: Progress) -> Written:
    """Write the pages. Raises ``outputs.Busy`` and ``OSError``."""
    with running(project, progress) as log:
        try:
            made = computed(project, log)
            forms = inspecting.inspect(made.results, project, log)
            draw = Services(made.results, log, Store(project.root)).drawing(forms.sheet.template)
            edition = Edition(made.results, forms.book.nodes, forms.sheet.contexts, forms.book.common)
            templates = project.holding(FOLDER) / FOLDER
            files = log.stage("ウェブ版の作成", lambda: pages(edition, templates, draw))
        except Halt:
            return Written(in_order(log.diagnostics))
        publish(project, made.of, FOLDER, files)
        return Written(in_order(log.diagnostics), (project.outputs / FOLDER / "index.html",))
