"""Typefaces: their names, which of them draws which character, letters without a bold or slanted face of their own."""

from __future__ import annotations

import io
from itertools import groupby

import pikepdf
import pytest

from pipeline.documents import fonts
from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.typefaces import substituted
from pipeline.documents.pdf.boxes import TextBox
from pipeline.documents.pdf.embedding import font_file
from pipeline.documents.pdf.faces import ASCENT, DESCENT
from tests.documents.docx.docx_files import Related, cell, docx, element, p, r, row, section, table
from tests.documents.pdf.pages import drawn, laid_out, page_of, page_texts

PROPORTIONAL, FIXED = "BIZ UDPMincho", "BIZ UDGothic"
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="BIZ UDGothic"/><a:ea typeface="BIZ UDゴシック"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="BIZ UDPGothic"/><a:ea typeface=""/><a:font script="Hans" typeface="SimSun"/>'
    '<a:font script="Jpan" typeface="BIZ UD明朝 Medium"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)
THEMED: Related = {"th": ("theme", "theme/theme1.xml")}
UNNAMED = '<w:rFonts w:asciiTheme="minorAscii" w:eastAsiaTheme="minorEastAsia"/>'
"""What a document without a theme leaves to Word."""
JAPANESE = '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/>'


def named(ascii_: str, asian: str, high: str = "", hint: str = "") -> str:
    hinted = f' w:hint="{hint}"' if hint else ""
    return f'<w:rFonts{hinted} w:ascii="{ascii_}" w:hAnsi="{high or ascii_}" w:eastAsia="{asian}"/>'


def boxes(body: str, **more: object) -> list[TextBox]:
    return boxes_of(docx(body, **more))  # type: ignore[arg-type]


def boxes_of(data: bytes) -> list[TextBox]:
    return [box for box in page_of(data).boxes if isinstance(box, TextBox)]


def pieces(text: str, run: str) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its typeface."""
    found = boxes(p(text, run=run), end=section(12000))
    return [(family, "".join(b.text for b in same)) for family, same in groupby(found, lambda box: box.family)]


# -- names


@pytest.mark.parametrize(
    ("name", "family"),
    {
        "BIZ UDPGothic": "BIZ UDPGothic",
        "BIZ UDゴシック": "BIZ UDGothic",
        "ＢＩＺ　ＵＤＰゴシック": "BIZ UDPGothic",
        "BIZ UD明朝 Medium": "BIZ UDMincho",
        "biz udpmincho medium": "BIZ UDPMincho",
        "BIZ UDP明朝": "BIZ UDPMincho",
    }.items(),
)
def test_a_typeface_is_known_by_its_names_in_both_languages_and_widths(name: str, family: str) -> None:
    assert fonts.family(name) == family
    assert pieces("漢字とkana", named(name, name)) == [(family, "漢字とkana")]


@pytest.mark.parametrize(
    ("name", "latin", "asian"),
    [
        ("ＭＳ 明朝", "BIZ UDMincho", "BIZ UDMincho"),
        ("MS Mincho", "BIZ UDMincho", "BIZ UDMincho"),
        ("ＭＳ Ｐゴシック", "BIZ UDPGothic", "BIZ UDPGothic"),
        ("游明朝", "BIZ UDPMincho", "BIZ UDMincho"),
        ("Yu Gothic Light", "BIZ UDPGothic", "BIZ UDGothic"),
        ("Times New Roman", "BIZ UDPMincho", "BIZ UDPMincho"),
        ("@ＭＳ ゴシック", "BIZ UDGothic", "BIZ UDGothic"),
        ("HGPｺﾞｼｯｸE", "BIZ UDPGothic", "BIZ UDPGothic"),
        ("HG正楷書体-PRO", "BIZ UDPMincho", "BIZ UDMincho"),
        ("", "BIZ UDPMincho", "BIZ UDMincho"),
        ("知られない書体", "BIZ UDPGothic", "BIZ UDGothic"),
    ],
)
def test_another_typeface_is_drawn_by_one_that_comes_near_and_told(name: str, latin: str, asian: str) -> None:
    data = docx(p("AB評価", run=named(name, name) if name else UNNAMED))
    found = [(box.family, box.text) for box in boxes_of(data)]
    assert [text for _, text in found] == ["AB", "評価"]
    assert [family for family, _ in found] == [latin, asian]
    ((told, drawn),) = substituted(read(data, "x.docx"))
    assert told == (name or "（指定なし）")
    assert drawn == "・".join(sorted({fonts.OTHER_NAMES[latin][0], fonts.OTHER_NAMES[asian][0]}))


@pytest.mark.parametrize(
    ("entry", "family"),
    [
        ("<w:family w:val='roman'/>", "BIZ UDPMincho"),
        ("<w:family w:val='swiss'/>", "BIZ UDPGothic"),
        ("<w:family w:val='modern'/><w:pitch w:val='fixed'/>", "BIZ UDGothic"),
        ("<w:panose1 w:val='02020609040205080304'/><w:pitch w:val='fixed'/>", "BIZ UDMincho"),
        ("<w:panose1 w:val='020B0604020202020204'/>", "BIZ UDPGothic"),
        ("<w:altName w:val='MS Mincho'/>", "BIZ UDMincho"),
    ],
)
def test_an_unknown_typeface_is_drawn_as_the_table_of_fonts_says(entry: str, family: str) -> None:
    listed = element("fonts", f"<w:font w:name='X'>{entry}</w:font>")
    found = boxes(p("A", run=named("X", "X")), related={"f": ("fontTable", "f.xml")}, parts={"f.xml": listed})
    assert [box.family for box in found] == [family]


def test_only_typefaces_that_draw_something_are_told() -> None:
    for text, run in (
        ("総合戦略、「施策」", named("Century", FIXED)),
        ("KPI 12.5%", named(FIXED, "ＭＳ 明朝")),
        ("数は12", named(FIXED, FIXED, high="Arial")),
    ):
        assert substituted(read(docx(p(text, run=run)), "x.docx")) == ()
    asked = docx(p("{{ 施策.名称 }}", run=named(FIXED, "ＭＳ 明朝")))  # what a template fills in is not known
    assert [name for name, _ in substituted(read(asked, "x.docx"))] == ["ＭＳ 明朝"]


def test_a_leader_is_drawn_in_the_typeface_of_its_tab() -> None:
    stops = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="3000"/></w:tabs>'
    tab = f"<w:r><w:rPr>{named(FIXED, FIXED)}</w:rPr><w:tab/></w:r>"
    dots = next(box for box in boxes(p("目次", stops, extra=tab + r("1"))) if box.text.startswith("."))
    assert dots.family == FIXED


# -- which typeface draws what


@pytest.mark.parametrize(
    ("text", "asian"),
    {
        "令和2年度のKPIは、3.5%増": "令和年度のは、増",
        "A→B": "",  # a sign goes with the letters before it
        "東→西": "東→西",
        "“引用”": "引用”",
        "年 3 回": "年 回",
        "αβ・§": "・",
        "𠀋A": "𠀋",
    }.items(),
)
def test_japanese_and_latin_letters_each_have_their_typeface(text: str, asian: str) -> None:
    assert "".join(piece for family, piece in pieces(text, named(PROPORTIONAL, FIXED)) if family == FIXED) == asian


def test_a_hint_makes_signs_of_either_script_asian() -> None:
    found = pieces("A→“§αЖ×” é", named(PROPORTIONAL, FIXED, hint="eastAsia"))
    assert found == [(PROPORTIONAL, "A"), (FIXED, "→“§αЖ×” "), (PROPORTIONAL, "é")]


def test_a_sign_goes_with_the_letters_of_the_run_before_it() -> None:
    for before, family in (("評価", FIXED), ("KPI", PROPORTIONAL)):
        look = named(PROPORTIONAL, FIXED)
        *_, sign = boxes(p(before, run=look, extra=r("※", f"{look}<w:strike/>")))
        assert (sign.text, sign.family) == ("※", family)


def test_the_theme_names_typefaces_by_script_and_language() -> None:
    def families(run: str, settings: str) -> list[str]:
        found = boxes(p("Aあ", run=run), settings=settings, related=THEMED, parts={"theme/theme1.xml": THEME})
        return [box.family for box in found]

    minor = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
    assert families(minor, JAPANESE) == ["BIZ UDPGothic", "BIZ UDMincho"]
    major = minor.replace("minor", "major")
    assert families(major, JAPANESE) == families(major, "") == ["BIZ UDGothic", "BIZ UDGothic"]
    assert families(minor, JAPANESE.replace("ja-JP", "zh-CN")) == ["BIZ UDPGothic", "BIZ UDMincho"]  # SimSun


def test_a_named_typeface_nearer_to_the_text_wins_over_the_themes() -> None:
    themed = f"<w:style w:type='paragraph' w:styleId='T'><w:rPr>{UNNAMED}</w:rPr></w:style>"
    (box,) = boxes(p("あ", "<w:pStyle w:val='T'/>", named(FIXED, FIXED)), styles=themed)
    assert box.family == FIXED


# -- what the typefaces lack


def test_characters_that_a_typeface_lacks_are_drawn_by_the_fallback_face_and_they_alone() -> None:
    found = boxes(p("☑確認、𠮷野のCO₂", run=named("BIZ UDMincho", "BIZ UDMincho")), end=section(12000))
    drawn_by = [(family, "".join(b.text for b in same)) for family, same in groupby(found, lambda box: box.family)]
    mincho = "BIZ UDMincho"
    assert drawn_by == [
        (fonts.FALLBACK, "☑"),
        (mincho, "確認、"),
        (fonts.FALLBACK, "𠮷"),
        (mincho, "野のCO"),
        (fonts.FALLBACK, "₂"),
    ]
    assert found[0].width == pytest.approx(10.0)  # a sign is as wide as a kanji


def test_the_fallback_face_comes_into_the_pdf_as_text() -> None:
    (text,) = page_texts(drawn(docx(p("☐未☑済⚠𠮷田"))))
    assert text == "☐未☑済⚠𠮷田"


def test_a_character_that_all_lack_is_refused_with_a_cure_that_fits() -> None:
    with pytest.raises(Unsupported) as caught:
        laid_out(docx(p("\ue000程")))
    assert "外字は印刷できません" in caught.value.cure


def test_parts_of_kanji_are_drawn_as_the_kanji_and_stay_what_they_are_in_the_pdf() -> None:
    look = named("BIZ UDMincho", "BIZ UDMincho")
    (box,) = boxes(p("⽇程と⻑⾳", run=look), end=section(12000))
    assert box.family == "BIZ UDMincho"
    face = font_file("BIZUDMincho-Regular")
    assert [face.charToGlyph[ord(c)] for c in "⽇⻑"] == [face.charToGlyph[ord(c)] for c in "日長"]
    (text,) = page_texts(drawn(docx(p("⽇程と⻑⾳"))))
    assert text == "⽇程と⻑⾳"


def test_letters_of_neighbours_and_pictures_in_text_are_drawn_but_are_slips_in_a_report() -> None:
    (text,) = page_texts(drawn(docx(p("欢迎来到本市💡✅顾问"))))
    assert text == "欢迎来到本市💡✅顾问"
    assert fonts.missing("顾⽇💡\u2003") == ("顾", "⽇", "💡", "\u2003")


def test_spaces_have_their_widths_and_what_is_unseen_has_none() -> None:
    spaces = {"\u2003": 10.0, "\u2002": 5.0, "\u2009": 2.0}
    found = {space: boxes(p(f"あ{space}い", run=named("BIZ UDMincho", "BIZ UDMincho"))) for space in spaces}
    assert {space: own[-1].x - own[0].x - 10 for space, own in found.items()} == pytest.approx(spaces)
    assert [box.text for box in boxes(p("\ufeff⚫\ufe0eビール\u200b"))] == ["⚫", "ビール"]


# -- widths and heights


def test_all_typefaces_have_one_height() -> None:
    faces = [fonts.face(bold, family) for family in fonts.OTHER_NAMES for bold in (False, True)]
    assert {(face.ascent, face.descent) for face in faces} == {(ASCENT, DESCENT)}
    assert len({frozenset(face.advances) for face in faces}) == 1  # and the same characters, so one check serves all


def test_letters_of_fixed_pitch_take_half_of_a_kanji() -> None:
    (box,) = boxes(p("ABCiIl12", run=named("BIZ UDMincho", "BIZ UDMincho")))
    assert box.width == pytest.approx(8 * 5)


@pytest.mark.parametrize(
    ("name", "look", "width"),
    [
        ("Times New Roman", "", 333 + 500 + 278 + 444 + 500),
        ("Times New Roman", "<w:b/>", 389 + 556 + 333 + 444 + 500),
        ("Arial", "", 278 + 556 + 278 + 556 + 556),
        ("Century", "<w:b/>", 407 + 611 + 389 + 500 + 556),
        ("", "", 333 + 500 + 278 + 444 + 500),
    ],
)
def test_latin_letters_are_as_wide_as_in_the_typeface_that_is_named(name: str, look: str, width: int) -> None:
    size = 10
    (latin, asian) = boxes(p("Inte5価", run=(named(name, "ＭＳ 明朝") if name else UNNAMED) + look))
    assert latin.width == pytest.approx(width * size / 1000, abs=0.05)
    drawn = fonts.face(latin.bold, latin.family).width(latin.text) * size
    assert latin.stretch * drawn == pytest.approx(latin.width, abs=0.05)
    assert (asian.width, asian.stretch) == pytest.approx((size, 1))


def test_quotation_marks_of_japanese_text_keep_their_widths() -> None:
    (box,) = boxes(p("価“価”価", run=named("Times New Roman", "ＭＳ 明朝", hint="eastAsia")))
    assert box.stretch == 1


def test_fourteen_letters_fit_a_column_for_fourteen() -> None:
    """Columns of 150 pt with 10 pt of margins; in LibreOffice too, only the first one is a twip too narrow."""
    margins = "<w:tcMar><w:left w:w='100' w:type='dxa'/><w:right w:w='100' w:type='dxa'/></w:tcMar>"
    cells = [cell(p("国" * 14, run=named("BIZ UDMincho", "BIZ UDMincho")), margins) for _ in range(4)]
    made = docx(table([3000, 3000, 3000, 3000, 2798], [row(*cells, "末")]), end=section(16000))
    assert [box.text for box in boxes_of(made)] == ["国" * 13, "国", *["国" * 14] * 3, "末"]


def test_thickened_letters_keep_their_widths() -> None:
    plain, bold = (boxes(p("太字Bold", run=named(PROPORTIONAL, PROPORTIONAL) + look)) for look in ("", "<w:b/>"))
    assert sum(box.width for box in plain) == pytest.approx(sum(box.width for box in bold))


# -- in the PDF


def operators(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.pages[0].Contents.read_bytes().decode("latin-1")


def test_only_what_is_used_is_embedded() -> None:
    pdf = drawn(docx(p("明朝だけ", run=named("BIZ UDMincho", "BIZ UDMincho") + "<w:b/>")))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts_ = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item]
        assert [str(font.FontName).partition("+")[2] for font in fonts_] == ["BIZUDMincho-Regular"]
    assert len(pdf) < 60_000


def test_a_typeface_without_bold_letters_is_thickened_and_only_there() -> None:
    body = p("明朝", run=named("BIZ UDMincho", "BIZ UDMincho") + '<w:b/><w:color w:val="0017C1"/><w:sz w:val="30"/>')
    marks = operators(drawn(docx(body + p("ゴシック", run=named(FIXED, FIXED) + "<w:b/>"))))
    assert marks.count("2 Tr") == 1
    assert marks.index("2 Tr") < marks.index("0.500 w") < marks.index("0 Tr")  # a thirtieth of 15 pt
    assert "0 0.0902 0.7569 RG" in marks


def test_slanted_letters_lean_by_15_degrees_and_stand_where_they_would() -> None:
    upright, slanted = (operators(drawn(docx(p("斜体A", run=look)))) for look in ("", "<w:i/>"))
    assert "1 0 0.268 1" in slanted and "1 0 0.268 1" not in upright
    plain, leaning = (boxes(p("斜体A", run=look)) for look in ("", "<w:i/>"))
    assert [(b.x, b.width) for b in plain] == [(b.x, b.width) for b in leaning]


def test_a_character_style_slants_and_takes_back_a_slant() -> None:
    styles = (
        "<w:style w:type='character' w:styleId='E'><w:rPr><w:i/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Q'><w:rPr><w:i/></w:rPr></w:style>"
    )
    emphasis = "<w:rStyle w:val='E'/>"
    assert [box.italic for box in boxes(p("文", run=emphasis), styles=styles)] == [True]
    assert [box.italic for box in boxes(p("文", "<w:pStyle w:val='Q'/>", emphasis), styles=styles)] == [False]
