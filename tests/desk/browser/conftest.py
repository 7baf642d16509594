"""A real browser at a real desk: Debian's chromium, driven by selenium, with axe-core to look on.

``make browser`` runs these; where it does not, there need not be a browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Shared
from tests.departments.returned.conftest import post, sent
from tests.departments.returned.post import Post
from tests.desk.desks import Served, served

__all__ = ["post", "sent"]

if "BROWSER" in os.environ:
    from tests.desk.browser.pages import Page, driven
else:
    collect_ignore_glob = ["*.py"]


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The browser."""
    with driven(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(scope="session")
def city(shared: Shared, sent: Path) -> Iterator[Served]:
    """The desk of a city with its report made and sheets returned; what is done there is done for all."""
    from tests.desk.test_deciding import HOSTILE, changed

    folder = shared("browsed", lambda target: shutil.copytree(sent, target, dirs_exist_ok=True))
    office = Post(folder)
    office.edited(changed("修正した文章。", HOSTILE))
    office.edited(changed("別の課の文章。"), name="再提出.docx")
    office.put(b"<script>", "<script>alert(1)</script>.docx")
    office.collect()
    with served(folder) as one:
        one.desk.make()
        yield one
