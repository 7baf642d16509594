"""A case for every rule that copies LibreOffice, in which it decides; what it decides, the tests beside this say."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import pytest

from pipeline.documents.pdf import draw_document, layout_rules
from tests.documents.docx.docx_files import cell, docx, p, r, row, table
from tests.documents.pdf.ablation import OFF, without

MINCHO = '<w:rFonts w:ascii="BIZ UDMincho" w:hAnsi="BIZ UDMincho" w:eastAsia="BIZ UDMincho"/>'
LINES = 17
"""How many lines a page holds."""
BORDER = "<w:tcBorders><w:left w:val='single' w:sz='8'/></w:tcBorders>"
WIDE = "<w:tcMar><w:top w:w='200' w:type='dxa'/></w:tcMar>"


def several(count: int) -> str:
    return "".join(p(f"{number}行") for number in range(count))


def multiple(value: int) -> str:
    return p("国" * 40, f"<w:spacing w:line='{value}' w:lineRule='auto'/>", "<w:sz w:val='21'/>") + p("後")


def least(height: int, count: int) -> str:
    return table([1000], [row(cell(several(count)), properties=f"<w:trHeight w:val='{height}'/>")])


CASES: Mapping[str, str] = {
    "AUTO_SPACE": p("国KPI国"),
    "BOLD_OUTLINE": p("明朝", run=f"{MINCHO}<w:b/>"),
    "SLANT": p("斜体", run="<w:i/>"),
    "EXACT_BASELINE": p("国"),
    "advance": p("ありがとうございます", "<w:jc w:val='right'/>", "<w:sz w:val='17'/>"),
    "filling": p("ありがとう（A4）の紙に17.5%ほど", run="<w:sz w:val='17'/>"),
    "path_break": p("国国国 https://example.jp/path/to/it"),
    "hangs": p("国" * 16 + "、国", run="<w:lang w:eastAsia='en-US'/>"),
    "enclosed_numbers": p("国" * 13 + "KPI①国国"),
    "tightening": p(extra=r("国国国", "<w:spacing w:val='-40'/>") + r("後")),
    "multiplied": multiple(277),
    "lacking": multiple(217),
    "column_widths": table([600, 600], [row("左", "右")]).replace("w:w='0' w:type='auto'", "w:w='1000' w:type='dxa'"),
    "column_edges": table([784, 940, 828], [row("左", "中", "右")]),
    "border_shift": table([1000], [row(cell(p("国"), BORDER))]),
    "cell_margin": table([1000, 1000], [row(cell(p("左"), WIDE), "右")]),
    "begins_split": several(LINES - 3) + least(1200, 4),
    "breaks_within": several(LINES - 2) + least(1500, 9),
}


def content(body: str) -> list[bytes]:
    return [page.content for page in draw_document(docx(body), "試験.docx").pages]


def test_every_rule_can_be_turned_off_and_has_a_case() -> None:
    names = {name for name in vars(layout_rules) if name.isupper() and not name.startswith("_")}
    functions = {name for name, _ in inspect.getmembers(layout_rules, inspect.isfunction) if not name.startswith("_")}
    assert names | functions == OFF.keys() == CASES.keys()


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_decides_its_case(rule: str) -> None:
    with_rule = content(CASES[rule])
    with without(rule):
        assert content(CASES[rule]) != with_rule
