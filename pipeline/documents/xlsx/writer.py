"""Tables -> xlsx: one table a sheet, no merged cells, no formulas, the same bytes for the same tables.

Texts are always written as texts, whatever they begin with; numbers with the digits they have.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.documents.docx.parts import packed, unpacked
from pipeline.documents.xlsx.book import Book, Column, Content, Figure, Free, Listed, Table, column_name

_FONT, _SIZE = "BIZ UDPGothic", 10
_INK, _FAINT, _BLUE, _LINE = "#1A1A1A", "#666666", "#1F4E79", "#BFBFBF"
_A4 = 9
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.6}
"""In inches."""
_TITLE_HEIGHT, _HEAD_HEIGHT, _ROW_HEIGHT, _LEADING, _AROUND = 28.0, 36.0, 22.0, 12.5, 8.5
_HIGHEST = 409.0
"""In points; no row may be higher (18.3.1.73, as Excel has it)."""
_WIDE, _INDENTED = 1.8, 2.0
"""Of a wide character of our size, and of the space beside texts: widths in those of a digit, as columns have them."""
_LONGEST_LIST = 250
"""Characters of a list to choose from (18.3.1.32 has 255, commas and quotes included)."""
_MAY = dict.fromkeys(("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells"), True)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WRONG = "数値か、選べる言葉を入れてください。"


def write(book: Book) -> bytes:
    """Return the workbook."""
    data = io.BytesIO()
    workbook = Workbook(data, _OPTIONS)
    workbook.set_properties({"title": book.title, "author": book.author, "created": book.date})
    for name, value in book.properties.items():
        workbook.set_custom_property(name, value, "text")
    formats = _Formats(workbook, book.fill)
    for number, table in enumerate(book.tables, 1):
        _SheetWriter(workbook, table, number, formats, book.running).write()
    workbook.close()
    return packed(unpacked(data.getvalue(), book.title))


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, workbook: Workbook, fill: str) -> None:
        self._workbook, self._fill = workbook, fill
        self._made: dict[tuple[object, ...], Format] = {}

    def cell(self, content: Content, column: Column) -> Format:
        """Return the look of a cell of a table."""
        is_number = isinstance(content.datum, Decimal) or isinstance(content.entry, Figure)
        look: dict[str, object] = {"text_wrap": True, "valign": "vcenter", "bottom": 4, "bottom_color": _LINE}
        look |= {"num_format": _number(content) if is_number else "@", "indent": 0 if is_number else 1}
        look["align"] = "right" if column.figures else "left"
        if content.entry is not None:
            look |= {"locked": False, "bg_color": f"#{self._fill}", "border": 1, "border_color": _LINE}
        if column.grey:
            look["font_color"] = _FAINT
        return self.of(look)

    def head(self, column: Column) -> Format:
        """Return the look of a heading."""
        look = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": "#FFFFFF", "bg_color": _BLUE}
        return self.of({**look, "align": "center" if column.figures else "left", "indent": 0 if column.figures else 1})

    def of(self, look: Mapping[str, object]) -> Format:
        """Return the format of a look, over that of plain text."""
        whole = {"font_name": _FONT, "font_size": _SIZE, "font_color": _INK, **look}
        return self._made.setdefault(tuple(sorted(whole.items())), self._workbook.add_format(whole))


def _number(content: Content) -> str:
    """Return how a number shows (18.8.31): as positive, negative, zero and a word, each with a space at the right.

    LibreOffice loses the indent of some figures; the space it keeps.
    """
    if content.decimals is None:
        return "General"
    whole = "0" if content.plain else "#,##0"
    shown = f"{whole}.{'0' * content.decimals}" if content.decimals else whole
    return f"{shown}_ ;-{shown}_ ;{shown}_ ;@_ "


class _SheetWriter(Struct, frozen=True, dict=True):
    """Writes one table on a sheet of its own."""

    workbook: Workbook
    table: Table
    number: int
    formats: _Formats
    running: str

    @cached_property
    def sheet(self) -> Worksheet:
        """The sheet, which is added when first asked for."""
        return self.workbook.add_worksheet(self.table.name)

    @property
    def last(self) -> int:
        """The last row of the table; it has one at least."""
        return self.table.head + max(1, len(self.table.rows))

    def write(self) -> None:
        """Write everything."""
        self._lines()
        self._head()
        for row, contents in enumerate(self.table.rows, self.table.head + 1):
            self.sheet.set_row(row, self._height(contents))
            for column, content in enumerate(contents):
                self._cell(row, column, content)
        self._names()
        self._page()
        if self.table.protected:
            self.sheet.protect("", _MAY)

    def _height(self, contents: tuple[Content, ...]) -> float:
        """Return the height in which the longest text of a row has room; not all programs find it by themselves."""
        pairs = zip(contents, self.table.columns, strict=True)
        lines = max((_lines(one, column.width) for one, column in pairs), default=1)
        return min(_HIGHEST, max(_ROW_HEIGHT, _LEADING * lines + _AROUND))

    def _lines(self) -> None:
        plain = self.formats.of({"valign": "vcenter"})
        title = self.formats.of({"bold": True, "font_size": 14, "font_color": _BLUE, "valign": "vcenter"})
        for row, line in enumerate(self.table.lines):
            self.sheet.write_string(row, 0, line, plain if row else title)
        if self.table.lines:
            self.sheet.set_row(0, _TITLE_HEIGHT)

    def _head(self) -> None:
        columns = [{"header": one.label, "header_format": self.formats.head(one)} for one in self.table.columns]
        right = len(columns) - 1
        settings = {"name": f"表{self.number}", "style": None, "columns": columns}
        self.sheet.add_table(self.table.head, 0, self.last, right, settings)
        self.sheet.set_row(self.table.head, _HEAD_HEIGHT)
        for number, column in enumerate(self.table.columns):
            self.sheet.set_column(number, number, column.width)

    def _cell(self, row: int, column: int, content: Content) -> None:
        look = self.formats.cell(content, self.table.columns[column])
        match content.datum:
            case Decimal():
                self.sheet.write_number(row, column, content.datum, look)  # its digits are written as they are
            case None | "":
                self.sheet.write_blank(row, column, None, look)
            case str():
                self.sheet.write_string(row, column, content.datum, look)
        if rule := _rule(content, xl_rowcol_to_cell(row, column)):
            told = self.table.columns[column].help
            self.sheet.data_validation(row, column, row, column, {**rule, "input_message": told} if told else rule)

    def _names(self) -> None:
        """Name every column, so that one whose heading was changed is still known."""
        quoted = f"'{self.table.name}'"
        for name, row in self.table.names.items():
            self.workbook.define_name(name, f"={quoted}!{xl_rowcol_to_cell(row, 0, True, True)}")
        for column in range(len(self.table.columns)):
            letters = f"${xl_col_to_name(column)}$"
            area = f"{letters}{self.table.head + 2}:{letters}{self.last + 1}"
            self.workbook.define_name(column_name(self.number - 1, column), f"={quoted}!{area}")

    def _page(self) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.freeze_panes(self.table.head + 1, self.table.frozen)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(**_MARGINS)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.table.head)
        right = len(self.table.columns) - 1 - self.table.columns[-1].grey
        self.sheet.print_area(0, 0, self.last, right)
        self.sheet.set_footer(f"&L&8{self.running.replace('&', '&&')}&R&8&P / &N")
        first = next(iter(_open(self.table)), None)
        if first is not None:
            self.sheet.set_selection(*first, *first)


def _lines(content: Content, width: float) -> int:
    """Return how many lines what a cell holds takes in a column, or may take."""
    room = content.entry.lines if isinstance(content.entry, Free) else 1
    parts = str(content.datum or "").split("\n")
    return max(room, sum(max(1, math.ceil(_width(part) / (width - _INDENTED))) for part in parts))


def _width(text: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _open(table: Table) -> list[tuple[int, int]]:
    rows = enumerate(table.rows, table.head + 1)
    return [(row, n) for row, contents in rows for n, content in enumerate(contents) if content.entry is not None]


def _rule(content: Content, cell: str) -> dict[str, object]:
    """Return what a cell takes, as data validation has it (18.3.1.32); nothing where it takes anything."""
    match content.entry:
        case Figure(words):
            known = "".join(f',{cell}="{word}"' for word in words)
            shown = f"{_WRONG}（{'、'.join(words)}）" if words else _WRONG
            return {"validate": "custom", "value": f"=OR(ISNUMBER({cell}){known})", "error_message": shown}
        case Listed(words) if len(",".join(words)) <= _LONGEST_LIST and not any(
            set(word) & set(',"') for word in words
        ):
            return {"validate": "list", "source": list(words)}
    return {}
