"""What goes on which page, and how tables are built."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported
from pipeline.documents.docx.completion import Completion
from pipeline.documents.pdf import lay_out, measured, paginate
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, element, p, row, section, table
from tests.documents.pdf.pages import fills, laid_out, lines, page_of, rules, texts

LINES = 17  # of 15 pt in a body of 260 pt
NO_WIDOWS = "<w:widowControl w:val='0'/>"


def several(count: int, properties: str = NO_WIDOWS) -> str:
    return "".join(p(f"{number}行", properties) for number in range(1, count + 1))


def border(side: str, eighths: int, color: str = "1A1A1C") -> str:
    return f"<w:{side} w:val='single' w:sz='{eighths}' w:color='{color}'/>"


def borders(*sides: str) -> str:
    return f"<w:tcBorders>{''.join(sides)}</w:tcBorders>"


# -- paragraphs


def test_a_full_page_goes_over() -> None:
    assert [len(page) for page in texts(docx(several(LINES + 1)))] == [LINES, 1]


def test_keep_next_takes_a_heading_along() -> None:
    body = several(LINES - 1) + p("見出し", "<w:keepNext/>") + several(3)
    assert [len(page) for page in texts(docx(body))] == [LINES - 1, 4]


@pytest.mark.parametrize(
    ("before", "pages"), [(0, [LINES, 8, 2]), (5, [5, LINES, 8, 2]), (LINES, [LINES, LINES, 8, 2])]
)
def test_what_is_kept_together_over_more_than_a_page_begins_one_and_fills_it(before: int, pages: list[int]) -> None:
    kept = several(LINES + 5, NO_WIDOWS + "<w:keepNext/>") + p("終わり") + several(2)
    breaks = p("改頁", "<w:pageBreakBefore/>") + several(1)
    assert [len(page) for page in texts(docx(several(before) + kept + breaks))] == pages


def test_widow_control_leaves_no_line_alone() -> None:
    four = p("国" * 60)  # four lines
    assert [len(page) for page in texts(docx(several(LINES - 1) + four))] == [LINES - 1, 4]
    assert [len(page) for page in texts(docx(several(LINES - 3) + four))] == [LINES - 1, 2]
    assert [len(page) for page in texts(docx(several(LINES - 3) + p("国" * 60, NO_WIDOWS)))] == [LINES, 1]


def test_keep_lines_moves_a_paragraph_whole() -> None:
    body = several(LINES - 3) + p("国" * 60, "<w:keepLines/>")
    assert [len(page) for page in texts(docx(body))] == [LINES - 3, 4]


def test_sections_have_their_own_paper() -> None:
    body = p("縦", section()) + p("横")
    one, two = laid_out(docx(body, end=section(6000, 4000))).pages
    assert ((one.width, one.height), (two.width, two.height)) == ((200.0, 300.0), (300.0, 200.0))


def test_a_tall_header_pushes_the_body_down() -> None:
    header = element("hdr", several(4))
    end = section(extra="<w:headerReference w:type='default' r:id='h'/>")
    page = page_of(docx(p("本文"), end=end, related={"h": ("header", "h.xml")}, parts={"h.xml": header}))
    assert lines(page.boxes)[0].baseline == 5 + 4 * 15 + 12


def test_a_negative_margin_lets_the_body_stand_where_a_tall_header_is() -> None:
    header = element("hdr", several(4))
    end = section(extra="<w:headerReference w:type='default' r:id='h'/>").replace("w:top='400'", "w:top='-400'")
    page = page_of(docx(p("本文"), end=end, related={"h": ("header", "h.xml")}, parts={"h.xml": header}))
    assert [line.baseline for line in lines(page.boxes) if line.text == "本文"] == [20 + 12]


def test_pagination_gives_lines_and_free_height() -> None:
    found = paginate(docx(several(LINES + 2) + p()), "x.docx")
    assert (found.lines, found.pages) == ((LINES, 2), 2)
    assert found.free == pytest.approx(260 - 3 * 15)


def test_a_completed_document_is_laid_out_with_what_stands_ready_of_it() -> None:
    properties = "<w:tblStyle w:val='Notes'/>"
    before = measured(docx(several(2) + table([2000], [row("意見")], properties) + p("後")), "x.docx")
    document = Completion({}, {"Notes": 60.0}).of(before.document)
    again, anew = lay_out(document, before.blocks), lay_out(document)
    assert [lines(page.boxes) for page in again.pages] == [lines(page.boxes) for page in anew.pages]
    assert again.pages[0].free == anew.pages[0].free < before.free
    pairs = zip(before.blocks, again.pages[0].nodes, strict=True)
    kept = [next(iter(one.block.all_nodes)) is nodes[0] for one, nodes in pairs]
    assert kept == [True, False, False, False]  # what stands beside the table shares frames with it


def test_text_off_the_paper_is_refused() -> None:
    with pytest.raises(Unsupported, match="用紙からはみ出す文字"):
        laid_out(docx(table([1000], [row("遠い字")], "<w:tblInd w:w='9000' w:type='dxa'/>")))
    with pytest.raises(Unsupported, match="用紙からはみ出す文字"):
        laid_out(docx(p("左の外", "<w:ind w:left='-900'/>")))
    laid_out(docx(p("\u3000", "<w:ind w:left='-900'/>")))


# -- tables


def test_column_edges_are_ten_thousandths_of_the_table_in_whole_twips() -> None:
    body = table([1984, 3940, 3828], [row("左", "中", "右")])
    boxes = page_of(docx(body, end=section(11906))).boxes
    assert [box.x - 20 for box in boxes if isinstance(box, TextBox)] == pytest.approx([0.0, 99.15, 296.2])


@pytest.mark.parametrize(
    ("width", "right"),
    [
        ("<w:tblW w:w='2500' w:type='pct'/>", 60.0), ("<w:tblW w:w='50%'/>", 60.0),
        ("<w:tblW w:w='1000' w:type='dxa'/>", 45.0), ("<w:tblW w:w='1200' w:type='dxa'/>", 50.0),
        ("<w:tblW w:w='1210' w:type='dxa'/>", 50.0), ("<w:tblW w:w='0' w:type='auto'/>", 50.0),
    ],
)  # fmt: skip
def test_a_table_takes_the_width_it_asks_for(width: str, right: float) -> None:
    body = table([600, 600], [row("左", "右")]).replace("<w:tblW w:w='0' w:type='auto'/>", width)
    boxes = [box for box in page_of(docx(body)).boxes if isinstance(box, TextBox)]
    assert [round(box.x, 1) for box in boxes] == [20.0, right]


@pytest.mark.parametrize(("version", "left"), [(15, 20.5), (14, 19.5)])
def test_half_of_the_left_border_moves_a_table(version: int, left: float) -> None:
    compat = f"<w:compat><w:compatSetting w:name='compatibilityMode' w:val='{version}'/></w:compat>"
    body = table([1000], [row(cell(p("国"), borders(border("left", 8))))])
    assert lines(page_of(docx(body, settings=compat)).boxes)[0].left == pytest.approx(left)


def test_row_heights_hold_border_margins_and_content() -> None:
    margins = "<w:tcMar><w:top w:w='40' w:type='dxa'/><w:bottom w:w='60' w:type='dxa'/></w:tcMar>"
    rows = [row(cell(p("上"), borders(border("top", 8), border("bottom", 16)) + margins)), row("下")]
    page = page_of(docx(table([1000], rows)))
    upper, lower = lines(page.boxes)
    assert upper.baseline == pytest.approx(20 + 1 + 2 + 12)
    assert lower.baseline == pytest.approx(20 + 1 + 2 + 15 + 3 + 2 + 12)


def test_all_cells_of_a_row_have_its_largest_margins() -> None:
    wide = "<w:tcMar><w:top w:w='200' w:type='dxa'/></w:tcMar>"
    (both,) = lines(page_of(docx(table([1000, 1000], [row(cell(p("左"), wide), "右")]))).boxes)
    assert (both.text, both.baseline) == ("左右", 20 + 10 + 12)


def test_a_merged_cell_that_lacks_height_gives_it_to_its_last_row() -> None:
    tall = cell(several(5), "<w:vMerge w:val='restart'/>")
    rows = [row(tall, "一"), row(cell(p(), "<w:vMerge/>"), "二"), row("三", "四")]
    page = page_of(docx(table([1000, 1000], rows)))
    by_text = {line.text: line.baseline for line in lines(page.boxes)}
    assert by_text["二"] == 20 + 15 + 12
    assert by_text["三四"] == 20 + 5 * 15 + 12


def test_vertical_alignment_in_a_merged_cell() -> None:
    middle = cell(p("中"), "<w:vMerge w:val='restart'/><w:vAlign w:val='center'/>")
    rows = [row(middle, "一"), row(cell(p(), "<w:vMerge/>"), "二")]
    by_text = {line.text: line.baseline for line in lines(page_of(docx(table([1000, 1000], rows))).boxes)}
    assert by_text["中"] == 20 + 7.5 + 12


def test_a_multiple_of_line_spacing_counts_once_in_a_cell() -> None:
    doubled = p("国", "<w:spacing w:line='480' w:lineRule='auto'/>")
    found = lines(page_of(docx(table([2000], [row(cell(doubled)), row(cell(doubled))]))).boxes)
    assert found[1].baseline - found[0].baseline == pytest.approx(20.0)


def test_heights_of_rows() -> None:
    least = row("低", properties="<w:trHeight w:val='600' w:hRule='atLeast'/>")
    exact = row("高", properties="<w:trHeight w:val='500' w:hRule='exact'/>")
    seen = lines(page_of(docx(table([1000], [least, exact, row("後")]))).boxes)
    assert [line.baseline for line in seen] == [32.0, 62.0, 87.0]


def test_text_that_a_row_of_exact_height_would_cut_is_refused() -> None:
    exact = row("切れる文字", properties="<w:trHeight w:val='200' w:hRule='exact'/>")
    with pytest.raises(Unsupported, match="切れる文字"):
        laid_out(docx(table([2000], [exact])))


def test_header_rows_repeat_as_decoration() -> None:
    rows = [row("見出し", properties="<w:tblHeader/>"), *(row(f"{n}") for n in range(20))]
    one, two = laid_out(docx(table([1000], rows))).pages
    assert [line.text for line in lines(one.boxes)][:2] == ["見出し", "0"]
    assert [line.text for line in lines(two.boxes)][:2] == ["見出し", "16"]
    first, again = (next(box for box in page.boxes if isinstance(box, TextBox)) for page in (one, two))
    assert first.node is not None
    assert again.node is not None
    assert (first.node.kind, again.node.kind) == ("cell", "repeated")


def test_a_row_splits_over_pages_and_keeps_all_its_lines() -> None:
    rows = [row(cell(several(12)), cell(several(20))), row("後", "行")]
    one, two = laid_out(docx(table([1000, 1000], rows))).pages
    assert [line.text for line in lines(two.boxes)] == ["18行", "19行", "20行", "後行"]
    assert (one.lines, two.lines) == (12 + 17, 3 + 2)


def test_a_row_that_goes_on_says_its_name_again_where_that_has_the_style() -> None:
    named = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='表 取組名'/></w:style>"
    words = "".join(p(str(n)) for n in range(40))
    body = table([1600, 1600], [row(cell(p("①道", "<w:pStyle w:val='T'/>") + p("・橋")), cell(words)), row("②", "終")])
    seen = texts(docx(body, styles=named))
    assert seen[0][:2] == ["①道", "・橋"]
    assert [page[0] for page in seen[1:]] == ["①道（続き）17", "①道（続き）34"]
    first = next(box for box in laid_out(docx(body, styles=named)).pages[1].boxes if isinstance(box, TextBox))
    assert first.node is not None
    assert first.node.kind == "repeated"
    assert "続き" not in str(texts(docx(body)))


def test_a_merged_cell_that_goes_on_says_its_name_again() -> None:
    """Once a page, whether the page ends in one of its rows or between two."""
    named = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='表 取組名'/></w:style>"
    first = cell(p("①道", "<w:pStyle w:val='T'/>"), "<w:vMerge w:val='restart'/>")
    covered = cell(p(""), "<w:vMerge/>")
    for size in (1, 4, 9):
        rows = [row(first if n == 0 else covered, cell(several(size))) for n in range(36 // size)]
        seen = texts(docx(table([1600, 1600], [*rows, row("②", "終")]), styles=named))
        assert [page[0].rstrip("0123456789行") for page in seen] == ["①道", "①道（続き）", "①道（続き）"], size
        assert [str(page).count("①") for page in seen] == [1, 1, 1]
        assert seen[-1][-1] == "②終"


def test_no_row_stands_without_the_name_of_the_merged_cell_that_heads_it() -> None:
    named = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='表 取組名'/></w:style>"
    name = p("②橋", "<w:pStyle w:val='T'/><w:spacing w:before='400'/>")
    merged = [row(cell(name, "<w:vMerge w:val='restart'/>"), "甲"), row(cell(p(""), "<w:vMerge/>"), cell(several(9)))]
    seen = texts(docx(table([1600, 1600], [*(row("①", f"{n}") for n in range(16)), *merged]), styles=named))
    assert [len(page) for page in seen][:1] == [16]
    assert sorted(seen[1][:2]) == ["②橋", "甲"]
    assert "続き" not in str(seen)


def test_a_row_that_may_not_split_moves_whole() -> None:
    rows = [row(cell(several(10))), row(cell(several(10)), properties="<w:cantSplit/>")]
    assert [len(page) for page in texts(docx(table([1000], rows)))] == [10, 10]


def test_a_row_that_may_not_split_but_fits_no_page_splits() -> None:
    rows = [row(cell(several(20)), properties="<w:cantSplit/>")]
    assert [len(page) for page in texts(docx(table([1000], rows)))] == [LINES, 3]


def group(merged: int, rows: int, properties: str = "") -> list[str]:
    """Give rows of two lines (``0a``, ``0b`` ...) beside one merged cell of the lines ``m0``, ``m1`` ..."""
    tall = cell("".join(p(f"m{n}") for n in range(merged)), "<w:vMerge w:val='restart'/>")
    return [
        row(cell(p(), "<w:vMerge/>") if n else tall, cell(p(f"{n}a") + p(f"{n}b")), properties=properties)
        for n in range(rows)
    ]


def columns(body: str) -> list[tuple[list[str], ...]]:
    """Return the texts of a table's columns, each 50 pt wide, page by page, without what stands before the table."""
    pages = []
    for page in laid_out(docx(body)).pages:
        seen = [box for box in page.boxes if isinstance(box, TextBox) and box.text != "前"]
        count = max(round(box.x - 20) // 50 for box in seen) + 1
        pages.append(tuple([box.text for box in seen if round(box.x - 20) // 50 == n] for n in range(count)))
    return pages


def before(count: int) -> str:
    return p("前") * count


@pytest.mark.parametrize("properties", ["<w:cantSplit/>", ""])
def test_a_page_ends_between_any_two_rows_of_a_merged_cell_whose_text_goes_on(properties: str) -> None:
    one, two = columns(before(LINES - 4) + table([1000, 1000], group(7, 4, properties)))
    assert one == (["m0", "m1", "m2", "m3"], ["0a", "0b", "1a", "1b"])
    assert two == (["m4", "m5", "m6"], ["2a", "2b", "3a", "3b"])


def test_a_row_beside_a_merged_cell_splits_with_it() -> None:
    one, two = columns(before(LINES - 3) + table([1000, 1000], group(4, 3)))
    assert one == (["m0", "m1", "m2"], ["0a", "0b", "1a"])
    assert two == (["m3"], ["1b", "2a", "2b"])


def test_merged_cells_of_several_lengths_go_on_over_pages() -> None:
    start, on = "<w:vMerge w:val='restart'/>", cell(p(), "<w:vMerge/>")
    rows = [
        row(cell(p("M") * 5, start) if n == 0 else on, cell(p(f"{n}") * 2, start) if n % 2 == 0 else on, f"r{n}")
        for n in range(4)
    ]
    assert columns(before(LINES - 3) + table([1000, 1000, 1000], rows)) == [
        (["M"] * 3, ["0", "0", "2"], ["r0", "r1", "r2"]),
        (["M"] * 2, ["2"], ["r3"]),
    ]


def test_what_a_merged_cell_lacks_on_the_next_page_goes_to_its_last_row() -> None:
    rows = [*group(12, 2, "<w:cantSplit/>"), row("後", "行")]
    _, two = laid_out(docx(before(LINES - 2) + table([1000, 1000], rows))).pages
    by_text = {box.text: box.baseline for box in two.boxes if isinstance(box, TextBox)}
    assert by_text["m2"] == by_text["1a"] == 20 + 12
    assert by_text["後"] == 20 + 10 * 15 + 12


def test_a_merged_group_longer_than_a_page_goes_on_under_repeated_headers() -> None:
    head = row("見", "出", properties="<w:tblHeader/>")
    pages = columns(table([1000, 1000], [head, *group(20, 10)]))
    assert [left[0] for left, _ in pages] == ["見", "見"]
    assert [text for left, _ in pages for text in left[1:]] == [f"m{n}" for n in range(20)]
    assert [text for _, right in pages for text in right[1:]] == [f"{n}{half}" for n in range(10) for half in "ab"]


def test_a_cell_that_goes_on_with_no_other_stands_alone() -> None:
    rows = [row(cell(p("甲"), "<w:vMerge/>"), "一"), row(cell(p("乙"), "<w:vMerge/>"), "二")]
    assert columns(table([1000, 1000], rows)) == [(["甲", "乙"], ["一", "二"])]


def test_widow_control_and_keep_lines_do_not_count_in_cells() -> None:
    for properties in ("", "<w:keepLines/>"):
        rows = [row(cell(p("国" * 18, properties)), "右")]
        (one, *_), (two, *_) = columns(before(LINES - 1) + table([1000, 1000], rows))
        assert (one, two) == (["国" * 5], ["国" * 5, "国" * 5, "国" * 3])


def test_the_first_paragraph_of_a_row_keeps_it_with_the_next() -> None:
    kept, loose = p("一", "<w:keepNext/>") + p("二"), p("一") + p("二", "<w:keepNext/>")
    for content, count in ((kept, LINES - 3), (loose, LINES - 1)):
        body = before(LINES - 3) + table(
            [1000], [row(cell(content)), row(cell(p("三") * 2), properties="<w:cantSplit/>")]
        )
        assert len(texts(docx(body))[0]) == count


def test_a_row_of_least_height_begins_a_table_only_where_it_has_room() -> None:
    rows = [row(cell(several(4)), properties="<w:trHeight w:val='1200'/>")]
    assert [len(page) for page in texts(docx(several(LINES - 3) + table([1000], rows)))] == [LINES - 3, 4]


@pytest.mark.parametrize(("left", "stay"), [(3, 3), (2, 0)])
def test_a_row_of_least_height_breaks_where_the_second_paragraph_after_the_break_ends_below_it(
    left: int, stay: int
) -> None:
    rows = [row(cell(several(9)), properties="<w:trHeight w:val='1500'/>")]  # as high as five lines
    pages = texts(docx(several(LINES - left) + table([1000], rows)))
    assert [len(page) for page in pages] == [LINES - left + stay, 9 - stay]


def test_a_row_of_least_height_breaks_anywhere_after_a_heading_that_stays_with_it() -> None:
    rows = [row(cell(several(9)), properties="<w:trHeight w:val='1500'/>")]
    body = several(LINES - 3) + p("見出し", "<w:keepNext/>") + table([1000], rows)
    assert [len(page) for page in texts(docx(body))] == [LINES, 7]


def test_pieces_of_a_cell_stand_at_their_tops() -> None:
    middle = "<w:vAlign w:val='center'/>"
    rows = [row(cell(p("一"), middle), cell(several(9)))]
    first, _ = texts(docx(several(LINES - 5) + table([1000, 1000], rows)))
    assert first[LINES - 5] == "一1行"


def test_a_row_that_may_not_split_and_fits_no_page_begins_a_page() -> None:
    rows = [row("前"), row(cell(several(20)), properties="<w:cantSplit/>")]
    assert [len(page) for page in texts(docx(table([1000], rows)))] == [1, LINES, 3]


def test_a_page_break_before_the_first_paragraph_of_a_table_counts() -> None:
    broken = row(cell(p("表", "<w:pageBreakBefore/>")))
    assert texts(docx(p("前") + table([1000], [broken, broken]))) == [["前"], ["表", "表"]]


def test_letters_that_a_row_of_exact_height_holds_are_drawn_however_high_their_line_is() -> None:
    exact = row("見える文字", properties="<w:trHeight w:val='270' w:hRule='exact'/>")
    assert texts(docx(table([2000], [exact])))[0] == ["見える文字"]


def test_text_of_a_merged_cell_that_rows_of_exact_height_would_cut_is_refused() -> None:
    exact = "<w:trHeight w:val='300' w:hRule='exact'/>"
    rows = [row(cell(several(3), "<w:vMerge w:val='restart'/>"), properties=exact)]
    rows += [row(cell(p(), "<w:vMerge/>"), properties=exact)]
    with pytest.raises(Unsupported, match="行の高さに収まらない文字"):
        laid_out(docx(table([1000], rows)))


def test_shared_edges_are_drawn_once_with_the_wider_border() -> None:
    rows = [row(cell(p("上"), borders(border("bottom", 4)))), row(cell(p("下"), borders(border("top", 16, "FF0000"))))]
    (rule,) = rules(page_of(docx(table([1000], rows))))
    assert (rule.thickness, rule.color, rule.y1) == (2.0, "FF0000", 20 + 15 + 1)


def test_a_rule_across_cells_is_one_line() -> None:
    bordered = borders(border("top", 8))
    page = page_of(docx(table([1000, 1000], [row(cell(p("a"), bordered), cell(p("b"), bordered))])))
    (rule,) = rules(page)
    assert (rule.x1, rule.x2) == (20.0, 120.0)


def test_table_borders_inside_and_out() -> None:
    sides = "".join(border(side, 8) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    page = page_of(docx(table([1000, 1000], [row("a", "b"), row("c", "d")], f"<w:tblBorders>{sides}</w:tblBorders>")))
    horizontal = [rule for rule in rules(page) if rule.y1 == rule.y2]
    vertical = [rule for rule in rules(page) if rule.x1 == rule.x2]
    assert (len(horizontal), len(vertical)) == (3, 6)


def test_shading_fills_a_merged_cell_over_all_its_rows() -> None:
    shaded = "<w:vMerge w:val='restart'/><w:shd w:val='clear' w:fill='E8EEFB'/>"
    rows = [row(cell(p("a"), shaded), "一"), row(cell(p(), "<w:vMerge/>"), "二")]
    (fill,) = fills(page_of(docx(table([1000, 1000], rows))))
    assert (fill.x, fill.y, fill.width, fill.height) == (20.0, 20.0, 50.0, 30.0)


def test_cells_know_their_part_in_the_structure() -> None:
    rows = [
        row(cell(p("頭"), "<w:gridSpan w:val='2'/>"), properties="<w:tblHeader/>"),
        row(cell(p("縦"), "<w:vMerge w:val='restart'/>"), "一"),
        row(cell(p(), "<w:vMerge/>"), "二"),
    ]
    page = page_of(docx(table([1000, 1000], rows, "<w:tblCaption w:val='説明'/>")))
    cells = {box.text: box.node for box in page.boxes if isinstance(box, TextBox) and box.node}
    head, side = cells["頭"], cells["縦"]
    assert head is not None
    assert side is not None
    assert (head.kind, head.scope, head.columns, head.rows) == ("cell", "Column", 2, 1)
    assert (side.scope, side.columns, side.rows) == ("", 1, 2)
    assert head.parent is not None
    assert head.parent.parent is not None
    assert head.parent.parent.alt == "説明"
