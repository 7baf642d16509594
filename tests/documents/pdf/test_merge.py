"""PDFs of the other engine, bound into one."""

from __future__ import annotations

import pypdfium2

from pipeline.documents import pdf
from pipeline.documents.pdf.merge import merge
from tests.documents.docx.docx_files import docx, p


def test_an_empty_page_between_parts_says_so_as_in_our_own_book() -> None:
    info = pdf.PdfInfo("題", "市", empty="（余白）")
    parts = [pdf.PdfPart(docx(p("一")), "一", 1), pdf.PdfPart(docx(p("二")), "二", 3, blank_before=True)]
    made = [pdf.draw([pdf.PdfPart(part.data, part.name)], info) for part in parts]
    with pypdfium2.PdfDocument(merge(made, parts, info)) as bound, pypdfium2.PdfDocument(pdf.draw(parts, info)) as ours:
        for book in (bound, ours):
            assert [page.get_textpage().get_text_range() for page in book] == ["一", "（余白）", "二"]
            assert [book.get_page_label(number) for number in range(3)] == ["1", "2", "3"]
            assert len({page.get_size() for page in book}) == 1
