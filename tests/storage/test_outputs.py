"""Publishing: whole or not at all, and nothing that somebody edited is dropped."""

from __future__ import annotations

import itertools
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.storage import atomic as whole
from pipeline.storage import outputs
from pipeline.workflows import faults
from tests.project import YEAR
from tests.storage.disk import Disk
from tests.storage.refusals import LASTING, Refusal

FIRST = {"report.pdf": b"book", "sheets/1-1_a.docx": b"sheet", "charts/1-1/x.png": b"chart"}


def publish(folder: Path, files: Mapping[str, bytes], whole: bool = True) -> tuple[str, ...]:
    with outputs.locked(folder):
        return outputs.publish(folder, files, {"pages": {}}, whole)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def made(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(folder).items() if path != outputs.MANIFEST}


def test_a_run_replaces_what_the_one_before_made(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    publish(tmp_path / YEAR, {"report.pdf": b"new"})
    assert made(tmp_path / YEAR) == {"report.pdf": b"new"}


def test_the_manifest_lists_the_hash_of_every_output(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    listed = outputs.read_manifest(tmp_path / YEAR)["outputs"]
    assert listed == {path: outputs.sha256(data) for path, data in sorted(FIRST.items())}


def test_a_folder_that_has_all_this_already_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / "メモ.txt").write_bytes(b"by hand")
    before = (tmp_path / YEAR).stat().st_ino
    assert publish(tmp_path / YEAR, FIRST) == ()
    assert (tmp_path / YEAR).stat().st_ino == before


@pytest.mark.parametrize("path", [*FIRST, outputs.MANIFEST])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "damaged"])
def test_what_lacks_or_is_damaged_is_there_again(path: str, spoil: Callable[[Path], object], tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    before = contents(tmp_path / YEAR)
    spoil(tmp_path / YEAR / path)
    publish(tmp_path / YEAR, FIRST)
    found = contents(tmp_path / YEAR)
    assert {name: data for name, data in found.items() if not name.startswith("kept/")} == before


def test_a_partial_run_leaves_the_rest_and_its_entries(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    publish(tmp_path / YEAR, {"sheets/1-1_a.docx": b"newer"}, whole=False)
    assert made(tmp_path / YEAR) == {**FIRST, "sheets/1-1_a.docx": b"newer"}
    listed = outputs.read_manifest(tmp_path / YEAR)["outputs"]
    assert isinstance(listed, dict) and set(listed) == set(FIRST)


@pytest.mark.parametrize("whole", [True, False])
def test_an_edited_sheet_is_set_aside_not_overwritten(tmp_path: Path, whole: bool) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / "sheets/1-1_a.docx").write_bytes(b"edited by hand")
    kept = publish(tmp_path / YEAR, {**FIRST, "sheets/1-1_a.docx": b"newer"}, whole)
    assert len(kept) == 1 and kept[0].startswith("kept/sheets/1-1_a_") and kept[0].endswith(".docx")
    assert (tmp_path / YEAR / kept[0]).read_bytes() == b"edited by hand"
    assert (tmp_path / YEAR / "sheets/1-1_a.docx").read_bytes() == b"newer"


def test_an_edited_sheet_of_a_measure_that_is_gone_is_set_aside(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / "sheets/1-1_a.docx").write_bytes(b"edited by hand")
    kept = publish(tmp_path / YEAR, {"report.pdf": b"book"})
    assert (tmp_path / YEAR / kept[0]).read_bytes() == b"edited by hand"
    assert not (tmp_path / YEAR / "sheets/1-1_a.docx").exists()


def test_what_was_set_aside_and_foreign_files_stay_over_many_runs(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / "memo.txt").write_text("note")
    (tmp_path / YEAR / "sheets/1-1_a.docx").write_bytes(b"edited")
    kept = publish(tmp_path / YEAR, FIRST)
    for _ in range(3):
        assert publish(tmp_path / YEAR, FIRST) == ()
    assert (tmp_path / YEAR / "memo.txt").read_text() == "note"
    assert (tmp_path / YEAR / kept[0]).read_bytes() == b"edited"


def test_without_a_readable_manifest_everything_is_kept(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / outputs.MANIFEST).write_text("{broken")
    kept = publish(tmp_path / YEAR, {"report.pdf": b"new"})
    assert [path.split("_")[0] for path in kept] == ["kept/report"]
    assert (tmp_path / YEAR / "sheets/1-1_a.docx").read_bytes() == b"sheet"


def test_a_failure_while_writing_leaves_the_last_good_outputs(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    before = contents(tmp_path / YEAR)
    with pytest.raises(OSError):
        publish(tmp_path / YEAR, {"report.pdf": b"new", "report.pdf/inside": b"impossible"})
    assert contents(tmp_path / YEAR) == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == [YEAR]


def test_a_kill_between_the_two_renames_is_healed_by_the_next_run(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    before = contents(tmp_path / YEAR)
    (tmp_path / YEAR).replace(tmp_path / f".{YEAR}.previous")
    (tmp_path / f".{YEAR}.building.dead").mkdir()
    with outputs.locked(tmp_path / YEAR):
        assert contents(tmp_path / YEAR) == before
        assert not (tmp_path / f".{YEAR}.building.dead").exists()


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    refused: list[str] = []

    def second() -> None:
        try:
            publish(tmp_path / YEAR, FIRST)
        except outputs.Busy as busy:
            refused.append(str(busy))

    with outputs.locked(tmp_path / YEAR):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused == [str(tmp_path / YEAR)]


def test_a_link_that_somebody_put_there_stays_a_link(tmp_path: Path) -> None:
    publish(tmp_path / YEAR, FIRST)
    (tmp_path / YEAR / "shortcut").symlink_to("/nowhere")
    publish(tmp_path / YEAR, FIRST)
    assert str((tmp_path / YEAR / "shortcut").readlink()) == "/nowhere"


def test_a_year_that_is_a_link_to_another_disk_stays_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "outputs").mkdir()
    folder = tmp_path / "outputs" / YEAR
    folder.symlink_to(tmp_path / "disk" / YEAR)
    for _ in range(3):
        publish(folder, FIRST)
    assert folder.is_symlink()
    assert made(tmp_path / "disk" / YEAR) == FIRST
    assert [p.name for p in (tmp_path / "disk").iterdir() if p.is_dir()] == [YEAR]


def test_a_file_in_the_place_of_the_years_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / YEAR).write_text("a note")
    with pytest.raises(NotADirectoryError) as refused:
        publish(tmp_path / YEAR, FIRST)
    assert refused.value.filename == str(tmp_path / YEAR)
    assert (tmp_path / YEAR).read_text() == "a note"


@pytest.mark.parametrize("name", ["sheets", "report.pdf/inside", "kept", "charts/1-1"])
def test_what_stands_in_the_way_of_the_outputs_is_set_aside(name: str, tmp_path: Path) -> None:
    path = tmp_path / YEAR / name
    path.parent.mkdir(parents=True)
    path.write_text("by hand")
    (kept,) = publish(tmp_path / YEAR, FIRST)
    assert (tmp_path / YEAR / kept).read_text() == "by hand"
    assert FIRST.items() <= made(tmp_path / YEAR).items()
    assert publish(tmp_path / YEAR, FIRST) == ()


def test_a_folder_that_cannot_be_read_stops_the_run_before_anything_is_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / YEAR, FIRST)
    closed = tmp_path / YEAR / "closed"
    closed.mkdir()
    (closed / "memo.txt").write_text("note")
    before = contents(tmp_path / YEAR)
    scan = os.scandir

    def scandir(path: str) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scan(path)

    with monkeypatch.context() as patch, pytest.raises(PermissionError) as refused:
        patch.setattr(os, "scandir", scandir)
        publish(tmp_path / YEAR, {"report.pdf": b"new"})
    assert refused.value.filename == str(closed)
    assert contents(tmp_path / YEAR) == before
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [YEAR]
    publish(tmp_path / YEAR, {"report.pdf": b"new"})
    assert (closed / "memo.txt").read_text() == "note"


@pytest.mark.parametrize("count", [1, 2])
def test_an_exchange_within_that_was_killed_is_healed_by_the_next_run(tmp_path: Path, count: int) -> None:
    folder = tmp_path / YEAR
    publish(folder, FIRST)
    with outputs.locked(folder):
        outputs.publish(folder / "send", {"sheet.docx": b"sheet"}, {}, whole=True)
    staging = folder / f"{whole.prefix(folder / 'send')}abcdefgh"
    staging.mkdir()
    (staging / "sheet.docx").write_bytes(b"new")
    if count == 2:
        (folder / "send").replace(folder / ".send.previous")
    publish(folder, FIRST)
    assert (folder / "send/sheet.docx").read_bytes() == b"sheet"
    assert sorted(p.name for p in folder.iterdir()) == ["charts", "manifest.json", "report.pdf", "send", "sheets"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of open files")
@pytest.mark.parametrize("sort", LASTING)
def test_where_the_disk_is_lost_between_the_two_renames_it_is_told_where_the_outputs_are(
    tmp_path: Path, sort: str
) -> None:
    fault, kinds = LASTING[sort]
    aside = 0
    for number in itertools.count(1):
        root = tmp_path / f"{number}"
        publish(root / YEAR, FIRST)
        disk = Disk(root, Refusal(number, fault, kinds))
        told = ""
        try:
            with disk.watched():
                publish(root / YEAR, {"report.pdf": b"new"})
        except OSError as problem:
            told = faults.reason(problem, root)
        if len(disk.calls) < number:
            break
        if not (root / YEAR).exists():
            aside += 1
            assert f".{YEAR}.previous" in told
            assert (root / f".{YEAR}.previous" / "report.pdf").read_bytes() == b"book"
    assert aside > 0
