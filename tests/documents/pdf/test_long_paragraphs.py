"""Paragraphs as programs write them: time grows with their length and no faster, and refusing takes no longer."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf import PdfInfo, PdfPart, draw
from tests.documents.docx.docx_files import docx, p, r, section
from tests.documents.pdf.pages import texts

pytestmark = pytest.mark.slow  # thousands of runs and tabs

_MOST = 2.4
"""How many times the calls of a paragraph those of one twice as long may be; what is compared with all before is 4."""


def calls(data: bytes) -> int:
    """Count the calls of functions while a document is drawn or refused: unlike seconds the same on every machine."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        draw([PdfPart(data, "長い.docx")], PdfInfo("x", ""))
    except Unsupported as refused:
        assert refused.construct
    finally:
        sys.setprofile(None)
    return count


def bold_by_turns(text: str, count: int) -> str:
    return "".join(r(text, "<w:b/>" if at % 2 else "") for at in range(count))


CONTENTS: dict[str, Callable[[int], str]] = {
    "runs": lambda count: bold_by_turns("文字列", count),
    "signs": lambda count: bold_by_turns("※", count),
    "tabs": lambda count: "<w:r><w:tab/><w:t>右</w:t></w:r>" * count,
    "breaks": lambda count: "<w:r><w:br/><w:t>行</w:t></w:r>" * count,
    "words": lambda count: r("春は word " * count),
    "marks": lambda count: r("。" * 10 * count),
    "refused": lambda count: "<w:r><w:ruby/></w:r>" * count,
}


@pytest.mark.parametrize("content", CONTENTS)
def test_work_grows_with_the_length_of_a_paragraph(content: str) -> None:
    once, twice = (calls(docx(f"<w:p>{CONTENTS[content](count)}</w:p>")) for count in (800, 1600))
    assert twice < _MOST * once


def test_work_grows_with_how_often_a_page_has_the_same_letter() -> None:
    letters = ("文", "\U0001f7e6")
    once, twice = (calls(docx(p("".join(letters) * count), end=section(12000, 17000))) for count in (400, 800))
    assert twice < _MOST * once


def test_refusing_takes_no_longer_than_drawing() -> None:
    unknown = "<w:rFonts w:ascii='X' w:hAnsi='X' w:eastAsia='見知らぬ書体'/>"
    known, refused = (docx("".join(p(f"段落{at}の文字列", run=run) for at in range(800))) for run in ("", unknown))
    assert calls(refused) < 2 * calls(known)


def test_a_line_of_nothing_but_closing_marks_is_full() -> None:
    assert [len(line) for line in texts(docx(p("」" * 40)))[0]] == [32, 8]
