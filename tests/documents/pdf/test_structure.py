"""The structure tree of drawn documents: what no validator knows, because only the document tells what is right."""

from __future__ import annotations

import io
import sys

import pikepdf
import pytest
from pikepdf import Operator

from pipeline.documents.pdf import PdfInfo, PdfPart, draw
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.structure import Structure
from pipeline.documents.standard import Standard
from tests.documents.docx.docx_files import PICTURE, cell, docx, element, p, picture, png, r, row, section, table
from tests.documents.pdf.pages import INFO, drawn
from tests.documents.pdf.tagged import Tag, headers_of, marked_texts, tree

HEAD = "<w:tblHeader/>"
CAPTION = "<w:style w:type='paragraph' w:styleId='C'><w:name w:val='caption'/></w:style>"
BULLET = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='・'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


def look(first_row: int, first_column: int) -> str:
    return f"<w:tblLook w:val='0000' w:firstRow='{first_row}' w:firstColumn='{first_column}'/>"


def heading(text: str, level: int) -> str:
    return p(text, f"<w:outlineLvl w:val='{level - 1}'/>")


NUMBERED = "<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"


def item(text: str, level: int = 0) -> str:
    return p(text, NUMBERED.format(level=level))


def part_of(data: bytes) -> Tag:
    """Return the structure of a PDF's only document."""
    (part,) = tree(drawn(data)).kids
    assert part.name == "Part"
    return part


def cells(tag: Tag) -> list[list[tuple[str, ...]]]:
    """Return a table's cells, row by row: tag, text, and a header's scope."""
    return [
        [(c.name, c.content, *([str(c.attributes["Scope"])] if c.name == "TH" else [])) for c in line.kids]
        for line in tag.all("TR")
    ]


def test_a_page_that_a_table_goes_on_over_costs_no_call_for_each_of_its_cells() -> None:
    structure, top = Structure(), Node("table")
    rows = [Node("row", top) for _ in range(9)]
    structure.open_page([[top, *rows, *(Node("cell", row) for row in rows)]], ())
    seen: list[object] = []
    sys.setprofile(lambda *call: seen.append(call))
    try:
        structure.open_page((), ())
    finally:
        sys.setprofile(None)
    assert len(seen) < 9


# -- text


def test_headings_open_sections_and_never_skip_a_level() -> None:
    body = p("前") + heading("一", 1) + p("a") + heading("二", 3) + p("b") + heading("三", 1) + p("c")
    assert part_of(docx(body)).outline() == (
        "Part",
        ("P", "前"),
        ("Sect", ("H1", "一"), ("P", "a"), ("Sect", ("H2", "二"), ("P", "b"))),
        ("Sect", ("H1", "三"), ("P", "c")),
    )


def test_every_document_is_a_part() -> None:
    found = tree(drawn(docx(heading("一", 1)), docx(p("二"))))
    assert found.outline() == ("Document", ("Part", ("Sect", ("H1", "一"))), ("Part", ("P", "二")))


def test_lists_nest_and_say_how_they_are_numbered() -> None:
    part = part_of(docx(item("甲") + item("子", 1) + item("丑", 1) + item("乙") + p("後"), numbering=BULLET))
    inner = ("L", ("LI", ("Lbl", "1."), ("LBody", "子")), ("LI", ("Lbl", "2."), ("LBody", "丑")))
    assert part.outline() == (
        "Part",
        ("L", ("LI", ("Lbl", "・"), ("LBody", "甲", inner)), ("LI", ("Lbl", "・"), ("LBody", "乙"))),
        ("P", "後"),
    )
    assert [tag.attributes["ListNumbering"] for tag in part.all("L")] == ["Disc", "Decimal"]


def test_items_that_go_to_the_next_page_keep_their_labels() -> None:
    items = "".join(item(f"項{number}") for number in range(40))
    found = part_of(docx(items, numbering=BULLET)).all("LI")
    assert [[kid.text for kid in each.kids] for each in found] == [["・", f"項{number}"] for number in range(40)]


def test_an_inner_item_goes_on_over_a_page_after_the_items_that_hold_it() -> None:
    (outer,) = part_of(docx(item("甲") + item("子", 1) + item("丑" * 400, 1), numbering=BULLET)).kids
    assert outer.content == "・甲1.子2." + "丑" * 400


def test_what_stands_in_an_item_comes_before_the_items_within() -> None:
    link = f'<w:hyperlink w:anchor="x">{r("案内")}</w:hyperlink>'
    linked = p("甲", NUMBERED.format(level=0), extra=link + r("乙"))
    (outer,) = part_of(docx(linked + item("子", 1), numbering=BULLET)).kids
    assert outer.content == "・甲案内乙1.子"


def test_a_paragraph_over_two_pages_is_one() -> None:
    (paragraph,) = part_of(docx(p("国" * 400))).kids
    assert (paragraph.text, sorted(set(paragraph.pages))) == ("国" * 400, [0, 1])


def test_empty_paragraphs_are_silent() -> None:
    assert part_of(docx(p() + p("一") + p())).outline() == ("Part", ("P", "一"))


# -- links


def test_lines_of_the_contents_are_links() -> None:
    line = f"<w:hyperlink w:anchor='x'>{r('第一章')}<w:r><w:tab/></w:r>{r('1')}</w:hyperlink>"
    mark = "<w:bookmarkStart w:id='0' w:name='x'/>"
    leader = "<w:tabs><w:tab w:val='right' w:leader='dot' w:pos='3000'/></w:tabs>"
    part = part_of(docx(p(properties=leader, extra=line) * 2 + p("本文", extra=mark)))
    entry = ("TOCI", ("Reference", ("Link", "第一章1")))
    assert part.outline() == ("Part", ("TOC", entry, entry), ("P", "本文"))
    assert [tag.links for tag in part.all("Link")] == [["第一章 1"]] * 2


def test_a_link_over_two_lines_is_one_with_two_areas() -> None:
    link = f"<w:hyperlink r:id='u'>{r('案内' * 15)}</w:hyperlink>"
    data = docx(p("前", extra=link + r("後")), related={"u": ("hyperlink", "https://example.jp/a")})
    (paragraph,) = part_of(data).kids
    (found,) = paragraph.kids
    assert (found.text, len(found.links)) == ("案内" * 15, 2)
    assert set(found.links) == {"案内" * 15 + " https://example.jp/a"}


def test_the_same_link_twice_is_read_twice_in_its_place() -> None:
    link = f"<w:hyperlink r:id='u'>{r('市')}</w:hyperlink>"
    data = docx(p("甲", extra=link + r("乙") + link), related={"u": ("hyperlink", "https://example.jp")})
    (paragraph,) = part_of(data).kids
    assert [kid.content for kid in paragraph.kids] == ["市", "市"]


def test_a_link_in_a_footer_is_a_link_without_being_read() -> None:
    footer = element("ftr", p(extra=f"<w:hyperlink w:anchor='x'>{r('先頭へ')}</w:hyperlink>"))
    body = p("本文", extra="<w:bookmarkStart w:id='0' w:name='x'/>")
    end = section(extra="<w:footerReference w:type='default' r:id='f'/>")
    part = part_of(docx(body, end=end, related={"f": ("footer", "f.xml")}, parts={"f.xml": footer}))
    assert part.outline() == ("Part", ("P", "本文"), ("Link",))
    assert part.kids[1].links == ["先頭へ"]


# -- pictures


def test_a_picture_has_words_and_a_place() -> None:
    high = "<w:spacing w:line='240' w:lineRule='auto'/>"
    (figure,) = part_of(docx(p("", high, extra=picture()), related=PICTURE, parts={"media/image1.png": png()})).kids
    assert (figure.name, figure.alt, figure.attributes["Placement"]) == ("Figure", "図の説明", "Block")
    box = figure.attributes["BBox"]
    assert isinstance(box, list)
    assert [float(str(edge)) for edge in box] == [20.0, 260.0, 60.0, 280.0]


def test_pictures_in_one_paragraph_have_their_own_words() -> None:
    body = p("前", extra=picture(alt="一") + r("中") + picture(alt="二"))
    (paragraph,) = part_of(docx(body, related=PICTURE, parts={"media/image1.png": png()})).kids
    assert (paragraph.name, [figure.alt for figure in paragraph.kids]) == ("P", ["一", "二"])


def test_no_claim_of_accessibility_where_a_picture_has_no_words() -> None:
    parts = {"media/image1.png": png()}
    told, untold = (drawn(docx(p(extra=picture(alt=alt)), related=PICTURE, parts=parts)) for alt in ("図", ""))
    assert b"pdfuaid:part" in metadata(told)
    assert b"pdfuaid:part" not in metadata(untold)


def metadata(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.Metadata.read_bytes()


# -- tables


def test_header_rows_head_columns() -> None:
    rows = [row("年度", "件数", properties=HEAD), row("R2", "90")]
    (found,) = part_of(docx(table([1000, 1000], rows, "<w:tblCaption w:val='件数の表'/>"))).kids
    assert found.attributes["Summary"] == "件数の表"
    assert cells(found) == [[("TH", "年度", "Column"), ("TH", "件数", "Column")], [("TD", "R2"), ("TD", "90")]]


@pytest.mark.parametrize("said", [look(1, 0), "<w:tblLook w:val='0020'/>"])
def test_a_first_row_may_be_said_to_be_a_header(said: str) -> None:
    (found,) = part_of(docx(table([1000, 1000], [row("年度", "件数"), row("R2", "90")], said))).kids
    assert [name for name, *_ in cells(found)[0]] == ["TH", "TH"]


def test_a_first_column_may_be_said_to_be_a_header() -> None:
    rows = [row("年度", "件数", properties=HEAD), row("R2", "90"), row("", "100")]
    (found,) = part_of(docx(table([1000, 1000], rows, look(1, 1)))).kids
    assert cells(found)[1:] == [[("TH", "R2", "Row"), ("TD", "90")], [("TD", ""), ("TD", "100")]]


def test_as_many_columns_head_rows_as_tell_them_apart() -> None:
    start, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        row("指標", "区分", "R2", "達成率", properties=HEAD),
        row(cell(p("件数"), start), "目標", "78", cell(p("115%"), start)),
        row(cell(p(), on), "実績", "90", cell(p(), on)),
    ]
    data = docx(table([1000, 600, 600, 600], rows, look(1, 1)))
    (found,) = part_of(data).kids
    assert cells(found)[1:] == [
        [("TH", "件数", "Row"), ("TH", "目標", "Row"), ("TD", "78"), ("TD", "115%")],
        [("TH", "実績", "Row"), ("TD", "90")],
    ]
    assert found.all("TH")[4].attributes["RowSpan"] == 2
    named = headers_of(drawn(data))
    assert named == {"78": ["R2", "件数", "目標"], "90": ["R2", "件数", "実績"], "115%": ["達成率", "件数"]}


def test_rows_that_only_go_on_are_no_rows() -> None:
    start, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        row("甲", "乙", properties=HEAD),
        row(cell(p("一"), start), cell(p("二"), start)),
        row(cell(p(), on), cell(p(), on)),
        row(cell(p(), on), "三"),
    ]
    (found,) = part_of(docx(table([1000, 1000], rows))).kids
    assert cells(found)[1:] == [[("TD", "一"), ("TD", "二")], [("TD", "三")]]
    assert [cell.attributes.get("RowSpan") for cell in found.all("TD")] == [2, None, None]


def test_figures_do_not_head_rows() -> None:
    rows = [row("課", "件", "円", properties=HEAD), row("甲", "3", "5"), row("甲", "4", "6")]
    (found,) = part_of(docx(table([1000, 600, 600], rows, look(1, 1)))).kids
    assert cells(found)[1] == [("TH", "甲", "Row"), ("TD", "3"), ("TD", "5")]


def test_a_row_of_one_cell_heads_the_rows_below_it() -> None:
    wide = "<w:gridSpan w:val='2'/>"
    rows = [
        row("指標", "実績", properties=HEAD),
        row(cell(p("目標1"), wide)), row("件数", "90"),
        row(cell(p("目標2"), wide)), row("人数", "85"),
    ]  # fmt: skip
    data = docx(table([1000, 1000], rows, look(1, 1)))
    (found,) = part_of(data).kids
    assert cells(found)[1] == [("TH", "目標1", "Column")]
    assert found.all("TH")[2].attributes["ColSpan"] == 2
    assert headers_of(drawn(data)) == {"90": ["実績", "目標1", "件数"], "85": ["実績", "目標2", "人数"]}


def test_a_table_over_two_pages_is_one_with_one_header() -> None:
    rows = [row("見出し", "値", properties=HEAD), *(row(f"行{n}", cell(p("字" * 60))) for n in range(12))]
    data = docx(table([1000, 1000], rows, look(1, 1)))
    (found,) = part_of(data).kids
    assert [line.kids[0].content for line in found.all("TR")] == ["見出し", *(f"行{n}" for n in range(12))]
    assert len({page for tag in found.walk() for page in tag.pages}) > 2
    assert "見出し値" in marked_texts(drawn(data))[1, -1]


def test_a_split_row_is_one() -> None:
    rows = [row(cell(p("左" * 200)), cell(p("右" * 300)))]
    (found,) = part_of(docx(table([1600, 1600], rows, look(0, 1)))).kids
    assert cells(found) == [[("TH", "左" * 200, "Row"), ("TD", "右" * 300)]]


def test_cells_with_several_paragraphs_keep_them() -> None:
    rows = [row("頭", "値", properties=HEAD), row(cell(p("一") + item("二")), "三")]
    part = part_of(docx(table([1000, 1000], rows), numbering=BULLET))
    first = part.all("TD")[0]
    assert first.outline() == ("TD", ("P", "一"), ("L", ("LI", ("Lbl", "・"), ("LBody", "二"))))


def test_a_table_without_headers_is_read_group_by_group() -> None:
    caption = "<w:pStyle w:val='C'/>"
    rows = [
        row(cell(p("図1", caption)), cell(p("図2", caption))),
        row(cell(p(extra=picture(alt="一"))), cell(p(extra=picture(alt="二")))),
        row("左", "右"),
    ]
    data = docx(
        table([1600, 1600], rows, look(0, 0)), styles=CAPTION, related=PICTURE, parts={"media/image1.png": png()}
    )
    assert part_of(data).outline() == (
        "Part",
        ("Div", ("Caption", "図1"), ("Figure",)),
        ("Div", ("Caption", "図2"), ("Figure",)),
        ("Div", ("P", "左")),
        ("Div", ("P", "右")),
    )


# -- artifacts, and the way back


def everything() -> bytes:
    header = element("hdr", p("題名", "<w:pBdr><w:bottom w:val='single' w:sz='4'/></w:pBdr>"))
    under = "<w:u w:val='single'/>"
    link = f"<w:hyperlink w:anchor='x'>{r('戻る', under)}</w:hyperlink>"
    tile = "<w:bdr w:val='single' w:sz='4'/><w:shd w:val='clear' w:fill='E8EEFB'/>"
    rows = [row("頭", "値", properties=HEAD), *(row(f"行{n}", "9") for n in range(30))]
    body = (
        heading("見出し", 1) + p("札", run=tile, extra=link + "<w:bookmarkStart w:id='0' w:name='x'/>") + item("項")
        + table([1000, 1000], rows, look(1, 1)) + p(extra=picture())
    )  # fmt: skip
    end = section(extra="<w:headerReference w:type='default' r:id='h'/>")
    return docx(
        body, end=end, numbering=BULLET, related={**PICTURE, "h": ("header", "h.xml")},
        parts={"h.xml": header, "media/image1.png": png()},
    )  # fmt: skip


def test_running_matter_is_not_read() -> None:
    assert "題名" not in part_of(everything()).content
    assert all("題名" in text for (_, number), text in marked_texts(drawn(everything())).items() if number == -1)


def test_everything_on_paper_is_marked_and_finds_its_element() -> None:
    with pikepdf.open(io.BytesIO(drawn(everything()))) as document:
        pairs = list(document.Root.StructTreeRoot.ParentTree.Nums)
        parents = {int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
        for page in document.pages:
            tags = check_marks(page)
            owners = parents[int(page.StructParents)]
            assert [str(owner.S) for owner in owners] == [tags[number] for number in range(len(tags))]
            links = [str(parents[int(annotation.StructParent)].S) for annotation in page.get("/Annots", [])]
            assert set(links) <= {"/Link"}


def check_marks(page: pikepdf.Page) -> dict[int, str]:
    """Hold every operator that paints to a mark; give the marks' tags by number."""
    tags: dict[int, str] = {}
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if operator in (Operator("BDC"), Operator("BMC")):
            assert depth == 0
            depth += 1
            if operands[0] != pikepdf.Name.Artifact:
                assert int(operands[1].MCID) == len(tags)
                tags[len(tags)] = str(operands[0])
        elif operator == Operator("EMC"):
            depth -= 1
        elif str(operator) in ("Tj", "TJ", "S", "f", "f*", "B", "Do", "s", "b"):
            assert depth == 1, operator
    assert depth == 0
    return tags


def test_a_layout_may_be_drawn_twice() -> None:
    part = PdfPart(everything(), "x")
    first, second = tree(draw([part, part], PdfInfo(INFO.title, INFO.author))).kids
    assert first.outline() == second.outline()


# -- captions, and what leads elsewhere


def caption(text: str) -> str:
    return p(text, "<w:pStyle w:val='C'/>")


def with_picture(body: str) -> bytes:
    return docx(body, styles=CAPTION, related=PICTURE, parts={"media/image1.png": png()})


def test_a_caption_is_the_first_or_the_last_of_what_it_describes() -> None:
    body = caption("表1") + table([1000], [row("a"), row("b")], look(1, 0)) + p("文", extra=picture())
    body += p("", extra=picture()) + caption("図1") + caption("図2") + p("", extra=picture()) + caption("孤")
    assert part_of(with_picture(body)).outline() == (
        "Part",
        ("Table", ("Caption", "表1"), ("TR", ("TH", "a")), ("TR", ("TD", "b"))),
        ("P", "文", ("Figure",)),
        ("Figure", ("Caption", "図1")),
        ("Figure", ("Caption", "図2")),
        ("P", "孤"),
    )


def test_what_is_drawn_first_is_read_first() -> None:
    below, above = (
        with_picture(p("", extra=picture()) + caption("図")),
        with_picture(caption("図") + p("", extra=picture())),
    )
    kinds = [[isinstance(part, Tag) for part in part_of(data).kids[0].inner] for data in (below, above)]
    assert kinds == [[False, True], [True, False]]


def leading(standard: Standard) -> pikepdf.Pdf:
    """Return a document of contents with a line that leads to a bookmark in the next."""
    line = r("一") + "<w:r><w:tab/></w:r>" + r("2")
    contents = p("", extra=f"<w:hyperlink w:anchor='x'>{line}</w:hyperlink>")
    mark = "<w:bookmarkStart w:id='1' w:name='x'/><w:bookmarkEnd w:id='1'/>"
    parts = [PdfPart(docx(body), "x") for body in (contents, p("一", "<w:outlineLvl w:val='0'/>", extra=mark))]
    return pikepdf.open(io.BytesIO(draw(parts, PdfInfo("題", "", standard=standard))))


def test_in_a_newer_pdf_whatever_leads_to_a_place_names_its_element() -> None:
    with leading(Standard.UA2) as pdf:
        part, other = pdf.Root.StructTreeRoot.K.K
        heading, line = other.K[0].K, part.K[0].K
        assert heading.S == "/H1"
        assert line.S == "/TOCI"
        assert [one.objgen for one in line.Ref] == [heading.objgen]
        link, item = pdf.pages[0].Annots[0], pdf.Root.Outlines.First
        assert [one.A.SD[0].objgen for one in (link, item)] == [heading.objgen, heading.objgen]
        assert [one.A.D[0].objgen for one in (link, item)] == [pdf.pages[1].objgen, pdf.pages[1].objgen]
    with leading(Standard.UA1) as pdf:
        assert "/Ref" not in pdf.Root.StructTreeRoot.K.K[0].K[0].K
        assert pdf.pages[0].Annots[0].Dest[0].objgen == pdf.pages[1].objgen


# -- kinds of lists, and languages

ROMAN = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{}'/>"
    "<w:lvlText w:val='{}'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("upperRoman", "%1.", "UpperRoman"),
        ("lowerRoman", "(%1)", "LowerRoman"),
        ("upperLetter", "%1", "UpperAlpha"),
        ("lowerLetter", "第%1", "LowerAlpha"),
        ("decimalFullWidth", "%1", "Decimal"),
        ("bullet", "○", "Circle"),
        ("bullet", "■", "Square"),
        ("bullet", "・", "Disc"),
    ],
)
def test_a_list_tells_how_it_is_numbered(written: str, text: str, kind: str) -> None:
    (found,) = part_of(docx(item("甲") + item("乙"), numbering=ROMAN.format(written, text))).all("L")
    assert found.attributes["ListNumbering"] == kind


def languages(data: bytes) -> list[tuple[str, str]]:
    """Return the words that have a language of their own, each with it."""
    with pikepdf.open(io.BytesIO(drawn(data))) as pdf:
        said = [
            str(item.Lang) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Span"
        ]
    return list(zip([tag.content for tag in part_of(data).all("Span")], said, strict=True))


def test_foreign_words_tell_their_language() -> None:
    english = r("市はCity 21 of Akaneと呼ぶ", "<w:lang w:val='en-GB' w:eastAsia='ja-JP'/>")
    chinese = r("光明日", "<w:lang w:eastAsia='zh-CN'/>")
    found = languages(docx(p("前", extra=english + r("後") + chinese)))
    assert found == [("City21ofAkane", "en-GB"), ("光明日", "zh-CN")]


def test_words_without_a_language_of_their_own_have_none() -> None:
    base = (
        "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:rPr><w:lang w:val='en-US'/></w:rPr></w:style>"
    )
    japanese = (
        r("ABC", "<w:lang w:val='ja-JP'/>") + r("DEF", "<w:lang w:val='x-none'/>") + r("12", "<w:lang w:val='en-US'/>")
    )
    assert languages(docx(p("KPI", extra=japanese), styles=base)) == []


def test_a_link_in_another_language_is_still_one_link() -> None:
    inner = r("City hall", "<w:lang w:val='en-US'/>")
    linked = p("", extra=f"<w:hyperlink r:id='u'>{r('案内')}{inner}</w:hyperlink>")
    data = docx(linked, related={"u": ("hyperlink", "https://example.jp/")})
    (link,) = part_of(data).all("Link")
    assert (link.content, link.links) == ("案内Cityhall", ["案内City hall https://example.jp/"])
