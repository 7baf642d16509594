"""What was told as written is written: through links, into folders that refuse, and by runs that were killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.departments.returned import ledger
from pipeline.model.correspondence import LedgerEntry
from pipeline.storage import atomic
from pipeline.storage.store import FOLDER
from pipeline.workflows import apply, collect, department_files, new_year, send
from pipeline.workflows.project import Project, locked
from tests.departments.returned.post import INITIATIVES, TODAY, Post, Quiet, cell, write
from tests.departments.returned.test_interrupted import LEDGER, accepted, state
from tests.departments.returned.test_round_trip import RESULTS, change_results
from tests.departments.returned.test_undo import undo
from tests.project import BASE, MADE, NEXT, YEAR

pytestmark = pytest.mark.slow

NEW = "訪問による意見交換を、電話とWEB会議に改めた。"


@pytest.mark.parametrize("linked", [BASE, f"{BASE}/measures", f"{BASE}/measures/1-2.yaml", MADE, f"{MADE}/returned"])
def test_what_is_reached_by_a_link_is_written_where_it_is(post: Post, linked: str, tmp_path: Path) -> None:
    post.edited(change_results)
    post.collect()
    there = tmp_path / "elsewhere"
    shutil.move(post.root / linked, there)
    (post.root / linked).symlink_to(there)
    post.decide("accept")
    before = post.inputs()
    assert post.apply().paths == (RESULTS,)
    assert NEW in post.inputs()
    assert (post.root / linked).is_symlink()
    assert (post.project.inputs / LEDGER).is_file()
    assert (post.apply().paths, not post.collected().is_pending) == ((), True)
    assert undo(post).paths == (RESULTS,)
    assert post.inputs() == before


def test_a_machine_that_does_not_write_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "1-2.yaml"
    path.write_bytes(b"old")

    def forget(self: Path, target: Path) -> Path:
        self.unlink()
        return target

    monkeypatch.setattr(Path, "replace", forget)
    with pytest.raises(OSError) as refused:
        atomic.write(path, b"new")
    assert refused.value.filename == str(path)


def refuse(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be written into a folder, as if it were read-only."""
    make = tempfile.NamedTemporaryFile

    def made(**named: object) -> object:
        if named["dir"] == folder:
            raise PermissionError(13, "Permission denied", str(folder / ".xyz"))
        return make(**named)  # type: ignore[call-overload]

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", made)


@pytest.mark.parametrize("place", [f"{MADE}/returned", f"{BASE}/measures", BASE])
def test_a_folder_that_refuses_leaves_all_as_it_was(post: Post, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(post)
    before = state(post)
    with monkeypatch.context() as patch, pytest.raises(PermissionError) as refused:
        refuse(post.root / place, patch)
        post.apply()
    assert Path(refused.value.filename).parent == post.root / place
    assert not Path(refused.value.filename).name.startswith(".")
    assert state(post) == before
    assert len(post.apply().paths) == 2


def test_a_disk_that_fails_half_way_is_told_and_the_next_run_goes_on(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(post)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == LEDGER:
            raise OSError(5, "Input/output error", str(target))
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        done = post.apply()
    assert ([d.id for d in done.diagnostics if d.id == "apply-stopped"], done.paths) == (["apply-stopped"], ())
    assert not (post.project.inputs / LEDGER).exists()
    assert "apply-finished" in {d.id for d in post.apply().diagnostics}
    assert len(apply.undo(post.project, TODAY, Quiet()).paths) == 2


def test_a_file_that_is_saved_meanwhile_is_not_written_over(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(post)
    path = post.project.inputs / "measures/1-3.yaml"
    committed = department_files._committed

    def saved(*arguments: object) -> object:
        path.write_text(f"{post.inputs('measures/1-3.yaml')}# 手直し\n", encoding="utf-8")
        return committed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(department_files, "_committed", saved)
    done = post.apply()
    assert [d.place.file for d in done.diagnostics if d.id == "inputs-moved"] == [f"{BASE}/measures/1-3.yaml"]
    assert post.inputs("measures/1-3.yaml").endswith("# 手直し\n")
    assert not (post.project.inputs / LEDGER).exists()


def acts(project: Project) -> dict[str, Callable[[], object]]:
    return {
        "apply": lambda: apply.apply(project, TODAY, Quiet()),
        "collect": lambda: collect.collect(project, Quiet()),
        "send": lambda: send.send(project, send.Order(frozenset(["1-2"])), Quiet()),
        "newyear": lambda: new_year.begin(project, Quiet()),
    }


def act(project: Project, action: str, count: int) -> None:
    """Run an action, and end its process before so many files or folders took their place."""
    left = iter(range(count))

    def killing(move: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def killed(self: Path, target: Path) -> Path:
            if FOLDER not in target.parts and next(left) == count - 1:
                os._exit(9)
            return move(self, target)

        return killed

    Path.replace, Path.rename = killing(Path.replace), killing(Path.rename)  # type: ignore[assignment, method-assign]
    acts(project)[action]()


def killed(post: Post, action: str, count: int) -> None:
    """Run an action in a process of its own, forked from this one, and kill it."""
    process = get_context("fork").Process(target=act, args=(post.project, action, count))
    process.start()
    process.join(120)
    assert process.exitcode == 9


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.slow
@pytest.mark.usefixtures("own_store")
@pytest.mark.parametrize(
    ("action", "count"),
    [("apply", 1), ("apply", 2), ("apply", 4), ("collect", 1), ("send", 1), ("send", 3), ("send", 4), ("newyear", 1)],
)
def test_a_killed_run_leaves_nothing_after_the_next(post: Post, action: str, count: int) -> None:
    mine = post.project.inputs / ".note.building.1.yaml"
    mine.write_text("控え", encoding="utf-8")
    sheets = sorted(path.name for path in (post.project.outputs / "send").glob("*/*"))
    if action == "apply":
        accepted(post)
    killed(post, action, count)
    with locked(post.project):
        pass
    hidden = [
        path for path in post.root.rglob(".*") if path.name not in (f".{YEAR}.lock", f".{YEAR}.list.lock", FOLDER)
    ]
    assert hidden == [mine]
    assert sorted(path.name for path in (post.project.outputs / "send").glob("*/*")) == sheets
    assert not (post.root / "inputs" / NEXT).exists()


def test_a_year_in_the_making_is_cleared_by_no_other_year(post: Post) -> None:
    other = post.root / "inputs" / f"{atomic.prefix(Path('R6'))}abcdefgh"
    other.mkdir()
    with locked(post.project):
        pass
    assert other.is_dir()


def test_a_text_of_any_length_is_applied_entered_and_taken_back(post: Post) -> None:
    post.edited(lambda document: write(cell(document, INITIATIVES, 1, 1), "あ" * 140_000))
    before = post.inputs()
    post.collect()
    post.decide("accept")
    assert post.apply().paths == (RESULTS,)
    assert collect.board(post.project, Quiet()).diagnostics == post.collected().diagnostics
    assert undo(post).paths == (RESULTS,)
    assert post.inputs() == before


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@given(rows=st.lists(st.lists(TEXT, min_size=12, max_size=12), max_size=4))
def test_the_ledger_reads_back_whatever_it_was_given(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert len(LedgerEntry.__struct_fields__) == 12
    folder, entries = tmp_path_factory.mktemp("ledger"), tuple(LedgerEntry(*row) for row in rows)
    for entry in entries:
        (folder / ledger.FILE).write_bytes(ledger.appended(folder, [entry]))
    assert ledger.load(folder, folder).value == entries
