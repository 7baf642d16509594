"""How many pages a document has, said in its text."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx.errors import Unsupported
from tests.documents.docx.docx_files import cell, docx, p, r, row, table
from tests.documents.docx.shape_files import anchored, graphic
from tests.documents.pdf.pages import page_texts

PAGES = f"<w:fldSimple w:instr=' NUMPAGES '>{r('9')}</w:fldSimple>"
BREAK = p("", extra="<w:r><w:br w:type='page'/></w:r>")


def drawn(body: str) -> str:
    part = pdf.PdfPart(pdf.draw_document(docx(body), "送付書.docx", is_alone=True), "送付書.docx")
    made = pdf.draw([part], pdf.PdfInfo("送付書", ""))
    assert pdf.check([part], made) == ()
    return page_texts(made)[0]


@pytest.mark.parametrize(
    "body",
    [
        p("全", extra=PAGES + r("枚")),
        table([2000], [row(cell(p("全", extra=PAGES + r("枚"))))]) + p("後"),
        p("", extra=anchored(graphic("全")).replace("全</w:t></w:r>", f"全</w:t></w:r>{PAGES}{r('枚')}")),
    ],
)
def test_the_pages_of_a_document_are_counted_as_it_is_laid_out(body: str) -> None:
    assert "全1枚" in drawn(body)
    assert "全3枚" in drawn(body + BREAK * 2 + p("後"))


def test_the_number_of_a_page_in_its_text_and_the_pages_of_a_book_are_refused() -> None:
    with pytest.raises(Unsupported, match="以外のページ番号"):
        drawn(p("", extra=PAGES.replace("NUMPAGES", "PAGE")))
    with pytest.raises(Unsupported, match="以外のページ番号"):
        pdf.draw_document(docx(p("", extra=PAGES)), "表紙.docx")


def test_a_refusal_beside_it_is_told_alone() -> None:
    with pytest.raises(Unsupported) as caught:
        drawn(p("", extra=PAGES + "<w:r><w:subDoc/></w:r>"))
    assert "ページ番号" not in str(caught.value)
