"""A loss of power, or a disk that is full, before any write of a run: the next run brings all to where it was to go.

Every operation on files is seen by an audit hook of Python. Power is lost before one of them: nothing after it happens,
and of what was written and not waited for (fsync) nothing but the name is left, as file systems may do.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from pipeline.storage.store import FOLDER
from pipeline.workflows import apply, collect, new_year, send
from pipeline.workflows.project import Project
from tests.departments.returned.post import TODAY, Post, Quiet
from tests.departments.returned.test_round_trip import change_results
from tests.project import YEAR

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")
CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
ALL = os.environ.get("CRASHES") == "all"
"""Whether every operation has its turn, as in ``CRASHES=all``; else every eleventh."""
ACTIONS: dict[str, Callable[[Project], object]] = {
    "apply": lambda project: apply.apply(project, TODAY, Quiet()),
    "undo": lambda project: apply.undo(project, TODAY, Quiet()),
    "collect": lambda project: collect.collect(project, Quiet()),
    "send": lambda project: send.send(project, send.Order(), Quiet()),
    "newyear": lambda project: new_year.begin(project, Quiet()),
}


class Disk:
    """Counts what is done to files below a folder; before the ``last`` it fails, or the power does."""

    def __init__(self, root: Path, last: int, *, is_full: bool) -> None:
        self._root, self._left, self._is_full = str(root), last, is_full
        self.has_failed = False
        self._unsettled: set[str] = set()
        self._fsync = os.fsync

    def watch(self) -> None:
        """Begin; only the end of the process ends it."""
        os.fsync = self._settle  # type: ignore[assignment]
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = str(arguments[0]) if arguments else ""
        is_written = event == "open" and bool((arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if not (is_written or event in CHANGING) or not path.startswith(self._root) or self._is_ours(path):
            return
        self._left -= 1
        if self._left == 0:
            self._end()
        if is_written:
            self._unsettled.add(path)
        elif event == "os.rename" and path in self._unsettled:
            self._unsettled.add(str(arguments[1]))

    def _is_ours(self, path: str) -> bool:
        return FOLDER in path or path.endswith(".lock")

    def _settle(self, descriptor: int) -> None:
        self._unsettled.discard(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        self._fsync(descriptor)

    def _end(self) -> None:
        self.has_failed = True
        if self._is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        for path in self._unsettled:
            if os.path.isfile(path):  # noqa: PTH113
                os.truncate(path, 0)
        os._exit(9)


def act(root: Path, action: str, last: int, is_full: bool) -> None:
    disk = Disk(root, last, is_full=is_full)
    disk.watch()
    try:
        ACTIONS[action](Project(root, YEAR))
    except OSError:
        assert disk.has_failed
    os._exit(9 if disk.has_failed else 0)


def ended(root: Path, action: str, last: int, *, is_full: bool) -> bool:
    """Run an action in a process of its own; return whether it came to its end."""
    process = get_context("fork").Process(target=act, args=(root, action, last, is_full))
    process.start()
    process.join(120)
    assert process.exitcode in (0, 9)
    return process.exitcode == 0


def state(root: Path) -> dict[str, bytes]:
    """Return all that people would miss: the inputs, what was issued and applied, the list with its decisions."""
    kept = [*(root / "inputs").rglob("*"), *(root / "outputs" / YEAR / "returned").rglob("*.yaml")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept if path.is_file()}


@pytest.fixture
def prepared(post: Post) -> Callable[[str], Path]:
    """Return a project in which an action has something to do."""

    def prepare(action: str) -> Path:
        if action == "send":
            for record in (post.project.inputs / "issued").glob("*-1-2-*"):
                record.unlink()
        else:
            post.edited(change_results)
        if action in ("apply", "undo"):
            post.collect()
            post.decide("accept")
        if action == "undo":
            post.apply()
        return post.root

    return prepare


@pytest.mark.slow
@pytest.mark.usefixtures("own_store")
@pytest.mark.parametrize("is_full", [False, True], ids=["power", "full"])
@pytest.mark.parametrize("action", ACTIONS)
def test_the_next_run_brings_all_to_its_end(
    prepared: Callable[[str], Path], tmp_path: Path, action: str, is_full: bool
) -> None:
    before = prepared(action)
    whole = Path(shutil.copytree(before, tmp_path / "whole"))
    ACTIONS[action](Project(whole, YEAR))
    expected, last = state(whole), 0
    while True:
        last += 1 if ALL or last == 0 else 11
        root = Path(shutil.copytree(before, tmp_path / f"{last}"))
        if ended(root, action, last, is_full=is_full):
            break
        ACTIONS[action](Project(root, YEAR))
        assert state(root) == expected, last
        shutil.rmtree(root)
    assert last > 1, "nothing was written"
