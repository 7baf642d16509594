"""What floats at a place of the page: text that comes before its own paragraph keeps clear of it, too."""

from __future__ import annotations

import pytest

from tests.documents.docx.docx_files import docx, p
from tests.documents.docx.shape_files import anchored, graphic
from tests.documents.pdf.pages import laid_out, lines, page_of

SQUARE = "<wp:wrapSquare wrapText='bothSides'/>"
ABOVE = "<wp:wrapTopAndBottom/>"
LONG = "あいうえおかきくけこさしすせそたちつてとなにぬねの"


def floating(y: float, height: float, wrap: str = SQUARE) -> str:
    """Return what floats 60 pt wide at the left of the page, so far below its upper margin."""
    drawing = anchored(graphic(), height=height, y=y, wrap=wrap)
    return drawing.replace("relativeFrom='paragraph'", "relativeFrom='margin'")


def test_text_before_its_paragraph_goes_around() -> None:
    page = page_of(docx(p("最初の段落") + p("次の段落") + p("図の段落", extra=floating(0, 28))))
    found = {line.text: line.left for line in lines(page.boxes)}
    assert found["最初の段落"] == found["次の段落"] == pytest.approx(80, abs=1)
    assert found["図の段落"] == 20


def test_a_paragraph_that_it_moves_off_the_page_takes_it_along() -> None:
    texts = [p(f"{number}番目の段落") for number in range(15)]
    first, second = laid_out(docx("".join(texts) + p("図の段落", extra=floating(0, 60, ABOVE)))).pages
    assert [line.text for line in lines(first.boxes)] == [f"{number}番目の段落" for number in range(15)]
    (line,) = lines(second.boxes)
    assert line.text == "図の段落"
    assert line.baseline > 80


@pytest.mark.parametrize(
    ("indent", "places"),
    [
        ("", (80, 80, 20)),
        ("w:left='400'", (100, 100, 40)),
        ("w:left='400' w:hanging='200'", (90, 100, 40)),
        ("w:left='1400' w:hanging='100'", (85, 90, 90)),
    ],
    ids=["none", "all lines", "hanging", "beyond it"],
)
def test_indents_are_kept_beside_what_floats(indent: str, places: tuple[float, ...]) -> None:
    beside = anchored(graphic(), height=43, wrap=SQUARE)
    page = page_of(docx(p("題", extra=beside) + p(LONG, f"<w:ind {indent}/>")))
    assert [line.left for line in lines(page.boxes)[1:4]] == pytest.approx(places, abs=1)
