"""What a cell shows besides what it holds: by its number format, its letters, a link; and words beside the cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.documents import xlsx
from pipeline.documents.xlsx.formats import shown
from tests.documents.xlsx.test_reading import MAIN, PACKAGE, RELATIONS, SHEET, cells, packed, parts

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
VML = "urn:schemas-microsoft-com:vml"


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        ("112200", "#,##0,", "112"),
        ("1200", '0.0,"千"', "1.2千"),
        ("94.6", "0", "95"),
        ("95", '"約"0', "約95"),
        ("95", ";;;", ""),
        ("0", "0;0;;", ""),
        ("95", '"集計中"', "集計中"),
        ("-3", '#,##0;"▲ "#,##0', "▲ 3"),
        ("-3", "0;[Red]0", "3"),
        ("95", "#,##0_ ;-#,##0_ ;#,##0_ ;@_ ", "95"),
        ("95", '[$¥-411]#,##0;"a;b"', "95"),
        ("95", 'General"件"', "95件"),
        ("95", "\\約0", "約95"),
        ("95", '[>90]"90超";0', '[>90]"90超";0'),
        ("95", "# ?/?", "# ?/?"),
        ("112155", "0000-0000", "0000-0000"),
        ("1E+999999", "0", "1E+999999"),
        ("1E+30", "#,##0.00", f"1{'0' * 30}.00"),
        ("-12345678901234567890123456789", "0;0", "12345678901234567890123456789"),
        ("1.5", "0.##", "1.5"),
    ],
)
def test_numbers_show_as_their_format_says(value: str, code: str, seen: str) -> None:
    assert shown(Decimal(value), code) == seen


@pytest.mark.parametrize(("code", "seen"), [("0;0;0;", ""), ('@"（案）"', "未定（案）"), ("0", "未定"), ("", "未定")])
def test_texts_show_as_their_format_says(code: str, seen: str) -> None:
    assert shown("未定", code) == seen


def test_letters_of_a_run_stand_out_by_themselves() -> None:
    strike, raised = "<r><rPr><strike/></rPr><t>90</t></r>", '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    colours = "".join(f"<r><rPr><color {c}/></rPr><t>5</t></r>" for c in ('theme="1"', 'theme="5"', 'indexed="10"'))
    found = cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si>{strike}{raised}{colours}</si>")[0, 0]
    assert found.text == "901555"
    assert found.look == ("取消線", "上付き文字", "文字の色（5番）", "文字の色（10番）")


def test_links_and_words_beside_cells_are_read() -> None:
    content = parts('<row r="1"><c r="A1" t="str"><v>別紙</v></c><c r="B1" t="str"><v>a@example.com</v></c></row>')
    links = '<hyperlinks><hyperlink ref="A1" r:id="l"/><hyperlink ref="B1" r:id="m"/></hyperlinks>'
    drawn = '<drawing r:id="d"/><legacyDrawing r:id="v"/>'
    content[SHEET] = (
        content[SHEET]
        .replace(b"</worksheet>", f"{links}{drawn}</worksheet>".encode())
        .replace(b"<worksheet ", f'<worksheet xmlns:r="{RELATIONS}" '.encode())
    )
    outside = 'TargetMode="External"'
    content["xl/worksheets/_rels/sheet1.xml.rels"] = _related(
        f'Id="l" Type="{RELATIONS}/hyperlink" Target="http://example.com/" {outside}',
        f'Id="m" Type="{RELATIONS}/hyperlink" Target="mailto:a@example.com" {outside}',
        f'Id="d" Type="{RELATIONS}/drawing" Target="../drawings/drawing1.xml"',
        f'Id="v" Type="{RELATIONS}/vmlDrawing" Target="../drawings/vml1.vml"',
    )
    content["xl/drawings/drawing1.xml"] = f'<w xmlns="{MAIN}"/>'.encode()
    content["xl/drawings/_rels/drawing1.xml.rels"] = _related(
        f'Id="c" Type="{RELATIONS}/chart" Target="../charts/chart1.xml"'
    )
    title = "<a:p><a:r><a:t>暫定の</a:t></a:r><a:r><a:t>グラフ</a:t></a:r></a:p>"
    content["xl/charts/chart1.xml"] = f'<c xmlns:a="{DRAWING}">{title}</c>'.encode()
    note = "<v:shape><v:textbox><div/></v:textbox></v:shape>"
    box = "<v:shape><v:textbox><div>見直し中</div></v:textbox></v:shape>"
    content["xl/drawings/vml1.vml"] = f'<xml xmlns:v="{VML}">{note}{box}</xml>'.encode()
    book = xlsx.read(packed(content), "a.xlsx")
    (sheet,) = book.sheets
    assert [cell.look for cell in sheet.cells.values()] == [("リンク（http://example.com/）",), ()]
    assert sheet.texts == ("暫定のグラフ", "見直し中")
    assert list(book.media) == ["xl/charts/chart1.xml"]


def _related(*links: str) -> bytes:
    found = "".join(f"<Relationship {link}/>" for link in links)
    return f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'.encode()


def test_a_long_text_is_hidden_and_never_copied() -> None:
    text = "長" * 1000
    assert shown(text, ";;;") == ""
    assert shown(text, '@"（案）"') is text
