"""What is left of files when the power goes: whole ones, in the order in which they were written."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.storage import atomic, journal, outputs
from tests.project import YEAR
from tests.storage.disk import Disk, lay
from tests.storage.refusals import Refusal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of open files")
OLD = {"report.pdf": b"book", "sheets/1-1.docx": b"sheet", "charts/1-1/x.png": b"chart"}
NEW = {"report.pdf": b"newer", "sheets/1-2.docx": b"another"}


def left(root: Path, work: Callable[[], object]) -> Iterator[Path]:
    """Do some work under a folder, and yield what a loss of power may leave of it, each by itself."""
    disk = Disk(root)
    with disk.watched():
        work()
    for number, files in enumerate(disk.losses()):
        yield lay(files, root.with_name(f"{number}"))


def test_no_file_is_there_without_those_that_were_written_before(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    names = ("issued/a.docx", "issued/a.json", "applied/deep/1.json", "ledger.csv")
    found = []

    def write() -> None:
        for name in names:
            atomic.write(root / name, name.encode())

    for state in left(root, write):
        there = [name for name in names if (state / name).exists()]
        assert there == list(names[: len(there)])
        assert all((state / name).read_text(encoding="utf-8") == name for name in there)
        found.append(len(there))
    assert set(found) == set(range(len(names) + 1))


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for state in left(root, lambda: atomic.create(root / "inputs" / "R4", OLD)):
        folder = state / "inputs" / "R4"
        assert not folder.exists() or {name: (folder / name).read_bytes() for name in OLD} == OLD


def test_outputs_are_those_of_before_or_the_new_ones(tmp_path: Path) -> None:
    root = tmp_path / "root"
    folder = root / YEAR
    root.mkdir()
    with outputs.locked(folder):
        outputs.publish(folder, OLD, {}, whole=True)

    def publish() -> None:
        with outputs.locked(folder):
            outputs.publish(folder, NEW, {}, whole=True)

    seen = set()
    for state in left(root, publish):
        with outputs.locked(state / YEAR):
            files = {name: path.read_bytes() for name in {*OLD, *NEW} if (path := state / YEAR / name).is_file()}
        assert files in (OLD, NEW)
        assert [path.name for path in state.iterdir() if path.is_dir()] == [YEAR]
        seen.add(files == NEW)
    assert seen == {True, False}


def test_files_that_belong_together_are_finished_together(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay({"a.yaml": b"1", "b.yaml": b"1"}, root)
    for state in left(root, lambda: journal.commit(root, root, {Path("a.yaml"): b"2", Path("b.yaml"): b"2"})):
        journal.finish(state, state)
        assert (state / "a.yaml").read_bytes() == (state / "b.yaml").read_bytes()


def test_a_folder_that_cannot_be_read_is_not_taken_for_empty(tmp_path: Path) -> None:
    assert atomic.listed(tmp_path / "nothing") == []
    lay({"b.json": b"", "a.json": b"", "a.docx": b""}, tmp_path / "issued")
    assert [path.name for path in atomic.listed(tmp_path / "issued", "*.json")] == ["a.json", "b.json"]
    with Disk(tmp_path, Refusal(1, errno.EACCES)).watched(), pytest.raises(PermissionError):
        atomic.listed(tmp_path / "issued")


def test_outputs_are_not_taken_for_edited_where_their_list_cannot_be_read(tmp_path: Path) -> None:
    lay({"manifest.json": b'{"outputs": {}}'}, tmp_path / YEAR)
    with Disk(tmp_path, Refusal(1, errno.EIO)).watched(), pytest.raises(OSError, match="manifest"):
        outputs.read_manifest(tmp_path / YEAR)


def test_what_a_stopped_run_left_half_built_goes_when_the_same_is_written(tmp_path: Path) -> None:
    lay(
        {".[1].pdf.building.k3v9x2a7": b"", ".R4.building.k3v9x2a7": None, ".1.pdf.building.k3v9x2a7": b""},
        tmp_path / "a",
    )
    atomic.write(tmp_path / "a" / "[1].pdf", b"1")
    atomic.create(tmp_path / "a" / "R4", OLD)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".1.pdf.building.k3v9x2a7", "R4", "[1].pdf"]
