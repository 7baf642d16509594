"""Hands in LibreOffice Calc: open a workbook, fill cells in, choose from menus, save. Needs ``uno``."""

from __future__ import annotations

from pathlib import Path

from tests.departments.returned.scenarios.hands import Office, Uno, constant, uno, value

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
    ".csv": "Text - txt - csv (StarCalc)",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
}
KEY, ACTUAL, STATE, SURE, AS_OF, REMARK = "行の識別", "実績", "段階", "速報値", "時点", "備考"


class Book:
    """A workbook that is open. Rows go by the ends of their keys, columns by their headings."""

    def __init__(self, office: Office, path: Path) -> None:
        self.office = office
        self.document = office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
        self.controller = self.document.CurrentController

    def sheet(self, name: str = "指標の実績") -> Uno:
        """Return a sheet; its protection is taken off."""
        found = self.document.Sheets.getByName(name)
        if found.isProtected():
            found.unprotect("")
        return found

    def find(self, text: str, sheet: str = "指標の実績") -> tuple[int, int]:
        """Return column and row of the cell that says a text, or ends in it after a colon."""
        rows = self.sheet(sheet).getCellRangeByPosition(0, 0, 29, 59).getDataArray()
        places = ((str(said), column, row) for row, cells in enumerate(rows) for column, said in enumerate(cells))
        return next((c, r) for said, c, r in places if said == text or said.endswith(f":{text}"))

    def cell(self, key: str, heading: str = ACTUAL, sheet: str = "指標の実績") -> Uno:
        """Return a cell."""
        return self.sheet(sheet).getCellByPosition(self.find(heading, sheet)[0], self.find(key, sheet)[1])

    def row(self, key: str, sheet: str = "指標の実績") -> Uno:
        """Return a row."""
        return self.sheet(sheet).Rows.getByIndex(self.find(key, sheet)[1])

    def column(self, heading: str, sheet: str = "指標の実績") -> Uno:
        """Return a column."""
        return self.sheet(sheet).Columns.getByIndex(self.find(heading, sheet)[0])

    def table(self, sheet: str = "指標の実績") -> Uno:
        """Return the cells of the table with its headings."""
        right, top = self.find(KEY, sheet)
        bottom = top
        while self.sheet(sheet).getCellByPosition(right, bottom + 1).String:
            bottom += 1
        return self.sheet(sheet).getCellRangeByPosition(0, top, right, bottom)

    def show(self, cell: Uno, code: str) -> None:
        """Give a cell a number format."""
        formats, nowhere = self.document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey(code, nowhere, False)
        cell.NumberFormat = formats.addNew(code, nowhere) if key < 0 else key

    def choose(self, command: str, over: Uno, **arguments: object) -> None:
        """Choose from a menu, with cells selected."""
        self.controller.setActiveSheet(over.Spreadsheet)
        self.controller.select(over)
        given = tuple(value(name, content) for name, content in arguments.items())
        self.office.dispatcher.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, given)

    def sort(self, heading: str, *, falling: bool = False, over: Uno | None = None) -> None:
        """Sort the table, or some cells, by a column."""
        cells = over or self.table()
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field = self.find(heading)[0] - cells.RangeAddress.StartColumn
        field.IsAscending = not falling
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        cells.sort((value("SortFields", fields), value("ContainsHeader", True)))

    def save(self, path: Path) -> None:
        """Save under a name, in the format that it tells."""
        self.document.storeToURL(path.as_uri(), (value("FilterName", FILTERS[path.suffix]),))

    def close(self) -> None:
        """Put the workbook away."""
        self.document.close(True)


__all__ = ["ACTUAL", "AS_OF", "KEY", "REMARK", "STATE", "SURE", "Book", "constant", "uno"]
