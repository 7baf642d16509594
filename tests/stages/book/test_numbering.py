"""Page numbers follow from how much paper each part takes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.book.numbering import Span, number, spans


def test_a_plain_book_is_numbered_as_planned() -> None:
    pages = number(2, 1, {"1-1": 2, "1-2": 2}, 1)
    assert (pages.explanation, pages.targets) == (Span(1, 2), Span(3, 3))
    assert pages.sheets == {"1-1": Span(4, 5), "1-2": Span(6, 7)}
    assert pages.summary == Span(8, 8)


def test_a_sheet_of_three_pages_is_followed_by_an_empty_one() -> None:
    pages = number(2, 1, {"1-1": 3, "1-2": 2}, 1)
    assert pages.sheets == {"1-1": Span(4, 6), "1-2": Span(8, 9, blank=True)}
    assert pages.summary == Span(10, 10)


def test_the_summary_follows_without_an_empty_page() -> None:
    assert number(2, 1, {"1-1": 3}, 1).summary == Span(7, 7)


def test_a_longer_front_moves_the_first_sheet_to_the_next_even_page() -> None:
    assert number(3, 1, {"1-1": 2}, 1).sheets["1-1"] == Span(6, 7, blank=True)


def test_a_single_page_is_written_without_a_range() -> None:
    assert (str(Span(3, 3)), str(Span(4, 5))) == ("3", "4～5")


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1))
def test_pages_run_on_without_gap_or_overlap(parts: list[tuple[int, bool]]) -> None:
    numbered = spans(parts)
    for before, after in pairwise((Span(0, 0), *numbered)):
        assert after.first == before.last + 1 + after.blank
    for (count, even), span in zip(parts, numbered, strict=True):
        assert span.last - span.first + 1 == count
        assert not (even and span.first % 2)
        assert even or not span.blank
