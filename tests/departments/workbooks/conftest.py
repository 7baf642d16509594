"""A small city whose workbooks have been sent, made once; every test gets a copy to fill in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Shared
from tests.departments.workbooks.books import Books, sent_books
from tests.project import FIXTURES, copy_project


@pytest.fixture(scope="session")
def sent_small(shared: Shared) -> Path:
    """A project folder after its workbooks were sent; not to be changed."""
    return shared("sent-books", lambda folder: sent_books(copy_project(folder, FIXTURES / "small")))


@pytest.fixture
def books(sent_small: Path, tmp_path: Path) -> Books:
    """A copy of the project, with hands to fill its workbooks in and send them back."""
    root = tmp_path / "project"
    shutil.copytree(sent_small, root)
    return Books(root)
