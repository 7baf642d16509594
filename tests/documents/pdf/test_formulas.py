"""Formulas: every construct of Word's as boxes, the words that are read for them, and what a PDF holds of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import read
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.tree import Paragraph
from pipeline.documents.pdf.boxes import FillBox, TextBox
from tests.documents.docx.docx_files import docx, section
from tests.documents.pdf.pages import drawn, fills, laid_out, page_of
from tests.documents.pdf.tagged import tree

_FREE = "<w:pPr><w:spacing w:line='240' w:lineRule='auto'/></w:pPr>"


def run(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def inner(name: str, *texts: str) -> str:
    return f"<m:{name}>{''.join(map(run, texts))}</m:{name}>"


def fraction(over: str, under: str, kind: str = "") -> str:
    said = f"<m:fPr><m:type m:val='{kind}'/></m:fPr>" if kind else ""
    return f"<m:f>{said}{inner('num', over)}{inner('den', under)}</m:f>"


def within(formula: str) -> bytes:
    """Make a document of one formula in a line of text."""
    return docx(f"<w:p>{_FREE}<w:r><w:t>前</w:t></w:r><m:oMath>{formula}</m:oMath><w:r><w:t>後</w:t></w:r></w:p>")


def alone(*formulas: str, alignment: str = "") -> bytes:
    """Make a document of formulas on lines of their own."""
    said = f"<m:oMathParaPr><m:jc m:val='{alignment}'/></m:oMathParaPr>" if alignment else ""
    lines = "<m:r><w:br/></m:r></m:oMath><m:oMath>".join(formulas)
    return docx(f"<w:p>{_FREE}<m:oMathPara>{said}<m:oMath>{lines}</m:oMath></m:oMathPara></w:p>")


def formula_of(data: bytes) -> Formula:
    (paragraph,) = read(data, "x.docx").sections[0].blocks
    assert isinstance(paragraph, Paragraph)
    return next(inline for inline in paragraph.content if isinstance(inline, Formula))


def letters(data: bytes) -> dict[str, TextBox]:
    return {box.text: box for box in page_of(data).boxes if isinstance(box, TextBox)}


@pytest.mark.parametrize(
    ("formula", "text", "alt"),
    [
        (run("y=-ax"), "y=−ax", "y=−ax"),
        (fraction("1", "x"), "1x", "1/x"),
        (fraction("a+1", "x", "lin"), "a+1/x", "(a+1)/x"),
        (fraction("n", "k", "noBar"), "nk", "n/k"),
        (f"<m:sSup>{inner('e', 'x')}{inner('sup', '2')}</m:sSup>", "x2", "x^2"),
        (f"<m:sSubSup>{inner('e', 'x')}{inner('sub', 'i')}{inner('sup', '2')}</m:sSubSup>", "x2i", "x_i^2"),
        (f"<m:sPre>{inner('sub', '1')}{inner('sup', '2')}{inner('e', 'H')}</m:sPre>", "21H", "_1^2H"),
        (f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>{inner('e', 'x+1')}</m:rad>", "√x+1", "√(x+1)"),
        (f"<m:rad>{inner('deg', '3')}{inner('e', 'x')}</m:rad>", "3√x", "3√x"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>{inner('sub', 'i=1')}{inner('sup', 'n')}"
            f"{inner('e', 'a')}</m:nary>",
            "∑ni=1a",
            "∑_(i=1)^n a",
        ),
        (f"<m:d><m:dPr><m:begChr m:val='{{'/><m:endChr m:val=''/></m:dPr>{inner('e', 'x')}</m:d>", "{x", "{x"),
        (f"<m:d>{inner('e', 'a')}{inner('e', 'b')}</m:d>", "(a|b)", "(a|b)"),
        (
            f"<m:func><m:fName><m:limLow>{inner('e', 'lim')}{inner('lim', 'n→∞')}</m:limLow></m:fName>"
            f"{inner('e', 'a')}</m:func>",
            "limn→∞a",
            "lim_(n→∞) a",
        ),
        (f"<m:acc><m:accPr><m:chr m:val='\u20d7'/></m:accPr>{inner('e', 'v')}</m:acc>", "v\u20d7", "v\u20d7"),
        (f"<m:acc><m:accPr><m:chr m:val='\u0305'/></m:accPr>{inner('e', 'x')}</m:acc>", "x", "¯x"),
        (f"<m:bar>{inner('e', 'x')}</m:bar>", "x", "▁x"),
        (f"<m:borderBox>{inner('e', 'x')}</m:borderBox>", "x", "▭x"),
        (f"<m:groupChr>{inner('e', 'a+b')}</m:groupChr>", "a+b⏟", "(a+b)⏟"),
        (f"<m:box>{inner('e', '≝')}</m:box>", "≝", "≝"),
        (f"<m:m><m:mr>{inner('e', '1')}{inner('e', '0')}</m:mr><m:mr>{inner('e', '0')}</m:mr></m:m>", "100", "1, 0; 0"),
        (f"<m:eqArr>{inner('e', 'x&amp;=1')}{inner('e', 'xy&amp;=2')}</m:eqArr>", "x=1xy=2", "x=1; xy=2"),
        (run("R", "<m:rPr><m:scr m:val='double-struck'/></m:rPr>"), "ℝ", "ℝ"),
        (run("if x", "<m:rPr><m:nor/></m:rPr>"), "if x", "if x"),
    ],
)
def test_all_that_formulas_are_made_of_is_drawn_and_has_its_words(formula: str, text: str, alt: str) -> None:
    data = within(formula)
    assert (formula_of(data).text, formula_of(data).alt) == (text, alt)
    boxes = [box for box in page_of(data).boxes if isinstance(box, TextBox)]
    assert "".join(box.text for box in boxes) == f"前{text}後"
    assert [*pdf.check([part := pdf.PdfPart(data, "x.docx")], pdf.draw([part], pdf.PdfInfo("", "")))] == []


def test_letters_are_slanted_and_figures_and_names_are_upright() -> None:
    upright = run("sin", "<m:rPr><m:sty m:val='p'/></m:rPr>")
    found = letters(within(f"{upright}{run('x2')}"))
    assert {text: found[text].family for text in ("sin", "x", "2")} == {
        "sin": "Report Math", "x": "Report Math Italic", "2": "Report Math",
    }  # fmt: skip


def test_signs_that_join_terms_have_space_and_signs_of_a_term_have_none() -> None:
    def gap(data: bytes, sign: str) -> float:
        boxes = [box for box in page_of(data).boxes if isinstance(box, TextBox)]
        at = [box.text for box in boxes].index(sign)
        return boxes[at + 1].x - boxes[at].x - boxes[at].width

    assert gap(within(run("a−b")), "−") == pytest.approx(10 * 4 / 18)
    assert gap(within(run("=−b")), "−") == pytest.approx(0)
    assert gap(within(run("a=b")), "=") == pytest.approx(10 * 5 / 18)


def test_a_fraction_is_smaller_in_a_line_than_alone_and_has_its_bar_between() -> None:
    in_line, by_itself = letters(within(fraction("a", "b"))), letters(alone(fraction("a", "b")))
    assert (in_line["a"].size, by_itself["a"].size) == (7.3, 10)
    (bar,) = fills(page_of(alone(fraction("a", "b"))))
    assert by_itself["a"].baseline < bar.y < by_itself["b"].baseline - 5


def test_brackets_and_roots_grow_with_what_is_in_them() -> None:
    tall = alone(f"<m:d><m:e>{fraction('a', 'b')}</m:e></m:d>")
    assert letters(tall)["("].family == "Report Math 2"
    flat = alone(f"<m:d><m:dPr><m:grow m:val='0'/></m:dPr><m:e>{fraction('a', 'b')}</m:e></m:d>")
    assert letters(flat)["("].family == "Report Math"
    root = alone(f"<m:rad><m:deg/><m:e>{fraction('a', 'b')}</m:e></m:rad>")
    sign, line = letters(root)["√"], max(fills(page_of(root)), key=lambda box: -box.y)
    assert sign.family != "Report Math"
    assert line.x == pytest.approx(sign.x + sign.width, abs=2)


def test_limits_stand_over_and_under_where_a_formula_stands_alone() -> None:
    total = (
        f"<m:nary><m:naryPr><m:chr m:val='∑'/><m:limLoc m:val='undOvr'/></m:naryPr>{inner('sub', 'k')}"
        f"{inner('sup', 'n')}{inner('e', 'a')}</m:nary>"
    )
    by_itself, in_line = letters(alone(total)), letters(within(total))
    assert by_itself["n"].baseline < by_itself["∑"].baseline - 12 < by_itself["k"].baseline - 17
    assert by_itself["n"].x < by_itself["∑"].x + by_itself["∑"].width
    assert in_line["n"].x >= in_line["∑"].x + in_line["∑"].width


def test_a_line_is_as_high_as_its_formula() -> None:
    def next_line(formula: str) -> float:
        data = docx(f"<w:p>{_FREE}<m:oMath>{formula}</m:oMath></w:p><w:p>{_FREE}<w:r><w:t>次</w:t></w:r></w:p>")
        return letters(data)["次"].baseline

    assert next_line(run("x")) < next_line(fraction("1", "2")) < next_line(fraction("1", "2").replace("2", "2" * 3)) + 1


@pytest.mark.parametrize(("alignment", "left"), [("left", 20), ("right", 170), ("center", 95), ("", 95)])
def test_a_formula_on_a_line_of_its_own_has_its_own_alignment(alignment: str, left: float) -> None:
    upright = "<m:rPr><m:sty m:val='p'/></m:rPr>"
    found = letters(alone(run("00", upright), alignment=alignment))
    assert found["00"].x == pytest.approx(left)


def test_lines_of_a_group_begin_at_one_place() -> None:
    page = page_of(alone(run("a=bcdefg"), run("h=i")))
    boxes = [box for box in page.boxes if isinstance(box, TextBox) and box.text in "ah"]
    assert len({box.baseline for box in boxes}) == 2
    assert len({round(box.x, 3) for box in boxes}) == 1


def test_text_on_the_line_of_a_formula_makes_it_a_formula_in_a_line() -> None:
    body = f"<w:p>{_FREE}<w:r><w:t>式</w:t></w:r><m:oMathPara><m:oMath>{run('x')}</m:oMath></m:oMathPara></w:p>"
    assert letters(docx(body))["式"].x == pytest.approx(20)


def test_a_long_formula_breaks_before_a_sign() -> None:
    page = page_of(alone(run("=".join("abcdefghijklmnopqrstuvwxyz"))))
    boxes = [box for box in page.boxes if isinstance(box, TextBox)]
    heights = sorted({box.baseline for box in boxes})
    assert len(heights) > 1
    assert all(box.x + box.width <= 180.01 for box in boxes)
    assert next(box.text for box in boxes if box.baseline == heights[1]) == "="


def test_a_formula_is_tagged_and_read_on_one_line() -> None:
    (tag,) = tree(drawn(within(fraction("a", "b")))).all("Formula")
    assert (tag.alt, tag.text) == ("a/b", "ab")


def test_equations_take_no_more_room_than_they_need() -> None:
    equations = f"<m:eqArr>{inner('e', 'x&amp;=1')}{inner('e', 'xy&amp;=2')}</m:eqArr>"
    data = within(f"<m:d><m:e>{equations}</m:e></m:d>")
    found = letters(data)
    assert found["x"].x + found["x"].width == pytest.approx(found["xy"].x + found["xy"].width, abs=0.5)
    assert found[")"].x - found["2"].x - found["2"].width < 3


@pytest.mark.parametrize(
    "formula",
    [
        "<m:d><m:dPr><m:begChr m:val=' '/><m:endChr m:val='ab'/></m:dPr><m:e/></m:d>",
        "<m:nary><m:naryPr><m:chr m:val=''/></m:naryPr></m:nary>",
        "<m:acc><m:accPr><m:chr m:val=''/></m:accPr><m:e/></m:acc>",
        "<m:groupChr><m:groupChrPr><m:chr m:val=' '/></m:groupChrPr><m:e/></m:groupChr>",
        "<m:m><m:mPr><m:mcs><m:mc><m:mcPr><m:count m:val='999999999'/></m:mcPr></m:mc></m:mcs></m:mPr></m:m>",
        "<m:m><m:mr/></m:m><m:eqArr/><m:f/><m:rad/><m:sSup/><m:sPre/><m:limLow/><m:func/><m:bar/><m:box/>",
        "",
    ],
)
def test_what_is_empty_or_odd_in_a_formula_does_no_harm(formula: str) -> None:
    assert page_of(within(formula))


def test_colours_are_kept() -> None:
    red = "<w:rPr><w:color w:val='FF0000'/><w:highlight w:val='yellow'/></w:rPr>"
    data = within(run("x", red))
    assert letters(data)["x"].color == "FF0000"
    assert [box.color for box in page_of(data).boxes if isinstance(box, FillBox)] == ["FFFF00"]


def test_the_same_formula_gives_the_same_bytes() -> None:
    data = alone(fraction("a", "b"))
    assert drawn(data) == drawn(data)


_DEEP = 110


def nested(formula: Callable[[str], str]) -> str:
    made = run("x")
    for _ in range(_DEEP):
        made = formula(made)
    return made


@pytest.mark.parametrize(
    "formula",
    [
        lambda held: f"<m:sSup><m:e>{held}</m:e>{inner('sup', '2')}</m:sSup>",
        lambda held: f"<m:d><m:e>{held}</m:e></m:d>",
        lambda held: f"<m:rad><m:deg/><m:e>{held}</m:e></m:rad>",
    ],
)
def test_formulas_within_formulas_take_no_longer_than_they_are(formula: Callable[[str], str]) -> None:
    body, wide = f"<w:p>{_FREE}<m:oMath>{nested(formula)}</m:oMath></w:p>", section(30000, 30000)
    assert laid_out(docx(body, end=wide))


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        (f"<w:p><m:oMath><m:rad><m:deg/><m:e>{fraction('1', '2')}</m:e></m:rad></m:oMath></w:p>",
         "行の間隔に収まらない文字"),
        (f"<w:p><m:oMath><m:borderBox><m:borderBoxPr><m:strikeH/></m:borderBoxPr>{inner('e', 'x')}</m:borderBox>"
         "</m:oMath></w:p>", "数式の中の取り消し線"),
        (f"<w:p><m:oMath>{run('x', '<m:rPr><m:brk/></m:rPr>')}</m:oMath></w:p>", "数式の中の改行・位置合わせ"),
        (f"<w:p><m:oMath>{run('𓀀')}</m:oMath></w:p>", "書体にない文字「𓀀」（U+13000）"),
        ("<w:p><m:oMath><m:ins/></m:oMath></w:p>", "数式の中のそのほかの要素"),
    ],
)  # fmt: skip
def test_what_is_not_drawn_of_formulas_is_refused_by_name(body: str, construct: str) -> None:
    with pytest.raises(Unsupported) as caught:
        drawn(docx(body))
    assert caught.value.construct == construct
