"""The borders of pages."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from tests.documents.docx.docx_files import docx, p, section
from tests.documents.pdf.pages import laid_out, rules

_SIDES = "".join(f"<w:{side} w:val='{{0}}' w:sz='8' w:space='10'/>" for side in ("top", "left", "bottom", "right"))


def bordered(attributes: str = "", kind: str = "single") -> bytes:
    borders = f"<w:pgBorders {attributes}>{_SIDES.format(kind)}</w:pgBorders>"
    return docx(p("一") + p("二", "<w:pageBreakBefore/>"), end=section(extra=borders))


@pytest.mark.parametrize(("attributes", "corner"), [("", (9.5, 9.5)), ("w:offsetFrom='page'", (10.5, 10.5))])
def test_lines_stand_outside_of_the_margins_or_within_the_paper(attributes: str, corner: tuple[float, float]) -> None:
    for page in laid_out(bordered(attributes)).pages:
        found = rules(page)
        assert (min(one.x1 for one in found), min(one.y1 for one in found)) == corner
        assert (max(one.x2 for one in found), max(one.y2 for one in found)) == (200 - corner[0], 300 - corner[1])


@pytest.mark.parametrize(("shown", "counts"), [("firstPage", [4, 0]), ("notFirstPage", [0, 4]), ("allPages", [4, 4])])
def test_they_are_on_the_pages_that_they_are_for(shown: str, counts: list[int]) -> None:
    assert [len(rules(page)) for page in laid_out(bordered(f"w:display='{shown}'")).pages] == counts


def test_rows_of_little_pictures_are_lines_in_a_pdf_alone() -> None:
    drawn = pdf.draw_document(bordered(kind="apples"), "通知.docx", is_alone=True)
    assert ["絵柄" in what for what in drawn.plainer.found] == [True]
