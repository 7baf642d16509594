"""The web edition in the browser: nothing that keeps anybody from reading it, at two widths, enlarged and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Shared
from tests.desk.browser.pages import NARROW, WIDE, Page
from tests.project import BASE, MADE, copy_project, run

OPINIONS = "opinions: {1-2: [{id: desk, text: 窓口が遠い。, answer: 窓口を増やした。, handling: 反映した}]}\n"
ENLARGED = (320, 640)
"""What a window of 1280 pixels has room for at 400 % (WCAG 2.1, 1.4.10)."""


@pytest.fixture(scope="module")
def site(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        (copy_project(folder) / BASE / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
        done = run(folder, "web")
        assert done.returncode == 0, done.stdout + done.stderr

    return shared("browsed-web", make) / MADE / "web"


@pytest.mark.parametrize("name", ["index", "measure-1-2", "targets", "explanation", "opinions"])
def test_nothing_keeps_anybody_from_reading_a_page(page: Page, site: Path, name: str) -> None:
    for size in (WIDE, NARROW, ENLARGED):
        page.resize(size)
        page.driver.get((site / f"{name}.html").as_uri())
        assert page.violations() == []
        assert page.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_the_printed_page_has_all_its_words(page: Page, site: Path) -> None:
    page.resize(NARROW)
    page.driver.get((site / "measure-1-2.html").as_uri())
    printed = "".join("".join(page.printed()).split())
    for element in page.all("main td, main th, main p, main figcaption"):
        assert "".join(str(element.get_attribute("innerText")).split()) in printed


def test_the_keyboard_reaches_the_text_first(page: Page, site: Path) -> None:
    page.resize(WIDE)
    page.driver.get((site / "index.html").as_uri())
    page.press("\ue004")
    assert page.focused.text == "本文へ移る"
