"""The book in the browser: by keyboard and mouse, and pages exchanged while it is read."""

from __future__ import annotations

import re
from pathlib import Path

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.departments.returned.post import Post
from tests.desk.browser.pages import NARROW, WIDE, Page
from tests.desk.desks import Served, served
from tests.project import BASE, FIXTURES, copy_project

TOP = "return document.getElementById('pages').scrollTop"


def number(page: Page) -> str:
    return str(page.one("#page-number").get_property("value"))


def label(page: Page, key: str) -> str:
    page.press(key)
    page.wait(lambda: True)
    return number(page)


def test_pages_by_keyboard(page: Page, city: Served) -> None:
    page.open(city)
    page.wait(lambda: number(page) == "表紙")
    assert [label(page, key) for key in ("j", Keys.ARROW_RIGHT, "k")] == ["目次", "1", "目次"]
    page.press("g", "3", Keys.ENTER)
    page.wait(lambda: number(page) == "3")


def test_pages_by_the_contents(page: Page, city: Served) -> None:
    page.open(city)
    link = page.wait(lambda: page.all("#contents a"))[-1]
    wanted = link.find_element("css selector", ".folio").text
    link.click()
    page.wait(lambda: number(page) == wanted)
    page.wait(lambda: page.all("#contents a[aria-current]"))


def test_a_word_is_found_and_marked(page: Page, city: Served) -> None:
    page.open(city)
    page.wait(lambda: page.all(".page"))
    page.press("/", "企業立地", Keys.ENTER)
    page.wait(lambda: "ページにあります" in page.text("#search-found"))
    page.wait(lambda: page.all(".texts .found"))
    page.press("あ" * 9, Keys.ENTER)
    page.wait(lambda: page.text("#search-found") == "見つかりません")


def test_the_size_changes_and_the_place_stays(page: Page, city: Served) -> None:
    page.open(city)
    page.press("g", "4", Keys.ENTER)
    page.wait(lambda: number(page) == "4")
    width = page.one(".page").size["width"]
    page.press("+", "+")
    page.wait(lambda: page.one(".page").size["width"] > width)
    assert number(page) == "4"
    page.press("0")
    page.wait(lambda: page.one(".page").size["width"] == width)


def test_the_place_stays_whatever_view_and_width(page: Page, city: Served) -> None:
    page.open(city)
    page.press("g", "4", Keys.ENTER)
    page.wait(lambda: number(page) == "4")
    top = page.driver.execute_script(TOP)
    for view, size in (("findings", WIDE), ("book", NARROW), ("board", NARROW)):
        page.driver.execute_script("location.hash = arguments[0]", view)
        page.resize(size)
        drawn(page)
    page.driver.execute_script("location.hash = 'book'")
    page.resize(WIDE)
    page.wait(lambda: page.driver.execute_script(TOP) == top)
    assert number(page) == "4"


def test_pages_are_turned_in_a_narrow_window(page: Page, city: Served) -> None:
    page.open(city, size=NARROW)
    page.press("g", "4", Keys.ENTER)
    page.wait(lambda: page.driver.execute_script(TOP))
    drawn(page)
    assert number(page) == "4"


def test_a_finding_leads_to_its_page(page: Page, city: Served) -> None:
    page.open(city, "findings")
    link = page.wait(lambda: page.all('#all-findings a[href^="#book/"]'))[-1]
    wanted = int(str(link.get_attribute("href")).rpartition("/")[2])
    link.click()
    page.wait(lambda: page.driver.execute_script(TOP))
    drawn(page)
    assert number(page) == city.desk.shown.view.pages[wanted].size.label


def drawn(page: Page) -> None:
    """Wait until the browser has drawn twice: it tells of sizes and scrolling when it draws."""
    page.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


def test_a_figure_leads_to_its_line(page: Page, city: Served) -> None:
    page.open(city)
    page.press("g", "4", Keys.ENTER)
    spans = page.wait(lambda: [s for s in page.all(".texts > span") if page_text(s) == "115.4%"])
    spans[0].click()
    page.wait(lambda: "達成率" in page.text("#source"))
    assert "計算" in page.text("#source .steps")
    assert str(page.one("#source .where a").get_attribute("href")).startswith("vscode://file/")
    assert page.violations() == []


def page_text(span: WebElement) -> str:
    return str(span.get_attribute("textContent")).strip()


def test_only_changed_pages_are_exchanged_where_the_reader_stays(page: Page, post: Post) -> None:
    with served(post.root) as desk:
        desk.desk.make()
        page.open(desk)
        page.press("g", "5", Keys.ENTER)
        page.wait(lambda: number(page) == "5")
        before = {one.get_attribute("data-key"): one for one in page.all(".page")}
        top = page.driver.execute_script(TOP)
        file = post.project.inputs / "measures" / "1-2.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("。", "、と書き足した。", 1), encoding="utf-8")
        desk.desk.make()
        page.wait(lambda: re.search(r"\d～\d+ページを入れ替えました", page.text("#status")))
        after = {one.get_attribute("data-key") for one in page.all(".page")}
        assert 0 < len(after - before.keys()) <= 4
        assert page.driver.execute_script(TOP) == top
        assert number(page) == "5"


def test_errors_are_told_above_the_last_good_book(page: Page, post: Post) -> None:
    with served(post.root) as desk:
        desk.desk.make()
        page.open(desk)
        file = post.project.inputs / "measures" / "1-2.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "unknown-key: 1\n", encoding="utf-8")
        desk.desk.make()
        page.wait(lambda: "エラーが1件" in page.text("#banner"))
        assert page.all(".page")
        assert page.violations() == []


def test_a_figure_leads_to_its_line_by_keyboard_alone(page: Page, city: Served) -> None:
    page.open(city)
    page.wait(lambda: page.all(".page"))
    page.press("/", "115.4%", Keys.ENTER)
    page.wait(lambda: page.one("#search-source").is_displayed())
    page.press(Keys.TAB, Keys.TAB, Keys.ENTER)
    page.wait(lambda: "達成率" in page.text("#source"))
    page.wait(lambda: page.focused.get_attribute("id") == "source-heading")
    assert page.violations() == []


def test_before_there_is_a_book_it_is_told_why(page: Page, tmp_path: Path) -> None:
    folder = copy_project(tmp_path, FIXTURES / "small")
    measure = folder / BASE / "measures" / "1-1.yaml"
    good = measure.read_text(encoding="utf-8")
    with served(folder) as desk:
        page.open(desk)
        page.wait(lambda: "冊子を作っています" in page.text("#pages"))
        measure.write_text("measure: [", encoding="utf-8")
        desk.desk.make()
        page.wait(lambda: "まだ冊子がありません" in page.text("#pages"))
        assert page.violations() == []
        measure.write_text(good, encoding="utf-8")
        desk.desk.make()
        page.wait(lambda: page.all(".page img[src]"))
        assert page.all("#pages .none") == []
