"""The documents that both engines convert: the newest sheets, the parts of the book, and the layout cases."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.wording.era import gregorian, is_year
from pipeline.workflows import report
from pipeline.workflows.project import Project, years
from pipeline.workflows.report import Action
from tests.compare.cases import CASES
from tests.compare.cities import SHOWN, sheet
from tests.compare.office_files import OFFICE_FILES
from tests.compare.typefaces import TYPEFACES
from tests.compare.word_files import WORD_FILES
from tests.project import ROOT, copy_project

REPORT = ("評価シート", "冊子の各部")
"""The groups that are this report's own."""

Documents = Mapping[str, tuple[bytes, ...]]
"""Word files by name, each followed by those that its links lead to."""


class _Silence:
    """Watches a run and says nothing."""

    def stage(self, title: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, label: str) -> None:
        """Say nothing."""


def groups() -> Mapping[str, Documents]:
    """Return the documents by group, in the order of the report."""
    sheets, parts = _report()
    return {
        REPORT[0]: _published() or sheets,
        REPORT[1]: parts,
        "組版の見本": {name: (make(),) for name, make in CASES.items()},
        "ほかの書体の見本": {name: (make(),) for name, make in TYPEFACES.items()},
        "ふだんのWord文書": {name: (make(),) for name, make in WORD_FILES.items()},
        **{f"実務の文書（{kind}）": {n: (make(),) for n, make in made.items()} for kind, made in OFFICE_FILES.items()},
        "架空の市のシート": {f"{number}番の市": (sheet(number),) for number in SHOWN},
    }


def _published() -> Documents:
    """Return the sheets of the newest year that was made here, as they may have been edited since."""
    folders = [path.parent for path in (ROOT / "outputs").glob("*/sheets") if is_year(path.parent.name)]
    if not folders:
        return {}
    newest = max(folders, key=lambda folder: gregorian(folder.name))
    return {path.stem: (path.read_bytes(),) for path in sorted((newest / "sheets").glob("*.docx"))}


def _report() -> tuple[Documents, Documents]:
    """Make the newest report in a folder of its own; gives its sheets, and the parts made of the other templates."""
    with tempfile.TemporaryDirectory() as name:
        project = copy_project(Path(name))
        run = report.run(Action.REPORT, Project(project, years(project)[-1]), _Silence())
    if run.made is None or run.made.book is None:
        raise SystemExit("報告書を作れないため、比べられません。先に make check を実行してください。")
    sheets = {sheet.file.removesuffix(".docx"): (sheet.docx,) for sheet in run.made.sheets}
    filled = {docx for (docx,) in sheets.values()}
    parts = [part for part in run.made.book.parts if part.docx not in filled]
    everything = tuple(part.docx for part in run.made.book.parts)
    return sheets, {part.name: (part.docx, *everything) for part in parts}
