"""Underlines, lines through text, and marks over it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.documents.pdf.boxes import PathBox, RuleBox, TextBox
from pipeline.documents.pdf.text_lines import rules_of_text
from tests.documents.docx.docx_files import docx, p
from tests.documents.pdf.pages import page_of


def rules(run: str) -> list[RuleBox]:
    texts = [box for box in page_of(docx(p("文字", run=run))).boxes if isinstance(box, TextBox)]
    return [rule for text in texts for rule in rules_of_text(text)]


@pytest.mark.parametrize(
    ("run", "count", "thickness", "dashes"),
    [
        ("<w:u w:val='single'/>", 1, 0.5, 0),
        ("<w:u w:val='double'/>", 2, 0.5, 0),
        ("<w:u w:val='thick'/>", 1, 1.0, 0),
        ("<w:u w:val='dottedHeavy'/>", 1, 1.0, 2),
        ("<w:u w:val='dotDash'/>", 1, 0.5, 4),
        ("<w:strike/>", 1, 0.5, 0),
        ("<w:dstrike/>", 2, 0.5, 0),
    ],
)
def test_a_line_is_drawn_as_its_kind(run: str, count: int, thickness: float, dashes: int) -> None:
    found = rules(run)
    assert len(found) == count
    assert [rule.thickness for rule in found] == pytest.approx([thickness] * count)
    assert {len(rule.dashes) for rule in found} == {dashes}


def test_a_wave_goes_up_and_down_without_a_gap() -> None:
    found = rules("<w:u w:val='wave'/>")
    assert len({round(rule.y1, 2) for rule in found}) > 1
    assert all(one.x2 == other.x1 and one.y2 == pytest.approx(other.y1) for one, other in pairwise(found))


@pytest.mark.parametrize("kind", ["dot", "comma", "circle", "underDot"])
def test_each_letter_has_its_mark(kind: str) -> None:
    boxes = page_of(docx(p("傍点 あり", run=f"<w:em w:val='{kind}'/>"))).boxes
    marks = [box for box in boxes if isinstance(box, PathBox)]
    (text,) = [box for box in boxes if isinstance(box, TextBox)]
    assert len(marks) == len("傍点あり")
    assert all((mark.path[0][1][1] > text.baseline) is (kind == "underDot") for mark in marks)
