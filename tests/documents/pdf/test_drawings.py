"""Groups, turned shapes and the ends of lines: where they stand on the page, and how they are read."""

from __future__ import annotations

import pytest

from pipeline.documents.docx.errors import Damaged
from pipeline.documents.paths import Point
from pipeline.documents.pdf import PdfInfo, PdfPart, check, draw, draw_document
from pipeline.documents.pdf.boxes import PathBox, PictureBox, TextBox
from tests.documents.docx.docx_files import PICTURE, docx, p, picture, png
from tests.documents.docx.shape_files import anchored, graphic, group, inline, inner_group, member
from tests.documents.pdf.pages import page_of

_AUTO = "<w:spacing w:line='240' w:lineRule='auto'/>"


def corners(data: bytes) -> list[list[Point]]:
    """Return the places of each path on the page, in whole tenths of a point."""
    boxes = (box for box in page_of(data).boxes if isinstance(box, PathBox))
    return [[(round(x, 1), round(y, 1)) for x, y, *_ in (values for _, values in box.path if values)] for box in boxes]


def floating(held: str, **place: float) -> bytes:
    return docx(p("文", extra=anchored(held, **place)))  # type: ignore[arg-type]


def test_members_stand_in_the_scale_of_their_group() -> None:
    held = group(member(graphic(), x=30, y=10, width=30, height=20), width=120, height=80)
    (path,) = corners(floating(held, width=120, height=80))
    assert path == [(80, 40), (140, 40), (140, 80), (80, 80)]


def test_groups_stand_in_groups() -> None:
    within = inner_group(member(graphic(), x=30, y=20, width=30, height=20), x=0, y=0, width=30, height=20)
    (path,) = corners(floating(group(within, width=120, height=80), width=120, height=80))
    assert path == [(50, 40), (80, 40), (80, 60), (50, 60)]


@pytest.mark.parametrize(
    ("turned", "first"),
    [("flipH='1'", (80, 20)), ("flipV='1'", (20, 60)), ("rot='10800000'", (80, 60)), ("", (20, 20))],
)
def test_members_are_mirrored_and_turned_about_their_middle(turned: str, first: Point) -> None:
    (path,) = corners(floating(group(member(graphic(), turned=turned))))
    assert path[0] == first


@pytest.mark.parametrize(
    ("turned", "first"), [("flipH='1'", (80, 20)), ("rot='10800000'", (80, 60)), ("rot='10800000' flipH='1'", (20, 60))]
)
def test_a_group_turns_what_is_in_it(turned: str, first: Point) -> None:
    (path,) = corners(floating(group(member(graphic(), width=30, height=20), turned=turned)))
    assert path[0] == first


def test_what_lies_on_its_side_takes_the_room_that_it_takes_so() -> None:
    """As in Word, the place is that of the lying shape: 40 pt wide and 60 pt high."""
    turned = graphic().replace("<wps:spPr>", "<wps:spPr><a:xfrm rot='5400000'/>")
    (path,) = corners(floating(turned))
    assert path == [(60, 20), (60, 80), (20, 80), (20, 20)]


def test_what_stands_turned_in_a_line_makes_it_as_high() -> None:
    turned = graphic().replace("<wps:spPr>", "<wps:spPr><a:xfrm rot='5400000'/>")
    (path,) = corners(docx(p("左", _AUTO, extra=inline(turned))))
    assert path == [(70, 20), (70, 80), (30, 80), (30, 20)]


def test_text_is_turned_with_its_shape_and_never_mirrored() -> None:
    def angle(turned: str) -> float:
        held = group(member(graphic("箱"), turned=turned))
        box = next(box for box in page_of(floating(held)).boxes if isinstance(box, TextBox) and box.text == "箱")
        return 0.0 if box.turned is None else box.turned.turn.angle

    assert [angle(turned) for turned in ("", "flipH='1'", "flipV='1'", "rot='5400000'")] == [0, 0, 180, 90]


def test_text_in_groups_is_found_and_read_in_its_order() -> None:
    data = floating(group(member(graphic("一")), member(graphic("二"), turned="rot='5400000'")))
    drawn = draw_document(data, "x.docx")
    assert [text for text in drawn.texts if text in "一二"] == ["一", "二"]
    part = PdfPart(drawn, "x")
    assert not check([part], draw([part], PdfInfo("x", "")))


def test_what_is_said_of_a_drawing_is_read_in_its_place() -> None:
    plain = floating(group(member(graphic("箱")), member(graphic())))
    described = docx(
        p(
            "文",
            extra=anchored(group(member(graphic("箱")), member(graphic()))).replace(
                "name='x'", "name='x' descr='流れ図'"
            ),
        )
    )
    assert [record.alt for record in draw_document(described, "x").records if record.tag == "Figure"] == ["流れ図"]
    assert not [record for record in draw_document(plain, "x").records if record.tag == "Figure"]


def test_a_turned_picture_keeps_its_words_and_its_middle() -> None:
    run = picture().replace("</pic:pic>", "<pic:spPr><a:xfrm rot='16200000'/></pic:spPr></pic:pic>")
    data = docx(p("", _AUTO, extra=run), related=PICTURE, parts={"media/image1.png": png()})
    (box,) = (box for box in page_of(data).boxes if isinstance(box, PictureBox))
    assert (box.x + box.width / 2, box.y + box.height / 2, box.turn.angle) == (20 + 20 / 2, 20 + 40 / 2, 270)
    assert [record.alt for record in draw_document(data, "x").records if record.tag == "Figure"] == ["図の説明"]


def test_a_picture_is_seen_through_its_form() -> None:
    run = picture().replace("</pic:pic>", "<pic:spPr><a:prstGeom prst='ellipse'/></pic:spPr></pic:pic>")
    data = docx(p("", _AUTO, extra=run), related=PICTURE, parts={"media/image1.png": png()})
    (box,) = (box for box in page_of(data).boxes if isinstance(box, PictureBox))
    assert box.clip[0] == ("m", (20, 30))


@pytest.mark.parametrize(
    ("head", "closed", "count"),
    [("triangle", True, 3), ("stealth", True, 4), ("arrow", False, 3), ("diamond", True, 4)],
)
def test_lines_end_in_heads(head: str, closed: bool, count: int) -> None:
    line = f"<a:ln w='25400'><a:solidFill><a:srgbClr val='000000'/></a:solidFill><a:tailEnd type='{head}'/></a:ln>"
    data = floating(graphic(form="straightConnector1", extra=line), height=0)
    shaft, end = (box for box in page_of(data).boxes if isinstance(box, PathBox))
    assert shaft.path[0][1] == (20, 20)
    assert len([kind for kind, _ in end.path if kind != "h"]) == count and (end.path[-1][0] == "h") == closed
    tip = 80 + (3 if head == "diamond" else 0)
    assert max(x for _, (x, *_) in (step for step in end.path if step[1])) == pytest.approx(tip)


def test_a_bent_connector_has_its_head_where_it_ends() -> None:
    line = "<a:ln w='12700'><a:solidFill><a:srgbClr val='000000'/></a:solidFill><a:headEnd type='oval'/></a:ln>"
    shaft, end = corners(floating(graphic(form="bentConnector3", extra=line)))
    assert shaft == [(20, 20), (50, 20), (50, 60), (80, 60)]
    assert end[0][1] == 20 and abs(end[0][0] - 20) == 3


def test_dashes_are_as_long_as_their_line_is_thick() -> None:
    line = "<a:ln w='25400'><a:solidFill><a:srgbClr val='000000'/></a:solidFill><a:prstDash val='dash'/></a:ln>"
    (box,) = (box for box in page_of(floating(graphic(extra=line))).boxes if isinstance(box, PathBox))
    assert (box.dashes, box.join) == ((8, 6), "round")


def test_a_member_takes_the_fill_of_its_group() -> None:
    held = group(member(graphic(extra="<a:grpFill/>")))
    held = held.replace("</wpg:grpSpPr>", "<a:solidFill><a:srgbClr val='00CC00'/></a:solidFill></wpg:grpSpPr>")
    (box,) = (box for box in page_of(floating(held)).boxes if isinstance(box, PathBox))
    assert box.fill == "00CC00"


def test_a_freely_drawn_shape_is_drawn_by_its_formulas() -> None:
    free = (
        "<a:custGeom><a:avLst/><a:gdLst><a:gd name='x' fmla='*/ w 1 0'/><a:gd name='y' fmla='*/ h 1 4'/></a:gdLst>"
        "<a:rect l='0' t='0' r='r' b='b'/><a:pathLst><a:path><a:moveTo><a:pt x='x' y='y'/></a:moveTo><a:lnTo>"
        "<a:pt x='r' y='b'/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>"
    )
    held = graphic().replace("<a:prstGeom prst='rect'/>", free)
    assert corners(floating(held)) == [[(20, 30), (80, 60)]]


def test_a_list_item_with_a_drawing_goes_on_over_a_page() -> None:
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1'/></w:lvl>"
    numbering = f"<w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum>"
    numbering += "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    item = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:widowControl w:val='0'/>"
    body = p("字") * 16 + p("春はあけぼの" * 12, item, extra=anchored(graphic("箱"), y=-20))
    assert len(draw_document(docx(body, numbering=numbering), "x.docx").pages) == 2


def test_groups_as_deep_as_xml_can_be_are_drawn_and_deeper_ones_refused() -> None:
    def nested(depth: int) -> bytes:
        opened = "<wpg:grpSp><wpg:grpSpPr/>"
        return floating(group(opened * depth + member(graphic()) + "</wpg:grpSp>" * depth))

    assert len(corners(nested(200))) == 1
    with pytest.raises(Damaged):
        draw_document(nested(10_000), "x.docx")
