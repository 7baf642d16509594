"""Labels of lists: formats, levels, restarts, bullets of symbol fonts."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.tree import Paragraph
from tests.documents.docx.docx_files import docx, p, section

CUSTOM = (
    "<mc:AlternateContent><mc:Choice Requires='w14'><w:numFmt w:val='custom' w:format='001, 002'/></mc:Choice>"
    "<mc:Fallback><w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent>"
)


def level(depth: int, kind: str, text: str, extra: str = "") -> str:
    own = f"<w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/>"
    return f"<w:lvl w:ilvl='{depth}'>{own}{extra}</w:lvl>"


def kind(*levels: str, key: str = "0", extra: str = "") -> str:
    return f"<w:abstractNum w:abstractNumId='{key}'>{extra}{''.join(levels)}</w:abstractNum>"


def number(key: str, of: str = "0", extra: str = "") -> str:
    return f"<w:num w:numId='{key}'><w:abstractNumId w:val='{of}'/>{extra}</w:num>"


def item(depth: int = 0, key: str = "1") -> str:
    return p("x", f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{key}'/></w:numPr>")


def labels(body: str, numbering: str) -> list[str]:
    blocks = read(docx(body, numbering=numbering), "x").sections[0].blocks
    return [block.label.text for block in blocks if isinstance(block, Paragraph) and block.label]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("decimal", "21"), ("decimalZero", "21"), ("decimalFullWidth", "２１"), ("decimalEnclosedCircle", "21"),
        ("aiueoFullWidth", "ナ"), ("aiueo", "ﾅ"), ("irohaFullWidth", "ナ"), ("lowerLetter", "u"), ("upperRoman", "XXI"),
        ("lowerRoman", "xxi"), ("japaneseCounting", "二十一"), ("ideographDigital", "二一"), ("numberInDash", "- 21 -"),
        ("ideographTraditional", "21"), ("none", ""),
    ],
)  # fmt: skip
def test_how_21_is_written(name: str, shown: str) -> None:
    assert NUMERALS[name](21) == shown


def test_how_small_and_large_numbers_are_written() -> None:
    assert [NUMERALS["decimalEnclosedCircle"](n) for n in (1, 20)] == ["①", "⑳"]
    assert [NUMERALS["japaneseCounting"](n) for n in (10, 100, 305, 1999)] == ["十", "百", "三百五", "千九百九十九"]
    assert [NUMERALS["upperRoman"](n) for n in (4, 1999)] == ["IV", "MCMXCIX"]
    assert [NUMERALS["lowerLetter"](n) for n in (26, 27)] == ["z", "aa"]


def test_levels_count_below_each_other_and_begin_again() -> None:
    made = kind(level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%3"))
    body = "".join(map(item, (0, 1, 1, 2, 0, 1, 2)))
    assert labels(body, made + number("1")) == ["I", "I.1", "I.2", "1", "II", "II.1", "1"]


def test_a_level_that_was_passed_over_has_begun() -> None:
    made = kind(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
    assert labels("".join(map(item, (0, 2, 1, 1))), made + number("1")) == ["1", "1.1.1", "1.2", "1.3"]


def test_a_legal_level_writes_all_numbers_in_figures() -> None:
    made = kind(level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert labels(item(0) + item(1), made + number("1")) == ["I", "1.1"]


def test_a_level_may_go_on_counting() -> None:
    made = kind(level(0, "decimal", "%1"), level(1, "lowerLetter", "%2", "<w:lvlRestart w:val='0'/>"))
    assert labels("".join(map(item, (0, 1, 0, 1))), made + number("1")) == ["1", "a", "2", "b"]


def test_a_style_may_go_a_level_deeper_in_the_list_of_its_base() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='A'><w:name w:val='A'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='B'><w:name w:val='B'/><w:basedOn w:val='A'/>"
        "<w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    indent = "<w:pPr><w:ind w:left='{}'/></w:pPr>"
    made = kind(level(0, "decimal", "%1", indent.format(200)), level(1, "decimal", "%1.%2", indent.format(400)))
    body = "".join(p("x", f"<w:pStyle w:val='{style}'/>") for style in "ABAB")
    blocks = read(docx(body, styles=styles, numbering=made + number("1")), "x").sections[0].blocks
    found = [(b.label.text, b.format.left) for b in blocks if isinstance(b, Paragraph) and b.label]
    assert found == [("1", 10.0), ("1.1", 20.0), ("2", 10.0), ("2.1", 20.0)]


def test_a_paragraph_that_leaves_the_list_of_its_style_begins_at_the_margin_but_for_indents_beside_that() -> None:
    own = "<w:ind w:left='300'/>"
    out_of_list = "<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr>{}</w:pPr>"
    in_list = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>{}</w:pPr>"
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>{properties}</w:style>"
        for name, properties in (
            ("A", in_list.format("")),
            ("B", in_list.format(own)),
            ("C", f"<w:basedOn w:val='B'/>{out_of_list.format('')}"),
            ("D", f"<w:basedOn w:val='B'/>{out_of_list.format(own)}"),
        )
    )
    made = kind(level(0, "decimal", "%1", "<w:pPr><w:ind w:left='200' w:hanging='100'/></w:pPr>"))
    none = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{}'/></w:numPr>"
    body = "".join(
        p("x", f"<w:pStyle w:val='{style}'/>{direct}")
        for style, direct in (
            ("A", ""),
            ("A", none.format(0)),
            ("A", none.format(7)),
            ("B", none.format(0)),
            ("C", ""),
            ("D", ""),
        )
    )
    blocks = read(docx(body, styles=styles, numbering=made + number("1")), "x").sections[0].blocks
    found = [(b.label is not None, b.format.left, b.format.first_line) for b in blocks if isinstance(b, Paragraph)]
    margin = (False, 0.0, 0.0)
    assert found == [(True, 10.0, -5.0), margin, margin, margin, margin, (False, 15.0, 0.0)]


def test_a_paragraph_that_only_ends_a_section_is_not_counted() -> None:
    item = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    body = p("", item + section()) + p("一", item) + p("二", item + section()) + p("三", item)
    document = read(docx(body, numbering=kind(level(0, "decimal", "%1")) + number("1")), "x")
    blocks = [block for part in document.sections for block in part.blocks if isinstance(block, Paragraph)]
    assert [b.label and b.label.text for b in blocks] == [None, "1", "2", "3"]


def test_lists_of_one_kind_go_on_unless_they_start_anew() -> None:
    made = kind(level(0, "decimal", "%1")) + number("1") + number("2")
    anew = number("3", extra="<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>")
    body = "".join(item(0, key) for key in ("1", "1", "2", "3", "3"))
    assert labels(body, made + anew) == ["1", "2", "3", "1", "2"]


def test_a_list_may_be_that_of_a_numbering_style() -> None:
    base = kind(level(0, "decimal", "%1"), key="0", extra="<w:styleLink w:val='S'/>")
    link = kind(key="1", extra="<w:numStyleLink w:val='S'/>")
    assert labels(item(), base + link + number("1", "1")) == ["1"]


@pytest.mark.parametrize(("font", "code", "shown"), [("Symbol", "F0B7", "•"), ("Wingdings", "F06C", "●")])
def test_bullets_of_symbol_fonts_are_the_characters_they_show(font: str, code: str, shown: str) -> None:
    fonts = f"<w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}'/></w:rPr>"
    assert labels(item(), kind(level(0, "bullet", f"&#x{code};", fonts)) + number("1")) == [shown]


@pytest.mark.parametrize(
    ("made", "construct"),
    [
        (level(0, "bullet", "&#xF0AA;", "<w:rPr><w:rFonts w:ascii='Webdings'/></w:rPr>"), "行頭文字（Webdings）"),
        (level(0, "bullet", "", "<w:lvlPicBulletId w:val='0'/>"), "図を行頭文字"),
        (level(0, "hebrew1", "%1"), "段落番号の形式（そのほか）"),
        (level(0, "decimal", "%1").replace("<w:numFmt w:val='decimal'/>", CUSTOM), "段落番号の形式（そのほか）"),
        (level(0, "decimal", "%1", "<w:rPr><w:emboss/></w:rPr>"), "浮き出し"),
    ],
)
def test_labels_that_are_not_drawn_are_refused_where_they_are_used(made: str, construct: str) -> None:
    numbering = kind(made) + number("1")
    assert labels(p("x"), numbering) == []
    with pytest.raises(Unsupported) as caught:
        labels(item(), numbering)
    assert construct in caught.value.construct
    assert caught.value.near == "x"
