"""``word``: the whole book as one Word file, ``outputs/<year>/word/report.docx``.

In: a project. Out: the path of the file. ``cli`` calls.
"""

from __future__ import annotations

from pipeline.diagnostics import in_order
from pipeline.publication.whole import FILE, whole
from pipeline.storage.store import Store
from pipeline.workflows import inspecting, making
from pipeline.workflows.project import Project
from pipeline.workflows.publications import Written, computed
from pipeline.workflows.published import publish
from pipeline.workflows.run_log import Halt, Progress, running

FOLDER = "word"


def word(project: Project, progress: Progress) -> Written:
    """Write the file. Raises ``outputs.Busy`` and ``OSError``."""
    with running(project, progress) as log:
        try:
            made = computed(project, log)
            forms = inspecting.inspect(made.results, project, log)
            services = making.Services(
                made.results, log, Store(project.root), prints=True
            )  # as a report's: what it kept
            front, filled = making.fill(forms, services, log)
            book = log.stage("冊子の編集", lambda: making.assemble(front, filled))
            docx = log.stage("一つのWordの作成", lambda: whole(book))
        except Halt:
            return Written(in_order(log.diagnostics))
        return Written(in_order(log.diagnostics), publish(project, made.of, FOLDER, {FILE: docx}))
