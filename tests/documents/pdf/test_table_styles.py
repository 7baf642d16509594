"""Table styles that format regions in their own way (17.7.6), and columns whose cells know better than the grid."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import read
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Cell, Table
from pipeline.documents.pdf.boxes import TextBox
from tests.documents.docx.docx_files import cell, docx, p, row, section, table
from tests.documents.pdf.pages import page_of


def region(name: str, fill: str, more: str = "", run: str = "") -> str:
    return (
        f"<w:tblStylePr w:type='{name}'><w:rPr>{run}</w:rPr>"
        f"<w:tcPr>{more}<w:shd w:val='clear' w:fill='{fill}'/></w:tcPr></w:tblStylePr>"
    )


STYLE = (
    "<w:style w:type='table' w:styleId='T'><w:name w:val='縞'/>"
    + region("band1Horz", "111111")
    + region("band2Horz", "222222")
    + region("firstCol", "333333")
    + region("firstRow", "444444", "<w:tcBorders><w:bottom w:val='single' w:sz='8'/></w:tcBorders>", "<w:b/>")
    + region("lastRow", "555555")
    + region("nwCell", "666666")
    + "</w:style>"
)
LOOK = "<w:tblLook w:firstRow='1' w:lastRow='1' w:firstColumn='1' w:lastColumn='0' w:noHBand='0' w:noVBand='1'/>"


def drawn(look: str, style: str = STYLE) -> tuple[tuple[Cell, ...], ...]:
    body = table([1000, 1000], [row("甲", "乙")] * 5, f"<w:tblStyle w:val='T'/>{look}")
    (section_,) = read(docx(body, styles=style), "x.docx").sections
    (block,) = section_.blocks
    assert isinstance(block, Table)
    return tuple(row_.cells for row_ in block.rows)


def fills(look: str) -> list[list[str | None]]:
    return [[cell_.shading for cell_ in cells] for cells in drawn(look)]


def test_regions_are_told_apart_and_the_stronger_one_wins() -> None:
    assert fills(LOOK) == [
        ["666666", "444444"],
        ["333333", "111111"],
        ["333333", "222222"],
        ["333333", "111111"],
        ["555555", "555555"],
    ]


def test_what_the_table_does_not_show_is_not_drawn() -> None:
    assert fills("<w:tblLook w:val='0600'/>") == [[None, None]] * 5
    assert fills("") == [[None, None]] * 5
    assert [cells[1] for cells in fills("<w:tblLook w:val='0420'/>")] == [
        "444444",
        "111111",
        "222222",
        "111111",
        "222222",
    ]


def test_bands_may_be_several_rows_wide() -> None:
    wide = STYLE.replace(
        "<w:name w:val='縞'/>", "<w:name w:val='縞'/><w:tblPr><w:tblStyleRowBandSize w:val='2'/></w:tblPr>"
    )
    found = [cells[1].shading for cells in drawn("<w:tblLook w:val='0420'/>", wide)]
    assert found == ["444444", "111111", "111111", "222222", "222222"]


def test_a_region_formats_text_and_edges() -> None:
    first, second, *_ = drawn(LOOK)
    assert first[1].borders.bottom is not None and second[1].borders.bottom is None
    assert [next(written(cells[1].blocks)).mark.bold for cells in (first, second)] == [True, False]


def lefts(body: str) -> list[float]:
    return [box.x for box in page_of(docx(body, end=section(12000))).boxes if isinstance(box, TextBox)]


def widths(kind: str, *asked: int) -> str:
    return row(*(cell(p("甲"), f"<w:tcW w:w='{width}' w:type='{kind}'/>") for width in asked))


def test_fixed_columns_are_as_wide_as_their_cells_say() -> None:
    assert lefts(table([1000, 1000], [widths("dxa", 3000, 1000)])) == pytest.approx([20, 170])


def test_fixed_columns_are_as_wide_as_their_cells_say_in_per_cent() -> None:
    assert lefts(table([2000, 2000], [widths("pct", 1250, 3750)])) == pytest.approx([20, 70])


@pytest.mark.parametrize(
    ("body", "second"),
    [
        (table([100, 100], [widths("dxa", 2000, 7000)]), 20 + 100),
        (table([2100, 1900], [widths("dxa", 2000, 2000)]), 20 + 105),  # as Word last laid them out
        (table([2000, 2000], [widths("dxa", 1000, 3000)]), 20 + 50),  # as programs begin their tables
        (
            table([2000, 2000], [widths("pct", 1250, 3750)]).replace("w:w='0' w:type='auto'", "w:w='4000'"),
            20 + 50,
        ),
        (
            table([100, 100], [widths("pct", 1000, 4000)]).replace("w:w='0' w:type='auto'", "w:w='5000' w:type='pct'"),
            20 + 112,
        ),
    ],
)
def test_a_grid_that_nobody_laid_out_gives_way_to_what_cells_ask_for(body: str, second: float) -> None:
    automatic = body.replace("<w:tblLayout w:type='fixed'/>", "")
    assert lefts(automatic)[1] == pytest.approx(second, abs=0.1)
