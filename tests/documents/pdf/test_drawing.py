"""Several documents in one PDF: numbers, labels, links, outline, fonts, pictures, and the checks of it all."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zlib

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf import PdfPart, check, draw, draw_document
from tests.documents.docx.docx_files import PICTURE, cell, docx, element, p, picture, png, r, row, section, table
from tests.documents.pdf.pages import INFO, drawn, laid_out, page_texts
from tests.documents.pdf.tagged import marked_texts

BREAK = "<w:pageBreakBefore/>"
PAGE = "<w:fldSimple w:instr='PAGE'/>"
HEADING = "<w:outlineLvl w:val='0'/>"


def numbered(body: str, extra: str = "", kinds: tuple[str, ...] = ("default",), settings: str = "") -> bytes:
    """Return a document whose footers read ``<kind>-<page>/<pages>``."""
    total = "<w:fldSimple w:instr='NUMPAGES'/>"
    parts = {f"{k}.xml": element("ftr", p(f"{k}-", extra=PAGE + r("/") + total)) for k in kinds}
    references = "".join(f"<w:footerReference w:type='{k}' r:id='{k}'/>" for k in kinds)
    related = {k: ("footer", f"{k}.xml") for k in kinds}
    return docx(body, end=section(extra=references + extra), related=related, parts=parts, settings=settings)


def three() -> str:
    return p("一") + p("二", BREAK) + p("三", BREAK)


# -- numbers


def test_pages_are_numbered_through_all_parts() -> None:
    assert page_texts(drawn(numbered(three()), numbered(p("四")))) == [
        "default-1/4一", "default-2/4二", "default-3/4三", "default-4/4四",
    ]  # fmt: skip


def test_a_document_or_a_part_may_say_where_its_numbers_begin() -> None:
    data = numbered(p("x"), "<w:pgNumType w:start='6'/>")
    assert page_texts(drawn(data)) == ["default-6/1x"]
    assert page_texts(draw([PdfPart(data, "x", first_page=30)], INFO)) == ["default-30/1x"]


def test_first_and_even_pages_have_their_own() -> None:
    data = numbered(three(), "<w:titlePg/>", ("default", "first", "even"), "<w:evenAndOddHeaders/>")
    assert page_texts(drawn(data)) == ["first-1/3一", "even-2/3二", "default-3/3三"]
    assert page_texts(draw([PdfPart(data, "x", first_page=4)], INFO))[1:] == ["default-5/3二", "even-6/3三"]


def test_an_empty_page_is_put_before_a_part() -> None:
    data = numbered(p("x"))
    parts = [PdfPart(data, "a", 3), PdfPart(data, "b", blank_before=True)]
    assert page_texts(draw(parts, INFO)) == ["default-3/3x", "", "default-5/3x"]
    told = draw(parts, replace(INFO, empty="（余白）"))
    assert page_texts(told) == ["default-3/3x", "（余白）", "default-5/3x"]
    assert marked_texts(told)[1, -1] == "（余白）"  # an artifact, which nobody hears
    assert check(parts, told) == ()


def test_page_labels() -> None:
    parts = [PdfPart(docx(three()), "a", label="目次"), PdfPart(docx(p("x")), "b", first_page=1)]
    with pypdfium2.PdfDocument(draw(parts, INFO)) as document:
        assert [document.get_page_label(n) for n in range(4)] == ["目次", "目次2", "目次3", "1"]


# -- what the file says about itself


def test_title_language_and_outline() -> None:
    one = docx(p("第一章", HEADING) + p("一節", "<w:outlineLvl w:val='2'/>"))
    pdf = drawn(one, docx(p("第二章", HEADING)))
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_dict()["Title"] == "報告書"
        assert document.get_metadata_dict()["Author"] == "周南市"
        outline = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert outline == [(0, "第一章", 0), (1, "一節", 0), (0, "第二章", 1)]


def test_only_the_reports_typeface_as_subsets() -> None:
    pdf = drawn(docx(p("国A") + p("太", run="<w:b/>")))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {str(item.BaseFont) for item in document.objects if _is_font(item)}
    assert len(names) == 2
    assert all(re.fullmatch(r"/[A-Z]{6}\+BIZUDPGothic-(Regular|Bold)", name) for name in names)
    assert len(pdf) < 60_000


def _is_font(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item


def test_the_same_input_gives_the_same_bytes_on_any_day() -> None:
    code = (
        "import hashlib; from tests.documents.pdf.pages import drawn; "
        "from tests.documents.pdf.test_drawing import everything;"
        "print(hashlib.sha256(drawn(everything())).hexdigest())"
    )
    other = {**os.environ, "PYTHONHASHSEED": "1"}  # this process has one by chance
    there = subprocess.run([sys.executable, "-c", code], env=other, capture_output=True, check=True, text=True).stdout
    assert there.strip() == hashlib.sha256(drawn(everything())).hexdigest()


def everything() -> bytes:
    link = f"<w:bookmarkStart w:id='0' w:name='x'/><w:hyperlink w:anchor='x'>{r('戻る')}</w:hyperlink>"
    body = p("見出し", HEADING, extra=link) + table([1000, 1000], [row("a", "b")]) + p(extra=picture())
    return docx(body, related=PICTURE, parts={"media/image1.png": png()})


# -- links


def links(pdf: bytes) -> list[tuple[int, object]]:
    """Return the page of every link, with the page or the address that it leads to."""
    found: list[tuple[int, object]] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
                annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
                link = pdfium.FPDFAnnot_GetLink(annotation)
                target = pdfium.FPDFLink_GetDest(document.raw, link)
                found.append((number, pdfium.FPDFDest_GetDestPageIndex(document.raw, target) if target else "address"))
                pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def to(anchor: str) -> str:
    return f"<w:hyperlink w:anchor='{anchor}'>{r('ここへ')}</w:hyperlink>"


def marked(name: str) -> str:
    return f"<w:bookmarkStart w:id='0' w:name='{name}'/><w:bookmarkEnd w:id='0'/>"


def test_links_lead_to_other_parts() -> None:
    contents = docx(p(extra=to("sheet")) + p(extra=to("own")) + p("x", BREAK, extra=marked("own")))
    sheet = docx(p("表", extra=marked("sheet") + marked("own")))
    assert links(drawn(contents, sheet)) == [(0, 2), (0, 1)]


def test_a_link_out_is_an_address() -> None:
    body = p(extra=f"<w:hyperlink r:id='u'>{r('市の')}{r('案内', '<w:b/>')}</w:hyperlink>")
    pdf = drawn(docx(body, related={"u": ("hyperlink", "https://example.jp/a")}))
    assert links(pdf) == [(0, "address")]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (link,) = document.pages[0].Annots
        assert link.A.URI == "https://example.jp/a"


def test_a_link_to_nowhere_is_refused_in_a_book_and_plain_text_in_a_document() -> None:
    data = docx(p(extra=to("nowhere")))
    with pytest.raises(Unsupported, match="行き先のないリンク（nowhere）"):
        draw([PdfPart(data, "a.docx"), PdfPart(data, "b.docx")], INFO)
    with pikepdf.open(io.BytesIO(drawn(data))) as pdf:
        assert "/Annots" not in pdf.pages[0]


# -- pictures


def test_a_picture_is_embedded_once_and_as_it_is() -> None:
    body = p(extra=picture()) + p(extra=picture(alt="二度目"))
    pdf = drawn(docx(body, related=PICTURE, parts={"media/image1.png": png()}))
    assert pdf.count(b"/Subtype /Image") == 1
    assert b"/Indexed" in pdf
    assert png().split(b"IDAT")[1].split(b"IEND")[0][:10] in pdf


def test_transparency_is_kept_as_a_mask() -> None:
    pdf = drawn(docx(p(extra=picture()), related=PICTURE, parts={"media/image1.png": png("rgba")}))
    assert pdf.count(b"/Subtype /Image") == 2
    assert b"/SMask" in pdf


@pytest.mark.parametrize("broken", [png()[:-20], png("rgba")[:50], png().replace(b"PLTE", b"PLTX"), b"\xff\xd8\xff"])
def test_a_broken_picture_is_refused(broken: bytes) -> None:
    data = docx(p(extra=picture()), related=PICTURE, parts={"media/image1.png": broken})
    with pytest.raises(Unsupported, match="壊れた図"):
        drawn(data)


# -- checks


def checked(pdf: bytes, *documents: bytes) -> list[str]:
    return [finding.id for finding in check([PdfPart(d, f"{n}.docx") for n, d in enumerate(documents)], pdf)]


def test_a_good_pdf_has_no_findings() -> None:
    split = table([3000], [row("国語算数理科社会" * 45)])
    documents = [everything(), numbered(three()), docx(split), docx(p("国", "<w:jc w:val='both'/>") + p("あいう" * 90))]
    assert checked(drawn(*documents), *documents) == []


def test_lost_text_is_found() -> None:
    whole, lacking = docx(p("ある") + p("ない") + p("ある")), docx(p("ある") + p("ある") + p("ある"))
    assert checked(drawn(lacking), whole) == ["pdf-text-missing"]


def test_text_that_is_there_only_once_of_twice_is_found() -> None:
    assert checked(drawn(docx(p("同じ"))), docx(p("同じ") + p("同じ"))) == ["pdf-text-missing"]


def test_a_lost_header_is_found() -> None:
    found = check([PdfPart(numbered(p("x")), "帯.docx")], drawn(docx(p("x"))))
    assert {finding.id for finding in found} == {"pdf-header-missing"}
    assert {finding.name for finding in found} == {"帯.docx"}


def test_a_lost_page_is_found() -> None:
    assert checked(drawn(docx(p("一"))), docx(p("一") + p("二", BREAK))) == ["pdf-page-count", "pdf-text-missing"]


def test_lost_text_is_found_also_where_pages_break_elsewhere() -> None:
    whole, lacking = docx(p("一") + p("二", BREAK)), docx(p("一") + p("三", BREAK) + p("四", BREAK))
    assert checked(drawn(lacking), whole) == ["pdf-page-count", "pdf-text-missing"]
    assert checked(drawn(docx(p("一") + p("三", BREAK) + p("二", BREAK))), whole) == ["pdf-page-count"]


def test_a_lost_full_stop_is_told_apart_from_lost_text() -> None:
    whole = docx(p("目標は、達成。") + p("続ける。"))
    assert checked(drawn(docx(p("目標は、達成") + p("続ける。"))), whole) == ["pdf-mark-missing"]
    assert checked(drawn(docx(p("目標は、未達成") + p("続ける。"))), whole) == ["pdf-text-missing"]


def test_a_font_that_is_not_embedded_is_found() -> None:
    assert "pdf-font-not-embedded" in checked(_foreign_pdf(), docx(p("A")))


def _foreign_pdf() -> bytes:
    content = b"BT /F 12 Tf 20 20 Td (A) Tj ET"
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>",
        b"<</Length %d /Filter /FlateDecode>>stream\n%s\nendstream"
        % (len(zlib.compress(content)), zlib.compress(content)),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R /Size 6>>\n%%EOF"


def test_layouts_may_stand_for_documents() -> None:
    data = everything()
    assert draw([PdfPart(laid_out(data), "試験.docx")], INFO) == draw([PdfPart(data, "試験.docx")], INFO)


def test_all_that_cannot_be_drawn_is_told_at_once_whoever_finds_it() -> None:
    crowded = cell(
        p("物", extra="<w:r><w:object/></w:r><m:oMath><m:phant/></m:oMath>") + table([100], [row("内𝄢")]) + p("𝄞")
    )
    upright = cell(p("縦"), "<w:textDirection w:val='btLr'/>")
    body = (
        p("図と注", "<w:bidi/>", extra="<w:r><w:pict/></w:r><w:r><w:footnoteReference w:id='1'/></w:r>")
        + table([1000, 1000], [row(crowded, upright)])
        + p("書体と", extra=r("𛀁") + r("𐀀"))
    )
    parts = {"header.xml": element("hdr", p("頭", extra=r("𓀀")))}
    end = section(extra="<w:headerReference r:id='h'/><w:cols w:num='2'/><w:lnNumType w:countBy='1'/>")
    data = docx(body, end=end, related={"h": ("header", "header.xml")}, parts=parts, settings="<w:mirrorMargins/>")
    with pytest.raises(Unsupported) as caught:
        draw_document(data, "x.docx")
    found = {one.construct: one.near for one in (caught.value, *caught.value.others)}
    assert found.pop("左右のページで入れ替わる余白")
    assert {construct.partition("（U+")[0]: near for construct, near in found.items()} == {
        "右から左への段落": "図と注", "図形（古い形式）": "図と注", "脚注": "図と注",
        "埋め込みオブジェクト": "物", "数式の中の「ファントム」": "物", "書体にない文字「𝄢」": "内𝄢",
        "左や下から始まるセルの縦書き": "縦",
        "書体にない文字「𝄞」": "𝄞", "行番号": "書体と𛀁𐀀",
        "書体にない文字「𓀀」": "頭𓀀", "書体にない文字「𛀁」": "書体と𛀁𐀀", "書体にない文字「𐀀」": "書体と𛀁𐀀",
    }  # fmt: skip


def test_no_more_is_told_at_once_than_a_person_reads() -> None:
    letters = "".join(map(chr, range(0x3400, 0x3600)))
    with pytest.raises(Unsupported) as caught:
        draw_document(docx(p(letters)), "x.docx")
    assert len(caught.value.others) == 19


def test_a_picture_in_a_line_of_exact_height_is_clipped_at_the_lines_top() -> None:
    """As in Word; it would cover the lines above."""
    exact = "<w:spacing w:line='200' w:lineRule='exact'/>"
    whole = p("", "<w:spacing w:line='240' w:lineRule='auto'/>", extra=picture())
    marks = operators_of(docx(p("上") + p("", exact, extra=picture()), related=PICTURE, parts=IMAGE))
    assert re.search(r"q\n20\.000 257\.000 40\.000 8\.000 re W n", marks)
    assert "re W n" not in operators_of(docx(whole, related=PICTURE, parts=IMAGE))


def test_the_space_after_wide_characters_is_not_widened_with_them() -> None:
    wide = "<w:w w:val='200'/><w:spacing w:val='40'/>"
    marks = operators_of(docx(p("国国", run=wide)))
    assert "1.000 Tc" in marks and "2 0 0 1 20.000" in marks


IMAGE = {"media/image1.png": png()}


def operators_of(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(drawn(data))) as document:
        return document.pages[0].Contents.read_bytes().decode("latin-1")
