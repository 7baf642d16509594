"""Frames around paragraphs, drop caps, and tables that float: where they stand, and what goes around them."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import Unsupported
from tests.documents.docx.docx_files import docx, p, row, section, table
from tests.documents.pdf.pages import Seen, drawn, laid_out, lines, page_of, page_texts
from tests.documents.pdf.tagged import tree

TEXT = "w:vAnchor='text' w:hAnchor='text'"
DROP = f"<w:framePr w:dropCap='drop' w:lines='2' w:wrap='around' {TEXT} w:hSpace='100'/>"
EXACT = "<w:spacing w:line='600' w:lineRule='exact'/>"
FLOATING = "<w:tblpPr w:vertAnchor='text' w:horzAnchor='margin' {}/>"


def seen(data: bytes) -> list[Seen]:
    return sorted(lines(page_of(data).boxes), key=lambda line: (line.baseline, line.left))


def drop(properties: str = DROP) -> bytes:
    return docx(p("人", properties + EXACT, "<w:sz w:val='60'/>") + p("口" * 30))


def test_text_stands_beside_a_drop_cap_for_so_many_lines_as_it_takes() -> None:
    found = seen(drop())
    assert [line.text for line in found if line.text == "人"] == ["人"]
    assert [line.left for line in found if line.text != "人"] == pytest.approx([55, 55, 20], abs=0.2)


def test_a_drop_cap_is_read_as_the_beginning_of_its_paragraph() -> None:
    assert page_texts(drawn(drop()))[0].startswith("人口口")


def test_a_drop_cap_in_the_margin_is_refused() -> None:
    with pytest.raises(Unsupported, match="余白に表示するドロップ キャップ"):
        laid_out(drop(DROP.replace("'drop'", "'margin'")))


def test_a_frame_floats_beside_the_text_that_follows() -> None:
    frame = f"<w:framePr w:w='1000' w:wrap='around' {TEXT} w:xAlign='right' w:y='0'/>"
    found = {line.text: line for line in seen(docx(p("枠", frame) + p("内", frame) + p("国" * 20)))}
    assert (found["枠"].left, found["内"].baseline - found["枠"].baseline) == (130.0, 15.0)
    assert found["国" * 11].baseline == found["枠"].baseline
    assert found["国" * 9].baseline == found["内"].baseline


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        (p("枠", "<w:framePr w:w='900'/>"), "文書の最後のレイアウト枠"),
        (p("枠", "<w:framePr w:w='900'/>") + table([900], [row("行")]), "表の前のレイアウト枠"),
        (p("枠", "<w:framePr w:w='900' w:wrap='none'/>") + p("後"), "文字列が折り返さないレイアウト枠"),
    ],
)
def test_frames_that_are_not_drawn_are_named(body: str, construct: str) -> None:
    with pytest.raises(Unsupported, match=construct):
        laid_out(docx(body))


def test_a_table_as_wide_as_the_text_floats_where_it_stands() -> None:
    wide = table([3200], [row("表")], FLOATING.format("w:tblpY='100' w:bottomFromText='60'"))
    above, inside, below = seen(docx(p("前") + wide + p("後")))
    assert (inside.baseline - above.baseline, below.baseline - inside.baseline) == (15 + 5, 15 + 3)


def test_text_goes_on_above_a_table_that_floats_further_down() -> None:
    """As in Word: in cover sheets, empty lines above such a table went below it, and onto a page of their own."""
    wide = table([3200], [row("表")], FLOATING.format("w:tblpY='800'"))
    found = {line.text: line.baseline for line in seen(docx(p("前") + wide + p("間") + p("次") + p("後")))}
    assert found == {"前": 32, "間": 47, "次": 62, "表": 35 + 40 + 12, "後": 90 + 12}


@pytest.mark.parametrize("heading", ["<w:tblHeader/>", ""])
def test_a_table_that_finds_no_room_where_it_floats_goes_on_over_pages_and_is_read_whole(heading: str) -> None:
    rows = [row("見出し", "値", properties=heading), *(row(f"行{number}", "値") for number in range(12))]
    floating = table([1600, 1600], rows, FLOATING.format("w:tblpY='800'"))
    data = docx(p("前") * 8 + floating + p("後") * 2, end=section())
    part = pdf.PdfPart(pdf.draw_document(data, "通知.docx", is_alone=True), "通知.docx")
    read = tree(pdf.draw([part], pdf.PdfInfo("通知", ""))).all("P", "TH", "TD")
    assert [tag.text for tag in read].count("値") == len(rows)


@pytest.mark.parametrize(("anchor", "left"), [("w:tblpX='0'", 80), ("w:tblpXSpec='right'", 20)])
def test_text_goes_around_a_table_that_leaves_it_room(anchor: str, left: float) -> None:
    narrow = table([1200], [row("表")], FLOATING.format(f"{anchor} w:tblpY='100'"))
    inside, *around = sorted(seen(docx(narrow + p("あ" * 20))), key=lambda line: line.text != "表")
    assert inside.baseline == 20 + 5 + 12
    assert [(line.left, len(line.text)) for line in around] == [(left, 10), (left, 10)]


def test_a_table_tied_to_the_page_stands_there_and_text_goes_on_below_it() -> None:
    tied = FLOATING.replace("vertAnchor='text'", "vertAnchor='page'").format("w:tblpY='900'")
    found = {
        line.text: line.baseline for line in seen(docx(p("前") + table([3200], [row("表")], tied) + p("後") + p("次")))
    }
    assert found == {"前": 32, "表": 45 + 12, "後": 60 + 12, "次": 75 + 12}


@pytest.mark.parametrize("where", ["w:tblpY='500'", "w:tblpY='5800'"])
def test_a_table_over_text_or_over_the_foot_of_the_page_is_refused(where: str) -> None:
    tied = FLOATING.replace("vertAnchor='text'", "vertAnchor='page'").format(where)
    with pytest.raises(Unsupported, match="文字列の折り返しを伴う表"):
        laid_out(docx(p("前") + table([3200], [row("表")], tied) + p("後"), end=section()))


def test_a_table_stands_below_one_that_floats_where_it_would_lie_over_it() -> None:
    tied = FLOATING.replace("vertAnchor='text'", "vertAnchor='page'").format("w:tblpY='1200'")
    aside = table([3200], [row("浮かぶ表")], tied)
    page = page_of(docx(aside + p("文") + table([3200], [row(f"{number}行目") for number in range(9)]) + p("")))
    found = {line.text: line.baseline for line in lines(page.boxes)}
    assert found["浮かぶ表"] < found["0行目"]
    assert found["文"] < found["浮かぶ表"]


def test_a_floating_table_without_room_stands_in_the_text_of_a_pdf_alone() -> None:
    tied = FLOATING.replace("vertAnchor='text'", "vertAnchor='page'").format("w:tblpY='500'")
    data = docx(p("前") + table([3200], [row("表")], tied) + p("後"), end=section())
    drawn = pdf.draw_document(data, "通知.docx", is_alone=True)
    assert ["文字列の折り返しを伴う表" in what for what in drawn.plainer.found] == [True]


def test_a_table_that_floats_is_as_others_where_it_is_too_high_for_a_page() -> None:
    tall = table([3200], [row(f"{number}行目") for number in range(25)], FLOATING.format("w:tblpY='1'"))
    first, second = laid_out(docx(tall + p("後"))).pages
    assert [line.text for line in lines(second.boxes)][-1] == "後"
    assert len(lines(first.boxes)) + len(lines(second.boxes)) == 26
