"""A workbook is known by its property, the line above its tables, or the cell that is named for it: one is enough."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook

from pipeline.departments.issued.identity import PROPERTY
from pipeline.model.correspondence import Kind
from tests.departments.workbooks.books import SHEET, Books, cell, column, row
from tests.departments.workbooks.test_round_trip import VISITORS

LINE = "A2"


def property_alone(book: Workbook) -> None:
    book[SHEET][LINE].value = None
    del book.defined_names[PROPERTY]


def line_alone(book: Workbook) -> None:
    del book.custom_doc_props[PROPERTY]  # type: ignore[attr-defined]
    del book.defined_names[PROPERTY]


def name_alone(book: Workbook) -> None:
    """Somebody took the words before the number away."""
    del book.custom_doc_props[PROPERTY]  # type: ignore[attr-defined]
    for sheet in book.worksheets:
        sheet[LINE].value = str(sheet[LINE].value).removeprefix(PROPERTY).strip()


def name_moved(book: Workbook) -> None:
    """The number was cut and put elsewhere; programs let the name follow."""
    name_alone(book)
    sheet = book[SHEET]
    sheet["C3"].value, sheet[LINE].value = sheet[LINE].value, None
    book.defined_names[PROPERTY].attr_text = f"'{SHEET}'!$C$3"


@pytest.mark.parametrize("lose", [property_alone, line_alone, name_alone, name_moved])
def test_one_witness_is_enough(lose: Callable[[Workbook], None], books: Books) -> None:
    def fill(book: Workbook) -> None:
        lose(book)
        cell(book).value = 77.5

    books.filled(fill)
    assert [(p.kind, p.new) for p in books.collect() if p.path == VISITORS] == [(Kind.CHANGE, "77.5")]


@pytest.mark.parametrize("lost", [(), (LINE,)])
def test_a_named_cell_that_tells_of_another_issue_is_believed_as_the_others_are(
    lost: tuple[str, ...], books: Books
) -> None:
    def contradict(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["C3"].value = str(sheet[LINE].value).removeprefix(PROPERTY).replace("観光課", "農林課").strip()
        book.defined_names[PROPERTY].attr_text = f"'{SHEET}'!$C$3"
        for place in lost:
            sheet[place].value = None

    books.filled(contradict)
    (found,) = books.collect()
    assert found.kind is Kind.REFUSED
    assert "セルの名前ではR3-実績-農林課" in found.why


def test_nothing_that_says_which_one_is_refused(books: Books) -> None:
    def lose(book: Workbook) -> None:
        del book.custom_doc_props[PROPERTY]  # type: ignore[attr-defined]
        for sheet in book.worksheets:
            sheet[LINE].value = None

    books.filled(lose)
    (found,) = books.collect()
    assert (found.kind, "整理番号が見つからない" in found.why) == (Kind.REFUSED, True)


def rewritten(data: bytes, formula: str = "") -> bytes:
    """Write a workbook anew with XlsxWriter: its texts and numbers alone, and maybe a formula in the visitors' cell."""
    made, source = io.BytesIO(), openpyxl.load_workbook(io.BytesIO(data))
    with xlsxwriter.Workbook(made) as target:
        for sheet in source.worksheets:
            new = target.add_worksheet(sheet.title)
            for one in (one for line in sheet.iter_rows() for one in line if one.value is not None):
                new.write(one.row - 1, one.column - 1, one.value)
        if formula:
            sheet = source[SHEET]
            first = target.get_worksheet_by_name(SHEET)
            first.write_formula(row(sheet, "visitors") - 1, column(sheet, "実績") - 1, formula)
    return made.getvalue()


def test_a_workbook_written_anew_by_xlsxwriter_says_the_same(books: Books) -> None:
    book = openpyxl.load_workbook(io.BytesIO(books.book()))
    cell(book).value = 77.5
    saved = io.BytesIO()
    book.save(saved)
    books.put(rewritten(saved.getvalue()), "回答.xlsx")
    found = books.collect()
    assert [(p.path, p.kind, p.new) for p in found if p.path] == [(VISITORS, Kind.CHANGE, "77.5")]


def test_the_nought_that_xlsxwriter_puts_behind_a_formula_is_no_figure(books: Books) -> None:
    books.put(rewritten(books.book(), "=70+7.5"), "回答.xlsx")
    assert [(p.kind, p.new) for p in books.collect() if p.path] == [(Kind.QUESTION, "=70+7.5")]
