"""A workbook that came back, on the desk: its row is shown with the cell that a proposal is about."""

from __future__ import annotations

from decimal import Decimal

from tests.departments.workbooks.books import Books
from tests.departments.workbooks.conftest import books, sent_small
from tests.desk.desks import served

__all__ = ["books", "sent_small"]


def test_the_row_is_shown_with_the_cell(books: Books) -> None:
    found = books.answer(Decimal("70.25"))
    assert found is not None
    with served(books.root) as desk:
        told = desk.get(f"/returned?id={found.id}").data
        cells = dict(told["row"])
        assert cells[told["cell"]] == "70.25"
        assert len(cells) > 3
        assert desk.get(f"/returned-picture?id={found.id}&page=0").status == 404
