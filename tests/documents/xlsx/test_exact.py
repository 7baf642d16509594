"""What holds of every figure and every text in a workbook: it comes back as it was, and is no formula."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline.documents import xlsx
from pipeline.documents.xlsx import Book, Column, Content, Figure, Table, values, write
from tests.examples import tried

FIGURES = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6)
"""Numbers of fifteen digits at the most, as Excel keeps them."""
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def book(*contents: Content) -> bytes:
    """Write cells into one column, under a heading."""
    return write(Book("t", "a", (Table("表", (), (Column("値", 9),), tuple((one,) for one in contents)),)))


@given(FIGURES)
@tried(500)
def test_a_figure_survives_what_excel_makes_of_it(figure: Decimal) -> None:
    assert values.number(format(float(figure), ".17g")) == figure


@given(st.lists(FIGURES, min_size=1, max_size=30))
@tried(50)
def test_three_readers_have_every_figure_as_it_was_written(figures: list[Decimal]) -> None:
    data = book(*(Content(one, Figure(), 6) for one in figures))
    ours = xlsx.read(data, "a.xlsx").sheets[0].cells
    theirs = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    others = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    for row, figure in enumerate(figures, 1):
        read = (ours[row, 0].text, str(theirs.cell(row + 1, 1).value), str(others[row][0]))
        assert [Decimal(text) for text in read] == [figure] * 3


@given(st.lists(st.builds("{}{}".format, st.sampled_from(["", *"=+-@'\t"]), TEXTS), min_size=1, max_size=20))
@tried(100)
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    data = book(*(Content(one) for one in texts))
    cells = xlsx.read(data, "a.xlsx").sheets[0].cells
    assert [(cells[row, 0].text, cells[row, 0].formula) for row in range(1, len(texts) + 1)] == [(t, "") for t in texts]
