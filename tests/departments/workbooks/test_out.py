"""What a workbook looks like when it goes out: the Ministry's rules for tables that programs read, and print set-up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.departments.issued.workbook import Heading
from tests.departments.workbooks.books import SHEET, Books, cell, column, sent_books
from tests.project import FIXTURES, copy_project


@pytest.fixture
def sheets(books: Books) -> Sequence[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(books.book())).worksheets


def test_one_table_a_sheet_one_datum_a_cell(sheets: Sequence[Worksheet]) -> None:
    for sheet in sheets:
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        assert not any(one.data_type == "f" for row in sheet.iter_rows() for one in row)
        rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=6)]
        assert all(row[0] and row[1] and row[-1] for row in rows), "no label is left out"


def test_numbers_are_numbers_and_units_stand_apart(books: Books) -> None:
    book = openpyxl.load_workbook(io.BytesIO(books.book()))
    assert [cell(book, heading=heading).value for heading in (Heading.TARGET, Heading.ACTUAL)] == [71.5, 70.15]
    assert [cell(book, heading=heading).value for heading in (Heading.UNIT, Heading.YEAR)] == ["万人", "R2"]
    assert cell(book, heading=Heading.CALENDAR).value == Decimal(2020)


def test_only_open_cells_can_be_written_without_a_password(sheets: Sequence[Worksheet]) -> None:
    sheet = next(one for one in sheets if one.title == SHEET)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    is_locked = {
        label: sheet.cell(6, column(sheet, label)).protection.locked for label in (Heading.LAST, Heading.ACTUAL)
    }
    assert is_locked == {Heading.LAST: True, Heading.ACTUAL: False}
    assert sheet.cell(6, column(sheet, Heading.ACTUAL)).fill.fgColor.rgb == "FFFFF2CC"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert all(word in str(rules["J6"]) for word in ("ISNUMBER", "集計中", "未測定", "終了"))


def test_pages_are_a4_landscape_with_the_headings_on_each(sheets: Sequence[Worksheet]) -> None:
    for sheet in sheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$5:$5", "C6")
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage


def test_the_same_inputs_give_the_same_bytes(books: Books, tmp_path: Path) -> None:
    other = Books(sent_books(copy_project(tmp_path / "other", FIXTURES / "small")))
    assert other.book() == books.book()
