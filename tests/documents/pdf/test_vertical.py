"""Vertical text: letters follow each other downwards, lines to the left; signs have the forms of vertical text."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from pipeline.documents import fonts
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.fonts import vertical
from pipeline.documents.pdf import draw_document
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import PICTURE, cell, docx, element, p, picture, png, row, section, table
from tests.documents.pdf.pages import drawn, laid_out, page_of, page_texts

DOWN = section(6000, 4000, "<w:textDirection w:val='tbRl'/>")
UPRIGHT = "<w:tcW w:w='600' w:type='dxa'/><w:textDirection w:val='tbRlV'/>"


def runs(data: bytes) -> list[tuple[str, float, float]]:
    return [(box.text, box.x, box.baseline) for box in page_of(data).boxes if isinstance(box, TextBox)]


def test_lines_go_down_from_the_right_of_the_paper() -> None:
    page = page_of(docx(p("縦") + p("書"), end=DOWN))
    assert (page.width, page.height) == (300, 200)
    assert [(box.x, box.baseline, box.is_vertical) for box in page.boxes if isinstance(box, TextBox)] == [
        (300 - 32, 20, True),
        (300 - 47, 20, True),
    ]


def test_vertical_text_comes_into_the_pdf_as_text_with_the_forms_of_its_signs() -> None:
    (text,) = page_texts(drawn(docx(p("「縦書き」、ー。第10回"), end=DOWN)))
    assert text == "「縦書き」、ー。第10回"


@pytest.mark.parametrize("file", ["BIZUDGothic-Regular", "BIZUDGothic-Bold", "BIZUDMincho-Regular"])
def test_the_forms_are_those_that_the_typefaces_have(file: str) -> None:
    font = TTFont(fonts.FOLDER / f"{file}.ttf", lazy=True)
    table_, names = font["GSUB"].table, font.getBestCmap()
    lookups = (f.Feature.LookupListIndex for f in table_.FeatureList.FeatureRecord if f.FeatureTag == "vert")
    subtables = [sub for found in lookups for at in found for sub in table_.LookupList.Lookup[at].SubTable]
    forms = {old: new for sub in subtables for old, new in getattr(sub, "ExtSubTable", sub).mapping.items()}
    wanted = {code: font.getGlyphID(forms[names[ord(plain)]]) for code, plain in vertical.PLAIN.items()}
    assert wanted == vertical.GLYPHS


def test_the_text_of_a_vertical_cell_goes_down_beside_its_rows() -> None:
    side = row(cell(p("見出し"), f"{UPRIGHT}<w:vMerge w:val='restart'/>"), "上")
    rows = [side, row(cell(p(), f"{UPRIGHT}<w:vMerge/>"), "下"), row(cell(p(), f"{UPRIGHT}<w:vMerge/>"), "後")]
    assert runs(docx(table([600, 1000], rows))) == [
        ("見出し", 20 + 30 - 12, 20), ("上", 50, 32), ("下", 50, 47), ("後", 50, 62),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "construct"),
    [
        (docx(table([600, 1000], [row(cell(p("長い" * 9), UPRIGHT), "上")])), "縦書きのセルに収まらない"),
        (docx(p("文", run="<w:u w:val='single'/>"), end=DOWN), "縦書きの文字の下線"),
        (docx(table([600], [row("表")]), end=DOWN), "縦書きのページの表"),
        (docx(p(extra=picture()), end=DOWN, related=PICTURE, parts={"media/image1.png": png()}), "縦書きの中の図"),
        (
            docx(
                p("文"),
                end=DOWN.replace("<w:pgSz", "<w:headerReference r:id='h'/><w:pgSz"),
                related={"h": ("header", "h.xml")},
                parts={"h.xml": element("hdr", p("頭"))},
            ),
            "縦書きのページのヘッダー",
        ),
    ],
)
def test_what_is_not_drawn_in_vertical_text_is_named(data: bytes, construct: str) -> None:
    with pytest.raises(Unsupported, match=construct) as caught:
        laid_out(data)
    assert caught.value.cure


def test_rows_grow_for_vertical_text_in_a_pdf_alone() -> None:
    data = docx(table([600, 1000], [row(cell(p("長い" * 9), UPRIGHT), "上")]) + p("後"))
    drawn_ = draw_document(data, "通知.docx", is_alone=True)
    assert [*drawn_.plainer.found] == ["縦書きのセルに収まらない文字（行を高くして）"]


def test_a_vertical_cell_that_goes_on_over_a_page_has_its_text_on_the_first() -> None:
    merged = f"{UPRIGHT}<w:vMerge/>"
    rows = [row(cell(p("見出し"), f"{UPRIGHT}<w:vMerge w:val='restart'/>"), "0行")]
    rows += [row(cell(p(), merged), f"{at}行") for at in range(1, 25)]
    first, second = laid_out(docx(table([600, 1000], rows) + p("後"))).pages
    texts_ = [[box.text for box in page.boxes if isinstance(box, TextBox)] for page in (first, second)]
    assert "見出し" in texts_[0]
    assert "見出し" not in texts_[1]
