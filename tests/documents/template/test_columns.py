"""Columns that a template repeats: one for each element, alike in width, and every other cell in its place."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.documents.docx.markup import W, parse, text_of
from pipeline.documents.template import Template, check, render

LOOP = ("{%tc for 年 in 年度一覧 %}", "{%tc if 年.評価 %}", "【{{ 年.名称 }}】", "{%tc else %}", "{{ 年.名称 }}")
ENDS = ("{%tc endif %}", "{%tc endfor %}")


def template(*cells: str, title: str = "題名") -> Template:
    """Make a template with a row that spans the table, and a row of these cells, each 1,000 twips wide."""
    document = docx.Document()
    table = document.add_table(2, len(cells))
    for cell, text in zip(table.rows[1].cells, cells, strict=True):
        cell.text = text
    table.rows[0].cells[0].merge(table.rows[0].cells[-1]).text = title
    for size in (*table._tbl.iter(qn("w:gridCol")), *table._tbl.iter(qn("w:tcW"))):
        size.set(qn("w:w"), "1000")
    data = io.BytesIO()
    document.save(data)
    return Template("templates/sheet.docx", data.getvalue())


def years(count: int) -> dict[str, object]:
    return {"年度一覧": [{"名称": f"R{n}", "評価": n == 2} for n in range(1, count + 1)]}


@pytest.mark.parametrize("count", [1, 2, 3, 7, 11])
def test_every_element_has_a_column_as_wide_as_the_others(count: int) -> None:
    parts = render(template("名称", *LOOP, *ENDS, "判定"), years(count))
    (table,) = parse(parts["word/document.xml"], "", "").iter(f"{W}tbl")
    grid = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
    head, row = ([*each.iter(f"{W}tc")] for each in table.iter(f"{W}tr"))
    wanted = ["【R2】" if n == 2 else f"R{n}" for n in range(1, count + 1)]
    assert [text_of(cell) for cell in row] == ["名称", *wanted, "判定"]
    assert (len(grid), sum(grid)) == (count + 2, 9000)
    assert max(grid[1:-1]) - min(grid[1:-1]) <= 1
    (span,) = (element.get(f"{W}val") for element in head[0].iter(f"{W}gridSpan"))
    assert span == str(count + 2)
    assert not [*row[1].iter(f"{W}gridSpan")]


def test_text_beside_a_command_of_columns_is_told() -> None:
    found = check(template("名称", "{%tc for 年 in 年度一覧 %}年", *LOOP[1:], *ENDS), [years(3)])
    assert [d.id for d in found] == ["template-text-lost"]
    assert "列" in found[0].message
