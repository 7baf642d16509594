"""Runs that were killed between two files, and records that somebody damaged: told, and never half of it.

That no state is left half is shown by ``tests/workflows/test_crashes.py``; here, what people are told of it.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.departments.issued import records
from pipeline.storage import atomic, journal
from pipeline.workflows import apply, collect, report, send
from pipeline.workflows.report import Action
from pipeline.workflows.send import Order
from tests.departments.returned.post import TODAY, Post, Quiet
from tests.departments.returned.test_round_trip import change_results
from tests.project import BASE, YEAR, run

pytestmark = pytest.mark.slow

LEDGER = "反映の記録.csv"


class Killed(BaseException):
    """The machine went off."""


def state(post: Post) -> list[tuple[str, bytes]]:
    """Return the input files and the proposals with their bytes."""
    files = [*post.project.inputs.glob("*.*"), *post.project.inputs.glob("measures/*"), post.proposals]
    return sorted((path.name, path.read_bytes()) for path in files if path.is_file() and path.suffix != ".json")


def kill_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so many files be written in ``journal``, its own among them, and no more."""
    written: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        if len(written) == count:
            raise Killed
        written.append(path)
        atomic.write(path, data)

    monkeypatch.setattr(journal, "atomic", SimpleNamespace(write=write, listed=atomic.listed))


def accepted(post: Post) -> None:
    """Collect changes of two files, and accept them."""
    post.edited(change_results)
    post.edited(change_results, measure="1-3", name="別の回答.docx")
    post.collect()
    post.decide("accept")


def test_an_interrupted_apply_is_finished_by_the_next_run(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(post)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_after(2, patch)
        post.apply()
    found = apply.apply(post.project, TODAY, Quiet())
    assert ("apply-finished" in {d.id for d in found.diagnostics}, found.paths) == (True, ())
    assert len((post.project.inputs / LEDGER).read_text(encoding="utf-8-sig").splitlines()) == 3
    assert len(apply.undo(post.project, TODAY, Quiet()).paths) == 2


def test_a_check_tells_of_an_interrupted_apply_and_a_report_finishes_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(post)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_after(2, patch)
        post.apply()
    torn = state(post)
    told = [report.run(action, post.project, Quiet()) for action in (Action.CHECK, Action.CHARTS)]
    ids = [{d.id for d in run.diagnostics if d.id.startswith("apply-")} for run in told]
    assert ids == [{"apply-unfinished"}, {"apply-finished"}]
    assert state(post) != torn
    assert (post.apply().paths, len(apply.undo(post.project, TODAY, Quiet()).paths)) == ((), 2)


def test_what_was_edited_since_is_left_alone_and_told(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(post)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_after(2, patch)
        post.apply()
    path = post.project.inputs / "measures/1-3.yaml"
    path.write_text(f"{post.inputs('measures/1-3.yaml')}# 手直し\n", encoding="utf-8")
    found = post.apply()
    assert [d.place.file for d in found.diagnostics if d.id == "apply-torn"] == [f"{BASE}/measures/1-3.yaml"]
    assert post.inputs("measures/1-3.yaml").endswith("# 手直し\n")


def test_an_interrupted_undo_does_not_go_on_to_the_run_before(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(post)
    before = post.inputs()
    post.apply()
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_after(1, patch)
        apply.undo(post.project, TODAY, Quiet())
    assert "undo-again" in {d.id for d in apply.undo(post.project, TODAY, Quiet()).diagnostics}
    assert post.inputs() == before
    assert apply.undo(post.project, TODAY, Quiet()).paths == ()


def test_a_full_disk_leaves_the_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "1-2.yaml"
    path.write_bytes(b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "full", str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="full"):
        atomic.write(path, b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("1-2.yaml", b"old")]


def test_a_sheet_whose_record_was_cut_off_is_sent_again(post: Post) -> None:
    (record,) = (post.project.inputs / "issued").glob(f"{YEAR}-1-2-*.json")
    record.unlink()
    (new,) = send.send(post.project, Order(), Quiet()).new
    assert (str(new.identity), record.is_file()) == (record.stem, True)


@pytest.mark.parametrize(("damage", "action"), [("json", "send"), ("docx", "board"), ("json", "sendback")])
def test_a_damaged_record_is_told_by_its_name(post: Post, damage: str, action: str) -> None:
    (record,) = (post.project.inputs / "issued").glob(f"{YEAR}-1-2-*.json")
    if damage == "json":
        record.write_text(record.read_text(encoding="utf-8")[:300], encoding="utf-8")
    else:
        record.with_suffix(".docx").unlink()
    done = run(post.root, action)
    assert done.returncode == 1
    assert f"{record.relative_to(post.root)}: エラー: 送ったシートの控え" in done.stdout


@pytest.mark.parametrize("text", ["反映した日,項目\r\n", "".join(["反映した日"] * 3)])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_a_ledger_that_was_saved_by_another_program_is_told(post: Post, text: str, encoding: str) -> None:
    (post.project.inputs / LEDGER).write_text(text, encoding=encoding)
    found = collect.collect(post.project, Quiet())
    assert [d.id for d in found.diagnostics if d.id.startswith("ledger")] == ["ledger-damaged"]


@pytest.mark.parametrize("action", ["apply", "undo"])
def test_inputs_that_cannot_be_read_are_told_and_nothing_is_written(post: Post, action: str) -> None:
    accepted(post)
    path = post.project.inputs / "measures/1-3.yaml"
    path.write_bytes(post.inputs("measures/1-3.yaml").encode("cp932"))
    done = run(post.root, action)
    assert (done.returncode, "file-not-utf8" in done.stdout) == (1, True)
    assert not (post.project.inputs / LEDGER).exists()


def test_a_list_in_another_encoding_is_told(post: Post) -> None:
    accepted(post)
    post.proposals.write_bytes(post.proposals.read_text(encoding="utf-8").encode("cp932", "replace"))
    assert "file-not-utf8" in {d.id for d in post.apply().diagnostics}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": [null, "?"]}', "\x00", "[" * 100_000])
def test_a_journal_that_cannot_be_read_is_set_aside_and_told_until_it_is_gone(tmp_path: Path, text: str) -> None:
    for number in (1, 2):  # never one over another
        (tmp_path / journal.FILE).write_text(text, encoding="utf-8")
        assert journal.finish(tmp_path, tmp_path) == journal.Finished()
        assert len(list(tmp_path.iterdir())) == number
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == [text] * 2
    for tell in (journal.healed, journal.unfinished):
        assert {d.place.file for d in tell(tmp_path, tmp_path)} == {path.name for path in tmp_path.iterdir()}
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_a_journal_writes_nothing_outside_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / journal.FILE).write_text('{"../outside.yaml": [null, "eA=="]}', encoding="utf-8")
    assert journal.finish(root, root).changed == ("../outside.yaml",)
    assert not (tmp_path / "outside.yaml").exists()


def test_a_record_that_the_machine_does_not_give_is_no_fault_of_the_file(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.edited(change_results)

    def closed(folder: Path, issue: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(records, "sent", closed)
    with pytest.raises(PermissionError):
        collect.collect(post.project, Quiet())
    assert not post.proposals.exists()
