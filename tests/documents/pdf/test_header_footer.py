"""Headers, footers and page numbers, and the pages that sections begin on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.tree import Paragraph
from pipeline.documents.pdf import PdfInfo, PdfPart, check, draw, draw_document, lay_out
from pipeline.documents.pdf.parts import number_pages
from tests.documents.docx.docx_files import Related, docx, element, p, r, row, section, table
from tests.documents.memory import Remembered
from tests.documents.pdf.pages import laid_out, lines, page_texts

HEADER = "<w:headerReference w:type='default' r:id='h'/>"
RELATED: Related = {"h": ("header", "h.xml")}
PAGE = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{}</w:instrText></w:r>"
PAGE += "<w:r><w:fldChar w:fldCharType='end'/></w:r>"


def pages_of(data: bytes) -> Sequence[str]:
    """Draw, check and read back."""
    part = PdfPart(laid_out(data), "x.docx")
    pdf = draw([part], PdfInfo("x", ""))
    assert check([part], pdf) == ()
    return page_texts(pdf)


def headed(header: str, body: str, extra: str = "") -> bytes:
    parts = {"h.xml": element("hdr", header)}
    return docx(body, end=section(extra=HEADER + extra), related=RELATED, parts=parts)


def test_a_table_in_a_header_is_drawn_on_every_page_and_makes_room() -> None:
    header = table([1500, 1500], [row("左の欄", "右の欄"), row("二段目", "")]) + p()
    data = headed(header, p("一") + p("二", "<w:pageBreakBefore/>"))
    assert pages_of(data) == ["左の欄右の欄二段目一", "左の欄右の欄二段目二"]
    baselines = [box.baseline for box in laid_out(data).pages[0].boxes if hasattr(box, "baseline")]
    assert baselines == [5 + 3 * 15 + 12]


def test_a_page_break_in_a_header_is_refused() -> None:
    with pytest.raises(Unsupported, match="改ページ"):
        laid_out(headed(p("x", extra="<w:r><w:br w:type='page'/></w:r>" + r("y")), p("本文")))


def test_each_document_is_told_what_is_refused_of_the_same_header() -> None:
    refused = p("x", extra="<w:r><w:br w:type='page'/></w:r>" + r("y"))
    for name in ("一つ", "二つ"):
        with pytest.raises(Unsupported) as caught:
            lay_out(read(headed(refused, p("本文")), name))
        assert caught.value.name == name


@pytest.mark.parametrize(
    ("code", "format_", "shown"),
    [
        ("PAGE", "", "1"),
        ("PAGE", "<w:pgNumType w:fmt='lowerRoman'/>", "i"),
        ("PAGE", "<w:pgNumType w:fmt='numberInDash' w:start='8'/>", "-8-"),
        ("PAGE \\* ROMAN", "<w:pgNumType w:start='4'/>", "IV"),
        ("NUMPAGES \\* MERGEFORMAT", "<w:pgNumType w:fmt='upperRoman'/>", "2"),
    ],
)
def test_formats_of_page_numbers(code: str, format_: str, shown: str) -> None:
    data = headed(p("頁", extra=PAGE.format(code)), p("一") + p("二", "<w:pageBreakBefore/>"), format_)
    assert pages_of(data)[0] == f"頁{shown}一"


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [("nextPage", [1, 2]), ("oddPage", [1, 2, 3]), ("evenPage", [1, 2])],
)
def test_sections_on_odd_and_even_pages(kind: str, numbers: list[int]) -> None:
    body = p("一", section()) + p("二")
    layout = laid_out(docx(body, end=section(extra=f"<w:type w:val='{kind}'/>")))
    sheets = list(number_pages([PdfPart(layout, "x")]))
    assert [sheet.number for sheet in sheets] == numbers
    assert [sheet.page is None for sheet in sheets] == [False] + [True] * (len(numbers) - 2) + [False]


def test_a_restart_on_an_odd_page_waits_for_the_next_leaf() -> None:
    end = section(extra="<w:type w:val='oddPage'/><w:pgNumType w:start='1'/>")
    for body in (p("一", section()) + p("二", section()) + p("三"), p("一", section()) + p("三")):
        layout = laid_out(docx(body, end=end))
        assert [sheet.number for sheet in number_pages([PdfPart(layout, "x")])] == [1, 2, 1]


def test_a_continuous_section_goes_on_on_the_same_page() -> None:
    same = "<w:type w:val='continuous'/>"
    assert pages_of(docx(p("一", section()) + p("二"), end=section(extra=same))) == ["一二"]
    assert pages_of(docx(p("一", section()) + p("二"), end=section(width=5000, extra=same))) == ["一", "二"]
    with pytest.raises(Unsupported, match="ページの途中でページ番号が変わる") as caught:
        laid_out(docx(p("一", section()) + p("二"), end=section(extra=f"{same}<w:pgNumType w:start='1'/>")))
    assert caught.value.near == "二"


def test_a_section_on_the_same_page_has_margins_of_its_own_and_headers_from_the_next_page_on() -> None:
    parts = {f"h{at}.xml": element("hdr", p(f"見出し{at}")) for at in (1, 2)}
    related = {f"h{at}": ("header", f"h{at}.xml") for at in (1, 2)}
    headed_by = "<w:headerReference r:id='h{}' w:type='default'/>"
    wide = section(extra=f"{headed_by.format(2)}<w:type w:val='continuous'/>").replace("w:left='400'", "w:left='1000'")
    body = p("一", section(extra=headed_by.format(1))) + "".join(p(f"行{at}") for at in range(25))
    first, second = laid_out(docx(body, end=wide, related=related, parts=parts)).pages
    places = {line.text: line.left for page in (first, second) for line in lines(page.boxes)}
    assert (places["一"], places["行0"], places["行24"]) == pytest.approx((20, 50, 50), abs=1)
    headers = [page.section.headers.default for page in (first, second)]
    assert [block.text for header in headers for block in header or () if isinstance(block, Paragraph)] == [
        "見出し1", "見出し2",
    ]  # fmt: skip


FRAME = "<w:framePr w:wrap='around' w:vAnchor='text' w:hAnchor='margin' w:xAlign='{}' w:y='1'/>"


@pytest.mark.parametrize(("side", "blocks"), [("right", "right"), ("center", "center")])
def test_a_page_number_in_a_frame_stands_on_the_line_of_the_empty_paragraph(side: str, blocks: str) -> None:
    number = PAGE.format("PAGE")
    framed = headed(p("", FRAME.format(side), extra=number) + p("", "<w:ind w:right='360'/>"), p("本文"))
    plain = headed(p("", f"<w:jc w:val='{blocks}'/>", extra=number), p("本文"))
    part, other = PdfPart(laid_out(framed), "x.docx"), PdfPart(laid_out(plain), "x.docx")
    assert draw([part], PdfInfo("x", "")) == draw([other], PdfInfo("x", ""))


def test_another_frame_stands_beside_the_text_behind_it() -> None:
    data = headed(p("1", FRAME.format("right")) + p("文字"), p("本文"))
    assert pages_of(data) == ["文字1本文"]


def test_a_frame_that_nothing_follows_is_refused() -> None:
    with pytest.raises(Unsupported, match="レイアウト枠"):
        laid_out(headed(p("1", "<w:framePr w:w='900'/>"), p("本文")))


def test_running_matter_is_drawn_again_where_its_source_a_number_or_the_count_of_pages_is_another() -> None:
    memory, header = Remembered(), p(extra=PAGE.format("PAGE") + PAGE.format("NUMPAGES"))
    sources = {text: headed(header, p(text)) for text in ("一", "二", "二二")}

    def anew(*texts: str, first: int = 1) -> int:
        """Draw parts with and without memory; give how many of them, of typefaces and of profiles were made anew."""
        own = [sources[text] for text in texts]
        parts = [PdfPart(draw_document(one, "a"), "a", first + n, source=one) for n, one in enumerate(own)]
        memory.anew = 0
        info = PdfInfo("", "")
        assert draw(parts, info, memory) == draw(parts, info)
        return memory.anew

    assert anew("一", "二") == 4
    assert anew("一", "二") == 0
    assert anew("一", "二", first=2) == 3
    assert anew("一", "二二", first=2) == 1
    assert anew("一", "二", "一") == 4
