"""What the whole-run tests share: a project folder of one's own, and one finished report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.project import copy_project, started

Shared = Callable[[str, Callable[[Path], object]], Path]
"""Takes a name and what makes a folder of that name; returns the folder."""


@pytest.fixture(scope="session", autouse=True)
def power() -> Iterator[None]:
    """Nobody cuts the power, but for ``test_crashes``, which counts what was waited for: no test waits for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(os, "sync", lambda: None)
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of one's own."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Folders that are made once for all workers of a session; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

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
        done = started(copy_project(folder), "report")
        assert done.returncode == 0, done.stdout + done.stderr

    return shared("reported", make)
