"""What departments do to rows, cells and tables."""

from __future__ import annotations

from tests.departments.returned.scenarios.hands import Hands


def row_added(h: Hands) -> None:
    h.go("4.A3")
    h.choose("InsertRowsAfter")


def row_added_and_filled(h: Hands) -> None:
    row_added(h)
    h.end("4.A4", "④ 新しい取組")
    h.end("4.B4", "新しく始めました。")


def row_added_at_the_end(h: Hands) -> None:
    h.go("4.A4")
    h.choose("InsertRowsAfter")
    h.end("4.A5", "④ 新しい取組")
    h.end("4.C5", "順調です。")


def row_deleted(h: Hands) -> None:
    h.go("4.B3")
    h.choose("DeleteRows")


def label_row_deleted(h: Hands) -> None:
    h.go("4.B1")
    h.choose("DeleteRows")


def all_rows_deleted(h: Hands) -> None:
    h.cells("4.A2", "4.C4")
    h.choose("DeleteRows")


def table_deleted(h: Hands) -> None:
    h.go("4.B2")
    h.choose("DeleteTable")


def merged_beside(h: Hands) -> None:
    h.cells("4.B2", "4.C2")
    h.choose("MergeCells")


def merged_below(h: Hands) -> None:
    h.cells("4.B2", "4.B3")
    h.choose("MergeCells")


def labels_merged(h: Hands) -> None:
    h.cells("4.A2", "4.A4")
    h.choose("MergeCells")


def cell_split(h: Hands) -> None:
    h.go("4.B2")
    h.choose("SplitCell", Amount=2, Horizontal=True, Proportional=False)


def cell_split_beside(h: Hands) -> None:
    h.go("4.B2")
    h.choose("SplitCell", Amount=2, Horizontal=False, Proportional=False)


def column_added(h: Hands) -> None:
    h.go("4.C2")
    h.choose("InsertColumnsAfter")
    h.end("4.D2", "備考です。")


def column_deleted(h: Hands) -> None:
    h.go("4.C2")
    h.choose("DeleteColumns")


def table_inserted(h: Hands) -> None:
    table = h.make("text.TextTable")
    table.initialize(2, 2)
    after = h.paragraph("評価")
    h.document.Text.insertTextContent(after.Start, table, False)
    table.getCellByName("A1").String = "追加の表"
    table.getCellByName("B2").String = "12件"


def table_in_a_field(h: Hands) -> None:
    table = h.make("text.TextTable")
    table.initialize(1, 2)
    h.cell("4.B2").insertTextContent(h.cell("4.B2").End, table, False)
    table.getCellByName("A1").String = "内訳"
    table.getCellByName("B1").String = "5件"


def rows_swapped(h: Hands) -> None:
    h.cells("4.A2", "4.C2")
    h.choose("Cut")
    h.go("4.A2")
    h.choose("InsertRowsAfter")
    h.go("4.A3")
    h.choose("Paste")


def initiative_repeated(h: Hands) -> None:
    h.cells("4.A2", "4.C2")
    h.choose("Copy")
    h.go("4.A4")
    h.choose("InsertRowsAfter")
    h.go("4.A5")
    h.choose("Paste")


def row_pasted_over(h: Hands) -> None:
    h.cells("4.A2", "4.C2")
    h.choose("Copy")
    h.go("4.A3")
    h.choose("Paste")


def rows_sorted(h: Hands) -> None:
    for row in (2, 3):
        for column in "ABC":
            first, second = h.cell(f"4.{column}{row}"), h.cell(f"4.{column}{row + 1}")
            texts = first.String, second.String
            h.type(f"4.{column}{row}", "", texts[1])
            h.type(f"4.{column}{row + 1}", "", texts[0])


def indicator_row_deleted(h: Hands) -> None:
    h.go("2.D4")
    h.choose("DeleteRows")


def chart_row_deleted(h: Hands) -> None:
    h.go("3.A1")
    h.choose("DeleteRows")
