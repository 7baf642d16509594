"""Text boxes and shapes: where they stand, what text does around them, and that their text is found and read."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf import PdfInfo, PdfPart, check, draw, draw_document
from pipeline.documents.pdf.boxes import PathBox, PictureBox, TextBox
from tests.documents.docx.docx_files import PICTURE, cell, docx, p, picture, png, row, table
from tests.documents.docx.shape_files import SQUARE, TOP_AND_BOTTOM, anchored, graphic, group, inline, member, old
from tests.documents.pdf.pages import drawn, laid_out, lines, page_of, page_texts, texts

LONG = "春はあけぼのやうやう白くなりゆく山ぎはすこしあかりて紫だちたる雲のほそくたなびきたる"
"""Three lines of a column of 160 pt."""


def paths(data: bytes) -> list[tuple[float, float]]:
    return [box.path[0][1] for box in page_of(data).boxes if isinstance(box, PathBox)]  # type: ignore[misc]


def test_a_box_stands_where_its_paragraph_stands_and_moves_nothing() -> None:
    data = docx(p("前") + p(LONG, extra=anchored(graphic("箱"), x=100, y=10)))
    assert paths(data) == [(120, 45)]
    seen = {line.text: line for line in lines(page_of(data).boxes)}
    assert seen["箱"].left == 120 and seen["箱"].baseline == 45 + 12
    assert [line for line in texts(data)[0] if line != "箱"] == texts(docx(p("前") + p(LONG)))[0]


def test_what_is_behind_is_drawn_before_the_text() -> None:
    kinds = {
        behind: [type(box) for box in page_of(docx(p("前", extra=anchored(graphic(), behind=behind)))).boxes]
        for behind in (True, False)
    }
    assert kinds == {True: [PathBox, TextBox], False: [TextBox, PathBox]}


def test_text_keeps_above_and_below_what_asks_for_it() -> None:
    data = docx(p(LONG, extra=anchored(graphic("箱"), x=50, y=10, wrap=TOP_AND_BOTTOM)))
    assert [line.baseline for line in lines(page_of(data).boxes) if line.text != "箱"] == [82.5, 97.5, 112.5]


@pytest.mark.parametrize(("x", "left"), [(0, 80.5), (100, 20)])
def test_text_stands_beside_a_square_and_is_full_again_below_it(x: float, left: float) -> None:
    data = docx(p(LONG, extra=anchored(graphic("箱"), x=x, wrap=SQUARE)))
    seen = [(line.left, len(line.text)) for line in lines(page_of(data).boxes) if line.text != "箱"]
    assert seen[:3] == [(left, 10)] * 3
    assert seen[3][0] == 20


def test_text_goes_on_at_the_other_side_of_what_stands_in_its_middle() -> None:
    data = docx(p(LONG, extra=anchored(graphic("箱"), width=20, x=70, wrap=SQUARE)) + p("後"))
    boxes = [box for box in page_of(data).boxes if isinstance(box, TextBox) and box.text != "箱"]
    assert [(box.x, box.baseline) for box in boxes] == [
        (20, 32), (110.5, 32), (20, 47), (110.5, 47), (20, 62), (110.5, 62), (20, 77),
    ]  # fmt: skip
    assert "".join(box.text for box in boxes) == f"{LONG}後"


def test_a_shape_in_its_line_takes_its_place() -> None:
    data = docx(p("左", "<w:spacing w:line='240' w:lineRule='auto'/>", extra=inline(graphic("箱", "ellipse"))))
    (x, y), *_ = paths(data)
    assert (x, y) == (30, 20 + 20)


def test_a_box_goes_to_the_next_page_with_its_paragraph() -> None:
    data = docx(p("字") * 17 + p(LONG, "<w:keepLines/>", extra=anchored(graphic("箱"), x=90)))
    assert [["箱" in page, LONG[:5] in "".join(page)] for page in texts(data)] == [[False, False], [True, True]]


@pytest.mark.parametrize(
    "content",
    [
        p("文", extra=anchored(graphic("箱の文字"))),
        p("文", extra=old("箱の文字")),
        p("文", extra=inline(graphic("箱の文字"))),
        table([3000], [row(cell(p("文", extra=anchored(graphic("箱の文字")))))]) + p(""),
    ],
    ids=["floating", "old", "inline", "cell"],
)
def test_text_of_boxes_is_found_tagged_and_looked_for(content: str) -> None:
    drawn = draw_document(docx(content), "x.docx")
    assert "箱の文字" in drawn.texts
    assert [record.tag for record in drawn.records].count("Div") >= 1
    part = PdfPart(drawn, "x")
    assert not check([part], draw([part], PdfInfo("x", "")))


def test_a_box_that_lies_over_the_same_is_found_as_often_as_it_is_there() -> None:
    twice = anchored(graphic("箱の中のA4の文字")) * 2
    part = PdfPart(draw_document(docx(p("文", extra=twice)), "x.docx"), "x")
    assert not check([part], draw([part], PdfInfo("x", "")))


def test_old_boxes_have_their_place_and_colours() -> None:
    (box,) = [
        box
        for box in page_of(docx(p("文", extra=old("箱", attributes="fillcolor='#cfc' strokecolor='blue'")))).boxes
        if isinstance(box, PathBox)
    ]
    assert (box.path[0][1], box.fill, box.stroke) == ((40, 50), "CCFFCC", "0000FF")


def test_pictures_float_too() -> None:
    run = picture().replace("<wp:inline>", "<wp:anchor behindDoc='0'>").replace("</wp:inline>", "</wp:anchor>")
    data = docx(p("前") + p("文", extra=run), related=PICTURE, parts={"media/image1.png": png()})
    assert [(box.x, box.y) for box in page_of(data).boxes if isinstance(box, PictureBox)] == [(20, 35)]


@pytest.mark.parametrize(
    ("held", "construct"),
    [
        (graphic("箱", "gear6"), "図形「基本図形」"),
        (graphic("箱", body="vert='mongolianVert'"), "文字の方向が特殊なテキスト ボックス"),
        (graphic("箱の中の文字が多い" * 4), "テキスト ボックスに収まらない文字"),
        (graphic("箱", extra="<a:gradFill/>"), "グラデーション"),
    ],
)
def test_what_is_not_drawn_is_called_as_in_word(held: str, construct: str) -> None:
    with pytest.raises(Unsupported, match=construct) as caught:
        laid_out(docx(p("文", extra=anchored(held))))
    assert caught.value.cure


def test_blank_lines_and_lines_without_text_may_stand_out_of_a_shape() -> None:
    blank = graphic("箱").replace("</w:txbxContent>", f"{p()}{p()}{p()}</w:txbxContent>")
    assert "箱" in texts(docx(p("文", extra=anchored(blank, y=20))))[0]
    assert paths(docx(p("文", extra=anchored(graphic(form="line"), height=0, y=20)))) == [(20, 40)]


def test_old_pictures_are_drawn() -> None:
    run = old("").replace("<v:textbox", "<v:imagedata r:id='i'/><v:textbox")
    data = docx(p("文", extra=run), related=PICTURE, parts={"media/image1.png": png()})
    assert [(box.x, box.y, box.width) for box in page_of(data).boxes if isinstance(box, PictureBox)] == [(40, 50, 60)]


@pytest.mark.parametrize(
    ("kind", "is_vertical", "angle"), [("eaVert", True, None), ("vert", False, 90), ("vert270", False, 270)]
)
def test_text_runs_down_or_turned_in_a_box(kind: str, is_vertical: bool, angle: float | None) -> None:
    held = anchored(graphic("縦の文字", body=f"vert='{kind}'"), width=40, height=100, x=50, y=50)
    (text,) = [box for box in page_of(docx(p("", extra=held))).boxes if isinstance(box, TextBox)]
    assert text.is_vertical is is_vertical
    assert (None if text.turned is None else text.turned.turn.angle) == angle
    if text.turned is None:
        assert (text.baseline, 70 < text.x < 110) == (70, True)
    else:
        x, y = text.turned.turn.of((text.x, text.baseline), text.turned.middle)
        assert 70 < x < 110
        assert y == pytest.approx(70 if angle == 90 else 170, abs=1)


@pytest.mark.parametrize("turned", ["", "rot='2700000'"])
def test_what_lies_below_a_see_through_fill_is_seen(turned: str) -> None:
    fill = "<a:solidFill><a:srgbClr val='FF0000'><a:alpha val='50000'/></a:srgbClr></a:solidFill>"
    held = graphic("箱", extra=fill)
    if turned:
        held = group(member(held, turned=turned))
    boxes = page_of(docx(p("下の文字", extra=anchored(held)))).boxes
    (ground,) = [box for box in boxes if isinstance(box, PictureBox)]
    assert Image.open(BytesIO(ground.data)).getpixel((0, 0)) == (255, 0, 0, 128)
    assert ground.clip
    assert "下の文字" in page_texts(drawn(docx(p("下の文字", extra=anchored(held)))))[0]
