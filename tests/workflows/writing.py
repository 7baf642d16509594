"""Every command that writes, and a project in which it has something to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from docx.document import Document

from pipeline.diagnostics import Checked, Diagnostic, has_errors
from pipeline.model.correspondence import Decision, Verdict
from pipeline.model.options import Engine
from pipeline.storage import atomic
from pipeline.workflows import (
    apply,
    collect,
    convert,
    editions,
    explain_files,
    figures,
    new_city,
    new_rows,
    new_year,
    opendata,
    publications,
    report,
    review,
    schema,
    send,
    silence,
    web,
    whole,
)
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action
from tests.departments.returned.post import INITIATIVES, TODAY, Post, Quiet, sent_project, trimmed
from tests.departments.returned.test_round_trip import change_results
from tests.project import BASE, FIXTURES, YEAR, copy_project

_PDF = "pdf"
_OPINION = "opinions:\n  1-2:\n  - {id: desk, text: 窓口が分かりにくい。, answer: 改めた。, handling: 反映した}\n"
_QUIET = silence.Silence("style", f"inputs/{YEAR}/measures/1-1.yaml", "文体", "そのままにするため。")


class Found(Protocol):
    """What comes of a command."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


def _decide(project: Project) -> Found | None:
    begun = review.begin(project, TODAY, Quiet())
    answers = begun.value.answers if begun.value else None
    decisions = dict.fromkeys(answers.proposals, Decision(Verdict.ACCEPT)) if answers else {}
    return begun if answers and answers.record(decisions) else None


def _add(project: Project) -> Found | None:
    rows = [p for p in collect.board(project, Quiet()).proposals if p.is_added_row]
    return new_rows.write(project, rows[0].id, TODAY, Quiet()) if rows else None


def _convert(project: Project) -> Found:
    files = tuple(atomic.listed(project.outputs / "sheets", "*.docx"))
    target = project.root / "outputs" / _PDF
    return convert.convert(convert.Conversion(files, target, Engine.EMBEDDED), lambda file, made: None)


COMMANDS: dict[str, Callable[[Project], Found | None]] = {
    "collect": lambda project: collect.collect(project, Quiet()),
    "decide": _decide,
    "apply": lambda project: apply.apply(project, TODAY, Quiet()),
    "undo": lambda project: apply.undo(project, TODAY, Quiet()),
    "row": _add,
    "newyear": lambda project: new_year.begin(project, Quiet()),
    "newcity": lambda project: new_city.found(project.root, new_city.Order("あかね市", "R3-R7", new_city.STANDARD)),
    "silence": lambda project: silence.write(project, _QUIET, "", Quiet()),
    "schema": lambda project: Checked(schema.write(project.root)),
    "figures": lambda project: figures.figures(project, Quiet()),
    "remind": lambda project: send.remind(project, send.Order(), Quiet()),
    "send": lambda project: send.send(project, send.Order(), Quiet()),
    "sendback": lambda project: send.sendback(project, send.Order(), TODAY, Quiet()),
    "report": lambda project: report.run(Action.REPORT, project, Quiet()),
    "sheets": lambda project: report.run(Action.SHEETS, project, Quiet()),
    "issue": lambda project: editions.issue(project, TODAY, "", Quiet()),
    "changes": lambda project: editions.changes(project, "", Quiet()),
    "digest": lambda project: publications.digest(project, Quiet()),
    "opinions": lambda project: publications.opinions(project, Quiet()),
    "opendata": lambda project: opendata.opendata(project, Quiet()),
    "explain": explain_files.write,
    "word": lambda project: whole.word(project, Quiet()),
    "web": lambda project: web.web(project, Quiet()),
    "convert": _convert,
}
"""By their names: ``decide`` is what ``review`` saves, ``row`` and ``silence`` are buttons of the desk."""
AT_AN_END = ("newyear", "newcity", "row", "silence")
"""What says that there is nothing more to do by an error; ``issue`` and ``undo`` ask to be called once more."""


def run(command: str, root: Path) -> bool:
    """Do it; return whether it says that it is done."""
    found = COMMANDS[command](Project(root, YEAR))
    return found is not None and not has_errors(found.diagnostics)


def reported_city(folder: Path) -> Path:
    """Make two measures of the small city, with their report made and sheets sent: the least that has all kinds of
    files, as every call to one is refused by a whole run.
    """
    trimmed(copy_project(folder, FIXTURES / "small"), ("1-1", "1-2"))
    shutil.rmtree(folder / "templates" / "gallery")
    (folder / BASE / "form.yaml").write_text("parts: [contents, sheets]\n", encoding="utf-8")
    sent_project(folder)
    assert report.run(Action.REPORT, Project(folder, YEAR), Quiet()).written
    return folder


def begun(command: str, city: Path, folder: Path) -> Path:
    """Return a new folder, a copy of a reported city, in which a command has something to do."""
    if command == "newcity":
        folder.mkdir()
        return folder
    post = Post(Path(shutil.copytree(city, folder)))
    if command in ("report", "sheets"):
        _edit_input(post)
    if command == "changes":
        editions.issue(post.project, TODAY, "", Quiet())
        _edit_input(post)
    if command == "send":
        for record in (post.project.inputs / "issued").glob("*-1-2-*"):
            record.unlink()
    if command == "opinions":
        (post.project.inputs / "opinions.yaml").write_text(_OPINION, encoding="utf-8")
    if command in ("row", "collect", "decide", "apply", "undo", "sendback"):
        _answer(post, command)
    return post.root


def _answer(post: Post, command: str) -> None:
    """Return sheets, and go on until a command is next."""
    if command == "row":
        post.edited(_add_row, "1-1")
    else:
        post.edited(change_results, "1-1")
        post.edited(change_results, "1-2", name="1-2.docx")
    if command != "collect":
        post.collect()
    if command in ("apply", "undo"):
        post.decide("accept")
    if command == "undo":
        post.apply()
    if command == "sendback":
        post.decide({"reject": "様式のため。"})


def _add_row(document: Document) -> None:
    row = document.tables[INITIATIVES].add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text, row.cells[1].text = "④ 海の学校\n・体験", "3回開いた。"


def _edit_input(post: Post) -> None:
    path = post.project.inputs / "measures" / "1-1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("。", "等。", 1), encoding="utf-8")
