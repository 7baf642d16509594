"""The store of kept results: what was kept comes back, what was damaged does not, and the oldest goes first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.storage.store import FOLDER, Store

pytestmark = pytest.mark.usefixtures("own_store")
KEY, OTHER = "ab" * 32, "cd" * 32


def files(root: Path) -> list[Path]:
    return [path for path in (root / FOLDER).rglob("*") if path.is_file()]


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    Store(tmp_path).keep(KEY, b"result")
    assert Store(tmp_path).find(KEY) == b"result"
    assert Store(tmp_path).find(OTHER) is None


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data + b"x", bytes.upper])
def test_what_was_damaged_is_not_there(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    store = Store(tmp_path)
    store.keep(KEY, b"result")
    (path,) = files(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    assert store.find(KEY) is None
    store.keep(KEY, b"result")
    assert store.find(KEY) == b"result"


def test_a_result_put_in_the_place_of_another_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(KEY, b"result")
    (path,) = files(tmp_path)
    store.keep(OTHER, b"other")
    path.write_bytes((tmp_path / FOLDER / OTHER[:2] / OTHER[2:]).read_bytes())
    assert store.find(KEY) is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file in its place", encoding="utf-8")
    store = Store(tmp_path)
    store.keep(KEY, b"result")
    store.trim()
    assert store.find(KEY) is None


def test_what_somebody_else_kept_is_found_though_it_cannot_be_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).keep(KEY, b"result")
    (path,) = files(tmp_path)
    os.utime(path, (1, 1))

    def refuse(path: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "touch", refuse)
    assert Store(tmp_path).mark(KEY)
    assert Store(tmp_path).find(KEY) == b"result"


def test_a_run_that_writes_nothing_only_reads(tmp_path: Path) -> None:
    Store(tmp_path, is_read_only=True).keep(KEY, b"result")
    assert files(tmp_path) == []
    Store(tmp_path).keep(KEY, b"result")
    (path,) = files(tmp_path)
    os.utime(path, (1, 1))
    assert Store(tmp_path, is_read_only=True).mark(KEY)
    assert path.stat().st_mtime == 1


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store, keys = Store(tmp_path), [f"{number:064x}" for number in range(1, 5)]
    for age, key in enumerate(keys):
        store.keep(key, bytes(1000))
        os.utime(tmp_path / FOLDER / key[:2] / key[2:], (age, age))
    assert store.mark(keys[0]) is not None  # used again
    (tmp_path / FOLDER / "Thumbs.db").touch()  # which is nobody's
    store.trim(2500)
    assert [key for key in keys if store.find(key)] == [keys[0], keys[3]]


def test_clearing_removes_all(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(KEY, b"result")
    store.clear()
    store.clear()
    assert store.find(KEY) is None
