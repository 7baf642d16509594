"""What floats in a cell: the text of the cell goes around it, the row is as high as both and keeps together."""

from __future__ import annotations

import pytest

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.boxes import PathBox, TextBox
from tests.documents.docx.docx_files import cell, docx, p, row, table
from tests.documents.docx.shape_files import SQUARE, anchored, graphic
from tests.documents.pdf.pages import laid_out, page_of, rules, texts

LINED = "<w:tblBorders><w:bottom w:val='single' w:sz='8' w:color='000000'/></w:tblBorders>"


def held(x: float = 0, y: float = 16, width: float = 60, height: float = 40) -> bytes:
    """Return a table of one cell with a text, a box that text keeps clear of, and a text after it."""
    box = anchored(graphic(), x=x, y=y, width=width, height=height, wrap=SQUARE)
    return docx(table([2400], [row(cell(p("上", extra=box) + p("下")))], LINED) + p("後"))


def test_text_of_a_cell_goes_around_what_floats_in_it_and_the_row_holds_both() -> None:
    page = page_of(held())
    texts_ = {box.text: (box.x, box.baseline) for box in page.boxes if isinstance(box, TextBox)}
    assert texts_["上"] == (20, 32) and texts_["下"] == (80.5, 47)
    assert [box.path[0][1] for box in page.boxes if isinstance(box, PathBox)] == [(20, 36)]
    (border,) = rules(page)
    assert border.y1 == pytest.approx(20 + 16 + 40 + 0.5 + 0.5)
    assert texts_["後"][1] == pytest.approx(77.5 + 12)


def test_text_goes_on_below_what_takes_all_of_a_cell() -> None:
    found = {box.text: box.baseline for box in page_of(held(width=120)).boxes if isinstance(box, TextBox)}
    assert found["下"] == pytest.approx(36 + 40 + 0.5 + 12)


def test_such_a_row_goes_to_the_next_page_as_one() -> None:
    box = anchored(graphic(), y=16, wrap=SQUARE)
    kept = table([2400], [row(cell(p("上", extra=box) + p("下")))])
    assert [page[:2] for page in texts(docx(p("前") * 15 + kept))] == [["前", "前"], ["上", "下"]]


@pytest.mark.parametrize("where", [{"x": 90.0}, {"y": -20.0}])
def test_what_stands_out_of_its_cell_is_refused(where: dict[str, float]) -> None:
    with pytest.raises(Unsupported, match="セルの中で文字列が折り返す図形"):
        laid_out(held(**where))
