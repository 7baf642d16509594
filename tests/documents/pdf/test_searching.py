"""Looking for texts on pages, in any order, over the ends of pages, as often as they are wanted."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.pdf.searching import missing


@given(st.lists(st.lists(st.text("施策評価", min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_stands_on_the_pages_is_not_missing(pages: list[list[str]]) -> None:
    wanted = [text for page in pages for text in page]
    assert not list(missing(wanted, ["。".join(page) for page in pages]))


@given(st.text("施策評価", min_size=40, max_size=60), st.lists(st.sampled_from(range(8, 40, 8)), max_size=4))
def test_a_text_may_run_over_the_ends_of_pages(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cut for cut in set(cuts) if cut < len(text)), len(text)]
    pages = [f"頭{text[start:end]}足" for start, end in pairwise(places)]
    assert not list(missing([text], pages))


@given(st.permutations(["令和", "目標", "実績", "評価", "方針"]), st.permutations(range(5)))
def test_the_order_does_not_matter(texts: list[str], order: list[int]) -> None:
    assert not list(missing(texts, [texts[at] for at in order]))


def test_what_is_not_there_often_enough_is_missing() -> None:
    pages = ["目標と実績", "", "目標"]
    assert list(missing(["目標", "評価", "目標", "実績", "目標"], pages)) == [("目標", 3, 2), ("評価", 1, 0)]


def test_a_beginning_without_its_rest_is_missing() -> None:
    assert list(missing(["目標と実績"], ["目標と", "方針", "実績"])) == [("目標と実績", 1, 0)]


def test_scattered_pieces_are_no_text() -> None:
    pages = ["目標がある", "達成の見込みと実績の見直し", "評価の方針"]
    assert list(missing(["目標達成評価"], pages)) == [("目標達成評価", 1, 0)]


def test_a_text_in_a_cell_goes_on_over_several_pages_beside_others() -> None:
    own = ["いっぽう、担い手の高齢化や、物価", "の上がり方は予想より早く、続けたい", "という声も少なくありません。"]
    pages = [f"市では働く場をつくるため、{piece}計画の三年目に当たる今年度は、拠点" for piece in own]
    assert not list(missing(["".join(own)], pages))


def test_a_text_that_stands_in_two_cells_side_by_side_runs_over_in_both() -> None:
    text = "同じ文を書いて、続きを読んだ。"
    begun = "甲は同じ文を書いて、同じ文を書"
    assert [*missing([text, text], [begun, "続きを読んだ。いて、続きを読んだ。"])] == []
    assert [*missing([text, text], [begun, "甲。いて、続きを読んだ。"])] == [(text, 2, 1)]
    assert [*missing([text, text], [begun, f"{text}いて、続きを読んだ。", text])] == []
