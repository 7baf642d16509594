"""Lengths that no hand would type, as programs leave them in Word files: drawn, or refused, and never a fault."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx.errors import Damaged, DocxError
from tests.documents.docx.docx_files import cell, docx, p, row, section

TABBED = "<w:p><w:r><w:t>左</w:t><w:tab/><w:t>右</w:t></w:r></w:p>"


def drawn(data: bytes) -> bytes:
    return pdf.draw([pdf.PdfPart(pdf.draw_document(data, "x.docx"), "x")], pdf.PdfInfo("x", ""))


def tabbed(distance: str) -> bytes:
    return docx(TABBED, settings=f"<w:defaultTabStop w:val='{distance}'/>")


@pytest.mark.parametrize("distance", ["0", "-720"])
def test_a_distance_of_tabs_that_is_none_counts_as_left_out(distance: str) -> None:
    assert drawn(tabbed(distance)) == drawn(tabbed("720"))


def table(width: str, column: str = "1000") -> bytes:
    cell = f"<w:tc><w:tcPr><w:tcW w:w='{column}' w:type='dxa'/></w:tcPr><w:p/></w:tc>"
    properties = f"<w:tblW w:w='{width}' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
    grid = f"<w:tblGrid><w:gridCol w:w='{column}'/><w:gridCol w:w='{column}'/></w:tblGrid>"
    return docx(f"<w:tbl><w:tblPr>{properties}</w:tblPr>{grid}<w:tr>{cell}{cell}</w:tr></w:tbl><w:p/>")


@pytest.mark.parametrize("width", ["-1", "0", "0.001", "1"])
def test_a_table_without_a_width_is_drawn_or_refused(width: str) -> None:
    for column in ("1000", "1", "0.2"):
        try:
            assert drawn(table(width, column)).startswith(b"%PDF")
        except DocxError as refused:
            assert refused.message


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-inf", "1e999", "abc", ""])
@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:rPr><w:sz w:val='{0}'/></w:rPr><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:bdr w:val='single' w:sz='{0}'/></w:rPr><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:ind w:left='{0}'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:spacing w:line='{0}'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='{0}'/></w:tabs></w:pPr><w:r><w:tab/></w:r></w:p>",
    ],
)
def test_what_is_no_number_is_damage(body: str, value: str) -> None:
    with pytest.raises(Damaged):
        drawn(docx(body.format(value)))


@pytest.mark.parametrize("value", ["0", "-1", "-720", "1", "100000000"])
@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:rPr><w:sz w:val='{0}'/></w:rPr><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:ind w:left='{0}' w:right='{0}'/></w:pPr><w:r><w:t>長い文の字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:spacing w:line='{0}' w:lineRule='exact'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:spacing w:before='{0}' w:after='{0}'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:tabs><w:tab w:val='right' w:pos='{0}'/></w:tabs></w:pPr><w:r><w:tab/><w:t>字</w:t></w:r></w:p>",
    ],
)
def test_lengths_without_sense_are_drawn_or_refused(body: str, value: str) -> None:
    try:
        assert drawn(docx(body.format(value))).startswith(b"%PDF")
    except DocxError as refused:
        assert refused.message


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        ("<w:p><w:r><w:rPr><w:sz w:val='0'/></w:rPr><w:t>字</w:t></w:r></w:p>", "大きさのない文字"),
        ("<w:p><w:r><w:rPr><w:sz w:val='1.5'/></w:rPr><w:t>字</w:t></w:r></w:p>", "大きさのない文字"),
        ("<w:p><w:r><w:rPr><w:sz w:val='4000'/></w:rPr><w:t>字</w:t></w:r></w:p>", "大きすぎる文字"),
        ("<w:p><w:pPr><w:ind w:right='1e9'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>", "用紙より大きなインデント"),
        ("<w:p><w:pPr><w:ind w:right='3200'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>", "文字の入らない段落"),
        (
            "<w:p><w:pPr><w:spacing w:line='0' w:lineRule='exact'/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>",
            "高さのない行",
        ),
    ],
)
def test_text_that_would_not_be_seen_is_refused(body: str, construct: str) -> None:
    with pytest.raises(DocxError, match=construct):
        drawn(docx(body))


def test_what_does_not_belong_to_the_margins_of_cells_is_passed_over() -> None:
    margins = "<w:tblCellMar><w:left w:w='99' w:type='dxa'/><w:p/></w:tblCellMar>"
    rows = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    grid = "<w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>"
    assert drawn(docx(f"<w:tbl><w:tblPr>{margins}</w:tblPr>{grid}{rows}</w:tbl><w:p/>")).startswith(b"%PDF")


@pytest.mark.parametrize("pitch", ["0", "-300", "1", "100000000"])
@pytest.mark.parametrize("paper", [(4000, 6000), (0, 0), (1, 1), (-4000, 6000)])
def test_papers_and_grids_without_sense_are_drawn_or_refused(pitch: str, paper: tuple[int, int]) -> None:
    end = section(*paper).replace("</w:sectPr>", f"<w:docGrid w:type='lines' w:linePitch='{pitch}'/></w:sectPr>")
    try:
        assert drawn(docx(TABBED, end=end)).startswith(b"%PDF")
    except DocxError as refused:
        assert refused.message


def test_lines_that_would_lie_over_each_other_are_refused() -> None:
    tight = "<w:p><w:pPr><w:spacing w:line='20' w:lineRule='exact'/></w:pPr>{}</w:p>"
    assert drawn(docx(tight.format(""))).startswith(b"%PDF")
    with pytest.raises(DocxError, match="行の間隔に収まらない文字"):
        drawn(docx(tight.format("<w:r><w:t>字</w:t></w:r>")))


def test_a_grid_of_no_distance_is_none() -> None:
    plain, odd = (
        docx(TABBED * 2, end=section().replace("</w:sectPr>", f"<w:docGrid {grid}/></w:sectPr>"))
        for grid in ("", "w:type='lines' w:linePitch='-300'")
    )
    assert drawn(odd) == drawn(plain)


def test_margins_that_leave_no_room_are_refused() -> None:
    with pytest.raises(DocxError, match="余白のために文字の入らないページ") as refused:
        drawn(docx(TABBED, end=section(8000, 6000, margin=3000)))
    assert "余白" in refused.value.cure


def test_a_grid_wider_than_any_paper_moves_no_line() -> None:
    end = section().replace("</w:sectPr>", "<w:docGrid w:type='lines' w:linePitch='1e9'/></w:sectPr>")
    assert drawn(docx(TABBED, end=end)) == drawn(docx(TABBED))


def test_margins_of_cells_are_never_below_none() -> None:
    def rows(bottom: int) -> bytes:
        margins = f"<w:tcMar><w:bottom w:w='{bottom}' w:type='dxa'/></w:tcMar>"
        grid = "<w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>"
        return docx(f"<w:tbl><w:tblPr/>{grid}{row(cell(p('字'), margins)) * 3}</w:tbl><w:p/>")

    assert drawn(rows(-240)) == drawn(rows(0))
