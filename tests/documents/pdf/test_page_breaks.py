"""Where the document itself begins a page: page breaks, and the ends of sections."""

from __future__ import annotations

import pytest

from pipeline.documents.docx.errors import Unsupported
from tests.documents.docx.docx_files import docx, p, r, section
from tests.documents.pdf.pages import laid_out, lines, page_of, texts
from tests.documents.pdf.test_flow import LINES, several

BREAK = "<w:r><w:br w:type='page'/></w:r>"


def test_page_breaks() -> None:
    body = p("一") + p("二", "<w:pageBreakBefore/>") + p("三", extra=f"<w:r><w:br w:type='page'/></w:r>{r('四')}")
    assert texts(docx(body)) == [["一"], ["二", "三"], ["四"]]


def test_a_paragraph_that_ends_in_a_page_break_leaves_no_empty_line() -> None:
    body = p("一", extra="<w:r><w:br w:type='page'/></w:r>") + p("二")
    one, two = laid_out(docx(body)).pages
    assert lines(two.boxes)[0].baseline == 20 + 12
    assert one.lines == two.lines == 1


def test_space_below_a_paragraph_that_ends_in_a_page_break_stays_behind() -> None:
    body = p("一", "<w:spacing w:after='400'/>", extra=BREAK) + p("二", "<w:spacing w:before='200'/>")
    assert lines(laid_out(docx(body)).pages[1].boxes)[0].baseline == 20 + 10 + 12


@pytest.mark.parametrize(("compat", "baselines"), [("", [32.0, 32.0]), ("<w:splitPgBreakAndParaMark/>", [47.0, 47.0])])
def test_the_mark_after_a_page_break_takes_a_line_where_the_document_says_so(
    compat: str, baselines: list[float]
) -> None:
    settings = f"<w:compat>{compat}</w:compat>"
    body = p("一", extra=BREAK) + p("二") + p(extra=BREAK) + p("三")
    pages = laid_out(docx(body, settings=settings)).pages
    assert [line.baseline for page in pages[1:] for line in lines(page.boxes)] == baselines


def test_a_page_break_that_opens_a_paragraph_takes_no_line_of_its_own() -> None:
    opened = p(extra="<w:bookmarkStart w:id='0' w:name='b'/><w:r><w:br w:type='page'/></w:r>" + r("次の頁"))
    assert [len(page) for page in texts(docx(several(LINES) + opened))] == [LINES, 1]


def test_a_page_break_at_the_top_of_a_page_leaves_it_empty() -> None:
    opened = p(extra=BREAK + r("次の頁"))
    assert texts(docx(opened)) == [[], ["次の頁"]]
    assert texts(docx(p("表紙", extra=BREAK) + opened)) == [["表紙"], [], ["次の頁"]]
    assert texts(docx(p("表紙", section()) + opened)) == [["表紙"], [], ["次の頁"]]


@pytest.mark.parametrize(
    "end",
    [p("一", extra=BREAK) + p("", section()), p("一") + p("", section(), extra=BREAK), p("一", section(), extra=BREAK)],
)
def test_a_page_break_before_the_end_of_a_section_leaves_no_empty_page(end: str) -> None:
    one, two = laid_out(docx(end + p("二"))).pages
    assert [line.text for page in (one, two) for line in lines(page.boxes)] == ["一", "二"]


def test_bookmarks_of_an_empty_end_of_a_section_are_kept() -> None:
    bookmark = "<w:bookmarkStart w:id='0' w:name='b'/><w:bookmarkEnd w:id='0'/>"
    body = p("一", extra=BREAK) + p("", section(), extra=bookmark) + p("二")
    assert [[anchor.name for anchor in page.anchors] for page in laid_out(docx(body)).pages] == [["b"], []]


def test_a_page_break_at_the_end_of_a_document_leaves_an_empty_page() -> None:
    assert texts(docx(p("一", extra=BREAK) + p())) == [["一"], []]


def test_a_section_may_hold_nothing() -> None:
    assert texts(docx("")) == [[]]


@pytest.mark.parametrize(("properties", "baseline"), [("<w:pageBreakBefore/>", 42.0), ("", 32.0)])
def test_space_above_counts_where_the_document_begins_the_page(properties: str, baseline: float) -> None:
    body = several(LINES) + p("次", properties + "<w:spacing w:before='200'/>")
    assert lines(laid_out(docx(body)).pages[1].boxes)[0].baseline == baseline


@pytest.mark.parametrize(("alignment", "first"), [("top", 32), ("center", 32 + 115), ("bottom", 32 + 230)])
def test_text_stands_at_the_top_in_the_middle_or_at_the_foot_of_its_page(alignment: str, first: float) -> None:
    end = section(extra=f"<w:vAlign w:val='{alignment}'/>")
    found = [line.baseline for line in lines(page_of(docx(p("前") + p("後"), end=end)).boxes)]
    assert found == [first, first + 15]


def test_pages_whose_text_fills_their_height_are_refused() -> None:
    with pytest.raises(Unsupported, match="縦方向の両端揃え"):
        laid_out(docx(p("前"), end=section(extra="<w:vAlign w:val='both'/>")))
