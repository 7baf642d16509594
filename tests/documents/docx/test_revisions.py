"""Tracked changes: refused, or taken as accepted where that is asked for."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Paragraph
from tests.documents.docx.docx_files import cell, docx, p, r, row, table

DELETED = "<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>"
MARK = "<w:rPr><w:del w:id='2'/></w:rPr>"


def accepted(body: str) -> list[str]:
    blocks = read(docx(body), "x", accept_changes=True).sections[0].blocks
    return [b.text if isinstance(b, Paragraph) else str(len(b.rows)) for b in blocks]


CASES = [
    (p("前", extra=f"<w:ins w:id='1'>{r('新')}</w:ins>" + DELETED + r("後")), ["前新後"]),
    (p("前", extra=f"<w:moveTo w:id='1'>{r('移')}</w:moveTo><w:moveFrom w:id='2'>{r('元')}</w:moveFrom>"), ["前移"]),
    (p("一", MARK) + p("二"), ["一二"]),
    (p("一", "<w:rPr><w:ins w:id='3'/></w:rPr>") + p("二"), ["一", "二"]),
    (p("字", "<w:jc w:val='center'/><w:pPrChange w:id='1'><w:pPr/></w:pPrChange>"), ["字"]),
    (table([900], [row("残"), row("去", properties="<w:del w:id='1'/>")]), ["1"]),
    (table([900], [row("残"), row("新", properties="<w:ins w:id='1'/>")]), ["2"]),
    (table([900], [row("去", properties="<w:del w:id='1'/>")]) + p("後"), ["後"]),
    (table([900], [row(cell(p("x"), "<w:tcPrChange w:id='1'/>"))]), ["1"]),
    (
        table([900], [row("残"), f"<w:moveToRangeStart/>{row('移', properties='<w:ins/>')}<w:moveToRangeEnd/>"]),
        ["2"],
    ),
]


@pytest.mark.parametrize(("body", "shown"), CASES)
def test_changes_are_refused_unless_they_are_to_be_accepted(body: str, shown: list[str]) -> None:
    with pytest.raises(Unsupported, match="変更履歴") as caught:
        read(docx(body), "x")
    assert "承諾" in caught.value.cure
    assert accepted(body) == shown


def test_the_mark_of_the_next_paragraph_holds_for_two_joined() -> None:
    (joined,) = read(docx(p("一", MARK) + p("二", "<w:jc w:val='center'/>")), "x", True).sections[0].blocks
    assert isinstance(joined, Paragraph)
    assert joined.format.alignment == "center"


def test_a_deleted_row_leaves_the_others() -> None:
    body = table([900], [row("残"), row("去", properties="<w:del w:id='1'/>")])
    (block,) = read(docx(body), "x", accept_changes=True).sections[0].blocks
    assert [paragraph.text for paragraph in written((block,))] == ["残"]
