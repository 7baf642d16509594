"""A figure goes out in a workbook and comes back on the same way as that of a sheet."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from pipeline.departments.issued.fields import AS_OF
from pipeline.departments.issued.workbook import Heading
from pipeline.documents import xlsx
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.workflows import apply
from tests.departments.returned.post import TODAY, Quiet
from tests.departments.workbooks.books import Books, cell

VISITORS = "measures/2-1.yaml#actuals.visitors.R2"


def test_a_figure_is_proposed_applied_and_taken_back(books: Books) -> None:
    before = books.inputs("measures/2-1.yaml")
    found = books.answer(Decimal("70.25"))
    assert found is not None
    assert (found.path, found.new, found.kind) == (VISITORS, "70.25", Kind.CHANGE)
    books.decide("accept")
    assert books.apply().paths == (VISITORS,)
    assert "visitors: {R2: 70.25}" in books.inputs("measures/2-1.yaml").replace("R2: 70.25,", "R2: 70.25}")
    apply.undo(books.project, TODAY, Quiet())
    assert books.inputs("measures/2-1.yaml") == before


def test_identity_stands_in_three_places(books: Books) -> None:
    book = xlsx.read(books.book(), "a.xlsx")
    number = book.properties["整理番号"]
    assert book.names["整理番号"] == "'指標の実績'!$A$2"
    assert book.sheets[0].cells[1, 0].text == f"整理番号 {number}"


def test_nothing_filled_in_is_no_edit(books: Books) -> None:
    books.filled(lambda book: None)
    assert [p for p in books.collect() if p.path] == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [("４件", "4"), ("▲3", "-3"), ("1,198", "1198"), ("７０．５", "70.5"), (0.1 + 0.2, "0.3"), (8.41, "8.41")],
)
def test_text_that_is_a_figure_is_read(books: Books, typed: object, read: str) -> None:
    found = books.answer(typed, "outflow")
    assert found is not None
    assert found.new == read
    if isinstance(typed, str):
        assert f"「{typed}」" in found.why


def test_a_formula_is_never_a_figure(books: Books) -> None:
    found = books.answer("=1+1")
    assert found is not None
    assert (found.kind, found.new) == (Kind.QUESTION, "=1+1")


def test_word_for_a_missing_number_is_asked_about(books: Books) -> None:
    found = books.answer("集計中")
    assert found is not None
    assert (found.kind, found.new) == (Kind.QUESTION, "集計中")


def test_a_preliminary_figure_is_one(books: Books) -> None:
    def fill(book: Workbook) -> None:
        cell(book, "outflow").value = 99
        cell(book, "outflow", Heading.PRELIMINARY).value = "速報値"

    books.filled(fill)
    (found,) = (p for p in books.collect() if p.path)
    assert found.new == "99（速報値）"


@pytest.mark.parametrize(
    ("typed", "kind", "new"),
    [
        ("令和3年3月31日", Kind.CHANGE, "2021-03-31"),
        (datetime.date(2021, 3, 31), Kind.CHANGE, "2021-03-31"),
        ("R3.3.31現在", Kind.CHANGE, "2021-03-31"),
        ("令和3年2月末", Kind.QUESTION, "2021-02-28"),
        ("速報", Kind.QUESTION, "速報"),
        ("令和13年3月31日", Kind.QUESTION, "2031-03-31"),
    ],
)
def test_the_day_of_a_figure_is_proposed(books: Books, typed: object, kind: Kind, new: str) -> None:
    found = books.answer(typed, heading=Heading.AS_OF)
    assert found is not None
    assert (found.path, found.kind, found.new) == (f"measures/2-1.yaml#{AS_OF.id}.visitors.R2", kind, new)


def test_the_day_of_a_figure_is_written_beside_it_and_taken_back(books: Books) -> None:
    def fill(book: Workbook) -> None:
        for indicator, day in (("visitors", "令和3年3月31日"), ("outflow", "2021/4/1")):
            cell(book, indicator, Heading.AS_OF).value = day

    before = books.inputs("measures/2-1.yaml")
    books.filled(fill)
    assert [p.kind for p in books.collect()] == [Kind.CHANGE] * 2
    books.decide("accept")
    assert len(books.apply().paths) == 2
    read = validate.read(books.project.inputs, books.root).value
    assert read is not None
    days = {one.id: one.as_of for one in read.indicators if one.as_of}
    assert days == {
        "visitors": {"R2": datetime.date(2021, 3, 31)},
        "outflow": {"R2": datetime.date(2021, 4, 1)},
    }
    apply.undo(books.project, TODAY, Quiet())
    assert books.inputs("measures/2-1.yaml") == before


def test_a_remark_that_names_another_row_leaves_its_own_where_it_is(books: Books) -> None:
    def fill(book: Workbook) -> None:
        cell(book).value = 77.5
        cell(book, heading=Heading.REMARK).value = cell(book, "outflow", Heading.KEY).value

    books.filled(fill)
    found = {p.kind: (p.path, p.new) for p in books.collect()}
    assert found == {Kind.CHANGE: (VISITORS, "77.5"), Kind.COMMENT: (VISITORS, "備考: R2:outflow")}
