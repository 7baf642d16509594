"""The grid of lines (17.6.5): expected heights were measured in LibreOffice, where nothing else is said."""

from __future__ import annotations

import pytest

from pipeline.documents.pdf import faces
from tests.documents.docx.docx_files import PICTURE, cell, docx, p, picture, png, r, row, section, table
from tests.documents.pdf.pages import laid_out, lines, page_of

GRID = section(extra="<w:docGrid w:type='lines' w:linePitch='360'/>")
SINGLE = "<w:spacing w:line='240' w:lineRule='auto'/>"
TOP, ASCENT = 20.0, 10 * faces.ASCENT
"""The body is 260 pt high: fourteen lines of 18 pt, with 8 pt below. Letters are 10 pt high."""


def baselines(body: str, settings: str = "") -> list[float]:
    boxes = page_of(docx(body, end=GRID, settings=settings)).boxes
    return [line.baseline - TOP for line in lines(boxes)]


def test_lines_stand_in_the_middle_of_those_of_the_grid() -> None:
    assert baselines(p("あ", SINGLE) + p("い", SINGLE)) == pytest.approx([4 + ASCENT, 18 + 4 + ASCENT])


def test_tall_text_takes_several_lines() -> None:
    large = p("大", SINGLE, "<w:sz w:val='40'/>")
    assert baselines(large + p("小", SINGLE)) == pytest.approx([8 + 2 * ASCENT, 36 + 4 + ASCENT])


def test_a_paragraph_may_leave_the_grid() -> None:
    free = p("い", f"<w:snapToGrid w:val='0'/>{SINGLE}")
    assert baselines(p("あ", SINGLE) + free + free) == pytest.approx([4 + ASCENT, 18 + ASCENT, 28 + ASCENT])


def test_a_multiple_adds_above_all_lines_but_the_first_and_below_the_last() -> None:
    wide = "<w:spacing w:line='360' w:lineRule='auto'/>"
    broken = p("", wide, extra=f"{r('あ')}<w:r><w:br/></w:r>{r('い')}")
    assert baselines(broken + p("う", SINGLE)) == pytest.approx([4 + ASCENT, 27 + 4 + ASCENT, 2 * 27 + 4 + ASCENT])


@pytest.mark.parametrize(("line", "lines"), [("264", 2.0), ("480", 2.0), ("600", 2.5)])
def test_a_multiple_is_one_of_the_grids_distance_and_adds_to_tall_text_what_that_lacks(line: str, lines: float) -> None:
    """As in Word: text that takes two lines of the grid takes two with 1.1, too; in LibreOffice it is 2.2."""
    tall = p("大", f"<w:spacing w:line='{line}' w:lineRule='auto'/>", "<w:sz w:val='40'/>")
    assert baselines(tall + p("小", SINGLE))[-1] == pytest.approx(lines * 18 + 4 + ASCENT)


def test_a_multiple_adds_nothing_above_the_line_that_begins_a_page() -> None:
    wide = "<w:widowControl w:val='0'/><w:spacing w:line='360' w:lineRule='auto'/>"
    pages = laid_out(docx(p("国" * 16 * 12, wide), end=GRID)).pages
    assert [lines(page.boxes)[0].baseline for page in pages] == pytest.approx([TOP + 4 + ASCENT] * 2)
    assert [page.lines for page in pages] == [9, 3]


def test_cells_keep_to_the_grid_where_the_document_says_so() -> None:
    """As in Word; LibreOffice always does it."""
    body = table([2000], [row(cell(p("あ", SINGLE))), row(cell(p("い", SINGLE)))]) + p("う", SINGLE)
    keeping = "<w:compat><w:adjustLineHeightInTable/></w:compat>"
    assert baselines(body, keeping) == pytest.approx([4 + ASCENT, 22 + ASCENT, 40 + ASCENT])
    assert baselines(body) == pytest.approx([ASCENT, 10 + ASCENT, 20 + 4 + ASCENT])


@pytest.mark.parametrize(("last", "lines"), [(SINGLE, [14, 1]), ("<w:snapToGrid w:val='0'/>", [15])])
def test_the_grid_begins_a_page_and_what_it_leaves_may_be_filled(last: str, lines: list[int]) -> None:
    """As in Word; LibreOffice has the grid's lines in the middle of the page, and leaves what is above and below."""
    body = p("あ", SINGLE) * 14 + p("い", f"{last}<w:spacing w:line='240' w:lineRule='auto'/>", "<w:sz w:val='16'/>")
    assert [page.lines for page in laid_out(docx(body, end=GRID)).pages] == lines


@pytest.mark.parametrize(
    ("typeface", "size", "lines"),
    [("ＭＳ 明朝", 27, 1), ("MS Mincho", 28, 2), ("游明朝", 21, 1), ("Yu Gothic", 22, 2), ("メイリオ", 18, 1),
     ("Meiryo", 20, 2), ("HG丸ｺﾞｼｯｸM-PRO", 28, 2), ("Hiragino Mincho Pro W3", 28, 2), ("BIZ UD明朝 Medium", 36, 1)],
)  # fmt: skip
def test_typefaces_take_as_many_lines_of_the_grid_as_in_word(typeface: str, size: int, lines: int) -> None:
    """Users of Word measured these on a grid of 18 pt; LibreOffice goes by the typeface that draws the text."""
    run = f"<w:rFonts w:eastAsia='{typeface}'/><w:sz w:val='{size}'/>"
    first, second = baselines(p("あ", SINGLE, run) + p("い", SINGLE, run))
    assert second - first == pytest.approx(18 * lines)


def test_empty_lines_and_latin_text_are_as_high_as_their_own_typeface() -> None:
    fonts = "<w:rFonts w:ascii='Arial' w:hAnsi='Arial' w:eastAsia='メイリオ'{}/><w:sz w:val='20'/>"

    def height(text: str, hint: str = "") -> float:
        """Return the height of a line by where the next one, which has none of its typefaces, begins."""
        run = fonts.format(hint)
        mark = f"{SINGLE}<w:rPr>{run}</w:rPr>"
        return lines(page_of(docx(p(text, mark, run) + p("後", SINGLE))).boxes)[-1].baseline - TOP - ASCENT

    asian = " w:hint='eastAsia'"
    found = [height("Kpi"), height("国"), height("", ""), height("", asian)]
    assert found == pytest.approx([11.5, 19.5, 11.5, 19.5], abs=0.01)


def test_exact_and_least_heights_keep_to_no_grid() -> None:
    """As in Word; LibreOffice gives both the grid's height."""
    exact, least = (
        p("あ", f"<w:spacing w:line='{line}' w:lineRule='{rule}'/>")
        for line, rule in ((300, "exact"), (500, "atLeast"))
    )
    assert baselines(exact + p("い", SINGLE)) == pytest.approx([15 * 0.8, 15 + 4 + ASCENT])
    assert baselines(least + p("い", SINGLE)) == pytest.approx([15 + ASCENT, 25 + 4 + ASCENT])
    low = p("あ", "<w:spacing w:line='100' w:lineRule='atLeast'/>")
    assert baselines(low + p("い", SINGLE)) == pytest.approx([ASCENT, 10 + 4 + ASCENT])


def test_a_grid_of_characters_spaces_east_asian_ones_alone() -> None:
    grid = section(extra="<w:docGrid w:type='linesAndChars' w:linePitch='360' w:charSpace='4096'/>")
    body = p("国" * 30 + "AB", SINGLE) + p("国" * 16, f"<w:snapToGrid w:val='0'/>{SINGLE}")
    found = lines(page_of(docx(body, end=grid)).boxes)
    assert [line.text for line in found] == ["国" * 14, "国" * 14, "国国AB", "国" * 16]
    assert found[0].right - found[0].left == pytest.approx(14 * 11)


def test_a_multiple_leaves_pictures_and_counts_the_text_beside_them() -> None:
    auto = "<w:spacing w:line='360' w:lineRule='auto'/>"
    body = p("", auto, extra=picture(12700 * 50, 12700 * 30)) + p("後", SINGLE)
    boxes = page_of(docx(body, related=PICTURE, parts={"media/image1.png": png()})).boxes
    assert [line.baseline for line in lines(boxes)] == pytest.approx([TOP + 30 + 5 + ASCENT])
