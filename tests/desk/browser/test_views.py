"""Every view at both widths: nothing for axe-core to find, nothing beyond the edge, no complaint of the browser."""

from __future__ import annotations

import pytest

from tests.desk.browser.pages import NARROW, VIEWS, WIDE, ZOOMED, Page
from tests.desk.desks import Served

READY = {
    "book": ".page img[src]",
    "findings": ".finding",
    "board": "#board-content table",
    "decide": "#proposal .answers",
}


@pytest.mark.parametrize("size", [WIDE, NARROW, ZOOMED], ids=["wide", "narrow", "zoomed"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_accessible_and_within_the_window(page: Page, city: Served, view: str, size: tuple[int, int]) -> None:
    page.open(city, view, size)
    page.wait(lambda: page.all(READY[view]))
    assert page.violations() == []
    for holder in ("document.scrollingElement", "document.querySelector('main')"):
        assert page.driver.execute_script(f"return {holder}.scrollWidth") <= size[0]
    assert page.complaints() == []


def test_the_board_stands_in_lines_in_a_narrow_window(page: Page, city: Served) -> None:
    page.open(city, "board", NARROW)
    page.wait(lambda: page.all(READY["board"]))
    beyond = (
        "return [...document.querySelectorAll('#board-content .table')].map((one) => one.scrollWidth - one.clientWidth)"
    )
    assert set(page.driver.execute_script(beyond)) == {0}
    tree = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    assert {"table", "row", "rowheader", "columnheader", "cell"} <= {node["role"]["value"] for node in tree}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_named_and_has_headings(page: Page, city: Served, view: str) -> None:
    page.open(city, view)
    page.wait(lambda: page.all(READY[view]))
    assert page.one(f'[data-view="{view}"]').get_attribute("aria-current") == "page"
    heading = page.one(f"#view-{view} h2")
    assert page.one(f"#view-{view}").get_attribute("aria-labelledby") == heading.get_attribute("id")


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_chosen_is_told_by_the_readers_own_colours(page: Page, city: Served, view: str) -> None:
    with page.wished("forced-colors", "active"):
        page.open(city, view)
        page.wait(lambda: page.all(READY[view]))
        assert page.violations() == []
        links = (page.one(f".views a{which}") for which in ("[aria-current]", ":not([aria-current])"))
        assert len({link.value_of_css_property("background-color") for link in links}) == 2


def test_keys_are_listed_for_the_view(page: Page, city: Served) -> None:
    page.open(city, "decide")
    page.wait(lambda: page.all(READY["decide"]))
    page.press("?")
    page.wait(lambda: page.all("#keys[open]"))
    assert "採用する" in page.text("#keys-list")
    assert page.violations() == []
    page.click("#keys form button")


def test_the_focus_is_seen(page: Page, city: Served) -> None:
    page.open(city)
    page.press("\ue004")
    assert page.focused.text == "本文へ進む"
    page.press("\ue004")
    assert page.focused.value_of_css_property("outline-style") == "solid"


def test_markup_of_inputs_and_returned_files_is_text(page: Page, city: Served) -> None:
    for view in VIEWS:
        page.open(city, view)
        page.wait(lambda view=view: page.all(READY[view]))  # type: ignore[misc]
    assert "<script>" in page.text("#proposals")
    assert page.all("#proposals script, #proposal script, #proposal img") == []
    assert "作業画面" in page.driver.title


def test_the_typeface_is_the_programs_own(page: Page, city: Served) -> None:
    page.open(city)
    assert page.driver.execute_script("return document.fonts.check('15px \"BIZ UDPGothic\"', '市')")
    loaded = page.driver.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert all(name.startswith(f"{city.origin}/") for name in loaded)


@pytest.mark.parametrize(("view", "words"), [("findings", "直す所"), ("decide", "今の内容"), ("board", "送付と回収")])
def test_a_view_prints(page: Page, city: Served, view: str, words: str) -> None:
    page.open(city, view)
    page.wait(lambda: page.all(READY[view]))
    texts = page.printed()
    assert any(words in text for text in texts)
    assert not any("キー操作" in text for text in texts)
