"""Fields: page numbers, links, stored results, and what is not shown."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, examine, read
from pipeline.documents.docx.enclosed import Enclosed, enclosed
from pipeline.documents.docx.fields import link_of, treatment
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.tree import Link, PageField, Paragraph, Tab, Text
from tests.documents.docx.docx_files import docx, p, r


def char(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def field(code: str, result: str) -> str:
    instruction = f"<w:r><w:instrText xml:space='preserve'>{code}</w:instrText></w:r>"
    return char("begin") + instruction + char("separate") + result + char("end")


def paragraphs(body: str) -> list[Paragraph]:
    blocks = read(docx(body), "x.docx").sections[0].blocks
    return [block for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("code", ["REF b \\h", "SEQ 図 \\* ARABIC", "PAGEREF b", "MERGEFIELD 氏名", "= 1 + 2", "QUOTE"])
def test_stored_results_are_drawn(code: str) -> None:
    assert paragraphs(p("前", extra=field(code, r("結果")) + r("後")))[0].text == "前結果後"
    simple = f"<w:fldSimple w:instr='{code}'>{r('結果')}</w:fldSimple>"
    assert paragraphs(p("前", extra=simple))[0].text == "前結果"


@pytest.mark.parametrize("code", ["XE 索引", "TC 題", "SET 名前 値"])
def test_marks_for_indexes_show_nothing(code: str) -> None:
    hidden = char("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + r("隠れた字") + char("end")
    assert paragraphs(p("前", extra=hidden + r("後")))[0].text == "前後"


def test_a_link_field_links_its_text() -> None:
    code = "HYPERLINK &quot;https://example.jp/a&quot; \\l &quot;c&quot;"
    (paragraph,) = paragraphs(p(extra=field(code, r("市の") + r("頁"))))
    assert [(i.text, i.link) for i in paragraph.content if isinstance(i, Text)] == [
        ("市の頁", Link(address="https://example.jp/a#c"))
    ]
    assert link_of('HYPERLINK \\l "_Toc1" \\h') == Link(anchor="_Toc1")


def test_a_table_of_contents_spans_paragraphs_with_links_tabs_and_page_numbers() -> None:
    def entry(text: str, before: str = "", after: str = "") -> str:
        number = field("PAGEREF _Toc1 \\h", r("3"))
        return p(
            extra=f"{before}<w:hyperlink w:anchor='_Toc1'>{r(text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>{after}"
        )

    begin = char("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + char("separate")
    one, two, after = paragraphs(entry("第一", before=begin) + entry("第二", after=char("end")) + p("本文"))
    assert [one.text, two.text, after.text] == ["第一\t3", "第二\t3", "本文"]
    assert all(i.link == Link(anchor="_Toc1") for i in two.content if isinstance(i, Text))
    assert any(isinstance(i, Tab) for i in two.content)


def test_a_page_number_takes_the_format_of_its_result() -> None:
    big = "<w:r><w:rPr><w:sz w:val='40'/></w:rPr><w:t>9</w:t></w:r>"
    (paragraph,) = paragraphs(p(extra=field("PAGE \\* roman", big)))
    (number,) = [i for i in paragraph.content if isinstance(i, PageField)]
    assert (number.kind, number.numerals, number.format.size) == ("page", "lowerRoman", 20.0)


def test_a_field_within_the_code_of_another_is_not_shown() -> None:
    inner = field("REF x", r("内"))
    outer = char("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + char("separate") + r("外")
    assert paragraphs(p(extra=outer + char("end")))[0].text == "外"


@pytest.mark.parametrize("code", ["EQ \\o(a,b)", "PAGE \\# 00", "", "SYMBOL 183"])
def test_others_are_refused_by_name(code: str) -> None:
    assert treatment(code) == "refused"
    with pytest.raises(Unsupported, match="フィールド"):
        paragraphs(p("前", extra=field(code, r("x"))))


def form(code: str, chosen: str) -> str:
    begin = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{chosen}</w:ffData></w:fldChar></w:r>"
    return begin + f"<w:r><w:instrText> {code} </w:instrText></w:r>" + char("end")


@pytest.mark.parametrize(
    ("box", "shown"),
    [("<w:default w:val='0'/>", "☐"), ("<w:default w:val='1'/>", "☒"),
     ("<w:default w:val='1'/><w:checked w:val='0'/>", "☐"), ("<w:default w:val='0'/><w:checked/>", "☒")],
)  # fmt: skip
def test_a_box_to_tick_is_drawn_as_it_was_left(box: str, shown: str) -> None:
    body = p("前", extra=form("FORMCHECKBOX", f"<w:checkBox><w:sizeAuto/>{box}</w:checkBox>") + r("後"))
    assert paragraphs(body)[0].text == f"前{shown}後"


def test_a_list_to_choose_from_shows_what_was_chosen() -> None:
    entries = "<w:listEntry w:val='男'/><w:listEntry w:val='女'/>"
    one, other, *_ = (
        paragraphs(p(extra=form("FORMDROPDOWN", f"<w:ddList>{chosen}{entries}</w:ddList>")))[0].text
        for chosen in ("<w:result w:val='1'/>", "<w:default w:val='0'/>")
    )
    assert (one, other) == ("女", "男")


@pytest.mark.parametrize(
    "chosen", ["", "<w:ddList/>", "<w:ddList><w:result w:val='3'/><w:listEntry w:val='男'/></w:ddList>"]
)
def test_a_field_to_fill_in_that_does_not_say_what_it_shows_is_refused(chosen: str) -> None:
    with pytest.raises(Unsupported, match="フィールド（FORMDROPDOWN）"):
        paragraphs(p("前", extra=form("FORMDROPDOWN", chosen)))


@pytest.mark.parametrize("code", ["DATE", 'TIME \\@ "yyyy年M月d日"'])
def test_a_date_that_word_works_out_anew_is_read_as_stored_and_refused_where_nobody_is_told(code: str) -> None:
    data = docx(p("前", extra=field(code, r("2025年8月18日"))))
    document, refused = examine(data, "x.docx")
    assert (document.sections[0].blocks[0].text, document.dates, refused) == ("前2025年8月18日", (code,), ())  # type: ignore[union-attr]
    with pytest.raises(Unsupported, match="フィールド") as caught:
        read(data, "x.docx")
    assert "Ctrl＋Shift＋F9" in caught.value.cure


def test_a_refused_field_within_another_is_refused_by_name() -> None:
    with pytest.raises(Unsupported, match="DATE"):
        paragraphs(p("前", extra=f"<w:fldSimple w:instr='REF b'>{field('DATE', r('x'))}</w:fldSimple>"))


def test_a_field_without_its_result_is_refused() -> None:
    code = "<w:r><w:instrText>REF b</w:instrText></w:r>"
    with pytest.raises(Unsupported, match="REF b"):
        paragraphs(p("前", extra=char("begin") + code + char("end")))
    with pytest.raises(Unsupported, match="REF b"):
        paragraphs(p("前", extra="<w:fldSimple w:instr='REF b'/>"))


@pytest.mark.parametrize(
    ("code", "text"),
    [("eq \\o\\ac(○,印)", "㊞"), ("EQ \\o\\ac(○,5)", "⑤"), ("eq \\o(○, 秘 )", "㊙"), ("EQ \\o\\ac(◯,A)", "Ⓐ")],
)
def test_a_character_in_a_circle_is_that_character(code: str, text: str) -> None:
    assert enclosed(code, [RunFormat()] * len(code)) == text
    assert treatment(code) == "enclosed"


def test_other_equations_are_refused() -> None:
    assert [treatment(code) for code in ("EQ \\f(1,2)", "EQ \\o\\ac(星,印)", "EQ \\o\\ac(○,蕨市中)")] == ["refused"] * 3
    with pytest.raises(Unsupported, match="EQ") as refused:
        paragraphs(p("前", extra=field("EQ \\f(1,2)", "")))
    assert "数式" in refused.value.cure


@pytest.mark.parametrize(("around", "held"), [("□", "印"), ("○", "蕨"), ("△", "注"), ("◇", "12")])
def test_a_character_in_another_has_the_formats_of_its_code(around: str, held: str) -> None:
    large = "<w:position w:val='-4'/><w:sz w:val='32'/>"
    pieces = "".join(
        f"<w:r><w:rPr>{format_}</w:rPr><w:instrText>{text}</w:instrText></w:r>"
        for text, format_ in (("eq \\o\\ac(", ""), (around, large), (f",{held})", ""))
    )
    (paragraph,) = paragraphs(p("前", extra=char("begin") + pieces + char("end")))
    (found,) = [inline for inline in paragraph.content if isinstance(inline, Enclosed)]
    assert paragraph.text == f"前{around}{held}"
    assert [(run.size, run.rise) for _, run in found.parts] == [(16.0, -2.0), (10.0, 0.0)]


def test_a_character_in_a_circle_is_drawn_where_its_field_stands() -> None:
    code = "<w:r><w:instrText>eq \\o\\ac(○,</w:instrText></w:r><w:r><w:instrText>印)</w:instrText></w:r>"
    (paragraph,) = paragraphs(p("前", extra=char("begin") + code + char("end") + r("後")))
    assert paragraph.text == "前㊞後"
