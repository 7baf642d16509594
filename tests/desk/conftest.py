"""One desk for all that only look on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import Shared
from tests.departments.returned.conftest import post, sent
from tests.desk.desks import Served, served
from tests.project import FIXTURES, copy_project

__all__ = ["post", "sent"]


@pytest.fixture(scope="session")
def desk(shared: Shared) -> Iterator[Served]:
    """The desk of the small city with its report made; nothing of it is to be changed."""
    folder = shared("desk", lambda target: copy_project(target, FIXTURES / "small"))
    with served(folder) as one:
        one.desk.make()
        yield one
