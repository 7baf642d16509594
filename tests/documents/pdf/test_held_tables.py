"""Tables in cells: where they stand, how they go on over a page, and what they are read as."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf import draw_document
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, p, row, table
from tests.documents.docx.shape_files import SQUARE, anchored, graphic
from tests.documents.pdf.pages import drawn, laid_out, page_of, rules, texts
from tests.documents.pdf.tagged import tree

LINED = "<w:tblBorders><w:top w:val='single' w:sz='8'/><w:bottom w:val='single' w:sz='8'/></w:tblBorders>"
NAMED = "<w:tblLook w:val='0000' w:firstRow='0' w:firstColumn='1'/>"
HEIGHT = "<w:trHeight w:val='6000' w:hRule='atLeast'/>"
ACROSS = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


def held(inner: str, above: str = "", below: str = "") -> str:
    """Return a table with a table in the second of its cells, which ends with a blank paragraph."""
    return table([800, 2400], [row("外", cell(p("上") + inner + p(below)))], LINED + NAMED) + p("後")


def places(data: bytes) -> dict[str, tuple[float, float]]:
    return {box.text: (box.x, box.baseline) for box in page_of(data).boxes if isinstance(box, TextBox)}


def test_a_table_stands_in_its_cell_below_what_is_above_and_the_blank_end_of_the_cell_takes_no_room() -> None:
    data = docx(held(table([600, 600], [row("一", "二"), row("三", "四")], LINED)))
    found = places(data)
    assert found["上"] == (60, 33) and found["一"] == (60, 49) and found["四"] == (90, 64)
    assert found["後"][1] == pytest.approx(33 + 1 + 2 * 15 + 1 + 1 + 15)
    assert [rule.y1 for rule in rules(page_of(data))] == [36.5, 67.5, 20.5, 68.5]


def test_what_is_written_below_a_table_stands_below_it() -> None:
    found = places(docx(held(table([600], [row("一")], LINED), below="下")))
    assert found["下"] == pytest.approx((60, 33 + 1 + 15 + 1 + 15))


def test_a_table_in_a_cell_goes_on_over_a_page_between_its_rows() -> None:
    lines = [row(f"{number}行") for number in range(20)]
    first, second = texts(docx(held(table([1000], lines))))
    assert first == ["外上", *(f"{number}行" for number in range(16))]
    assert second == ["16行", "17行", "18行", "19行", "後"]


def test_rows_of_it_that_are_merged_stay_on_one_page() -> None:
    merged = [row(cell(p("まとめ"), ACROSS[0]), "始"), *(row(cell(p(), ACROSS[1]), f"続{n}") for n in range(4))]
    lines = [*(row("行", f"{number}") for number in range(14)), *merged]
    first, second = texts(docx(held(table([1000, 800], lines))))
    assert first[-1] == "行13" and second[:2] == ["まとめ始", "続0"]


def test_a_row_of_it_that_is_higher_than_a_page_is_refused() -> None:
    with pytest.raises(Unsupported, match="ページをまたぐ、表の中の表の行"):
        laid_out(docx(held(table([1000], [row("高", properties=HEIGHT)]))))


def test_it_is_read_as_a_table_in_the_cell_with_all_its_words() -> None:
    data = docx(held(table([600, 600], [row("名", "値"), row("別", "数")], NAMED), below="下"))
    (outer,) = (tag for tag in tree(drawn(data)).all("Table") if tag.kids[0].content.startswith("外"))
    inner = ("Table", ("TR", ("TH", "名"), ("TD", "値")), ("TR", ("TH", "別"), ("TD", "数")))
    assert outer.outline() == ("Table", ("TR", ("TH", "外"), ("TD", ("P", "上"), inner, ("P", "下"))))
    assert list(draw_document(data, "x.docx").texts) == ["外", "上", "名", "値", "別", "数", "下", "後"]


def test_a_bookmark_before_it_leads_to_its_first_paragraph() -> None:
    inner = "<w:bookmarkStart w:id='1' w:name='表'/>" + table([600], [row("一")])
    assert [(anchor.name, anchor.y) for anchor in page_of(docx(held(inner))).anchors] == [("表", 36)]


def test_one_beside_what_floats_in_its_cell_is_refused() -> None:
    box = p("中", extra=anchored(graphic(), y=16, width=20, height=20, wrap=SQUARE))
    with pytest.raises(Unsupported, match="セルの中で文字列が折り返す図形"):
        laid_out(docx(held(box + table([600], [row("一")]))))


def test_one_that_text_goes_around_is_refused() -> None:
    floating = "<w:tblpPr w:vertAnchor='text' w:horzAnchor='text' w:tblpX='1' w:tblpY='1'/>"
    with pytest.raises(Unsupported, match="折り返しを伴う表"):
        laid_out(docx(table([800, 3200], [row("外", cell(table([600], [row("一")], floating) + p("横")))])))


@pytest.mark.parametrize(("depth", "is_drawn"), [(8, True), (9, False)])
def test_tables_stand_in_each_other_as_deep_as_anybody_makes_them(depth: int, is_drawn: bool) -> None:
    body = p("底")
    for _ in range(depth):
        body = table([2400], [row(cell(body + p()))])
    if is_drawn:
        assert texts(docx(body)) == [["底"]]
    else:
        with pytest.raises(Unsupported, match="表の中の表"):
            laid_out(docx(body))


def boxed(inner: str, body: str = "") -> str:
    """Return a text box, 20 pt below the top of its paragraph, with a table between two paragraphs."""
    box = graphic("箱", body=body).replace("</w:txbxContent>", f"{inner}{p()}</w:txbxContent>")
    return p("前", extra=anchored(box, width=100, height=80, x=10, y=20))


def test_a_table_stands_in_a_text_box_as_in_a_cell_and_is_read_as_one() -> None:
    data = docx(boxed(table([600, 600], [row("一", "二"), row("三", "四")], LINED + NAMED)))
    found = places(data)
    assert found["箱"] == (30, 52) and found["一"] == (30, 68) and found["四"] == (60, 83)
    assert [rule.y1 for rule in rules(page_of(data))] == [55.5, 86.5]
    (read,) = tree(drawn(data)).all("Table")
    assert read.content == "一二三四"


@pytest.mark.parametrize(
    "held",
    [
        boxed(table([600], [row("一")]), "vert='eaVert'"),
        boxed(table([600], [row(cell(p("一", extra=anchored(graphic("内")))))])),
    ],
)
def test_what_is_not_drawn_in_a_text_box_is_named(held: str) -> None:
    with pytest.raises(Unsupported, match=r"テキスト ボックスの中の(表|図形)") as caught:
        laid_out(docx(held))
    assert caught.value.near == "箱一" and caught.value.cure
