"""Sending in the browser by keyboard alone, and the returned sheet beside a proposal."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.departments.returned.post import Post
from tests.desk.browser.pages import NARROW, WIDE, Page
from tests.desk.desks import served
from tests.desk.test_deciding import changed

BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


@BOTH
def test_a_reminder_is_shown_and_then_laid_out(page: Page, post: Post, size: tuple[int, int]) -> None:
    letter = "送付状.docx"
    before = {path: path.read_bytes() for path in (post.project.outputs / "send").rglob(letter)}
    with served(post.root) as desk:
        page.open(desk, "board", size)
        page.wait(lambda: page.all("#board-content table"))
        page.press("r")
        page.wait(lambda: page.all("#sure[open]"))
        assert "3件を、再依頼" in page.text("#sure-heading")
        assert "1-2_企業立地の促進.docx" in page.text("#sure-content")
        assert page.violations() == []
        page.press(Keys.ENTER)
        page.wait(lambda: page.all("#send-done code"))
        assert str(post.project.outputs / "send") in page.text("#send-done")
        assert page.violations() == []
        assert page.driver.execute_script("return document.scrollingElement.scrollWidth") <= size[0]
    assert all(path.read_bytes() != data for path, data in before.items())


@BOTH
def test_the_returned_sheet_is_beside_the_proposal(page: Page, post: Post, size: tuple[int, int]) -> None:
    post.edited(changed("対面の相談会を開き、四十五社の相談に応じた。"))
    post.edited(changed("1-3の文章。"), measure="1-3", name="1-3.docx")
    post.collect()
    with served(post.root) as desk:
        page.open(desk, "decide", size)
        page.wait(lambda: page.all(".paper img") and page.one(".paper img").get_property("naturalWidth"))
        assert "対面の相談会" not in page.text(".returned")  # a picture, with the place of the words marked
        assert page.all(".paper .here")
        shown = page.text("#proposal h3")
        page.driver.execute_script("document.querySelector('.paper').focus()")
        page.press(Keys.ARROW_DOWN)
        assert page.text("#proposal h3") == shown
        assert page.violations() == []
        assert page.driver.execute_script("return document.scrollingElement.scrollWidth") <= size[0]
        assert page.complaints() == []
