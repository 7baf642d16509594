"""Columns of text: where they stand, what fills them, and that they are equally high before what follows."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf.boxes import RuleBox, TextBox
from tests.documents.docx.docx_files import cell, docx, p, r, row, section, table
from tests.documents.pdf.pages import Seen, laid_out, lines, page_of, rules, texts
from tests.documents.pdf.test_flow import LINES, several

TWO = "<w:cols w:num='2' w:space='400'/>"
UNEQUAL = "<w:cols w:equalWidth='0'><w:col w:w='2200' w:space='200'/><w:col w:w='800'/></w:cols>"
COLUMN = "<w:r><w:br w:type='column'/></w:r>"


def same_page(columns: str = "") -> str:
    return section(extra=f"<w:type w:val='continuous'/>{columns}")


def seen(data: bytes) -> dict[str, Seen]:
    return {line.text: line for line in lines(page_of(data).boxes)}


def test_text_fills_one_column_after_the_other() -> None:
    data = docx(several(2 * LINES + 1), end=section(extra=TWO))
    first, second = laid_out(data).pages
    lefts = [round(line.left) for line in lines(first.boxes)]
    assert lefts == [20] * LINES + [110] * LINES
    assert [line.text for line in lines(second.boxes)] == [f"{2 * LINES + 1}行"]


def test_lines_are_broken_for_the_column_that_they_stand_in() -> None:
    data = docx(p("国" * 200, "<w:widowControl w:val='0'/>"), end=section(extra=UNEQUAL))
    assert [len(line) for line in texts(data)[0]] == [11] * LINES + [4] * 3 + [1]


def test_a_break_begins_the_next_column_or_the_next_page() -> None:
    body = p("一", extra=COLUMN + r("二")) + p("", extra=COLUMN + r("三"))
    columns = laid_out(docx(body, end=section(extra=TWO))).pages
    assert [[(box.text, box.x) for box in page.boxes if isinstance(box, TextBox)] for page in columns] == [
        [("一", 20.0), ("二", 110.0)],
        [("三", 20.0)],
    ]
    assert texts(docx(body)) == [["一"], ["二"], ["三"]]


def test_columns_before_what_follows_are_equally_high() -> None:
    text = p("前", same_page()) + several(6) + p("七", same_page(TWO)) + p("後")
    found = seen(docx(p("頭") + text, end=same_page()))
    assert found["5行"].baseline == found["1行"].baseline == found["前"].baseline + 15
    assert found["後"].baseline == found["4行"].baseline + 15
    assert (found["1行"].left, found["5行"].left, found["後"].left) == pytest.approx((20, 110, 20))


def test_columns_at_the_end_of_the_document_fill_one_after_the_other() -> None:
    found = seen(docx(p("前", same_page()) + several(6), end=same_page(TWO)))
    assert found["6行"].left == 20


def test_the_last_page_of_long_columns_is_balanced() -> None:
    body = several(2 * LINES + 5) + p("六", same_page(TWO)) + p("後")
    first, second = texts(docx(body, end=same_page()))
    assert len(first) == 2 * LINES
    found = {line.text: line for line in lines(laid_out(docx(body, end=same_page())).pages[1].boxes)}
    assert found[f"{2 * LINES + 4}行"].baseline == found[f"{2 * LINES + 1}行"].baseline
    assert second[-1] == "後"


def test_a_document_may_ask_not_to_balance_them() -> None:
    body = several(6) + p("七", same_page(TWO)) + p("後")
    found = seen(docx(body, end=same_page(), settings="<w:compat><w:noColumnBalance/></w:compat>"))
    assert found["後"].baseline == found["七"].baseline + 15


def test_the_paragraph_that_is_nothing_but_the_end_of_a_section_takes_no_line() -> None:
    found = seen(docx(p("前") + p("", same_page()) + p("後"), end=same_page()))
    assert found["後"].baseline == found["前"].baseline + 15


def test_a_line_may_part_columns() -> None:
    data = docx(several(3), end=section(extra=TWO.replace("/>", " w:sep='1'/>")))
    (line,) = rules(page_of(data))
    assert (line.x1, line.y1, line.y2) == (100.0, 20.0, 65.0)
    assert isinstance(line, RuleBox)


def test_a_table_goes_on_in_the_next_column() -> None:
    rows = [row(f"{number}段") for number in range(LINES + 2)]
    data = docx(table([1000], rows), end=section(extra=TWO))
    assert [round(line.left) for line in lines(page_of(data).boxes)] == [20] * LINES + [110] * 2


def test_a_table_in_a_column_of_another_width_is_refused() -> None:
    data = docx(table([800], [row(cell(p("行"))) for _ in range(LINES + 1)]), end=section(extra=UNEQUAL))
    with pytest.raises(Unsupported, match="幅の異なる段に入る表"):
        laid_out(data)
