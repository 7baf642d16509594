"""Page numbers follow from how much paper each part takes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model.form import BookPart, Form, SheetForm, Side
from pipeline.stages.book.numbering import Pages, Span, number, spans
from pipeline.stages.validate.join_form import standard_form

FORM = replace(standard_form(), parts=tuple(p for p in BookPart if p not in (BookPart.OPINIONS, BookPart.REVISIONS)))
Counts = dict[str, int]


def numbered(sheets: Counts, form: Form = FORM, **taken: int) -> Pages:
    """Number a book whose parts take a page, but for the explanation, unless ``taken`` says otherwise."""
    counts = {part.value: 1 for part in form.parts if part is not BookPart.SHEETS} | {"explanation": 2} | taken
    return number(form, {name: count for name, count in counts.items() if name in form.parts}, sheets)


def of_parts(*parts: str, pages: int | None = 2) -> Form:
    return replace(FORM, parts=tuple(map(BookPart, parts)), sheet=SheetForm(pages, Side.LEFT))


def test_a_plain_book_is_numbered_as_planned() -> None:
    pages = numbered({"1-1": 2, "1-2": 2})
    assert pages.parts == {"explanation": Span(1, 2), "targets": Span(3, 3), "summary": Span(8, 8)}
    assert pages.sheets == {"1-1": Span(4, 5), "1-2": Span(6, 7)}
    assert not pages.leaf


def test_a_sheet_of_three_pages_is_followed_by_an_empty_one() -> None:
    pages = numbered({"1-1": 3, "1-2": 2})
    assert pages.sheets == {"1-1": Span(4, 6), "1-2": Span(8, 9, blank=True)}
    assert pages.parts["summary"] == Span(10, 10)


def test_the_summary_follows_without_an_empty_page() -> None:
    assert numbered({"1-1": 3}).parts["summary"] == Span(7, 7)


def test_a_longer_front_moves_the_first_sheet_to_the_next_even_page() -> None:
    assert numbered({"1-1": 2}, explanation=3).sheets["1-1"] == Span(6, 7, blank=True)


def test_a_book_that_begins_with_its_sheets_counts_an_odd_front() -> None:
    assert numbered({"1-1": 2}, of_parts("cover", "sheets")).sheets["1-1"] == Span(2, 3)
    assert numbered({"1-1": 2}, of_parts("cover", "contents", "sheets")).sheets["1-1"] == Span(2, 3, blank=True)
    assert numbered({"1-1": 2}, of_parts("cover", "summary", "sheets")).leaf


def test_free_sheets_follow_on_without_an_empty_page() -> None:
    pages = numbered({"1-1": 1, "1-2": 3}, of_parts("cover", "sheets", "summary", pages=None))
    assert pages.sheets == {"1-1": Span(1, 1), "1-2": Span(2, 4)}
    assert (pages.parts["summary"], pages.leaf) == (Span(5, 5), False)


def test_contents_that_stand_after_another_part_are_numbered() -> None:
    pages = numbered({"1-1": 2}, of_parts("summary", "contents", "sheets", "cover"))
    assert pages.parts == {"summary": Span(1, 1), "contents": Span(2, 2), "cover": Span(6, 6)}
    assert pages.sheets == {"1-1": Span(4, 5, blank=True)}


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
