"""What the whole-run tests share: a project folder of one's own, and one finished report."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.storage import store
from tests import examples
from tests.project import copy_project, run

examples.by_default()

Shared = Callable[[str, Callable[[Path], object]], Path]
"""Takes a name and what makes a folder of that name; returns the folder."""
IN_PROJECT = store.FOLDER
"""Where a project keeps what it makes."""
_IN_MEMORY, _ROOM = Path("/dev/shm"), 2**31
"""A file system in memory, where a file is made and removed in a fraction of the time, and what it must have free."""

if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM:  # workers and commands inherit it
    os.environ["TMPDIR"] = tempfile.tempdir = os.environ.get("TMPDIR", str(_IN_MEMORY))


def _root(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of a session share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def power() -> Iterator[None]:
    """Nobody cuts the power, but for ``test_crashes``, which counts what was waited for: no test waits for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(os, "sync", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All projects of a session keep what they make in one store: no two tests make the same sheet, chart or part.

    What proves the store has one of its own (``own_store``).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "FOLDER", str(_root(tmp_path_factory) / "kept"))
        yield


@pytest.fixture
def own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """A project's store in the project's folder, as for users."""
    monkeypatch.setattr(store, "FOLDER", IN_PROJECT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of one's own."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Folders that are made once for all workers of a session; not to be changed."""
    root = _root(tmp_path_factory)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, building = root / name, root / f"{name}.building"
        with FileLock(root / f"{name}.lock"):
            if not folder.exists():
                building.mkdir()
                make(building)
                building.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def reported(shared: Shared) -> Path:
    """A project folder after one ``report``; not to be changed."""

    def make(folder: Path) -> None:
        done = run(copy_project(folder), "report")
        assert done.returncode == 0, done.stdout + done.stderr

    return shared("reported", make)
