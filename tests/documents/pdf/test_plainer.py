"""What a PDF alone shows more plainly than Word does: told each, refused in a report, and no word less."""

from __future__ import annotations

import zlib

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import Unsupported, examine
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.tree import Paragraph, Text
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, p, r, row, table
from tests.documents.docx.shape_files import anchored, graphic, inline, old
from tests.documents.pdf.pages import page_of

_GRADIENT = (
    "<a:gradFill><a:gsLst><a:gs pos='0'><a:srgbClr val='FF0000'/></a:gs><a:gs pos='100000'><a:srgbClr val='0000FF'/>"
    "</a:gs></a:gsLst></a:gradFill>"
)
_SHADOW = "<a:effectLst><a:outerShdw dist='50800'/></a:effectLst>"
_OUTLINE = (
    "<wp:wrapTight wrapText='bothSides'><wp:wrapPolygon><wp:start x='0' y='0'/><wp:lineTo x='9' y='21600'/>"
    "<wp:lineTo x='21600' y='50'/></wp:wrapPolygon></wp:wrapTight>"
)
_EXACT = "<w:trHeight w:val='200' w:hRule='exact'/>"
CASES = {
    "影付き": p("目印", run="<w:shadow/>"),
    "効果を付けた文字": p("目印", run="<w14:glow w14:rad='63500'/>"),
    "効果を付けた図や図形": p("目印", extra=inline(graphic("箱", extra=_SHADOW))),
    "グラデーション": p("目印", extra=inline(graphic("箱", extra=_GRADIENT))),
    "輪郭に沿った折り返し": p("目印", extra=anchored(graphic("箱"), wrap=_OUTLINE)),
    "収まらない文字（枠を大きくして）": p("目印", extra=inline(graphic("箱の中の長い文字列です"), width=30, height=15)),
    "収まらない文字（行を高くして）": table([2000], [row(cell(p("目印一") + p("二行目")), properties=_EXACT)])
    + p("終"),
    "網かけの模様": p("目印", run="<w:shd w:val='diagStripe' w:fill='FFFF00'/>"),
    "罫線": p("目印", run="<w:bdr w:val='wave' w:sz='4'/>"),
    "段落間の線": p("目印", "<w:pBdr><w:between w:val='single' w:sz='4'/></w:pBdr>"),
    "縦線のタブ": p("目印", "<w:tabs><w:tab w:val='bar' w:pos='100'/></w:tabs>"),
    "レイアウト枠の折り返し": p("目印", "<w:framePr w:w='1000' w:wrap='none'/>") + p("後"),
    "レイアウト枠（枠なしで）": p("目印", "<w:framePr w:w='1000' w:wrap='around'/>")
    + table([2000], [row("表")])
    + p("後"),
    "隠し文字の行": table([2000], [row("目印", properties="<w:hidden/>")]) + p("後"),
    "回転したテキスト ボックス": p("目印", extra=inline(graphic("箱", body="rot='5400000'"))),
    "縦中横・割注": p("目印", run="<w:eastAsianLayout w:combine='1'/>"),
    "縦位置": p("大", "<w:textAlignment w:val='center'/>", extra=r("小", "<w:sz w:val='12'/>")),
}


@pytest.mark.parametrize("what", CASES)
def test_an_ornament_is_left_out_of_a_pdf_alone_and_told(what: str) -> None:
    data = docx(CASES[what])
    drawn = pdf.draw_document(data, "通知.docx", is_alone=True)
    (told,) = drawn.plainer.found
    assert what in told
    part = pdf.PdfPart(drawn, "通知.docx")
    assert pdf.check([part], pdf.draw([part], pdf.PdfInfo("通知", ""))) == ()
    with pytest.raises(Unsupported):
        pdf.draw_document(data, "通知.docx")


def test_what_word_does_not_show_is_not_told() -> None:
    style = "<w:style w:type='character' w:styleId='S'><w:name w:val='S'/><w:rPr><w:emboss/></w:rPr></w:style>"
    unused = pdf.draw_document(docx(p("本文"), styles=style), "通知.docx", is_alone=True)
    used = pdf.draw_document(docx(p("本文", run="<w:rStyle w:val='S'/>"), styles=style), "通知.docx", is_alone=True)
    assert not unused.plainer.found
    assert len(used.plainer.found) == 1


def test_a_gradient_has_its_mean_colour() -> None:
    drawn = pdf.draw_document(docx(p("", extra=inline(graphic("箱", extra=_GRADIENT)))), "通知.docx", is_alone=True)
    assert b"0.502 0 0.502 rg" in zlib.decompress(drawn.pages[0].content)


def test_a_shadow_of_old_shapes_is_left_out() -> None:
    shape = old("箱").replace("</v:shape>", "<v:shadow on='t'/></v:shape>")
    drawn = pdf.draw_document(docx(p("目印", extra=shape)), "通知.docx", is_alone=True)
    assert [*drawn.plainer.found.values()] == ["箱"]


def test_changes_are_shown_as_word_marks_them() -> None:
    inserted = f"<w:ins w:id='1'>{r('加えた')}</w:ins>"
    deleted = "<w:del w:id='2'><w:r><w:delText>消した</w:delText></w:r></w:del>"
    data = docx(p("前", "<w:rPr><w:del w:id='3'/></w:rPr>", extra=inserted) + p("後", extra=deleted))
    document, refused = examine(data, "通知.docx", plainer=Plainer())
    texts = [one for block in document.sections[0].blocks if isinstance(block, Paragraph) for one in block.content]
    looks = [(one.text, one.format.underline, one.format.strike) for one in texts if isinstance(one, Text)]
    assert looks == [("前", "", False), ("加えた", "single", False), ("後", "", False), ("消した", "", True)]
    assert refused == ()


def test_a_number_ends_at_its_place_or_stands_about_it() -> None:
    starts = []
    for side in ("left", "center", "right"):
        level = (
            f"<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='第%1'/><w:lvlJc"
            f" w:val='{side}'/><w:pPr><w:ind w:left='1000' w:hanging='200'/></w:pPr></w:lvl>"
        )
        numbering = f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>"
        numbering += "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        item = p("本文", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
        boxes = [box for box in page_of(docx(item, numbering=numbering)).boxes if isinstance(box, TextBox)]
        starts.append((boxes[0].x, boxes[1].x + boxes[1].width))
    (left, end), (middle, _), (right, place) = starts
    assert (place, middle) == pytest.approx((left, left - (end - left) / 2), abs=0.1)
    assert right < middle < left
