"""A project whose sheets have been sent, made once; every test gets a copy to edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.departments.returned.post import Post, sent_project, trimmed
from tests.project import copy_project


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder after one ``send``; not to be changed."""
    return sent_project(trimmed(copy_project(tmp_path_factory.mktemp("sent"))))


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> Post:
    """A copy of the sent project, with hands to edit its sheets and send them back."""
    root = tmp_path / "project"
    shutil.copytree(sent, root)
    return Post(root)
