"""Footnotes and endnotes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pikepdf
import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import examine
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.pdf.boxes import Page
from pipeline.documents.standard import Standard
from tests.documents.docx.docx_files import cell, docx, element, p, r, row, section, table
from tests.documents.pdf.pages import lines, page_texts, rules
from tests.documents.pdf.tagged import tree

LINES = 17  # of 15 pt in a body of 260 pt
_MARK = "<w:vertAlign w:val='superscript'/>"
_PLAIN = "<w:widowControl w:val='0'/>"


def _note(kind: str, number: int, text: str) -> str:
    mark = f"<w:r><w:rPr>{_MARK}</w:rPr><w:{kind}Ref/></w:r>"
    return f"<w:{kind} w:id='{number}'>{p('', _PLAIN, extra=mark + r(text))}</w:{kind}>"


def _to(kind: str, number: int) -> str:
    return f"<w:r><w:rPr>{_MARK}</w:rPr><w:{kind}Reference w:id='{number}'/></w:r>"


def _line(text: str, number: int = 0) -> str:
    return p(text, _PLAIN, extra=_to("footnote", number) if number else "")


def _file(body: str, notes: Mapping[int, str], end: str = "") -> bytes:
    line = f"<w:footnote w:id='-1' w:type='separator'>{p('', extra='<w:r><w:separator/></w:r>')}</w:footnote>"
    own = line + "".join(_note("footnote", number, text) for number, text in notes.items())
    parts = {"footnotes.xml": element("footnotes", own), "endnotes.xml": element("endnotes", _note("endnote", 2, "末"))}
    related = {kind: (f"{kind}s", f"{kind}s.xml") for kind in ("footnote", "endnote")}
    return docx(body, end=end or section(), related=related, parts=parts)


def _pages(data: bytes) -> list[list[str]]:
    document, refused = examine(data, "計画.docx", plainer=Plainer())
    assert not refused and document.plainer and not document.plainer.found
    return [[line.text for line in lines(page.boxes)] for page in pdf.lay_out(document).pages]


def _drawn(data: bytes) -> tuple[pdf.DrawnDocument, bytes]:
    part = pdf.PdfPart(drawn := pdf.draw_document(data, "計画.docx", is_alone=True), "計画.docx")
    made = pdf.draw([part], pdf.PdfInfo("計画", ""))
    assert pdf.check([part], made) == ()
    return drawn, made


def test_footnotes_stand_at_the_foot_of_their_page_below_a_line() -> None:
    document, _ = examine(_file(_line("甲", 5) + _line("乙", 3), {3: "二つ目", 5: "一つ目"}), "x", plainer=Plainer())
    page: Page = pdf.lay_out(document).pages[0]
    assert [(line.text, round(line.baseline)) for line in lines(page.boxes) if not line.text.isdigit()] == [
        ("甲", 32), ("乙", 47), ("一つ目", 262), ("二つ目", 277)
    ]  # fmt: skip
    (line,) = rules(page)
    assert (line.x1, line.x2, round(line.y1)) == (20, 164, 244)


def test_what_refers_to_a_note_and_its_first_line_are_on_one_page() -> None:
    before = "".join(_line(f"{n}行") for n in range(1, LINES - 2))
    at_foot = _pages(_file(before + _line("甲", 1) + _line("乙"), {1: "注"}))
    assert at_foot == [[*(f"{n}行" for n in range(1, LINES - 2)), "甲", "1", "1", "注"], ["乙"]]
    moved = _pages(_file(before + _line("前") + _line("甲", 1), {1: "注"}))
    assert [page[-3:] for page in moved] == [["13行", "14行", "前"], ["1", "1", "注"]]


def test_a_note_without_room_goes_on_at_the_next_foot() -> None:
    before = "".join(_line(f"{n}行") for n in range(1, LINES - 2))
    data = _file(before + _line("甲", 1) + _line("乙"), {1: "注" * 40})
    first, second = _pages(data)
    assert first[-4:] == ["甲", "1", "1", "注" * 15]
    assert second == ["乙", "注" * 16, "注" * 9]
    _, made = _drawn(data)
    (note,) = tree(made).all("Note")
    assert (note.content, note.all("P")[0].pages) == ("1" + "注" * 40, [0, 1])


def test_a_note_goes_on_over_the_last_page() -> None:
    _, made = _drawn(_file(_line("甲", 1), {1: "注" * 16 * 40}))
    assert [len(text) for text in page_texts(made)] == [2 + 1 + 16 * 15 - 1, 16 * 16, 16 * 9 + 1]


def test_a_note_that_no_page_has_room_for_is_drawn_all_the_same() -> None:
    apart = "注</w:t></w:r></w:p><w:p><w:pPr><w:spacing w:before='9000'/></w:pPr><w:r><w:t>末"
    assert [page[-1:] for page in _pages(_file(_line("甲", 1), {1: apart}))] == [["注"], ["末"]]


def test_rows_of_tables_bring_their_notes_along() -> None:
    rows = [row(cell(_line(f"{n}行", n if n in (2, 12) else 0))) for n in range(1, 20)]
    first, second = _pages(_file(table([3000], rows) + _line("後"), {2: "甲", 12: "乙"}))
    assert (first[-5:], second[-2:]) == (["14行", "1", "甲", "2", "乙"], ["19行", "後"])


def test_a_note_has_a_name_and_links_lead_to_it() -> None:
    drawn, made = _drawn(_file(_line("甲", 5), {5: "注"}))
    assert [(tag.name, tag.content) for tag in tree(made).all("P", "Note")] == [
        ("P", "甲1"), ("Note", "1注"), ("P", "1注")
    ]  # fmt: skip
    assert [record.name for record in drawn.records if record.tag == "Note"] == [0]
    assert len(drawn.areas) == 1


def test_in_newer_files_a_note_and_the_link_to_it_refer_to_each_other() -> None:
    data = _file(_line("甲", 5), {5: "注"})
    part = pdf.PdfPart(pdf.draw_document(data, "計画.docx", is_alone=True), "計画.docx")
    with pikepdf.open(BytesIO(pdf.draw([part], pdf.PdfInfo("計画", "", standard=Standard.UA2)))) as made:
        found = [one for one in made.objects if isinstance(one, pikepdf.Dictionary) and "/Ref" in one]
        assert {str(one.S): str(one.Ref[0].S) for one in found} == {"/Link": "/FENote", "/FENote": "/Link"}


@pytest.mark.parametrize(
    "body", [section(extra="<w:cols w:num='2'/>"), section(extra="<w:textDirection w:val='tbRl'/>")]
)
def test_where_pages_have_no_foot_notes_stand_at_the_end_and_that_is_told(body: str) -> None:
    drawn, made = _drawn(_file(_line("甲", 5) + p("乙", extra=_to("endnote", 2)) + p("本文の終わり"), {5: "注"}, body))
    assert "".join(page_texts(made)).endswith("文の終わり1注i末")
    assert "脚注（文書の最後にまとめて）" in drawn.plainer.found


def test_numbers_that_begin_anew_are_told() -> None:
    end = section(extra="<w:footnotePr><w:numRestart w:val='eachPage'/></w:footnotePr>")
    drawn, _ = _drawn(_file(_line("甲", 5), {5: "注"}, end))
    assert [*drawn.plainer.found] == ["ページやセクションごとに付け直す脚注の番号（通し番号で）"]


def test_a_table_in_a_note_stands_at_the_foot() -> None:
    held = f"注</w:t></w:r></w:p>{table([900], [row('表')])}<w:p><w:r><w:t>"
    assert _pages(_file(_line("甲", 1), {1: held})) == [["甲", "1", "1", "注", "表"]]
