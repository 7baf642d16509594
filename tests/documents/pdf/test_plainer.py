"""What a PDF alone shows more plainly than Word does: told each, refused in a report, and no word less."""

from __future__ import annotations

import zlib

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import Unsupported, examine
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.plainer_xml import CHANGES
from pipeline.documents.docx.tree import Paragraph, Text
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import PICTURE, docx, p, png, r
from tests.documents.docx.ornaments import GRADIENT, ORNAMENTS
from tests.documents.docx.shape_files import graphic, inline, old
from tests.documents.pdf.pages import page_of
from tests.project import ROOT

GUIDE = (ROOT / "docs/手引き.md").read_text(encoding="utf-8")


def test_the_guide_says_all_that_is_drawn_more_plainly() -> None:
    assert {what.partition("（")[0] for _, what, _ in CHANGES if what.partition("（")[0] not in GUIDE} == set()


@pytest.mark.parametrize("what", ORNAMENTS)
def test_an_ornament_is_left_out_of_a_pdf_alone_and_told(what: str) -> None:
    data = docx(ORNAMENTS[what])
    drawn = pdf.draw_document(data, "通知.docx", is_alone=True)
    (told,) = drawn.plainer.found
    assert what in told and told.partition("（")[0] in GUIDE
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
    drawn = pdf.draw_document(docx(p("", extra=inline(graphic("箱", extra=GRADIENT)))), "通知.docx", is_alone=True)
    assert b"0.502 0 0.502 rg" in zlib.decompress(drawn.pages[0].content)


def test_a_shadow_of_old_shapes_is_left_out() -> None:
    shape = old("箱").replace("</v:shape>", "<v:shadow on='t'/></v:shape>")
    drawn = pdf.draw_document(docx(p("目印", extra=shape)), "通知.docx", is_alone=True)
    assert [*drawn.plainer.found.values()] == ["箱"]


OBJECT = (
    "<w:r><w:object w:dxaOrig='1200' w:dyaOrig='800'><v:shape style='width:60pt;height:40pt' o:ole=''"
    " xmlns:o='urn:schemas-microsoft-com:office:office'>{}</v:shape><o:OLEObject Type='Embed' ProgID='Excel.Sheet.12'"
    " xmlns:o='urn:schemas-microsoft-com:office:office'/></w:object></w:r>"
)


def test_of_what_another_program_shows_the_picture_in_the_file_is_drawn() -> None:
    shown = OBJECT.format("<v:imagedata r:id='i'/>")
    data = docx(p("目印", extra=shown), related=PICTURE, parts={"media/image1.png": png()})
    drawn = pdf.draw_document(data, "通知.docx", is_alone=True)
    assert drawn.plainer.found == {"埋め込みオブジェクト（文書にある絵で）": "目印"}
    assert b"60.000000 0 0 40.000000" in zlib.decompress(drawn.pages[0].content)
    for other, alone in ((data, False), (docx(p("目印", extra=OBJECT.format(""))), True)):
        with pytest.raises(Unsupported, match="埋め込みオブジェクト"):
            pdf.draw_document(other, "通知.docx", is_alone=alone)


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


def test_the_letters_of_a_watermark_are_text_on_the_shape() -> None:
    path = "<v:textpath string='社外秘' style='font-family:&quot;BIZ UDPGothic&quot;'/><v:fill opacity='.5'/></v:shape>"
    mark = old("", attributes="fillcolor='#000000'")
    begin, end = mark.index("<v:textbox"), mark.index("</v:shape>")
    document = docx(p("本文", extra=mark[:begin] + path + mark[end + len("</v:shape>") :]))
    drawn = pdf.draw_document(document, "通知.docx", is_alone=True)
    assert [*drawn.plainer.found] == ["ワードアート・透かし（ふつうの文字で）"]
    part = pdf.PdfPart(drawn, "通知.docx")
    made = pdf.draw([part], pdf.PdfInfo("通知", ""))
    assert pdf.check([part], made) == ()
    assert b"0.502 0.502 0.502 rg" in zlib.decompress(drawn.pages[0].content)
