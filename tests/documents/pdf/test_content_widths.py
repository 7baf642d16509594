"""Tables that say nothing of the widths of their columns: these are as wide as what they hold."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, p, row, table
from tests.documents.pdf.pages import laid_out, page_of

FIXED = "<w:tblLayout w:type='fixed'/>"


def columns(data: bytes) -> list[tuple[str, float]]:
    return [(box.text, round(box.x - 20, 1)) for box in page_of(data).boxes if isinstance(box, TextBox)]


def without_widths(*cells: str, properties: str = "") -> str:
    """Return a table without grid; letters are 10 pt wide and the cells have no margins."""
    return table([], [row(*(cell(p(text)) for text in cells))], properties).replace(FIXED, "")


def test_no_text_breaks_where_there_is_room() -> None:
    assert columns(docx(without_widths("一", "一二三", "一二"))) == [("一", 0), ("一二三", 10.4), ("一二", 41)]


def test_columns_share_what_is_left_beside_their_longest_words() -> None:
    made = columns(docx(without_widths("AB", "国" * 30)))
    assert made[:2] == [("AB", 0), ("国" * 14, made[1][1])] and 10 < made[1][1] < 20


def test_a_table_as_wide_as_it_asks_for_has_them_in_proportion() -> None:
    half = "<w:tblW w:w='2500' w:type='pct'/>"
    assert columns(docx(without_widths("一", "一", properties=half))) == [("一", 0), ("一", 40)]


def test_fixed_columns_without_widths_are_refused() -> None:
    with pytest.raises(Unsupported, match="列幅の決まっていない表") as caught:
        laid_out(docx(table([], [row("一")])))
    assert caught.value.cure
