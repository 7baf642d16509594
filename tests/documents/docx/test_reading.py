"""What a document says comes out of the tree, resolved."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from docx.shared import Pt

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.formats import Border, LineSpacing, TabStop
from pipeline.documents.docx.markup import W, parse
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Bookmark, Document, Link, PageField, Paragraph, Picture, Table, Text
from tests.documents.docx.docx_files import PICTURE, cell, docx, element, p, picture, png, r, row, section, table

STYLES = (
    "<w:style w:type='paragraph' w:styleId='Base'><w:name w:val='本文'/><w:basedOn w:val='Normal'/>"
    "<w:pPr><w:keepNext/><w:spacing w:before='100'/><w:tabs><w:tab w:val='left' w:pos='200'/>"
    "<w:tab w:val='right' w:leader='dot' w:pos='400'/></w:tabs></w:pPr>"
    "<w:rPr><w:b/><w:sz w:val='30'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Leaf'><w:name w:val='葉'/><w:basedOn w:val='Base'/>"
    "<w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:rPr><w:color w:val='0017c1'/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Strong'><w:name w:val='強調'/>"
    "<w:rPr><w:b/><w:u w:val='single'/></w:rPr></w:style>"
)


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.sections[0].blocks if isinstance(block, Paragraph)]


def first(body: str, **options: object) -> Paragraph:
    return paragraphs(read(docx(body, **options), "x.docx"))[0]  # type: ignore[arg-type]


def test_styles_inherit_and_direct_formatting_wins() -> None:
    direct = "<w:pStyle w:val='Leaf'/><w:keepNext w:val='0'/><w:spacing w:after='40'/>"
    paragraph = first(p("文字", direct, "<w:sz w:val='18'/>"), styles=STYLES)
    format_ = paragraph.format
    assert (format_.before, format_.after, format_.keep_next, format_.outline_level) == (5.0, 2.0, False, 1)
    assert format_.line == LineSpacing("exact", 15.0)
    run = paragraph.content[0]
    assert isinstance(run, Text)
    assert (run.format.size, run.format.bold, run.format.color) == (9.0, True, "0017C1")


def test_what_is_written_alike_is_read_once_and_holds_wherever_it_stands() -> None:
    alike = p("文字", "<w:pStyle w:val='Leaf'/>", "<w:sz w:val='18'/>")
    one, two = paragraphs(read(docx(alike * 2, styles=STYLES), "x.docx"))
    assert one == two
    assert one.format is two.format
    filled = cell(p("甲"), "<w:shd w:val='clear' w:fill='FFFF00'/>")
    (held,) = read(docx(table([200, 200], [row(filled, filled)])), "x.docx").sections[0].blocks
    assert isinstance(held, Table)
    assert [(made.column, made.shading) for made in held.rows[0].cells] == [(0, "FFFF00"), (1, "FFFF00")]


def test_of_several_default_styles_the_last_counts() -> None:
    other = "<w:style w:type='paragraph' w:default='1' w:styleId='O'><w:name w:val='別'/></w:style>"
    assert first(p("文字"), styles=other).style == "O"


def test_character_style_toggles_bold() -> None:
    paragraph = first(p("文字", "<w:pStyle w:val='Base'/>", "<w:rStyle w:val='Strong'/>"), styles=STYLES)
    run = paragraph.content[0]
    assert isinstance(run, Text)
    assert not run.format.bold
    assert run.format.underline


def test_the_marker_counts_on_text_and_in_styles_of_paragraphs_not_of_text() -> None:
    styles = "".join(
        f"<w:style w:type='{kind}' w:styleId='{kind}'><w:rPr><w:highlight w:val='yellow'/></w:rPr></w:style>"
        for kind in ("paragraph", "character")
    )
    (marked,) = first(p("文字", "<w:pStyle w:val='paragraph'/>"), styles=styles).content
    (plain,) = first(p("文字", run="<w:rStyle w:val='character'/>"), styles=styles).content
    assert isinstance(marked, Text) and isinstance(plain, Text)
    assert (marked.format.shading, plain.format.shading) == ("FFFF00", None)


def test_cells_and_rows_look_as_their_table_style_says_unless_they_say_themselves() -> None:
    said = "<w:shd w:val='clear' w:fill='365F91'/><w:vAlign w:val='center'/>"
    style = (
        "<w:style w:type='table' w:styleId='B'><w:name w:val='基'/>"
        f"<w:trPr><w:cantSplit/></w:trPr><w:tcPr>{said}</w:tcPr></w:style>"
        "<w:style w:type='table' w:styleId='T'><w:name w:val='型'/><w:basedOn w:val='B'/></w:style>"
    )
    own = cell(p("自"), "<w:shd w:val='clear' w:fill='auto'/>")
    rows = [row("型", own), row("可", own, properties="<w:cantSplit w:val='0'/>")]
    data = docx(table([600, 600], rows, "<w:tblStyle w:val='T'/>"), styles=style)
    (made,) = read(data, "x.docx").sections[0].blocks
    assert isinstance(made, Table)
    assert [made_row.can_split for made_row in made.rows] == [False, True]
    looks = [(made_cell.shading, made_cell.vertical_alignment) for made_cell in made.rows[0].cells]
    assert looks == [("365F91", "center"), (None, "center")]


def runs(body: str) -> list[tuple[str, float, float, str | None]]:
    content = first(body).content
    return [(i.text, i.format.size, round(i.format.rise, 3), i.format.shading) for i in content if isinstance(i, Text)]


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ("<w:vertAlign w:val='superscript'/>", [("Ab2", 5.8, 3.696, None)]),
        ("<w:vertAlign w:val='subscript'/>", [("Ab2", 5.8, -0.504, None)]),
        ("<w:position w:val='-6'/>", [("Ab2", 10.0, -3.0, None)]),
        ("<w:highlight w:val='yellow'/><w:shd w:val='clear' w:fill='EEEEEE'/>", [("Ab2", 10.0, 0.0, "FFFF00")]),
        ("<w:shd w:val='nil' w:fill='EEEEEE'/>", [("Ab2", 10.0, 0.0, None)]),
        ("<w:caps/>", [("AB2", 10.0, 0.0, None)]),
        ("<w:smallCaps/>", [("A", 10.0, 0.0, None), ("B", 8.0, 0.0, None), ("2", 10.0, 0.0, None)]),
        ("<w:vanish/>", []),
        ("<w:vanish w:val='0'/><w:effect w:val='shimmer'/>", [("Ab2", 10.0, 0.0, None)]),
    ],
)
def test_looks_of_characters(properties: str, shown: list[tuple[str, float, float, str | None]]) -> None:
    assert runs(p("Ab2", run=properties)) == shown


def test_symbols_and_hyphens() -> None:
    marks = "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t>a\u00adb</w:t><w:softHyphen/></w:r>"
    assert first(p(extra=marks)).text == "✔ab"


def test_a_text_in_a_symbol_font_is_what_it_shows() -> None:
    wingdings = "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"
    assert first(p("\uf06f\uf0fel 国", run=wingdings)).text == "□☑● 国"
    assert first(p("l", run="<w:rFonts w:ascii='Symbol'/>")).text == "λ"
    with pytest.raises(Unsupported, match="Wingdings"):
        read(docx(p("\uf0b4", run=wingdings)), "x.docx")
    assert first(p("JKP\uf045\uf096\uf0b7\uf0fc", run=wingdings)).text == "☺😐🏱☜🙢🕐✔"


def test_tab_stops_add_up_and_can_be_cleared() -> None:
    tabs = "<w:tabs><w:tab w:val='clear' w:pos='200'/><w:tab w:val='center' w:pos='300'/></w:tabs>"
    paragraph = first(p("x", f"<w:pStyle w:val='Base'/>{tabs}"), styles=STYLES)
    assert paragraph.format.tabs == (TabStop(15.0, "center"), TabStop(20.0, "right", "dot"))


def test_indents_in_characters() -> None:
    paragraph = first(p("x", "<w:ind w:leftChars='200' w:hangingChars='100'/>"))
    assert (paragraph.format.left, paragraph.format.first_line) == (20.0, -10.0)


def test_what_word_made_of_characters_and_lines_wins() -> None:
    small = "<w:ind w:leftChars='200' w:left='420' w:hangingChars='100' w:hanging='180'/>"
    spacing = "<w:spacing w:beforeLines='50' w:before='180' w:afterLines='100'/>"
    found = first(p("x", small + spacing)).format
    assert (found.left, found.first_line, found.before, found.after) == (21.0, -9.0, 9.0, 12.0)


@pytest.mark.parametrize(("rule", "line", "expected"), [
    ("auto", "360", LineSpacing("auto", 1.5)),
    ("atLeast", "360", LineSpacing("atLeast", 18.0)),
    ("exact", "360", LineSpacing("exact", 18.0)),
])  # fmt: skip
def test_line_spacing(rule: str, line: str, expected: LineSpacing) -> None:
    assert first(p("x", f"<w:spacing w:line='{line}' w:lineRule='{rule}'/>")).format.line == expected


def test_editing_traces_do_not_split_text() -> None:
    body = "<w:p w:rsidR='1'>" + r("一つ") + "<w:proofErr w:type='spellStart'/>" + r("の") + r("文") + "</w:p>"
    assert [i.text for i in first(body).content if isinstance(i, Text)] == ["一つの文"]


def test_content_controls_are_their_content() -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('内')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{p('前', extra=inline)}</w:sdtContent></w:sdt>"
    assert first(block).text == "前内"


def test_alternate_content_takes_the_fallback() -> None:
    choices = "<mc:Choice Requires='wps'/><mc:Fallback><w:t>代わり</w:t></mc:Fallback>"
    assert first(p(extra=f"<w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r>")).text == "代わり"


def test_a_bookmark_between_paragraphs_of_a_cell_is_where_the_next_begins() -> None:
    inner = p("一") + "<w:bookmarkStart w:id='0' w:name='b'/>" + p("二")
    (block,) = read(docx(table([900], [row(cell(inner))])), "x").sections[0].blocks
    held = [[i.name for i in b.content if isinstance(i, Bookmark)] for b in written((block,))]
    assert held == [[], ["b"]]


def test_fields_links_and_bookmarks() -> None:
    field = "".join(f"<w:r>{part}</w:r>" for part in (
        "<w:fldChar w:fldCharType='begin'/>", "<w:instrText> PAGE \\* MERGEFORMAT </w:instrText>",
        "<w:fldChar w:fldCharType='separate'/>", "<w:t>9</w:t>", "<w:fldChar w:fldCharType='end'/>",
    ))  # fmt: skip
    links = f"<w:hyperlink w:anchor='a'>{r('内へ')}</w:hyperlink><w:hyperlink r:id='u'>{r('外へ')}</w:hyperlink>"
    body = p(extra=f"<w:bookmarkStart w:id='0' w:name='b'/>{links}{field}")
    content = first(body, related={"u": ("hyperlink", "https://example.jp/")}).content
    assert [i.link for i in content if isinstance(i, Text)] == [Link(anchor="a"), Link(address="https://example.jp/")]
    assert [i.kind for i in content if isinstance(i, PageField)] == ["page"]


def test_picture_has_size_and_alternative_text() -> None:
    data = docx(p(extra=picture(alt="推移のグラフ")), related=PICTURE, parts={"media/image1.png": png()})
    content = paragraphs(read(data, "x"))[0].content
    assert [(i.width, i.height, i.alt, i.data) for i in content if isinstance(i, Picture)] == [
        (40.0, 20.0, "推移のグラフ", png())
    ]


def test_table_borders_margins_and_merges() -> None:
    borders = "<w:tcBorders><w:top w:val='single' w:sz='8' w:color='1A1A1C'/><w:left w:val='nil'/></w:tcBorders>"
    rows = [
        row(cell(p("上"), f"<w:vMerge w:val='restart'/>{borders}"), "右", properties="<w:tblHeader/><w:cantSplit/>"),
        row(cell(p(), "<w:vMerge/>"), cell(p("下"), "<w:vAlign w:val='center'/>")),
    ]
    block = read(docx(table([600, 800], rows, "<w:tblCaption w:val='説明'/>")), "x").sections[0].blocks[0]
    assert isinstance(block, Table)
    assert (block.columns, block.caption) == ((30.0, 40.0), "説明")
    assert [cell_.merge for row_ in block.rows for cell_ in row_.cells] == ["start", "none", "continue", "none"]
    corner = block.rows[0].cells[0]
    assert corner.borders.top == Border(1.0, "1A1A1C")
    assert corner.silent == {"left"}
    assert (block.rows[0].header, block.rows[0].can_split, block.rows[1].can_split) == (True, False, True)


def test_numbering_counts_levels() -> None:
    levels = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for n, (kind, text) in enumerate([("decimal", "%1."), ("aiueoFullWidth", "(%2)"), ("bullet", "・")])
    )
    numbering = f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
    numbering += "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    body = "".join(p("x", f"<w:numPr><w:ilvl w:val='{n}'/><w:numId w:val='1'/></w:numPr>") for n in (0, 1, 1, 2, 0, 1))
    document = read(docx(body, numbering=numbering), "x")
    labels = [item.label.text for item in paragraphs(document) if item.label]
    assert labels == ["1.", "(ア)", "(イ)", "・", "2.", "(ア)"]


def test_sections_inherit_headers() -> None:
    header = element("hdr", p("上の帯"))
    reference = "<w:headerReference w:type='default' r:id='h'/>"
    body = p("一", section(extra=reference)) + p("二")
    data = docx(
        body, end=section(8000, extra="<w:titlePg/><w:pgNumType w:start='7'/>"),
        related={"h": ("header", "header1.xml")}, parts={"header1.xml": header},
    )  # fmt: skip
    one, two = read(data, "x").sections
    assert one.headers == two.headers
    assert (one.width, two.width, two.title_page, two.first_page) == (200.0, 400.0, True, 7)


def test_a_file_of_python_docx() -> None:
    made = python_docx.Document()
    style = made.styles["Normal"]
    style.font.size = Pt(11)
    made.add_paragraph("本文")
    buffer = io.BytesIO()
    made.save(buffer)
    paragraph = paragraphs(read(buffer.getvalue(), "x"))[0]
    assert paragraph.text == "本文"
    assert paragraph.mark.size == 11.0


@pytest.mark.parametrize("mark", ['"', "'"])
def test_strict_documents_read_like_others(mark: str) -> None:
    strict = f"<w:p xmlns:w={mark}http://purl.oclc.org/ooxml/wordprocessingml/main{mark}/>"
    assert parse(strict.encode(), "x.docx", "本文").tag == f"{W}p"


def test_dots_of_a_colour_are_mixed_with_the_fill() -> None:
    def shading(look: str) -> str | None:
        return first(p("x", f"<w:shd {look}/>")).format.shading

    assert shading("w:val='pct20' w:color='auto' w:fill='auto'") == "CCCCCC"
    assert shading("w:val='pct25' w:color='FF0000' w:fill='0000FF'") == "4000BF"
    assert shading("w:val='solid' w:color='00FF00' w:fill='FFFFFF'") == "00FF00"
    assert shading("w:val='clear' w:color='auto' w:fill='EEEEEE'") == "EEEEEE"


def test_a_symbol_of_the_new_kind_is_its_character() -> None:
    space = "xmlns:x='http://schemas.microsoft.com/office/word/2015/wordml/symex'"
    assert first(p(extra=f"<w:r><x:symEx {space} x:font='Segoe UI Emoji' x:char='2611'/></w:r>")).text == "☑"


def test_bookmarks_between_rows_belong_to_the_row_below() -> None:
    mark = "<w:bookmarkStart w:id='1' w:name='先'/><w:bookmarkEnd w:id='1'/>"
    (section_,) = read(docx(table([1000], [row("一"), mark + row("二")])), "x.docx").sections
    (block,) = section_.blocks
    assert [Bookmark("先") in paragraph.content for paragraph in written((block,))] == [False, True]


def test_a_row_may_have_margins_and_borders_of_its_own() -> None:
    lined = "<w:{} w:val='single' w:sz='8' w:color='FF0000'/>"
    own = (
        "<w:tblPrEx><w:tblBorders>" + lined.format("top") + lined.format("insideV") + "</w:tblBorders>"
        "<w:tblCellMar><w:top w:w='100' w:type='dxa'/></w:tblCellMar></w:tblPrEx>"
    )
    body = table([600, 600], [row("表", "の"), row("行", "が").replace("<w:tr>", f"<w:tr>{own}")])
    (found,) = read(docx(body), "x.docx").sections[0].blocks
    assert isinstance(found, Table)
    first, second = found.rows[1].cells
    assert (found.rows[0].cells[0].margins.top, first.margins.top) == (0.0, 5.0)
    assert (first.borders.top, first.borders.right) == (Border(1.0, "FF0000"),) * 2
    assert (second.borders.left, second.borders.right) == (Border(1.0, "FF0000"), None)


def test_borders_of_no_side_are_none() -> None:
    lined = "<w:tblBorders><w:pPr/><w:top w:val='single' w:sz='8'/></w:tblBorders>"
    (found,) = read(docx(table([600], [row("x")], lined)), "x.docx").sections[0].blocks
    assert isinstance(found, Table) and found.borders.top == Border(1.0, "000000")


def test_columns_that_no_row_takes_are_left_out() -> None:
    (found,) = read(docx(table([600, 700, 600, 700], [row("左", "右")] * 2)), "x.docx").sections[0].blocks
    assert isinstance(found, Table)
    assert found.columns == (30.0, 35.0)


def test_what_google_gives_every_paragraph_is_nothing() -> None:
    frame = "<w:framePr w:anchorLock='0' w:w='0' w:h='0' w:vSpace='0' w:hSpace='0' w:xAlign='left' w:y='0'/>"
    styles = (
        f"<w:style w:type='paragraph' w:styleId='g'><w:pPr>{frame}<w:textDirection w:val='btLr'/></w:pPr></w:style>"
    )
    assert first(p("文", "<w:pStyle w:val='g'/>"), styles=styles).text == "文"


def test_text_that_fits_a_width_has_the_spacing_that_word_made_of_it() -> None:
    found = first(p("氏名", run="<w:spacing w:val='210'/><w:fitText w:val='840' w:id='1'/>")).content[0]
    assert isinstance(found, Text) and found.format.spacing == 10.5
