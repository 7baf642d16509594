"""A loss of power at any time, and any call that the machine refuses: nothing disagrees, and the next run finishes it.

Every command that writes is recorded once; from that, every state that a file system may be left in (``Disk.losses``)
is laid out, and the command run again. ``make test`` tries what takes little time, ``make test-slow`` all.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from docx.document import Document

from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.model.correspondence import Decision, Verdict
from pipeline.storage import outputs
from pipeline.workflows import apply, collect, editions, figures, new_rows, new_year, report, review, send
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action
from tests.conftest import Shared
from tests.departments.returned.post import INITIATIVES, TODAY, Post, Quiet, sent_project
from tests.departments.returned.test_round_trip import change_results
from tests.project import FIXTURES, YEAR, copy_project
from tests.storage.disk import Disk, lay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of open files")


class Found(Protocol):
    """What comes of a command."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


def decide(project: Project) -> Found | None:
    begun = review.begin(project, TODAY, Quiet())
    answers = begun.value.answers if begun.value else None
    decisions = dict.fromkeys(answers.proposals, Decision(Verdict.ACCEPT)) if answers else {}
    return begun if answers and answers.record(decisions) else None


def add(project: Project) -> Found | None:
    rows = [p for p in collect.board(project, Quiet()).proposals if p.is_added_row]
    return new_rows.write(project, rows[0].id, TODAY, Quiet()) if rows else None


ACTIONS: dict[str, Callable[[Project], Found | None]] = {
    "collect": lambda project: collect.collect(project, Quiet()),
    "decide": decide,
    "apply": lambda project: apply.apply(project, TODAY, Quiet()),
    "undo": lambda project: apply.undo(project, TODAY, Quiet()),
    "row": add,
    "newyear": lambda project: new_year.begin(project, Quiet()),
    "figures": lambda project: figures.figures(project, Quiet()),
    "remind": lambda project: send.remind(project, send.Order(), Quiet()),
    "send": lambda project: send.send(project, send.Order(), Quiet()),
    "sendback": lambda project: send.sendback(project, send.Order(), TODAY, Quiet()),
    "report": lambda project: report.run(Action.REPORT, project, Quiet()),
    "sheets": lambda project: report.run(Action.SHEETS, project, Quiet()),
    "issue": lambda project: editions.issue(project, TODAY, "", Quiet()),
    "changes": lambda project: editions.changes(project, "", Quiet()),
}
QUICK = ("collect", "decide", "apply", "undo", "newyear")
ALL = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in ACTIONS]
AT_AN_END = ("newyear", "row")
"""What says that there is nothing more to do by an error; ``issue`` and ``undo`` ask to be called once more."""
EVERY_CALL = os.environ.get("CALLS") == "all"
STEPS = {"figures": 7, "remind": 13, "report": 61, "sheets": 61}
"""Which calls are refused, the first and then every so many; ``CALLS=all`` refuses every one, which takes hours."""
FAULTS = (errno.ENOSPC, errno.EACCES, errno.EIO)


def add_row(document: Document) -> None:
    row = document.tables[INITIATIVES].add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text, row.cells[1].text = "④ 海の学校\n・体験", "3回開いた。"


def edit_input(post: Post) -> None:
    path = post.project.inputs / "measures" / "1-1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("。", "等。", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def city(shared: Shared) -> Path:
    """The small city with its report made and its sheets sent."""

    def make(folder: Path) -> None:
        sent_project(copy_project(folder, FIXTURES / "small"))
        assert report.run(Action.REPORT, Project(folder, YEAR), Quiet()).written

    return shared("crashes", make)


@pytest.fixture
def begun(city: Path, tmp_path: Path, action: str) -> Path:
    """A project in which the action has something to do."""
    post = Post(Path(shutil.copytree(city, tmp_path / "begun")))
    if action in ("report", "sheets"):
        edit_input(post)
    if action == "changes":
        editions.issue(post.project, TODAY, "", Quiet())
        edit_input(post)
    if action == "send":
        for record in (post.project.inputs / "issued").glob("*-1-2-*"):
            record.unlink()
    if action == "row":
        post.edited(add_row, "1-1")
    if action in ("collect", "decide", "apply", "undo", "sendback"):
        post.edited(change_results, "1-1")
        post.edited(change_results, "1-2", name="1-2.docx")
    if action in ("row", "decide", "apply", "undo", "sendback"):
        post.collect()
    if action in ("apply", "undo"):
        post.decide("accept")
    if action == "undo":
        post.apply()
    if action == "sendback":
        post.decide({"reject": "様式のため。"})
    return post.root


def run(action: str, root: Path) -> bool:
    """Do it; return whether it says that it is done."""
    found = ACTIONS[action](Project(root, YEAR))
    return found is not None and not has_errors(found.diagnostics)


def state(root: Path) -> dict[str, bytes]:
    """Return all files that are anybody's."""
    files = [path for part in ("inputs", "outputs") for path in (root / part).rglob("*") if path.is_file()]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files if p.suffix != ".lock"}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def half_written(root: Path) -> list[str]:
    """Return the outputs of which the record of their run says otherwise."""
    found = []
    for record in (root / "outputs" / YEAR).rglob(outputs.MANIFEST):
        if any(part.startswith(".") for part in record.relative_to(root).parts):  # on its way out
            continue
        listed = outputs.read_manifest(record.parent).get("outputs")
        assert isinstance(listed, dict), record
        files = {record.parent / name: digest for name, digest in listed.items()}
        found += [str(f) for f, digest in files.items() if not f.is_file() or outputs.sha256(f.read_bytes()) != digest]
    return found


@pytest.mark.parametrize("action", ALL)
def test_after_a_loss_of_power_the_next_run_brings_all_to_its_end(begun: Path, tmp_path: Path, action: str) -> None:
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    disk = Disk(whole)
    with disk.watched():
        assert run(action, whole)
    expected, tried = state(whole), 0
    for tried, files in enumerate(disk.losses(), 1):
        root = lay(files, tmp_path / f"{tried}")
        assert half_written(root) == []
        assert run(action, root) or run(action, root) or action in AT_AN_END
        assert differing(state(root), expected) == []
        shutil.rmtree(root)
    assert tried > 1, "nothing was written"


def watching(root: Path, refused: int = 0) -> Disk:
    """Return a disk that refuses a call; a returned file that cannot be read is told in the list of what came back."""
    return Disk(root, refused, FAULTS[refused % len(FAULTS)], spared=root / "inputs" / YEAR / "returned")


@pytest.mark.parametrize("action", ALL)
def test_what_the_machine_refuses_is_told_and_the_next_run_does_it(begun: Path, tmp_path: Path, action: str) -> None:
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    disk = watching(whole)
    with disk.watched():
        run(action, whole)
    expected = state(whole)
    for number in range(1, disk.calls + 1, 1 if EVERY_CALL else STEPS.get(action, 29)):
        root = Path(shutil.copytree(begun, tmp_path / f"{number}"))
        try:
            with watching(root, number).watched():
                is_done = run(action, root)
        except OSError:
            is_done = False
        assert half_written(root) == []
        if is_done:  # what it could not clear away, the next run does
            assert [name for name in differing(state(root), expected) if "/." not in name] == []
        assert run(action, root) or run(action, root) or action in AT_AN_END
        assert differing(state(root), expected) == []
        shutil.rmtree(root)
