"""What stayed, what went, what came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.wording.differences import Change, Piece, excerpt, pieces

TEXTS = st.text(alphabet="ab、。19０\n取組", max_size=60)


def side(old: str, new: str, left_out: Change) -> str:
    return "".join(piece.text for piece in pieces(old, new) if piece.change is not left_out)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    assert side(old, new, Change.NEW) == old
    assert side(old, new, Change.GONE) == new


@pytest.mark.parametrize(
    ("old", "new", "gone", "new_text"),
    [
        ("実績は1,198件", "実績は1,298件", ["1,198"], ["1,298"]),
        ("支援する。", "支援した。", ["する"], ["した"]),
        ("訪問等により対面で行う意見交換", "電話による意見交換", ["訪問等により対面で行う"], ["電話による"]),
        ("同じ文。", "同じ文。", [], []),
    ],
)
def test_marks_stand_where_a_person_would_set_them(old: str, new: str, gone: list[str], new_text: list[str]) -> None:
    found = pieces(old, new)
    assert [p.text for p in found if p.change is Change.GONE] == gone
    assert [p.text for p in found if p.change is Change.NEW] == new_text


def test_long_texts_of_one_letter_are_compared_by_sentences() -> None:
    sentence = "あ" * 900 + "。"
    found = pieces(f"前。{sentence}前。", f"後。{sentence}後。")
    assert Piece(Change.SAME, sentence) in found


def test_an_excerpt_says_how_much_stayed() -> None:
    found = pieces("あ" * 500 + "前" + "い" * 500, "あ" * 500 + "後" + "い" * 500)
    short = excerpt(found, 60)
    left_out = [piece for piece in short if isinstance(piece, int)]
    shown = sum(len(p.text) for p in short if isinstance(p, Piece) and p.change is not Change.NEW)
    assert left_out == [440, 440]
    assert shown + sum(left_out) == 1001
