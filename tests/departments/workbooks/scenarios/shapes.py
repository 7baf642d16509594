"""Scenarios: rows, columns and sheets that are moved, hidden, added or taken away; looks, comments, shapes."""

from __future__ import annotations

from tests.departments.workbooks.scenarios.hands import ACTUAL, KEY, Book, constant, uno

NEW, HIRES, STARTUPS = "siting-designations", "new-hires", "startups"


def _filled(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(STARTUPS).Value = 200


def sorted_by_name(book: Book) -> None:
    _filled(book)
    book.sort("指標")


def sorted_by_figure_falling(book: Book) -> None:
    _filled(book)
    book.sort(ACTUAL, falling=True)


def sorted_without_the_keys(book: Book) -> None:
    table = book.table().RangeAddress
    cells = book.sheet().getCellRangeByPosition(0, table.StartRow, table.EndColumn - 1, table.EndRow)
    book.sort("指標", over=cells)


def labels_sorted_alone(book: Book) -> None:
    table = book.table().RangeAddress
    cells = book.sheet().getCellRangeByPosition(0, table.StartRow, 2, table.EndRow)
    book.sort("指標", over=cells)


def filtered(book: Book) -> None:
    _filled(book)
    column, _ = book.find("番号")
    table = book.table()
    filters = table.createFilterDescriptor(True)
    field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
    field.Field, field.IsNumeric, field.StringValue = column, False, "1-2"
    field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
    filters.FilterFields = (field,)
    filters.ContainsHeader = True
    table.filter(filters)


def rows_hidden(book: Book) -> None:
    _filled(book)
    book.row(STARTUPS).IsVisible = False


def columns_hidden(book: Book) -> None:
    _filled(book)
    book.column(KEY).IsVisible = False
    book.column("目標").IsVisible = False


def row_inserted_empty(book: Book) -> None:
    _filled(book)
    book.sheet().Rows.insertByIndex(book.find(HIRES)[1], 1)


def row_inserted_with_words(book: Book) -> None:
    at = book.find(HIRES)[1]
    book.sheet().Rows.insertByIndex(at, 1)
    book.sheet().getCellByPosition(2, at).String = "新しい指標"
    book.sheet().getCellByPosition(9, at).Value = 12


def rows_inserted_above(book: Book) -> None:
    _filled(book)
    book.sheet().Rows.insertByIndex(0, 3)
    book.sheet().getCellByPosition(0, 0).String = "商工振興課の回答です"


def row_deleted(book: Book) -> None:
    _filled(book)
    book.sheet().Rows.removeByIndex(book.find(HIRES)[1], 1)


def row_copied(book: Book) -> None:
    _, row = book.find(NEW)
    sheet = book.sheet()
    sheet.Rows.insertByIndex(row + 1, 1)
    sheet.copyRange(sheet.getCellByPosition(0, row + 1).CellAddress, book.row(NEW).RangeAddress)
    sheet.getCellByPosition(book.find(ACTUAL)[0], row + 1).Value = 97


def row_moved_to_the_end(book: Book) -> None:
    _filled(book)
    source, sheet = book.row(NEW).RangeAddress, book.sheet()
    sheet.moveRange(sheet.getCellByPosition(0, book.table().RangeAddress.EndRow + 2).CellAddress, source)


def column_inserted(book: Book) -> None:
    _filled(book)
    book.sheet().Columns.insertByIndex(book.find(ACTUAL)[0], 1)


def column_inserted_with_words(book: Book) -> None:
    _filled(book)
    at = book.find(ACTUAL)[0]
    book.sheet().Columns.insertByIndex(at, 1)
    book.sheet().getCellByPosition(at, book.find(KEY)[1]).String = "確認者"
    book.sheet().getCellByPosition(at, book.find(NEW)[1]).String = "商工 花子"


def column_deleted_of_labels(book: Book) -> None:
    _filled(book)
    book.sheet().Columns.removeByIndex(book.find("方向")[0], 1)


def column_deleted_of_figures(book: Book) -> None:
    book.sheet().Columns.removeByIndex(book.find(ACTUAL)[0], 1)


def column_moved(book: Book) -> None:
    _filled(book)
    sheet = book.sheet()
    table = book.table().RangeAddress
    column = book.find(ACTUAL)[0]
    source = sheet.getCellRangeByPosition(column, table.StartRow, column, table.EndRow).RangeAddress
    sheet.moveRange(sheet.getCellByPosition(table.EndColumn + 2, table.StartRow).CellAddress, source)


def keys_deleted(book: Book) -> None:
    _filled(book)
    book.sheet().Columns.removeByIndex(book.find(KEY)[0], 1)


def one_key_emptied(book: Book) -> None:
    column, row = book.find(NEW)
    _filled(book)
    book.sheet().getCellByPosition(column, row).String = ""


def keys_exchanged(book: Book) -> None:
    sheet = book.sheet()
    one, other = (sheet.getCellByPosition(*book.find(key)) for key in (NEW, STARTUPS))
    one.String, other.String = other.String, one.String


def heading_changed(book: Book) -> None:
    _filled(book)
    book.sheet().getCellByPosition(*book.find(ACTUAL)).String = "今年度の数値"


def headings_exchanged(book: Book) -> None:
    sheet = book.sheet()
    one, other = (sheet.getCellByPosition(*book.find(heading)) for heading in ("目標", ACTUAL))
    one.String, other.String = other.String, one.String


def headings_deleted(book: Book) -> None:
    _filled(book)
    book.sheet().Rows.removeByIndex(book.find(KEY)[1], 1)


def cells_merged(book: Book) -> None:
    _, row = book.find(NEW)
    at = book.find(ACTUAL)[0]
    book.cell(NEW).Value = 95
    book.sheet().getCellRangeByPosition(at, row, at, row + 1).merge(True)


def title_merged(book: Book) -> None:
    _filled(book)
    book.sheet().getCellRangeByPosition(0, 0, 5, 0).merge(True)


def sheet_renamed(book: Book) -> None:
    _filled(book)
    book.sheet().Name = "回答（商工）"


def sheet_added(book: Book) -> None:
    _filled(book)
    book.document.Sheets.insertNewByName("計算", 1)
    sheet = book.document.Sheets.getByName("計算")
    sheet.getCellByPosition(0, 0).String = "内訳"
    sheet.getCellByPosition(1, 0).Value = 45
    sheet.getCellByPosition(1, 1).Formula = "=B1*2"


def empty_sheet_added(book: Book) -> None:
    book.document.Sheets.insertNewByName("数値は7月に差替え", 1)


def chart_added(book: Book) -> None:
    place = uno.createUnoStruct("com.sun.star.awt.Rectangle", 1000, 12000, 9000, 6000)
    book.sheet().Charts.addNewByName("グラフ", place, (book.table().RangeAddress,), True, True)
    chart = book.sheet().Charts.getByName("グラフ").EmbeddedObject
    chart.HasMainTitle = True
    chart.Title.String = "暫定の数値によるグラフ"


def cells_pushed_down(book: Book) -> None:
    book.cell(STARTUPS).Value = 200
    down = uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN")
    book.sheet().insertCells(book.cell(NEW).RangeAddress, down)


def labels_filled_down(book: Book) -> None:
    row, right = book.find(NEW)[1], book.table().RangeAddress.EndColumn
    book.cell(NEW).Value = 95
    cells = book.sheet().getCellRangeByPosition(0, row, right, row + 1)
    cells.fillAuto(uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)


def words_replaced_everywhere(book: Book) -> None:
    wanted = book.sheet().createReplaceDescriptor()
    wanted.SearchString, wanted.ReplaceString = "人", "名"
    book.sheet().replaceAll(wanted)


def sheet_copied(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.document.Sheets.copyByName("指標の実績", "指標の実績 (2)", 1)


def sheet_deleted(book: Book) -> None:
    book.document.Sheets.removeByName("取組")


def sheets_moved(book: Book) -> None:
    _filled(book)
    book.document.Sheets.moveByName("指標の実績", 2)


def table_pasted_below(book: Book) -> None:
    _filled(book)
    table, sheet = book.table(), book.sheet()
    below = sheet.getCellByPosition(0, table.RangeAddress.EndRow + 3).CellAddress
    sheet.copyRange(below, table.RangeAddress)


def other_table_pasted_below(book: Book) -> None:
    _filled(book)
    bottom = book.table().RangeAddress.EndRow + 3
    for row, words in enumerate((("区分", "件数"), ("市内", "40"), ("市外", "55"))):
        for column, word in enumerate(words):
            book.sheet().getCellByPosition(column, bottom + row).String = word


def written_beside(book: Book) -> None:
    book.sheet().getCellByPosition(book.find(KEY)[0] + 2, book.find(NEW)[1]).String = "要確認"


def written_above(book: Book) -> None:
    book.sheet().getCellByPosition(5, 1).String = "7月20日 回答"


def coloured(book: Book) -> None:
    book.cell(NEW).CellBackColor = 0xFFFF00


def red_letters(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(NEW).CharColor = 0xFF0000


def struck_out(book: Book) -> None:
    book.cell(NEW).CharStrikeout = constant("awt.FontStrikeout.SINGLE")


def commented(book: Book) -> None:
    book.sheet().Annotations.insertNew(book.cell(NEW).CellAddress, "9月に確定します")


def commented_on_a_label(book: Book) -> None:
    book.sheet().Annotations.insertNew(book.cell(NEW, "指標").CellAddress, "名称を確認してください")


def text_box_added(book: Book) -> None:
    shape = book.document.createInstance("com.sun.star.drawing.RectangleShape")
    shape.Size = uno.createUnoStruct("com.sun.star.awt.Size", 4000, 1500)
    book.sheet().DrawPage.add(shape)
    shape.String = "赤字は速報値です"


def other_row_height_and_width(book: Book) -> None:
    _filled(book)
    book.row(NEW).Height = 2000
    book.column("指標").Width = 9000


def pasted_as_values(book: Book) -> None:
    book.cell(NEW).Formula = "=90+5"
    book.cell(NEW).Value = book.cell(NEW).Value


def far_away(book: Book) -> None:
    book.sheet().getCellByPosition(200, 4000).String = "離れた所"


def identity_deleted(book: Book) -> None:
    _filled(book)
    book.sheet().getCellByPosition(0, 1).String = ""


def all_rows_deleted(book: Book) -> None:
    table = book.table().RangeAddress
    book.sheet().Rows.removeByIndex(table.StartRow + 1, table.EndRow - table.StartRow)


def actual_and_last_year_exchanged(book: Book) -> None:
    for key in (NEW, STARTUPS):
        one, other = book.cell(key), book.cell(key, "前年度の実績")
        one.Value, other.Value = other.Value, one.Value


def row_cut_and_inserted_above(book: Book) -> None:
    _filled(book)
    sheet, source = book.sheet(), book.row(NEW).RangeAddress
    top = book.find(KEY)[1] + 1
    sheet.Rows.insertByIndex(top, 1)
    source.StartRow += 1
    source.EndRow += 1
    sheet.moveRange(sheet.getCellByPosition(0, top).CellAddress, source)
    sheet.Rows.removeByIndex(source.StartRow, 1)


def figures_pasted_one_row_down(book: Book) -> None:
    column, row = book.find(ACTUAL)[0], book.find(NEW)[1]
    sheet = book.sheet()
    source = sheet.getCellRangeByPosition(column, row, column, row + 3).RangeAddress
    sheet.copyRange(sheet.getCellByPosition(column, row + 1).CellAddress, source)


def grouped_and_folded(book: Book) -> None:
    _filled(book)
    rows = book.sheet().getCellRangeByPosition(0, book.find(NEW)[1], 0, book.find(HIRES)[1])
    book.sheet().group(rows.RangeAddress, uno.Enum("com.sun.star.table.TableOrientation", "ROWS"))
    book.sheet().hideDetail(rows.RangeAddress)


def subtotal_below(book: Book) -> None:
    _filled(book)
    column, bottom = book.find(ACTUAL)[0], book.table().RangeAddress.EndRow
    book.sheet().getCellByPosition(0, bottom + 1).String = "合計"
    book.sheet().getCellByPosition(column, bottom + 1).Formula = "=SUM(J7:J10)"


def all_figures_as_text(book: Book) -> None:
    for key in (NEW, STARTUPS):
        book.show(book.cell(key), "@")
        book.cell(key).String = "95"
