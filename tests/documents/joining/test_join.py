"""Several Word files as one: what each shows is there once, in order, as it looks by itself."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Pt

from pipeline.documents import pdf
from pipeline.documents.docx.markup import VAL, W
from pipeline.documents.joining import Piece, join
from tests.project import ROOT


def made(fill: Callable[[Document], object], name: str = "", empty: str = "", lists: bool = False) -> Piece:
    document = docx.Document(str(ROOT / "templates" / "cover.docx"))
    for child in list(document.element.body)[:-1]:
        document.element.body.remove(child)
    fill(document)
    data = io.BytesIO()
    document.save(data)
    return Piece(f"{name}.docx", data.getvalue(), name, empty, lists)


def text(words: str) -> Callable[[Document], object]:
    return lambda document: document.add_paragraph(words)


def joined(*pieces: Piece) -> Document:
    return docx.Document(io.BytesIO(join(pieces)))


def pages(document: bytes) -> int:
    return len(pdf.paginate(document, "whole.docx").lines)


def headed(words: str) -> Callable[[Document], object]:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = words
        document.add_paragraph(words)

    return fill


def test_every_document_begins_a_page_and_has_its_bookmark() -> None:
    pieces = [made(text("一"), "first"), made(text("二"), "second")]
    assert pages(join(pieces)) == 2
    marks = joined(*pieces).element.iter(f"{W}bookmarkStart")
    assert [(mark.get(f"{W}name"), mark.get(f"{W}id")) for mark in marks] == [("first", "1"), ("second", "2")]


def test_headers_stay_with_their_document() -> None:
    found = joined(made(headed("甲")), made(text("なし")), made(headed("乙"))).sections
    assert [section.header.paragraphs[0].text for section in found] == ["甲", "", "乙"]


def test_even_pages_have_their_own_headers_only_where_their_document_says_so() -> None:
    def sides(document: Document) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        document.sections[0].even_page_header.paragraphs[0].text = "偶"
        headed("奇")(document)

    whole = joined(made(headed("甲")), made(sides), made(text("なし")))
    assert whole.settings.odd_and_even_pages_header_footer
    found = [(one.header, one.even_page_header) for one in whole.sections]
    assert [tuple(side.paragraphs[0].text for side in one) for one in found] == [("甲", "甲"), ("奇", "偶"), ("", "")]


def test_a_style_that_differs_gets_a_name_of_its_own() -> None:
    def larger(document: Document) -> None:
        document.styles["Normal"].font.size = Pt(20)
        document.add_paragraph("大きい")

    found = joined(made(text("普通")), made(larger), made(text("普通")), made(larger))
    assert [p.style.font.size for p in found.paragraphs if p.style] == [None, Pt(20), None, Pt(20)]


def test_an_empty_page_is_put_before_a_document() -> None:
    whole = join([made(text("一")), made(text("二"), empty="（余白）")])
    assert pages(whole) == 3
    assert [p.text for p in docx.Document(io.BytesIO(whole)).paragraphs] == ["一", "（余白）", "二"]


def test_a_document_that_begins_on_an_odd_page_begins_on_the_next() -> None:
    def odd(document: Document) -> None:
        document.sections[0].start_type = WD_SECTION.ODD_PAGE
        document.add_paragraph("二")

    assert pages(join([made(text("一")), made(odd)])) == 2


def test_lists_that_count_begin_anew() -> None:
    def listed(document: Document) -> None:
        numbering = document.part.numbering_part.element
        for level in numbering.iter(f"{W}numFmt"):
            level.set(VAL, "decimal")
        number = next(numbering.iter(f"{W}num")).get(f"{W}numId")
        properties = document.add_paragraph("項目").paragraph_format.element.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = int(number or 1)

    found = joined(made(listed), made(listed))
    numbers = [one.get(VAL) for one in found.element.iter(f"{W}numId")]
    assert len(set(numbers)) == 2
    lists = {one.get(f"{W}numId"): one for one in found.part.numbering_part.element.iter(f"{W}num")}
    abstract = [lists[number][0].get(VAL) for number in numbers]
    assert len(set(abstract)) == 2
