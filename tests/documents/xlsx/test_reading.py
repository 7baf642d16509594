"""Workbooks in the dialects of several programs, and what is built to exhaust the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.documents import xlsx
from pipeline.documents.docx.errors import Damaged
from pipeline.documents.xlsx import Book, Column, Content, Figure, Sort, Table, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def parts(rows: str, strings: str = "", main: str = MAIN, relations: str = RELATIONS) -> dict[str, bytes]:
    """Return the parts of a workbook by hand, as Excel orders them."""
    related = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{relations}/'
    sheets = '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook xmlns="{main}" xmlns:r="{relations}">{sheets}</workbook>'
    shared = f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
    texts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{related}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'{related}worksheet" Target="worksheets/sheet1.xml"/>{shared}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        SHEET: f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return {name: text.encode() for name, text in texts.items()}


def packed(content: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return data.getvalue()


def cells(rows: str, strings: str = "", **kinds: str) -> Mapping[tuple[int, int], xlsx.Cell]:
    return xlsx.read(packed(parts(rows, strings, **kinds)), "a.xlsx").sheets[0].cells


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.1000000000000001", "1.1"),
        ("86.399999999999991", "86.4"),
        ("0.30000000000000004", "0.3"),
        ("8.4100000000000001", "8.41"),
        ("1.198E+3", "1198"),
        ("-3", "-3"),
        ("5E-3", "0.005"),
        ("47383", "47383"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_numbers_are_read_from_their_digits(written: str, read: str) -> None:
    assert cells(f'<row r="1"><c r="A1"><v>{written}</v></c></row>')[0, 0].text == read


def test_texts_of_every_sort() -> None:
    strings = "<si><t>件</t></si><si><r><t>東</t></r><r><t>京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>中</t></is></c><c r="D1" t="b"><v>1</v></c>'
        '<c r="E1" t="e"><v>#REF!</v></c></row>'
    )
    assert [cell.text for _, cell in sorted(cells(rows, strings).items())] == ["件", "東京", "中", "TRUE", "#REF!"]


def test_shared_formulas_are_formulas() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    assert [cell.formula for cell in cells(rows).values()] == ["=B1*2", "="]


def test_cells_without_addresses_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert set(cells(rows)) == {(0, 0), (0, 1), (1, 0)}


def test_strict_workbooks_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    found = cells('<row r="1"><c r="A1" t="d"><v>2021-08-01</v></c></row>', main=STRICT, relations=strict)
    assert (found[0, 0].text, found[0, 0].sort) == ("2021-08-01", Sort.DATE)


def test_two_cells_of_one_address_are_refused() -> None:
    with pytest.raises(Damaged, match="A1"):
        cells('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')


def test_three_readers_agree() -> None:
    numbers = [Decimal(text) for text in ("9.95", "0.1", "47383", "-3.25", "1198")]
    rows = tuple((Content(f"行{n}"), Content(number, Figure(), 2)) for n, number in enumerate(numbers))
    data = write(Book("t", "a", (Table("表", (), (Column("名", 9), Column("値", 9)), rows),)))
    ours = xlsx.read(data, "a.xlsx").sheets[0].cells
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    theirs = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for row, number in enumerate(numbers, 1):
        assert Decimal(ours[row, 1].text) == number
        assert Decimal(str(calamine[row][1])) == number
        assert Decimal(str(theirs.cell(row + 1, 2).value)) == number


def test_what_begins_like_a_formula_is_a_text() -> None:
    words = ("=1+1", "+81", "-x", "@a", '=HYPERLINK("http://x")', "http://example.com")
    rows = tuple((Content(word),) for word in words)
    found = xlsx.read(write(Book("t", "a", (Table("表", (), (Column("名", 9),), rows),))), "a.xlsx").sheets[0].cells
    assert [(found[n, 0].text, found[n, 0].formula) for n in range(1, 7)] == [(word, "") for word in words]


def entity(content: dict[str, bytes]) -> None:
    content[SHEET] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content[SHEET]


def million_rows(content: dict[str, bytes]) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))
    content[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def many_cells(content: dict[str, bytes]) -> None:
    row = "".join("<c><v>1</v></c>" for _ in range(400))
    rows = f"<row>{row}</row>" * 1_000
    content[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def zip_bomb(content: dict[str, bytes]) -> None:
    content["xl/worksheets/sheet2.xml"] = b" " * 60_000_000


def string_bomb(content: dict[str, bytes]) -> None:
    content["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>{"あ" * 500_000}</t></si></sst>'.encode()
    row = "".join('<c t="s"><v>0</v></c>' for _ in range(200))
    rows = f"<row>{row}</row>" * 200
    content[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def many_areas(content: dict[str, bytes]) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 6_000))
    content[SHEET] = content[SHEET].replace(b"</worksheet>", f"<mergeCells>{areas}</mergeCells></worksheet>".encode())


def _macros(content: dict[str, bytes]) -> None:
    content["xl/vbaProject.bin"] = b"x"


def _binary(content: dict[str, bytes]) -> None:
    content["xl/workbook.bin"] = b"x"


def _path(content: dict[str, bytes]) -> None:
    content["../x.xml"] = b"x"


@pytest.mark.parametrize("spoil", [_macros, _binary, _path])
def test_programs_and_odd_packages_are_refused(spoil: Callable[[dict[str, bytes]], None]) -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    spoil(content)
    data = packed(content)
    with pytest.raises(Damaged):
        xlsx.read(data, "a.xlsx")


@pytest.mark.parametrize(
    "cell",
    ['<c r="!!"/>', '<c r="A0"/>', '<c r="ZZZZ1"/>', '<c r="A12345678"/>', '<c r="A1" s="-1"><v>1</v></c>',
     '<c r="A1" t="s"><v>-1</v></c>'],
)  # fmt: skip
def test_what_names_no_cell_no_style_and_no_text_is_refused(cell: str) -> None:
    with pytest.raises(Damaged, match="壊れて"):
        cells(f'<row r="1">{cell}</row>', "<si><t>件</t></si>")
