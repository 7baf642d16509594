"""Whatever cannot be drawn is refused by name, with the text nearby and the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.cures import cure
from pipeline.documents.docx.tree import Table
from tests.documents.docx.docx_files import PICTURE, cell, docx, element, p, picture, png, r, row, section, table

NEAR = "目印の文字"
_BLIP = "<a:graphic><a:graphicData/></a:graphic>"

RUN_FORMATS = {
    "下線の種類（絵柄の線）": "<w:u w:val='odd'/>",
    "蛍光ペンの色（そのほか）": "<w:highlight w:val='pink'/>",
    "右から左への文字": "<w:rtl/>",
    "網かけの模様": "<w:shd w:val='diagStripe'/>",
    "罫線の種類（波線）": "<w:bdr w:val='wave' w:sz='4'/>",
    "影や立体の付いた罫線": "<w:bdr w:val='single' w:sz='4' w:shadow='1'/>",
    "縦中横": "<w:eastAsianLayout w:vert='1'/>",
    "光彩を付けた文字": "<w14:glow w14:rad='63500'/>",
    "影付きの文字": "<w14:shadow w14:blurRad='50800' w14:dist='0'/>",
    "反射を付けた文字": "<w14:reflection w14:stA='50000'/>",
    "立体の文字": "<w14:props3d><w14:bevelT w14:w='38100'/></w14:props3d>",
    "輪郭を付けた文字": "<w14:textOutline><w14:solidFill/></w14:textOutline>",
    "透明な文字": (
        "<w14:textFill><w14:solidFill><w14:srgbClr w14:val='FF0000'><w14:alpha w14:val='50000'/></w14:srgbClr>"
        "</w14:solidFill></w14:textFill>"
    ),
    "色の移り変わる文字": "<w14:textFill><w14:gradFill/></w14:textFill>",
    "そのほかの文字の書式": "<w:unknown/>",
}
NO_EFFECTS = (
    "<w14:glow w14:rad='0'/><w14:shadow w14:blurRad='0' w14:dist='0'/><w14:reflection w14:stA='0' w14:endA='0'/>"
    "<w14:props3d w14:extrusionH='0' w14:contourW='0'/><w14:textOutline><w14:noFill/></w14:textOutline>"
    "<w14:textFill><w14:solidFill><w14:srgbClr w14:val='FF0000'/></w14:solidFill></w14:textFill>"
    "<w14:ligatures w14:val='none'/><w14:numForm w14:val='lining'/>"
)
"""What Word writes to take effects away, and what changes nothing."""
PARAGRAPH_FORMATS = {
    "段落の配置": "<w:jc w:val='thaiDistribute'/>",
    "レイアウト枠": "<w:framePr w:w='100'/>",
    "右から左への段落": "<w:bidi/>",
    "タブの種類": "<w:tabs><w:tab w:val='bar' w:pos='100'/></w:tabs>",
    "左右のページで入れ替わるインデント": "<w:mirrorIndents/>",
    "変更履歴": "<w:pPrChange w:id='1'/>",
    "そのほかの段落の書式": "<w:unknown/>",
}
CONTENT = {
    "変更履歴（挿入）": f"<w:ins w:id='1'>{r('追加')}</w:ins>",
    "変更履歴（削除）": "<w:del w:id='1'><w:r><w:delText>x</w:delText></w:r></w:del>",
    "図形（古い形式）": "<w:r><w:pict><v:shape/></w:pict></w:r>",
    "埋め込みオブジェクト": "<w:r><w:object/></w:r>",
    "右側に縦に付けるルビ": "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val='rightVertical'/></w:rubyPr></w:ruby></w:r>",
    "脚注": "<w:r><w:footnoteReference w:id='1'/></w:r>",
    "数式の中の「ファントム」": "<m:oMath><m:phant/></m:oMath>",
    "記号フォントの文字（Webdings）": "<w:r><w:sym w:font='Webdings' w:char='F0FC'/></w:r>",
    "手書き": "<w:r><w:contentPart/></w:r>",
    "フィールド（DATE）": "<w:fldSimple w:instr='DATE'/>",
    "フィールド（PAGE \\# 00）": "<w:fldSimple w:instr='PAGE \\# 00'/>",
    "終わりのないフィールド": "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "写真や画像でない図": f"<w:r><w:drawing><wp:inline>{_BLIP}</wp:inline></w:drawing></w:r>",
    "代わりの表示のない": (
        "<w:r><mc:AlternateContent><mc:Choice Requires='w15x'><w:drawing/></mc:Choice><mc:Fallback/>"
        "</mc:AlternateContent></w:r>"
    ),
    "テキストボックス": "<w:r><mc:AlternateContent><mc:Choice Requires='w15x'/></mc:AlternateContent></w:r>",
    "段落の中のそのほかの要素": "<w:unknown/>",
    "文字列の中のそのほかの要素": "<w:r><w:unknown/></w:r>",
}
CELL_FORMATS = {
    "左や下から始まるセルの縦書き": "<w:textDirection w:val='btLr'/>",
    "そのほかのセルの書式": "<w:unknown/>",
    "行によって幅の違う表": "<w:gridSpan w:val='2'/>",
}
SECTIONS = {
    "本文の幅に収まらない段組み": "<w:cols w:num='2' w:space='4000'/>",
    "文字のグリッド線": "<w:docGrid w:type='snapToChars' w:linePitch='360'/>",
    "行番号": "<w:lnNumType w:countBy='1'/>",
    "次の段から始まる": "<w:type w:val='nextColumn'/>",
    "ページ番号の形式（そのほか）": "<w:pgNumType w:fmt='hebrew1'/>",
    "右から左へのページ": "<w:bidi/>",
}


def refused(data: bytes) -> Unsupported:
    with pytest.raises(Unsupported) as caught:
        read(data, "評価.docx")
    return caught.value


@pytest.mark.parametrize("construct", RUN_FORMATS)
def test_run_formats(construct: str) -> None:
    fault = refused(docx(p(NEAR, run=RUN_FORMATS[construct])))
    assert construct in fault.construct
    assert fault.near == NEAR
    assert "評価.docx" in str(fault)


@pytest.mark.parametrize("construct", PARAGRAPH_FORMATS)
def test_paragraph_formats(construct: str) -> None:
    fault = refused(docx(p(NEAR, PARAGRAPH_FORMATS[construct])))
    assert construct in fault.construct
    assert fault.near == NEAR


def test_effects_that_are_not_to_be_seen_are_taken() -> None:
    assert read(docx(p(NEAR, run=NO_EFFECTS)), "評価.docx").sections


@pytest.mark.parametrize("construct", CONTENT)
def test_content(construct: str) -> None:
    fault = refused(docx(p(NEAR, extra=CONTENT[construct])))
    assert construct in fault.construct
    assert fault.near in (NEAR, "追加")  # what was inserted is nearer still


@pytest.mark.parametrize("construct", CELL_FORMATS)
def test_cell_formats(construct: str) -> None:
    assert construct in refused(docx(table([600], [row(cell(p(NEAR), CELL_FORMATS[construct]))]))).construct


def test_a_width_of_a_cell_counts_only_where_columns_are_fixed_and_the_cell_is_not_merged() -> None:
    wide = "<w:tcW w:w='900' w:type='dxa'/>"
    merged = row(cell(p("結合"), f"{wide}<w:gridSpan w:val='2'/>"))
    for data in (table([600, 600], [merged]), table([600], [row(cell(p("自動"), wide))]).replace("fixed", "autofit")):
        (read_table,) = read(docx(data), "評価.docx").sections[0].blocks
        assert isinstance(read_table, Table)
        assert set(read_table.columns) == {30.0}


@pytest.mark.parametrize("construct", SECTIONS)
def test_sections(construct: str) -> None:
    fault = refused(docx(p(NEAR), end=section(extra=SECTIONS[construct])))
    assert construct in fault.construct
    assert fault.near == NEAR


def test_columns_of_unequal_widths() -> None:
    columns = "<w:cols w:equalWidth='0'><w:col w:w='900'/><w:col w:w='900'/></w:cols>"
    assert len(read(docx(p(NEAR), end=section(extra=columns)), "評価.docx").sections[0].regions[0].columns.widths) == 2
    wide = columns.replace("900", "3000")
    assert refused(docx(p(NEAR), end=section(extra=wide))).construct == "本文の幅に収まらない段組み"


def test_table_in_a_vertical_cell() -> None:
    upright = cell(table([300], [row("中")]) + p(), "<w:textDirection w:val='tbRl'/>")
    assert refused(docx(table([600], [row(upright)]))).construct == "縦書きのセルの中の表"


def test_cell_without_paragraph() -> None:
    assert "段落のないセル" in refused(docx(table([600], [row(cell(""))]))).construct


def test_widths_of_a_column_that_differ() -> None:
    cells = (cell(p("x"), f"<w:tcW w:w='{width}' w:type='dxa'/>") for width in (900, 700))
    assert "列幅が表の枠と合わない" in refused(docx(table([600], [row(one) for one in cells]))).construct


@pytest.mark.parametrize(
    ("properties", "construct"),
    [
        ("<w:tcPr><w:tcBorders/></w:tcPr>", "表スタイルのセルの罫線"),
        ("<w:tcPr><w:textDirection w:val='btLr'/></w:tcPr>", "左や下から始まるセルの縦書き"),
        ("<w:trPr><w:tblHeader/></w:trPr>", "表スタイルによる行の高さや見出し"),
        ("<w:trPr><w:unknown/></w:trPr>", "そのほかの行の書式"),
    ],
)
def test_table_styles(properties: str, construct: str) -> None:
    style = f"<w:style w:type='table' w:styleId='T'><w:name w:val='型'/>{properties}</w:style>"
    assert construct in refused(docx(table([600], [row("x")], "<w:tblStyle w:val='T'/>"), styles=style)).construct


def test_cropped_picture() -> None:
    body = p(NEAR, extra=picture(fill="<a:srcRect l='60000' r='40000'/>"))
    assert "トリミング" in refused(docx(body, related=PICTURE, parts={"media/image1.png": png()})).construct


PIC = "<pic:pic><pic:blipFill><a:blip r:embed='i'>{blip}</a:blip></pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>"


@pytest.mark.parametrize(
    ("blip", "shape", "construct"),
    [
        ("<a:grayscl/>", "", "色や明るさ"),
        ("", "<a:ln cmpd='dbl'><a:solidFill/></a:ln>", "枠線"),
        ("", "<a:effectLst><a:outerShdw/></a:effectLst>", "効果"),
        ("", "<a:prstGeom prst='gear6'/>", "基本図形"),
    ],
)
def test_pictures_that_word_changes(blip: str, shape: str, construct: str) -> None:
    made = f"<a:graphic><a:graphicData>{PIC.format(blip=blip, shape=shape)}</a:graphicData></a:graphic>"
    body = p(NEAR, extra=f"<w:r><w:drawing><wp:inline><wp:extent cx='1' cy='1'/>{made}</wp:inline></w:drawing></w:r>")
    assert construct in refused(docx(body, related=PICTURE, parts={"media/image1.png": png()})).construct


def test_a_picture_within_a_shape_does_not_stand_for_the_shape() -> None:
    shape = f"<wps:wsp xmlns:wps='x'><w:txbxContent>{p('箱の字', extra=picture())}</w:txbxContent></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    holder = f"<wp:inline><wp:extent cx='1' cy='1'/>{graphic}</wp:inline>"
    body = p(NEAR, extra=f"<w:r><w:drawing>{holder}</w:drawing></w:r>")
    data = docx(body, related=PICTURE, parts={"media/image1.png": png()})
    assert "写真や画像でない図" in refused(data).construct


def test_picture_of_another_kind() -> None:
    data = docx(p(NEAR, extra=picture()), related=PICTURE, parts={"media/image1.png": b"\x01\x00\x00\x00"})
    assert "PNGでもJPEGでもない図" in refused(data).construct


def test_linked_picture() -> None:
    data = docx(p(NEAR, extra=picture()), related={"i": ("image", "http://example.jp/x.png")})
    assert "埋め込まれていない" in refused(data).construct


def test_recording_of_changes_is_no_change() -> None:
    assert read(docx(p(NEAR), settings="<w:trackRevisions/>"), "x").sections


@pytest.mark.parametrize("setting", ["<w:mirrorMargins/>", "<w:bookFoldPrinting/>", "<w:gutterAtTop/>"])
def test_settings_that_change_pages(setting: str) -> None:
    assert refused(docx(p(NEAR), settings=setting)).construct


def test_page_background() -> None:
    parts = {"document.xml": element("document", "<w:background w:color='FFEEAA'/><w:body><w:p/></w:body>")}
    assert "背景" in refused(docx("", settings="<w:displayBackgroundShape/>", parts=parts)).construct
    assert read(docx("", settings="", parts=parts), "x").sections


def test_several_refusals_are_told_at_once_each_construct_once() -> None:
    body = p("一つ目", "<w:bidi/>") + p("二つ目", "<w:bidi/>") + p("三つ目", "", "<w:u w:val='words'/>")
    fault = refused(docx(body + table([600], [row("x")], "<w:bidiVisual/>")))
    assert [(one.construct, one.near) for one in (fault, *fault.others)] == [
        ("右から左への段落", "一つ目"), ("下線の種類（文字だけ）", "三つ目"), ("右から左への表", "x"),
    ]  # fmt: skip


def test_a_refusal_in_a_style_tells_the_text_that_has_it_and_what_to_do() -> None:
    style = "<w:style w:type='paragraph' w:styleId='S'><w:name w:val='S'/><w:pPr><w:framePr w:w='9'/></w:pPr></w:style>"
    fault = refused(docx(p(NEAR, "<w:pStyle w:val='S'/>"), styles=style))
    assert (fault.construct, fault.near) == ("レイアウト枠", NEAR)
    assert "枠を削除" in fault.cure


def test_comments_are_counted_and_empty_ones_are_traces() -> None:
    said = element("comments", f"<w:comment w:id='0'>{p('確認')}</w:comment><w:comment w:id='1'><w:p/></w:comment>")
    body = p(NEAR, extra="<w:r><w:commentReference w:id='0'/></w:r>")
    document = read(docx(body, related={"c": ("comments", "comments.xml")}, parts={"comments.xml": said}), "x")
    assert document.comments == 1


def test_unknown_number_format_is_refused_where_it_is_used() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='hebrew1'/><w:lvlText w:val='%1'/>"
        "</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    item = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    assert read(docx(p(NEAR), numbering=numbering), "x").sections
    assert "段落番号の形式" in refused(docx(p(NEAR, item), numbering=numbering)).construct


@pytest.mark.parametrize(
    ("of_table", "of_row", "construct"),
    [
        ("<w:shd w:val='clear' w:fill='EEEEEE'/>", "", "表全体の塗りつぶし"),
        (
            "<w:tblCellSpacing w:w='20' w:type='dxa'/><w:tblBorders><w:top w:val='single' w:sz='4'/></w:tblBorders>",
            "<w:tblCellSpacing w:w='20' w:type='dxa'/>",
            "罫線や塗りつぶしのあるセルの間の隙間",
        ),
        ("", "<w:tblCellSpacing w:w='20' w:type='dxa'/>", "罫線や塗りつぶしのあるセルの間の隙間"),
    ],
)
def test_looks_of_whole_tables_are_named_as_word_names_them(of_table: str, of_row: str, construct: str) -> None:
    fault = refused(docx(table([600], [row(NEAR, properties=of_row)], of_table)))
    assert (fault.construct, fault.near) == (construct, NEAR)
    assert "表のプロパティ" in fault.cure


def test_page_numbers_have_the_number_of_a_chapter_only_where_there_is_one() -> None:
    style = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/></w:style>"
    end = section(extra="<w:pgNumType w:chapStyle='1'/>")
    assert read(docx(p("字"), styles=style, end=end), "x").sections
    assert "章番号" in refused(docx(p("字", "<w:pStyle w:val='a'/>"), styles=style, end=end)).construct


def test_the_shading_of_a_table_is_not_seen_behind_that_of_all_its_cells() -> None:
    shading = "<w:shd w:val='clear' w:fill='EEEEEE'/>"
    assert read(docx(table([600], [row(cell(p("字"), shading))], shading)), "x").sections


def test_letters_that_word_has_numbered_for_its_layout_are_letters_as_all_others() -> None:
    assert read(docx(p("字", run="<w:eastAsianLayout w:id='-17'/>")), "x").sections
    assert refused(docx(p("字", run="<w:eastAsianLayout w:vert='1'/>"))).construct == "縦中横・割注"


def test_reading_goes_on_after_blocks_that_nothing_stands_in_for() -> None:
    block = f"<mc:AlternateContent><mc:Choice Requires='w15x'>{p('枠')}</mc:Choice><mc:Fallback/></mc:AlternateContent>"
    fault = refused(docx(p(NEAR) + block + p("次", extra=CONTENT["脚注"])))
    assert "代わりの表示のない" in fault.construct
    assert [other.construct for other in fault.others] == ["脚注"]


# -- names as Word's window has them, and cures that work

_LEVEL = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{}'/>"
    "<w:lvlText w:val='%1'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)
_ITEM = p(NEAR, "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
_PAGE = "<w:sectPr><w:pgNumType w:fmt='{}'/></w:sectPr>"
_NAMED: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "隠し文字の行": (lambda v: docx(table([600], [row("x", properties=f"<w:hidden w:val='{v}'/>")])), "1", "0"),
    "罫線の種類（絵柄の線）": (
        lambda v: docx(p(NEAR, f"<w:pBdr><w:top w:val='{v}' w:sz='4'/></w:pBdr>")), "apples", "single",
    ),
    "下線の種類（文字だけ）": (lambda v: docx(p(NEAR, run=f"<w:u w:val='{v}'/>")), "words", "single"),
    "段落番号の形式（壱、弐、参）": (lambda v: docx(_ITEM, numbering=_LEVEL.format(v)), "japaneseLegal", "decimal"),
    "ページ番号の形式（One、Two）": (lambda v: docx(p(NEAR), end=_PAGE.format(v)), "cardinalText", "decimal"),
    "アラビア語やタイ語の段落の配置": (lambda v: docx(p(NEAR, f"<w:jc w:val='{v}'/>")), "lowKashida", "both"),
}  # fmt: skip


@pytest.mark.parametrize("construct", _NAMED)
def test_a_construct_has_the_name_of_words_window_and_a_cure_that_works(construct: str) -> None:
    make, odd, plain = _NAMED[construct]
    fault = refused(make(odd))
    assert fault.construct == construct
    assert fault.cure.startswith("Wordの") or fault.cure.startswith("Wordで")
    read(make(plain), "評価.docx")


@pytest.mark.parametrize(
    ("construct", "told"),
    [
        ("古い形式のページ番号", "ページ番号"),
        ("古い形式の横方向の結合", "セルの結合"),
        ("セルの幅に合わせた文字", "セル幅に均等に割り付ける"),
        ("左右のページで入れ替わるインデント", "見開きページ"),
        ("ヘッダー・フッター以外のページ番号", "Ctrl＋Shift＋F9"),
        ("大きさのない図（メタファイル）", "図（PNG）"),
    ],
)
def test_a_cure_is_that_of_the_whole_name(construct: str, told: str) -> None:
    """Words of a name are those of others: what is done about an old shape does nothing for an old page number."""
    assert told in cure(construct)
