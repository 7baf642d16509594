"""Footnotes and endnotes."""

from __future__ import annotations

from pipeline.documents import pdf
from tests.documents.docx.docx_files import docx, element, p, r
from tests.documents.pdf.pages import page_texts

_MARK = "<w:vertAlign w:val='superscript'/>"


def _note(kind: str, number: int, text: str) -> str:
    mark = f"<w:r><w:rPr>{_MARK}</w:rPr><w:{kind}Ref/></w:r>"
    return f"<w:{kind} w:id='{number}'>{p('', extra=mark + r(text))}</w:{kind}>"


def _to(kind: str, number: int) -> str:
    return f"<w:r><w:rPr>{_MARK}</w:rPr><w:{kind}Reference w:id='{number}'/></w:r>"


def test_notes_stand_at_the_end_with_their_numbers_and_links() -> None:
    body = p("甲", extra=_to("footnote", 5)) + p("乙", extra=_to("endnote", 2) + _to("footnote", 3)) + p("本文の終わり")
    parts = {
        "footnotes.xml": element("footnotes", _note("footnote", 3, "二つ目の注") + _note("footnote", 5, "一つ目の注")),
        "endnotes.xml": element("endnotes", _note("endnote", 2, "文末の注")),
    }
    data = docx(body, related={k: (f"{k}s", f"{k}s.xml") for k in ("footnote", "endnote")}, parts=parts)
    part = pdf.PdfPart(drawn := pdf.draw_document(data, "計画.docx", is_alone=True), "計画.docx")
    made = pdf.draw([part], pdf.PdfInfo("計画", ""))
    (text,) = page_texts(made)
    assert text == "甲1乙i2本文の終わり1一つ目の注2二つ目の注i文末の注"
    assert pdf.check([part], made) == ()
    assert [*drawn.plainer.found] == ["脚注（文書の最後にまとめて）"]
    assert len(drawn.areas) == 3
