"""Space between characters and over whole lines: expected places were measured in LibreOffice."""

from __future__ import annotations

import pytest

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, p, r, row, table
from tests.documents.pdf.pages import laid_out, lines, page_of, texts

LEFT = 20.0


def places(*runs: str, properties: str = "") -> list[tuple[str, float]]:
    boxes = page_of(docx(p("", properties, extra="".join(runs)))).boxes
    return [(box.text, box.x - LEFT) for box in boxes if isinstance(box, TextBox)]


def spaced(text: str, twips: int) -> str:
    return r(text, f"<w:spacing w:val='{twips}'/>")


def test_space_is_added_after_every_character() -> None:
    assert places(spaced("国国国", 40), r("後")) == [("国国国", 0.0), ("後", pytest.approx(36.0))]


def test_characters_stand_closer_among_themselves_only() -> None:
    assert places(spaced("国国国", -40), r("後")) == [("国国国", 0.0), ("後", pytest.approx(26.0))]


def test_spaced_text_is_drawn_as_wide_as_it_is_measured() -> None:
    (box,) = (box for box in page_of(docx(p(extra=spaced("国国国", 40)))).boxes if isinstance(box, TextBox))
    assert [box.spacing, box.width] == pytest.approx([2.0, 36.0])


def test_spaced_text_breaks_earlier() -> None:
    ((first, _),) = texts(docx(p(extra=spaced("国" * 16, 20))))
    assert len(first) == 14


def test_distributed_lines_reach_the_edge_to_the_last() -> None:
    found = lines(page_of(docx(p("国" * 3, "<w:jc w:val='distribute'/>"))).boxes)
    assert [round(line.right - LEFT, 3) for line in found] == [160.0]


def test_figures_stand_with_their_point_at_a_decimal_tab() -> None:
    stop = "<w:tabs><w:tab w:val='decimal' w:pos='2000'/></w:tabs>"
    for number in ("1234.5", "9.75"):
        ((_, before), *_) = places("<w:r><w:tab/></w:r>", r(number), properties=stop)
        ((_, plain),) = places(r(number.partition(".")[0]), properties="<w:jc w:val='right'/>")
        assert before == pytest.approx(plain - 60.0, abs=0.05)


def test_figures_in_a_cell_go_to_a_decimal_tab_by_themselves() -> None:
    stop = "<w:tabs><w:tab w:val='decimal' w:pos='1600'/></w:tabs>"
    for number in ("1234.5", "9.75"):
        with_tab = places("<w:r><w:tab/></w:r>", r(number), properties=stop)[0][1]
        (box,) = (b for b in page_of(docx(table([3000], [row(cell(p(number, stop)))]))).boxes if isinstance(b, TextBox))
        assert box.x - LEFT == pytest.approx(with_tab, abs=0.05)
    aligned = page_of(docx(table([3000], [row(cell(p("9.75", stop + "<w:jc w:val='right'/>")))]))).boxes
    assert [box.x + box.width - LEFT for box in aligned if isinstance(box, TextBox)] == pytest.approx([150.0])


@pytest.mark.parametrize("side", ["right", "center"])
def test_spaces_at_a_line_s_end_stand_past_it(side: str) -> None:
    aligned = f"<w:jc w:val='{side}'/>"
    ((_, plain),) = places(r("国国"), properties=aligned)
    assert places(r("国国   "), properties=aligned)[0][1] == pytest.approx(plain)
    assert places(r("国国 "), "<w:r><w:br/></w:r>", r("国"), properties=aligned)[0][1] == pytest.approx(plain)
    assert places(r("国国\u3000"), properties=aligned)[0][1] < plain - 3.0


@pytest.mark.parametrize(("kind", "end"), [("right", 150.0), ("center", 160.0)])
def test_a_tab_beyond_the_right_indent_takes_its_text_along(kind: str, end: float) -> None:
    stop = f"<w:tabs><w:tab w:val='{kind}' w:pos='3000' w:leader='dot'/></w:tabs><w:ind w:right='800'/>"
    boxes = page_of(docx(p("国国", stop, extra="<w:r><w:tab/></w:r>" + r("二頁")))).boxes
    first, *_, last = (box for box in boxes if isinstance(box, TextBox))
    assert last.text == "二頁"
    assert last.baseline == first.baseline
    assert last.x + last.width - LEFT == pytest.approx(end, abs=0.05)


@pytest.mark.parametrize(("leader", "sign"), [("hyphen", "-"), ("underscore", "_"), ("middleDot", "·")])
def test_leaders(leader: str, sign: str) -> None:
    stop = f"<w:tabs><w:tab w:val='right' w:leader='{leader}' w:pos='2000'/></w:tabs>"
    assert {text for text, _ in places("<w:r><w:tab/></w:r>", r("国"), properties=stop) if set(text) == {sign}}


@pytest.mark.parametrize(("language", "first"), [("ja-JP", "国" * 16 + "。"), ("en-US", "国" * 15)])
def test_no_mark_hangs_in_a_language_without_such_marks(language: str, first: str) -> None:
    body = p("国" * 16 + "。国", run=f"<w:lang w:eastAsia='{language}'/>")
    assert texts(docx(body))[0][0] == first


# -- between paragraphs


def baselines(body: str, settings: str = "") -> list[float]:
    return [line.baseline - 20.0 - 12.0 for line in lines(page_of(docx(body, settings=settings)).boxes)]


AUTO = "<w:spacing w:before='0' w:beforeAutospacing='1' w:after='0' w:afterAutospacing='1'/>"


def test_automatic_space_stands_between_paragraphs_and_not_at_either_end() -> None:
    assert baselines(p("一", AUTO) + p("二", AUTO)) == pytest.approx([0.0, 15 + 14])
    in_cell = table([2000], [row(cell(p("一", AUTO) + p("二", AUTO)))])
    assert baselines(in_cell + p("三")) == pytest.approx([0.0, 29.0, 44.0])


def test_automatic_space_stands_beside_a_table() -> None:
    held = table([2000], [row("表")])
    assert baselines(p("一", AUTO) + held + p("二", AUTO)) == pytest.approx([0.0, 29.0, 58.0])


def test_automatic_space_is_another_where_spaces_add_up() -> None:
    adding = "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>"
    assert baselines(p("一", AUTO) + p("二", AUTO), settings=adding) == pytest.approx([0.0, 15 + 10])


# -- within words


def test_words_break_anywhere_where_the_paragraph_says_so() -> None:
    body = "<w:wordWrap w:val='0'/>"
    ((whole, *_),), ((broken, *_),) = (texts(docx(p("国" * 12 + "abcdefghijklmn", look))) for look in ("", body))
    assert whole == "国" * 12
    assert broken.startswith("国" * 12 + "abcd")


def test_lines_begin_with_any_mark_where_the_paragraph_says_so() -> None:
    free = "<w:kinsoku w:val='0'/><w:overflowPunct w:val='0'/>"
    ((first, *_),) = texts(docx(p("国" * 16 + "）次", free)))
    assert first == "国" * 16
    ((kept, *_),) = texts(docx(p("国" * 16 + "）次", "<w:overflowPunct w:val='0'/>")))
    assert kept == "国" * 15


def test_characters_may_be_wider_or_narrower_than_they_are() -> None:
    narrow = "<w:w w:val='50'/>"
    assert places(r("国国国", narrow), r("後")) == [("国国国", 0.0), ("後", pytest.approx(15.0))]
    (box,) = (box for box in page_of(docx(p("国国", run=narrow))).boxes if isinstance(box, TextBox))
    assert [box.stretch, box.width] == pytest.approx([0.5, 10.0])


def test_cells_that_keep_apart_have_that_much_more_room_around_their_text() -> None:
    apart = "<w:tblCellSpacing w:w='40' w:type='dxa'/>"
    boxes = page_of(docx(table([1600, 1600], [row("左", "右"), row("下", "角")], apart))).boxes
    assert [(box.x, box.baseline) for box in boxes if isinstance(box, TextBox)] == [
        (22, 34),
        (102, 34),
        (22, 53),
        (102, 53),
    ]


def test_a_place_in_the_line_counts_for_nothing_where_all_characters_have_one_size() -> None:
    middle = "<w:textAlignment w:val='center'/>"
    assert lines(page_of(docx(p("文字", middle))).boxes) == lines(page_of(docx(p("文字"))).boxes)
    with pytest.raises(Unsupported, match="縦位置"):
        laid_out(docx(p("文字", middle, extra=r("大", "<w:sz w:val='40'/>"))))
