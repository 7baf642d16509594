"""Ruby: small letters over others, where they stand, what is read, and what is refused."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.boxes import TextBox
from pipeline.documents.standard import Standard
from tests.documents.docx.docx_files import docx, section
from tests.documents.pdf.pages import drawn, page_of
from tests.documents.pdf.tagged import tree

_FREE = "<w:pPr><w:spacing w:line='240' w:lineRule='auto'/></w:pPr>"


def ruby(base: str, small: str, alignment: str = "center", inner: str = "") -> str:
    return (
        f"<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val='{alignment}'/><w:hpsRaise w:val='18'/></w:rubyPr>"
        f"<w:rt><w:r><w:rPr><w:sz w:val='10'/></w:rPr><w:t>{small}</w:t></w:r>{inner}</w:rt>"
        f"<w:rubyBase><w:r><w:t>{base}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )


def paragraph(content: str, properties: str = _FREE) -> str:
    return f"<w:p>{properties}<w:r><w:t>前の</w:t></w:r>{content}<w:r><w:t>、後</w:t></w:r></w:p>"


def boxes(data: bytes) -> dict[str, TextBox]:
    return {box.text: box for box in page_of(data).boxes if isinstance(box, TextBox)}


def test_small_letters_stand_in_the_middle_over_the_others() -> None:
    found = boxes(docx(paragraph(ruby("施策", "読仮名"))))
    base, small = found["施策"], found["読仮名"]
    assert (base.size, small.size, base.baseline - small.baseline) == (10, 5, 9)
    assert small.x - base.x == pytest.approx(2.5)
    assert found["、後"].x == pytest.approx(base.x + 20)


@pytest.mark.parametrize(
    ("alignment", "places"),
    [
        ("left", [0]), ("right", [10]), ("distributeLetter", [0, 15]), ("distributeSpace", [2.5, 12.5]),
    ],
)  # fmt: skip
def test_letters_are_spread_as_the_document_says(alignment: str, places: list[float]) -> None:
    page = page_of(docx(paragraph(ruby("施策", "読方", alignment))))
    base, *small = [box for box in page.boxes if isinstance(box, TextBox) and box.text in "施策読方"]
    assert [box.x - base.x for box in small] == pytest.approx(places)


def test_a_base_narrower_than_its_ruby_stands_in_the_middle_under_it() -> None:
    found = boxes(docx(paragraph(ruby("志", "五字読仮名"))))
    assert found["志"].x - found["五字読仮名"].x == pytest.approx(7.5)
    assert found["、後"].x == pytest.approx(found["五字読仮名"].x + 25)


def test_a_character_in_another_stands_in_its_middle_and_is_read() -> None:
    code = "<w:fldSimple w:instr='eq \\o\\ac(□,12)'/>"
    data = docx(paragraph(code))
    found = boxes(data)
    assert found["12"].x + found["12"].width / 2 == pytest.approx(found["□"].x + found["□"].width / 2)
    part = pdf.PdfPart(data, "通知.docx")
    assert pdf.check([part], pdf.draw([part], pdf.PdfInfo("通知", ""))) == ()


def test_a_line_is_as_high_as_its_ruby_and_two_lines_of_a_grid() -> None:
    def height(content: str, grid: str = "") -> float:
        data = docx(paragraph(content) + f"<w:p>{_FREE}<w:r><w:t>次</w:t></w:r></w:p>", end=section(extra=grid))
        texts = [box for box in page_of(data).boxes if isinstance(box, TextBox)]
        return texts[-1].baseline - texts[0].baseline

    grid = "<w:docGrid w:type='lines' w:linePitch='360'/>"
    assert height(ruby("施策", "しさく")) == height("") == pytest.approx(10)
    assert boxes(docx(paragraph(ruby("施策", "しさく"))))["前の"].baseline == pytest.approx(20 + 9 + 0.88 * 5, abs=0.01)
    assert boxes(docx(paragraph(ruby("施策", "しさく")), end=section(extra=grid)))["前の"].baseline > 38
    assert height("", grid) == pytest.approx(18)


def test_ruby_is_one_letter_to_line_breaks_and_no_mark_parts_from_it() -> None:
    data = docx(f"<w:p>{_FREE}<w:r><w:t>{'字' * 14}</w:t></w:r>{ruby('施策', 'しさく')}<w:r><w:t>」</w:t></w:r></w:p>")
    found = boxes(data)
    assert found["施策"].baseline == found["」"].baseline > found["字" * 14].baseline


@pytest.mark.parametrize("standard", Standard)
def test_ruby_is_tagged_and_nothing_is_lost(standard: Standard) -> None:
    part = pdf.PdfPart(docx(paragraph(ruby("施策", "しさく", "distributeSpace"))), "x.docx")
    made = pdf.draw([part], pdf.PdfInfo("題", "", standard=standard))
    (tag,) = tree(made).all("Ruby")
    assert [(kid.name, kid.text) for kid in tag.kids] == [("RB", "施策"), ("RT", "しさく")]
    assert [*pdf.check([part], made)] == []


@pytest.mark.parametrize(
    ("content", "construct"),
    [
        (ruby("施策", "しさく", "rightVertical"), "右側に縦に付けるルビ"),
        (ruby("施策", "し", inner="<w:r><w:br/></w:r>"), "ルビの中の図や改行"),
    ],
)
def test_what_is_not_drawn_of_ruby_is_refused_by_name(content: str, construct: str) -> None:
    with pytest.raises(Unsupported) as caught:
        drawn(docx(paragraph(content)))
    assert caught.value.construct == construct
    assert "（ ）" in caught.value.cure
