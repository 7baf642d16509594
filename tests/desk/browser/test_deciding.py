"""Deciding in the browser, by keyboard alone and by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys

from pipeline.storage import outputs
from tests.departments.returned.post import Post
from tests.desk.browser.pages import NARROW, WIDE, Page
from tests.desk.desks import Served, served
from tests.desk.test_deciding import changed, decisions, listed


@pytest.fixture
def office(post: Post) -> Iterator[tuple[Post, Served]]:
    """Three proposals for 1-2, one of them against another, and one for 1-3."""
    post.edited(changed("修正した文章。", "二つめの文章。"))
    post.edited(changed("別の課の文章。"), name="再提出.docx")
    post.edited(changed("1-3の文章。"), measure="1-3", name="1-3.docx")
    post.collect()
    with served(post.root) as one:
        yield post, one


def left(page: Page) -> int:
    return int(page.text("#decide-count") or 0)


def opened(page: Page, desk: Served, size: tuple[int, int] = WIDE) -> int:
    page.open(desk, "decide", size)
    page.wait(lambda: page.all("#proposal .answers"))
    return left(page)


def test_all_by_keyboard(page: Page, office: tuple[Post, Served]) -> None:
    post, desk = office
    assert opened(page, desk) == 4
    page.press("a")
    page.wait(lambda: left(page) == 3)
    page.press("r")
    page.wait(lambda: page.focused.tag_name == "input")
    page.press("様式のため。", Keys.ENTER)
    page.wait(lambda: left(page) == 2)
    page.press("e")
    page.wait(lambda: page.focused.tag_name == "textarea")
    assert page.focused.get_property("value")
    page.press("書き足した。")
    page.press_with_control(Keys.ENTER)
    page.wait(lambda: left(page) == 1)
    page.press("u")
    page.wait(lambda: left(page) == 2)
    found = list(decisions(post).values())
    assert found.count("open") == 2
    assert {"reject": "様式のため。"} in found


def test_moving_does_not_decide(page: Page, office: tuple[Post, Served]) -> None:
    _, desk = office
    opened(page, desk)
    first = page.text("#proposal h3")
    page.press("j")
    page.wait(lambda: page.text("#proposal h3") != first or page.text("#proposals [aria-current]"))
    page.press("k")
    page.wait(lambda: page.text("#proposal h3") == first)
    assert left(page) == 4


def test_what_contradicts_asks_with_both_texts(page: Page, office: tuple[Post, Served]) -> None:
    post, desk = office
    opened(page, desk)
    page.press("a")
    page.wait(lambda: left(page) == 3)
    page.press("a")
    page.wait(lambda: page.all("#sure[open]"))
    assert "回答.docx" in page.text("#sure")
    assert "再提出.docx" in page.text("#sure")
    assert page.violations() == []
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.all("#sure[open]"))
    assert list(decisions(post).values()).count("accept") == 1


def test_what_cannot_be_written_is_told_at_once(page: Page, office: tuple[Post, Served]) -> None:
    post, desk = office
    opened(page, desk)
    page.press("e")
    page.wait(lambda: page.focused.tag_name == "textarea")
    page.driver.execute_script("document.activeElement.value = '外字\ue000です。'")
    page.press_with_control(Keys.ENTER)
    page.wait(lambda: page.all(".refused"))
    assert "書き込めません" in page.text(".refused")
    assert page.violations() == []
    assert set(decisions(post).values()) == {"open"}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_by_mouse_and_apply_and_undo(page: Page, office: tuple[Post, Served], size: tuple[int, int]) -> None:
    post, desk = office
    before = post.inputs("measures/1-3.yaml")
    count = opened(page, desk, size)
    page.wait(lambda: [one for one in page.all("#proposals li button") if one.is_displayed()])[-1].click()
    page.click(".answers .main")
    page.wait(lambda: left(page) == count - 1)
    page.click("#apply")
    page.wait(lambda: page.all("#sure[open]"))
    assert "1-3の文章。" in page.text("#sure-content")
    assert page.violations() == []
    page.click("#sure-yes")
    page.wait(lambda: "書き換えました" in page.text("#status"))
    assert "1-3の文章。" in post.inputs("measures/1-3.yaml")
    page.click("#undo")
    page.wait(lambda: page.all("#sure[open]"))
    page.click("#sure-yes")
    page.wait(lambda: "戻しました" in page.text("#status"))
    assert post.inputs("measures/1-3.yaml") == before


def test_after_the_last_answer_what_comes_next_is_told_and_done_by_keyboard(
    page: Page, office: tuple[Post, Served]
) -> None:
    post, desk = office
    opened(page, desk)
    while count := left(page):
        page.press("a")
        page.wait(lambda count=count: left(page) < count or page.all("#sure[open]"))  # type: ignore[misc]
        if page.all("#sure[open]"):
            page.press(Keys.ENTER)
            page.wait(lambda count=count: left(page) < count)  # type: ignore[misc]
    page.wait(lambda: "全部の修正を決めました" in page.text("#status"))
    page.press("h")
    page.wait(lambda: page.all("#sure[open]"))
    page.press(Keys.ENTER)
    page.wait(lambda: "書き換えました" in page.text("#status"))
    assert "1-3の文章。" in post.inputs("measures/1-3.yaml")


def test_a_key_that_does_nothing_here_says_so(page: Page, office: tuple[Post, Served]) -> None:
    opened(page, office[1])
    page.press("a")
    page.wait(lambda: "保存しました" in page.text("#status"))
    page.press("i")
    page.wait(lambda: "追加された行だけ" in page.text("#status"))
    while page.text("#proposal h3 .kind") != "競合":
        page.press("j")
    page.press("t")
    page.wait(lambda: "まとめて採用できるのは" in page.text("#status"))
    page.press("a")
    page.wait(lambda: page.all("#sure[open]"))
    page.press(Keys.ESCAPE)
    page.wait(lambda: page.text("#status") == "保存していません。")


def writing(page: Page, text: str) -> None:
    """Begin to edit what is proposed, and write on."""
    page.press("e")
    page.wait(lambda: page.focused.tag_name == "textarea")
    page.press(text)


def test_what_is_being_written_stays_when_the_list_changes(page: Page, office: tuple[Post, Served]) -> None:
    _, desk = office
    opened(page, desk)
    writing(page, "書きかけ")
    row = listed(desk)[1]
    desk.post("/decide", {"id": row["id"], "verdict": "reject"})
    desk.desk.forget()
    page.wait(lambda: left(page) == 3)
    page.press("です")
    assert str(page.focused.get_property("value")).endswith("書きかけです")


def test_what_could_not_be_saved_is_still_there(
    page: Page, office: tuple[Post, Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "PATIENCE", 0.1)
    post, desk = office
    opened(page, desk)
    writing(page, "書いた。")
    title = page.text("#proposal-title")
    with outputs.locked(post.project.outputs):
        page.press_with_control(Keys.ENTER)
        page.wait(lambda: "実行中" in page.text("#status"))
    assert page.text("#proposal-title") == title
    page.press_with_control(Keys.ENTER)
    page.wait(lambda: left(page) == 3)
    assert any("書いた。" in str(decision) for decision in decisions(post).values())


def test_what_was_left_is_gone_on_with(page: Page, office: tuple[Post, Served]) -> None:
    opened(page, office[1])
    writing(page, "書きかけ")
    written = page.focused.get_property("value")
    page.press(Keys.ESCAPE)
    page.wait(lambda: page.focused.get_attribute("id") == "proposal-title")
    page.press("e")
    page.wait(lambda: page.focused.tag_name == "textarea")
    assert page.focused.get_property("value") == written
    page.click("#writing .plain")
    assert page.focused.get_property("value") == str(written).removesuffix("書きかけ")
    assert page.violations() == []
    page.press(Keys.ESCAPE)


def test_the_focus_is_on_what_is_to_be_read_next(page: Page, office: tuple[Post, Served]) -> None:
    _, desk = office
    opened(page, desk)
    page.click("#proposals li:nth-of-type(2) button")
    page.wait(lambda: page.focused.get_attribute("aria-current") == "true")
    page.click(".answers .main")
    page.wait(lambda: left(page) == 3)
    assert page.focused.get_attribute("id") == "proposal-title"
    desk.desk.forget()
    page.wait(lambda: page.focused.get_attribute("id") == "proposal-title")
