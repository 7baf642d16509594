"""The structure of the finished book, held against the Word files and figures that it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from tests.documents.pdf.tagged import Tag, headers_of, tree
from tests.project import MADE

FIRST_SHEET = 4
"""Parts before the sheets: cover, contents, explanation, targets."""


@pytest.fixture(scope="module")
def pdf(reported: Path) -> bytes:
    return (reported / f"{MADE}/report.pdf").read_bytes()


@pytest.fixture(scope="module")
def book(pdf: bytes) -> Tag:
    return tree(pdf)


@pytest.fixture(scope="module")
def sheets(reported: Path, book: Tag) -> list[tuple[Tag, Path]]:
    """Return every sheet's part of the book with its Word file."""
    files = sorted((reported / f"{MADE}/sheets").glob("*.docx"))
    return list(zip(book.kids[FIRST_SHEET:-1], files, strict=True))


def plain(text: str) -> str:
    return "".join(text.split())


def said(paragraph: object) -> str:
    return plain("".join(text.text or "" for text in paragraph.iter(qn("w:t"))))  # type: ignore[attr-defined]


def test_headings_go_down_by_one(book: Tag) -> None:
    levels = [int(tag.name[1]) for tag in book.all("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [part.all("H1") != [] for part in book.kids] == [True] * len(book.kids)


def test_the_contents_lead_to_every_sheet(book: Tag, sheets: list[tuple[Tag, Path]]) -> None:
    (contents,) = book.kids[1].all("TOC")
    entries = [entry.content for entry in contents.kids]
    titles = [plain(part.all("H1")[0].content) for part, _ in sheets]
    assert all(any(entry.startswith(title) for entry in entries) for title in titles)
    assert [tag.name for tag in contents.kids[0].walk()] == ["TOCI", "Reference", "Link"]
    assert all(len(link.links) == 1 and plain(link.links[0]) == link.content for link in contents.all("Link"))


def test_a_sheets_text_is_read_in_the_order_of_its_word_file(sheets: list[tuple[Tag, Path]]) -> None:
    for part, file in sheets:
        wanted = "".join(read(file))
        labels = "".join(tag.content for tag in part.all("Lbl"))
        assert set(labels) <= {"・"}
        assert part.content.replace("・", "") == wanted.replace("・", ""), file.name


def read(file: Path) -> Iterator[str]:
    """Yield a Word file's texts: tables row by row, charts' tables with each caption before what is under it."""
    for block in Document(str(file)).iter_inner_content():
        if not isinstance(block, Table):
            yield said(block._p)
            continue
        rows = [list(row.cells) for row in block.rows]
        if is_table(block):
            yield from (text(cells, at) for n, cells in enumerate(rows) for at in new(cells, rows[n - 1] if n else []))
        else:
            for above, below in zip(rows[::2], rows[1::2], strict=True):
                yield from ("".join(text(cells, at) for cells in (above, below)) for at in range(len(above)))


def is_table(table: Table) -> bool:
    return says(table, "firstRow") or says(table, "firstColumn")


def says(table: Table, name: str) -> bool:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    return look is not None and look.get(qn(f"w:{name}")) == "1"


def text(cells: list[object], at: int) -> str:
    return "".join(said(paragraph._p) for paragraph in cells[at].paragraphs)  # type: ignore[attr-defined]


def new(cells: list[object], above: list[object]) -> Iterator[int]:
    """Return the cells of a row that do not go on from above or from the left."""
    old = [cell._tc for cell in above]  # type: ignore[attr-defined]
    own = [cell._tc for cell in cells]  # type: ignore[attr-defined]
    return (at for at, cell in enumerate(own) if cell not in old and cell not in own[:at])


def test_charts_have_the_words_of_their_word_file(sheets: list[tuple[Tag, Path]]) -> None:
    for part, file in sheets:
        pictures = Document(str(file)).element.body.iter(qn("wp:docPr"))
        assert [figure.alt for figure in part.all("Figure")] == [picture.get("descr") for picture in pictures]


def test_charts_say_the_figures_of_their_indicator(reported: Path, sheets: list[tuple[Tag, Path]]) -> None:
    measures = json.loads((reported / f"{MADE}/achievement.json").read_text(encoding="utf-8"))["measures"]
    for (part, _), measure in zip(sheets, measures, strict=True):
        for figure, indicator in zip(part.all("Figure"), measure["indicators"], strict=True):
            assert figure.alt.startswith(indicator["name"])


def test_header_cells_are_header_cells(sheets: list[tuple[Tag, Path]]) -> None:
    for part, file in sheets:
        given = [table for table in Document(str(file)).tables if is_table(table)]
        for tag, table in zip(part.all("Table"), given, strict=True):
            check_headers(tag, table)


def check_headers(tag: Tag, table: Table) -> None:
    lines = tag.all("TR")
    assert len(lines) == len(table.rows)
    heads = len(table._tbl.findall(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}"))
    for line in lines[:heads]:
        assert {(cell.name, cell.attributes["Scope"]) for cell in line.kids} == {("TH", "Column")}
    for line in lines[heads:]:
        assert (line.kids[0].name == "TH") is says(table, "firstColumn")
        assert line.kids[-1].name == "TD"


def test_the_figures_of_an_indicator_name_year_indicator_and_kind(pdf: bytes) -> None:
    named = headers_of(pdf)
    assert named["112,155"] == ["R2評価年度", "市公式SNS合計フォロワー数（時点）", "実績（件）"]
    year, goal, *rest = named["47,331"]
    assert (year, goal[:6]) == ("R2評価年度", "1雇用を確保")
    assert rest == ["市内就業者数（人）雇用保険の被保険者数", "実績"]


def test_running_heads_and_page_numbers_are_not_read(book: Tag, sheets: list[tuple[Tag, Path]]) -> None:
    assert not any(tag.text.isdecimal() for part, _ in sheets for tag in part.all("P"))
    assert {tag.name for tag in book.walk()} <= {
        "Document", "Part", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
        "Caption", "Figure", "Div", "TOC", "TOCI", "Reference", "Link",
    }  # fmt: skip
