"""A project whose sheets have been sent, made once; every test gets a copy to edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Shared
from tests.departments.returned.damage import Bench
from tests.departments.returned.post import Post, sent_project, trimmed
from tests.project import copy_project


@pytest.fixture(scope="session")
def sent(shared: Shared) -> Path:
    """A project folder after one ``send``; not to be changed."""
    return shared("sent", lambda folder: sent_project(trimmed(copy_project(folder))))


@pytest.fixture(scope="session")
def bench(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A sheet that was sent, to be damaged, and what reads it."""
    root = tmp_path_factory.mktemp("damage") / "project"
    shutil.copytree(sent, root)
    return Bench(root)


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> Post:
    """A copy of the sent project, with hands to edit its sheets and send them back."""
    root = tmp_path / "project"
    shutil.copytree(sent, root)
    return Post(root)
