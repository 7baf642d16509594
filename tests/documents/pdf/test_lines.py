"""Where lines break, how they are filled, where their characters stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf.boxes import PictureBox, TextBox
from pipeline.documents.pdf.characters import HANGING, NOT_FIRST, NOT_LAST, break_points, classes
from tests.documents.docx.docx_files import PICTURE, cell, docx, p, picture, png, r, row, table
from tests.documents.pdf.pages import Seen, fills, laid_out, lines, page_of, rules, texts
from tests.examples import tried

LEFT = 20.0
RIGHT = 180.0
JUSTIFIED = "<w:jc w:val='both'/>"
NO_HANGING = "<w:overflowPunct w:val='0'/>"


def set_lines(text: str, properties: str = "", run: str = "") -> list[Seen]:
    return lines(page_of(docx(p(text, properties, run))).boxes)


def column(*paragraphs: str) -> bytes:
    """Put paragraphs into a table cell of 160 pt."""
    return docx(table([3200], [row(cell("".join(paragraphs)))]))


def test_a_full_line_holds_as_many_characters_as_fit() -> None:
    assert [line.text for line in set_lines("国" * 40)] == ["国" * 16, "国" * 16, "国" * 8]


@pytest.mark.parametrize(("text", "kinds"), [
    ("①国", "0E"), ("国①国", "EEE"), ("※①国", "S0E"), ("2. ①国", "0cs0E"), ("国A①②国", "Ea00E"), ("国、⑴国", "EHEE"),
])  # fmt: skip
def test_numbers_in_circles_are_of_the_script_before_them(text: str, kinds: str) -> None:
    assert classes(text) == kinds


@pytest.mark.parametrize("mark", "、。」）ーっゃ・ァ％")
def test_marks_do_not_begin_a_line(mark: str) -> None:
    first, second = set_lines("国" * 16 + mark + "国", NO_HANGING)
    assert first.text == "国" * 15
    assert second.text == f"国{mark}国"


@pytest.mark.parametrize("mark", "「（『【")
def test_marks_do_not_end_a_line(mark: str) -> None:
    text = "国" * 15 + mark + "国国"
    assert [line.text for line in set_lines(text)] == ["国" * 15, mark + "国国"]


@pytest.mark.parametrize("word", ["Society", "50%", "2,540", "12.5", "(KPI)", "¥100"])
def test_words_and_figures_stay_whole(word: str) -> None:
    assert [line.text for line in set_lines("国" * 15 + word)] == ["国" * 15, word]


def test_a_word_longer_than_the_line_breaks_where_it_must() -> None:
    seen = set_lines("W" * 40)
    assert "".join(line.text for line in seen) == "W" * 40
    assert all(line.right <= RIGHT + 0.1 for line in seen)


@pytest.mark.parametrize(("text", "first"), [
    ("国" * 13 + "745-8655", "国" * 13 + "745-"),
    ("国" * 13 + "R2–R6", "国" * 13 + "R2–"),
    ("国" * 15 + "-12", "国" * 15),
])  # fmt: skip
def test_a_line_may_end_in_a_hyphen_but_not_in_a_sign(text: str, first: str) -> None:
    assert set_lines(text)[0].text == first


@pytest.mark.parametrize(("spare", "count"), [(0, 1), (1, 2)])
def test_a_line_holds_what_is_as_wide_as_itself_and_no_twip_more(spare: int, count: int) -> None:
    assert len(set_lines("国" * 10, f"<w:ind w:right='{1200 + spare}'/>")) == count


def test_advances_stand_on_a_grid() -> None:
    (line,) = set_lines("ありがとう", run="<w:sz w:val='17'/>")
    assert (line.right - line.left) * 120 == pytest.approx(round((line.right - line.left) * 120), abs=1e-6)


def test_each_script_begins_at_a_whole_twip_of_its_line() -> None:
    text = "こうした声をSociety5.0（KPI）とSNSで、あわせて（A4）の紙に17.5%ほど載せています。" * 3
    boxes = [box for box in page_of(docx(p(text))).boxes if isinstance(box, TextBox)]
    assert len({box.baseline for box in boxes}) > 3
    assert all(box.x * 20 == pytest.approx(round(box.x * 20), abs=1e-6) for box in boxes)


@pytest.mark.parametrize(("text", "first"), [
    ("国" * 15 + "●abc", "国" * 15),
    ("国" * 15 + "※1", "国" * 15),
    ("国" * 15 + "●国国", "国" * 15 + "●"),
    ("国" * 14 + "a●b国", "国" * 14),
    ("国" * 13 + "…abcdefg", "国" * 13 + "…"),
    ("国" * 15 + "……国", "国" * 15),
    ("国" * 12 + "at?that", "国" * 12 + "at?"),
    ("国" * 13 + "99 %国国国", "国" * 13 + "99"),
    ("国 https://a.jp/b", "国 https://a.jp/b"),
    ("国国国 https://example.jp/path/to/it", "国国国"),
    ("国国国https://example.jp/path/to/it", "国国国https://example.jp/"),
])  # fmt: skip
def test_symbols_dots_and_paths_at_the_end_of_a_line(text: str, first: str) -> None:
    assert set_lines(text)[0].text == first


def test_no_break_space_holds_together() -> None:
    assert set_lines("国" * 15 + "\u00a0国国")[0].text == "国" * 14


def test_spaces_at_the_end_of_a_line_need_no_room() -> None:
    assert [line.text for line in set_lines("国" * 16 + "  abc")] == ["国" * 16, "abc"]


def test_marks_hang_in_body_text_only() -> None:
    text = "国" * 16 + "。国国"
    assert set_lines(text)[0].text == "国" * 16 + "。"
    assert set_lines(text, NO_HANGING)[0].text == "国" * 15
    assert lines(page_of(column(p(text))).boxes)[0].text == "国" * 15


def test_a_mark_hangs_only_where_a_break_after_it_is_legal() -> None:
    assert set_lines("国" * 16 + "。」国")[0].text == "国" * 15


@tried(150)
@given(st.text("国字ぁっーア、。「」（）・A1b2 %-/―…①～", min_size=1, max_size=80))
def test_lines_keep_all_text_and_the_rules(text: str) -> None:
    seen = [line.text for line in set_lines(text)]
    assert "".join(seen).replace(" ", "") == text.replace(" ", "")
    legal = {"".join(text[:at].split()) for at in break_points(classes(text))}
    read = ""
    for line, following in pairwise(seen):
        read += "".join(line.split())
        if read in legal:
            assert following[0] not in NOT_FIRST - set("%‰℃°")  # units may follow a space
            assert line.rstrip()[-1:] not in NOT_LAST


def test_justified_lines_reach_the_edge_and_the_last_one_does_not() -> None:
    *full, last = set_lines("国" * 15 + "「国」" + "国" * 20, JUSTIFIED)
    assert full
    assert all(line.right == pytest.approx(RIGHT, abs=0.01) for line in full)
    assert last.right < RIGHT - 1


def test_justification_leaves_words_alone() -> None:
    page = page_of(docx(p("国" * 9 + "Society" + "国" * 12, JUSTIFIED)))
    word = next(box for box in page.boxes if isinstance(box, TextBox) and "Society" in box.text)
    assert word.spacing == 0


def test_a_hanging_mark_stands_outside_a_justified_line() -> None:
    first = set_lines("国" * 16 + "。" + "国" * 3, JUSTIFIED)[0]
    assert first.text[-1] in HANGING
    assert first.right > RIGHT


def test_space_between_japanese_and_latin() -> None:
    apart, together = set_lines("国A国")[0], set_lines("国（A）国")[0]
    widths = {box.text: box.x for box in page_of(docx(p("国A国"))).boxes if isinstance(box, TextBox)}
    assert widths["A"] == pytest.approx(LEFT + 10 + 2)
    assert apart.text == "国A国"
    assert together.text == "国（A）国"
    off = "<w:autoSpaceDE w:val='0'/>"
    assert set_lines("国A国")[0].right - set_lines("国A国", off)[0].right == pytest.approx(4)


@pytest.mark.parametrize(("alignment", "left"), [("left", 20.0), ("center", 90.0), ("right", 160.0)])
def test_alignment(alignment: str, left: float) -> None:
    assert set_lines("国国", f"<w:jc w:val='{alignment}'/>")[0].left == pytest.approx(left)


def test_indents() -> None:
    first, second = set_lines("国" * 20, "<w:ind w:left='400' w:right='200' w:hanging='200'/>")
    assert (first.left, second.left) == (30.0, 40.0)
    assert len(first.text) == 14


@pytest.mark.parametrize(("spacing", "first", "second"), [
    ("w:line='400' w:lineRule='exact'", 16.0, 36.0),
    ("w:line='400' w:lineRule='atLeast'", 18.8, 38.8),
    ("w:line='240' w:lineRule='auto'", 8.8, 18.8),
    ("w:line='480' w:lineRule='auto'", 8.8, 28.8),
])  # fmt: skip
def test_line_heights(spacing: str, first: float, second: float) -> None:
    seen = set_lines("国" * 20, f"<w:spacing {spacing}/>")
    assert [round(line.baseline - 20, 2) for line in seen] == [first, second]


def test_a_multiple_of_a_line_is_cut_to_whole_twips() -> None:
    """83 % of 8 pt are 132.8 twips; what the second line lacks, 27.2 twips, is cut too and taken off above."""
    first, second, third = set_lines("国" * 50, "<w:spacing w:line='200' w:lineRule='auto'/>", "<w:sz w:val='16'/>")[:3]
    ascent = 8 * 0.88
    assert first.baseline - 20 == pytest.approx(6.6 * 0.8)
    assert second.baseline - 20 == pytest.approx(6.6 + ascent - 1.35, abs=0.01)
    assert third.baseline - second.baseline == pytest.approx(8 - 1.35)


def test_a_japanese_mark_begins_no_line_where_no_break_is_legal() -> None:
    assert [line.text for line in lines(page_of(docx(table([600], [row("100.0％")]))).boxes)] == ["100.", "0％"]


def test_the_larger_space_counts_between_paragraphs() -> None:
    body = p("上", "<w:spacing w:after='100'/>") + p("下", "<w:spacing w:before='200'/>")
    above, below = lines(page_of(docx(body)).boxes)
    assert below.baseline - above.baseline == pytest.approx(15 + 10)


def test_a_picture_makes_its_line_as_high_as_itself() -> None:
    auto = "<w:spacing w:line='240' w:lineRule='auto'/>"
    data = docx(p(properties=auto, extra=picture()) + p("下"), related=PICTURE, parts={"media/image1.png": png()})
    page = page_of(data)
    (found,) = [box for box in page.boxes if isinstance(box, PictureBox)]
    assert (found.x, found.y, found.width, found.height) == (20.0, 20.0, 40.0, 20.0)
    assert found.node is not None
    assert found.node.alt == "図の説明"
    assert lines(page.boxes)[0].baseline == pytest.approx(40 + 12)


def tabs(kind: str, leader: str = "none") -> str:
    return f"<w:tabs><w:tab w:val='{kind}' w:leader='{leader}' w:pos='2000'/></w:tabs>"


@pytest.mark.parametrize(("kind", "left"), [("left", 120.0), ("center", 110.0), ("right", 100.0), ("decimal", 100.0)])
def test_tabs(kind: str, left: float) -> None:
    body = p("前", tabs(kind), extra=f"<w:r><w:tab/></w:r>{r('国国')}")
    page = page_of(docx(body))
    assert [box.x for box in page.boxes if isinstance(box, TextBox)] == [20.0, pytest.approx(left)]


def test_default_tabs_and_the_stop_of_a_hanging_indent() -> None:
    body = p(extra=f"<w:r><w:tab/></w:r>{r('国')}")
    assert lines(page_of(docx(body)).boxes)[0].left == 20 + 36
    body = p(properties="<w:ind w:left='300' w:hanging='300'/>", extra=f"<w:r><w:tab/></w:r>{r('国')}")
    assert lines(page_of(docx(body)).boxes)[0].left == 20 + 15


def test_leaders_are_dots_that_align_and_are_no_content() -> None:
    body = "".join(p(text, tabs("right", "dot"), extra=f"<w:r><w:tab/></w:r>{r('9')}") for text in ("国", "ABC"))
    boxes = [box for box in page_of(docx(body)).boxes if isinstance(box, TextBox) and set(box.text) == {"."}]
    assert len(boxes) == 2
    assert all(box.node is None for box in boxes)
    step = boxes[0].width / len(boxes[0].text)
    assert (boxes[0].x - boxes[1].x) / step == pytest.approx(round((boxes[0].x - boxes[1].x) / step))


def test_a_line_break_ends_a_line() -> None:
    assert texts(docx(p("上", extra=f"<w:r><w:br/></w:r>{r('下')}"))) == [["上", "下"]]


def test_a_tile_is_its_text_with_the_space_of_its_border() -> None:
    tile = "<w:bdr w:val='single' w:sz='8' w:space='1' w:color='0017C1'/><w:shd w:val='clear' w:fill='0017C1'/>"
    page = page_of(docx(p("国", run=tile, extra=r("後"))))
    (fill,) = fills(page)
    assert (fill.x, fill.width, fill.color) == (20.0, 14.0, "0017C1")
    baseline = 20 + 12
    assert (fill.y, fill.y + fill.height) == pytest.approx((baseline - 10.8, baseline + 3.2), abs=0.01)
    assert [box.x for box in page.boxes if isinstance(box, TextBox)] == [22.0, 34.0]
    assert len(rules(page)) == 4


def test_a_rate_bar_is_a_shaded_empty_paragraph() -> None:
    bar = "<w:spacing w:line='150' w:lineRule='exact'/><w:ind w:right='1600'/><w:shd w:val='clear' w:fill='7096F8'/>"
    (fill,) = fills(page_of(column(p(properties=bar))))
    assert (fill.x, fill.y, fill.width, fill.height) == (20.0, 20.0, 80.0, 7.5)


def test_a_rule_below_a_paragraph_takes_room() -> None:
    rule = "<w:pBdr><w:bottom w:val='single' w:sz='8' w:space='5' w:color='0017C1'/></w:pBdr>"
    page = page_of(docx(p("上", rule) + p("下")))
    (line,) = rules(page)
    assert (line.x1, line.x2, line.y1, line.thickness) == (20.0, 180.0, 20 + 15 + 5.5, 1.0)
    assert lines(page.boxes)[1].baseline == pytest.approx(20 + 15 + 6 + 12)


def test_paragraphs_of_equal_borders_share_one_frame() -> None:
    frame = "<w:pBdr>" + "".join(f"<w:{side} w:val='single' w:sz='8'/>" for side in ("top", "bottom")) + "</w:pBdr>"
    assert len(rules(page_of(docx(p("上", frame) + p("下", frame))))) == 2


def test_list_items_hang_on_their_label() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='・'/>"
        "<w:pPr><w:ind w:left='200' w:hanging='200'/></w:pPr></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    page = page_of(docx(p("国" * 20, "<w:numPr><w:numId w:val='1'/></w:numPr>"), numbering=numbering))
    label, text, rest = [box for box in page.boxes if isinstance(box, TextBox)]
    assert (label.text, label.x, text.x, rest.x) == ("・", 20.0, 30.0, 30.0)
    assert label.node is not None
    assert label.node.kind == "label"


def test_marks_do_not_hang_on_latin_words() -> None:
    assert [line.text for line in set_lines("国" * 14 + "KPI、とは")] == ["国" * 14, "KPI、とは"]


@pytest.mark.parametrize(("text", "construct"), [
    ("𛀁野", "𛀁"),
    ("👍🏽", "U+1F3FD"),
])  # fmt: skip
def test_what_the_typeface_cannot_draw_is_refused(text: str, construct: str) -> None:
    with pytest.raises(Unsupported, match=r"試験\.docx") as caught:
        laid_out(docx(p(text)))
    assert construct in caught.value.construct


def test_page_numbers_in_the_body_are_refused() -> None:
    with pytest.raises(Unsupported, match="ページ番号"):
        laid_out(docx(p(extra="<w:fldSimple w:instr='PAGE'/>")))


def test_raised_characters_stand_above_the_baseline_and_make_no_line_higher() -> None:
    auto = "<w:spacing w:line='240' w:lineRule='auto'/>"
    raised = r("注", "<w:vertAlign w:val='superscript'/>")
    boxes = [
        box for box in page_of(docx(p("国", auto, extra=raised) + p("次", auto))).boxes if isinstance(box, TextBox)
    ]
    assert [(box.text, box.size, round(box.baseline, 1)) for box in boxes] == [
        ("国", 10.0, 28.8), ("注", 5.8, 25.1), ("次", 10.0, 38.8),
    ]  # fmt: skip


@pytest.mark.parametrize(("alignment", "left"), [("left", 20), ("center", 90), ("right", 160)])
def test_a_tab_may_go_to_a_place_of_its_line_whatever_stops_there_are(alignment: str, left: float) -> None:
    tab = f"<w:r><w:ptab w:relativeTo='margin' w:alignment='{alignment}' w:leader='none'/></w:r>"
    stops = "<w:tabs><w:tab w:val='left' w:pos='500'/></w:tabs>"
    boxes = [box for box in page_of(docx(p("", stops, extra=f"{tab}{r('文字')}"))).boxes if isinstance(box, TextBox)]
    assert [(box.text, box.x) for box in boxes] == [("文字", left)]


FULL = "<w:rFonts w:ascii='BIZ UDGothic' w:hAnsi='BIZ UDGothic' w:eastAsia='BIZ UDGothic'/>"
SQUEEZES = "<w:characterSpacingControl w:val='compressPunctuation'/>"


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("一、二、三四五六七八九十百千万億兆京", "一、二、三四五六七八九十百千万億兆", {"二": 35, "三": 50}),
        ("「一」「二」三四五六七八九十百千万億", "「一」「二」三四五六七八九十百千万", {"「二": 45, "三": 70}),
        ("一、二三四五六七八九十百千万億兆京垓", "一、二三四五六七八九十百千万億兆", {}),
        ("一二三四五六七八九十百千万億兆京、垓", "一二三四五六七八九十百千万億兆京、", {}),
    ],
)
def test_marks_give_way_to_one_character_more_where_the_document_says_so(
    text: str, line: str, after: dict[str, float]
) -> None:
    """As in Word, by half of each at most; LibreOffice does not."""
    page = page_of(docx(p(text, run=FULL), settings=SQUEEZES))
    boxes = [box for box in page.boxes if isinstance(box, TextBox)]
    first = [box for box in boxes if box.baseline == boxes[0].baseline]
    assert "".join(box.text for box in first) == line
    begin = {box.text: box.x for box in first}
    assert all(any(own.startswith(word) and x == place for own, x in begin.items()) for word, place in after.items())
    (plain, *_) = lines(page_of(docx(p(text, run=FULL))).boxes)
    assert len(plain.text) == (len(line) - 1 if after else len(line))
