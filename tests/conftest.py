"""What the whole-run tests share: a project folder of one's own, and one finished report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import copy_project, run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of one's own."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder after one ``report``; not to be changed."""
    folder = copy_project(tmp_path_factory.mktemp("reported"))
    done = run(folder, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
