"""Kinds of borders, and rows that lack cells at an end."""

from __future__ import annotations

import pytest

from pipeline.documents.pdf.boxes import RuleBox, TextBox
from tests.documents.docx.docx_files import cell, docx, p, row, table
from tests.documents.pdf.pages import page_of


def rules(body: str) -> list[RuleBox]:
    return [box for box in page_of(docx(body)).boxes if isinstance(box, RuleBox)]


def above(kind: str, eighths: int = 8) -> str:
    border = f"<w:top w:val='{kind}' w:sz='{eighths}' w:color='FF0000'/>"
    return table([1000], [row(cell(p("国"), f"<w:tcBorders>{border}</w:tcBorders>"))])


def test_a_double_border_is_two_lines_and_a_gap_as_wide() -> None:
    assert [(rule.y1, rule.thickness) for rule in rules(above("double"))] == [(20.5, 1.0), (22.5, 1.0)]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("triple", [(20.5, 1.0), (22.5, 1.0), (24.5, 1.0)]),
        ("thinThickSmallGap", [(20.5, 1.0), (22.125, 0.75)]),
        ("thickThinSmallGap", [(20.375, 0.75), (22.0, 1.0)]),
        ("thinThickMediumGap", [(20.5, 1.0), (21.75, 0.5)]),
        ("thinThickLargeGap", [(20.75, 1.5), (22.875, 0.75)]),
        ("thinThickThinSmallGap", [(20.375, 0.75), (22.0, 1.0), (23.625, 0.75)]),
    ],
)
def test_thick_and_thin_lines_stand_as_their_name_says_from_the_text(
    kind: str, lines: list[tuple[float, float]]
) -> None:
    assert [(rule.y1, rule.thickness) for rule in rules(above(kind))] == lines


def test_a_line_below_is_that_above_mirrored() -> None:
    border = "<w:pBdr><w:bottom w:val='thinThickSmallGap' w:sz='8'/></w:pBdr>"
    upper, lower = rules(p("国", border))
    assert (upper.thickness, lower.thickness) == (0.75, 1.0)
    assert upper.y1 < lower.y1


def test_a_double_border_takes_its_room() -> None:
    double, single = (
        next(box.baseline for box in page_of(docx(above(kind))).boxes if isinstance(box, TextBox))
        for kind in ("double", "single")
    )
    assert double - single == pytest.approx(2.0)


def test_a_thick_border_is_twice_as_wide() -> None:
    assert [rule.thickness for rule in rules(above("thick"))] == [2.0]


@pytest.mark.parametrize(("upper", "lower"), [("single", "dotted"), ("dotted", "single")])
def test_of_two_equally_wide_borders_the_plain_one_is_drawn(upper: str, lower: str) -> None:
    kinds = {"bottom": upper, "top": lower}
    rows = [
        row(cell(p("国"), f"<w:tcBorders><w:{side} w:val='{kind}' w:sz='8' w:color='FF0000'/></w:tcBorders>"))
        for side, kind in kinds.items()
    ]
    (rule,) = rules(table([1000], rows))
    assert not rule.dashes


@pytest.mark.parametrize("kind", ["dotted", "dashed", "dashSmallGap", "dotDash", "dotDotDash"])
def test_a_broken_border_is_one_rule_of_strokes_and_gaps(kind: str) -> None:
    (rule,) = rules(above(kind))
    assert len(rule.dashes) % 2 == 0
    assert min(rule.dashes) > 0


def test_borders_of_a_paragraph() -> None:
    found = rules(p("国", "<w:pBdr><w:left w:val='double' w:sz='4' w:space='4'/></w:pBdr>"))
    assert [(rule.x1 == rule.x2, rule.thickness) for rule in found] == [(True, 0.5), (True, 0.5)]


def test_a_row_may_lack_cells_at_either_end() -> None:
    lines = "".join(f"<w:{side} w:val='single' w:sz='8'/>" for side in ("top", "left", "bottom", "right", "insideV"))
    rows = [
        row("一", "二", "三"),
        row("四", "五", properties="<w:gridBefore w:val='1'/><w:wBefore w:w='1000' w:type='dxa'/>"),
        row("六", "七", properties="<w:gridAfter w:val='1'/>"),
    ]
    page = page_of(docx(table([1000, 1000, 1000], rows, f"<w:tblBorders>{lines}</w:tblBorders>")))
    lefts = {box.text: round(box.x) for box in page.boxes if isinstance(box, TextBox)}
    assert [lefts[text] for text in "一二三四五六七"] == [20, 70, 120, 70, 120, 20, 70]
    assert {round(box.baseline) for box in page.boxes if isinstance(box, TextBox) and box.text in "六七"} == {63}


def test_lines_across_a_cell_go_from_corner_to_corner() -> None:
    line = "<w:tcBorders><w:{} w:val='single' w:sz='8' w:color='FF0000'/></w:tcBorders>"
    cells = (cell(p("x"), line.format(side)) for side in ("tl2br", "tr2bl"))
    found = [(b.x1, b.y1, b.x2, b.y2, b.color) for b in rules(table([1000, 1000], [row(*cells)]))]
    assert found == [(20, 20, 70, 35, "FF0000"), (70, 35, 120, 20, "FF0000")]
