"""Documents beside the book, each as a Word file and as a PDF under ``outputs/<year>/``: ``opinions``, ``digest``.

In: a project. Out: the paths of the files. ``cli`` calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order
from pipeline.documents import pdf
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.publication import digest as digested
from pipeline.publication.document import document
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.stages.book import opinions as listed
from pipeline.storage import naming
from pipeline.storage.manifest import made_of
from pipeline.workflows import earlier
from pipeline.workflows.assessing import read_files
from pipeline.workflows.project import Project
from pipeline.workflows.published import publish
from pipeline.workflows.run_log import Halt, Log, Progress, running

_NONE = "意見がありません。"
_NONE_HINT = (
    f"{naming.OPINIONS} に意見を書いてから、もう一度実行してください。書き方は手引きの「意見と対応」にあります。"
)


class Written(Struct, frozen=True):
    """The files that were written; none where errors stopped it."""

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Path, ...] = ()


class Computed(Struct, frozen=True):
    """Results, and the digests of the inputs and templates that they come from, as the record has them."""

    results: Results
    of: Mapping[str, Mapping[str, str]]


def opinions(project: Project, progress: Progress) -> Written:
    """Write the list of opinions and their answers. Raises ``outputs.Busy`` and ``OSError``."""
    with running(project, progress) as log:
        try:
            made = computed(project, log)
            docx = log.stage("意見と対応の一覧の作成", lambda: _opinions(project, made.results))
            files = write(project, made, BookPart.OPINIONS, listed.TITLE, docx)
            return Written(in_order(log.diagnostics), files)
        except Halt:
            return Written(in_order(log.diagnostics))


def digest(project: Project, progress: Progress) -> Written:
    """Write the digest, with the years before that the project has. Raises ``outputs.Busy`` and ``OSError``."""
    with running(project, progress) as log:
        try:
            made = computed(project, log)
            before = earlier.results(project, made.results.evaluation)
            templates = project.holding(digested.TEMPLATE)
            docx = log.stage("概要版の作成", lambda: digested.digest(made.results, before, templates))
            return Written(in_order(log.diagnostics), write(project, made, "digest", digested.TITLE, docx))
        except Halt:
            return Written(in_order(log.diagnostics))


def computed(project: Project, log: Log) -> Computed:
    """Return the results of a project; raises ``Halt``."""
    evaluation = log.stage("入力の確認", lambda: validate.read(project.inputs, project.root))
    results = log.stage("達成率の計算", lambda: achievement.compute(evaluation))
    of = made_of(project.root, read_files(project, results), project.templates)  # now: somebody may save meanwhile
    return Computed(results, of)


def write(project: Project, made: Computed, command: str, title: str, docx: bytes) -> tuple[Path, ...]:
    """Write a command's document as a Word file and as a PDF. Within ``locked``."""
    name = f"{title}.docx"
    drawn = pdf.draw_document(docx, name, is_alone=True)
    printed = pdf.draw([pdf.PdfPart(drawn, name)], pdf.PdfInfo(drawn.title or name, ""))
    return publish(project, made.of, command, {name: docx, f"{title}.pdf": printed})


def _opinions(project: Project, results: Results) -> Checked[bytes]:
    evaluation = results.evaluation
    if not evaluation.opinions:
        place = Place(project.name_of(project.inputs / naming.OPINIONS))
        return Checked(None, (error("opinions-none", place, _NONE, _NONE_HINT),))
    name, variables = f"{BookPart.OPINIONS}.docx", listed.variables(evaluation)
    return document(project.holding(name), name, listed.title(evaluation), evaluation.report, variables)
