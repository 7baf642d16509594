"""The book's templates keep the rules that make Word, LibreOffice and the PDF agree."""

from __future__ import annotations

import re
import zipfile

import pytest
from lxml import etree

from pipeline.documents.docx.markup import VAL, W
from pipeline.documents.fonts import FAMILY
from tests.stages.book.samples import PARTS, TEMPLATES

AUTOMATIC = {"Figure"}


def part(name: str, file: str) -> etree._Element:
    with zipfile.ZipFile(TEMPLATES / f"{name}.docx") as package:
        return etree.fromstring(package.read(file))


def styles(name: str) -> dict[str, bytes]:
    found = part(name, "word/styles.xml").iter(f"{W}style")
    return {s.get(f"{W}styleId", ""): etree.tostring(s, method="c14n", exclusive=True) for s in found}


@pytest.fixture(params=PARTS)
def document(request: pytest.FixtureRequest) -> etree._Element:
    return part(request.param, "word/document.xml")


@pytest.mark.parametrize("name", PARTS)
def test_styles_are_those_of_the_sheet_and_a_few_more(name: str) -> None:
    own = styles(name)
    assert {key: own.get(key) for key in styles("sheet")} == styles("sheet")


@pytest.mark.parametrize("name", PARTS)
def test_the_typeface_is_named_in_english_and_the_language_is_set(name: str) -> None:
    defaults = part(name, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults is not None
    fonts, language = defaults.find(f"{W}rFonts"), defaults.find(f"{W}lang")
    assert fonts is not None
    assert language is not None
    assert {fonts.get(W + kind) for kind in ("ascii", "hAnsi", "eastAsia")} == {FAMILY}
    assert (language.get(VAL), language.get(f"{W}eastAsia")) == ("en-US", "ja-JP")


@pytest.mark.parametrize("name", PARTS)
def test_line_breaking_is_strict(name: str) -> None:
    assert part(name, "word/settings.xml").find(f"{W}strictFirstAndLastChars") is not None


@pytest.mark.parametrize("name", PARTS)
def test_line_spacing_is_exact_but_for_pictures(name: str) -> None:
    loose = [
        style.get(f"{W}styleId")
        for style in part(name, "word/styles.xml").iter(f"{W}style")
        if any(s.get(f"{W}lineRule") != "exact" for s in style.iter(f"{W}spacing") if s.get(f"{W}line"))
    ]
    assert set(loose) <= AUTOMATIC


def test_no_paragraph_departs_from_exact_spacing(document: etree._Element) -> None:
    assert {s.get(f"{W}lineRule", "exact") for s in document.iter(f"{W}spacing")} <= {"exact"}


def test_there_is_no_document_grid(document: etree._Element) -> None:
    assert document.find(f".//{W}docGrid") is None


def test_tables_are_fixed_named_and_as_wide_as_their_grid(document: etree._Element) -> None:
    for table in document.iter(f"{W}tbl"):
        layout, caption = table.find(f"{W}tblPr/{W}tblLayout"), table.find(f"{W}tblPr/{W}tblCaption")
        assert layout is not None
        assert layout.get(f"{W}type") == "fixed"
        assert caption is not None
        assert caption.get(VAL)
        grid = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        for row in table.findall(f"{W}tr"):
            assert _widths(row) == _spread(row, grid)


def test_rows_stay_whole_and_cells_end_in_a_paragraph(document: etree._Element) -> None:
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in document.iter(f"{W}tr"))
    assert all(cell[-1].tag == f"{W}p" for cell in document.iter(f"{W}tc"))


def test_only_what_a_clerk_can_read_is_in_the_commands(document: etree._Element) -> None:
    for paragraph in document.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        for command in re.findall(r"\{[{%].*?[}%]\}", text):
            assert re.fullmatch(
                r"\{\{(r|p)? ?[\w.]+ \}\}|\{%(p|tr|tc)? (for \w+ in [\w.]+|endfor|(el)?if [\w.]+|else|endif) %\}",
                command,
            )


def _widths(row: etree._Element) -> list[int]:
    return [int(width.get(f"{W}w", "0")) for width in row.findall(f"{W}tc/{W}tcPr/{W}tcW")]


def _spread(row: etree._Element, grid: list[int]) -> list[int]:
    """Return the widths that the grid gives to the row's cells."""
    widths, at = [], 0
    for cell in row.findall(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        columns = int(span.get(VAL, "1")) if span is not None else 1
        widths.append(sum(grid[at : at + columns]))
        at += columns
    return widths
