"""Filling workbooks in and sending them back, as departments would."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.departments.issued.workbook import Heading
from pipeline.model.correspondence import Proposal
from pipeline.model.options import Format
from pipeline.workflows import send
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order
from tests.departments.returned.post import Post, Quiet
from tests.project import YEAR

SHEET = "指標の実績"


def sent_books(root: Path) -> Path:
    """Send the workbooks of a project."""
    found = send.send(Project(root, YEAR), Order(format=Format.EXCEL), Quiet())
    assert found.folder is not None, found.diagnostics
    return root


@dataclass(frozen=True)
class Books(Post):
    """A project whose workbooks are out."""

    def book(self, department: str = "観光課") -> bytes:
        """Return a workbook as it was sent."""
        (path,) = (self.project.outputs / "send").glob(f"{department}/*.xlsx")
        return path.read_bytes()

    def filled(self, fill: Callable[[Workbook], object], department: str = "観光課", name: str = "回答.xlsx") -> None:
        """Fill a workbook in with openpyxl and send it back."""
        book = openpyxl.load_workbook(io.BytesIO(self.book(department)))
        fill(book)
        data = io.BytesIO()
        book.save(data)
        self.put(data.getvalue(), name)

    def answer(self, value: object, indicator: str = "visitors", heading: str = Heading.ACTUAL) -> Proposal | None:
        """Send a workbook back with one cell filled in; return what it proposes, nothing where it proposes nothing."""
        self.filled(lambda book: setattr(cell(book, indicator, heading), "value", value))
        found = [p for p in self.collect() if p.path is not None]
        assert len(found) < 2, found
        return found[0] if found else None


def column(sheet: Worksheet, heading: str) -> int:
    """Return the column under a heading."""
    return next(c.column for row in sheet.iter_rows() for c in row if c.value == heading)


def row(sheet: Worksheet, indicator: str) -> int:
    """Return the row of an indicator."""
    found = next(c.row for line in sheet.iter_rows() for c in line if str(c.value).endswith(f":{indicator}"))
    assert found is not None
    return found


def cell(book: Workbook, indicator: str = "visitors", heading: str = Heading.ACTUAL, name: str = SHEET) -> Cell:
    """Return a cell of the row with such a key: an indicator's, an initiative's, an opinion's."""
    sheet = book[name]
    found = sheet.cell(row(sheet, indicator), column(sheet, heading))
    assert isinstance(found, Cell)
    return found
