"""Paragraphs as programs write them: time grows with their length and no faster, and refusing takes no longer."""

from __future__ import annotations

import time

import pytest

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf import PdfInfo, PdfPart, draw
from tests.documents.docx.docx_files import docx, p, r
from tests.documents.pdf.pages import texts

_MOST = 3.0
"""Seconds of processor time; the least of these took ten before."""


def seconds(data: bytes) -> float:
    began = time.process_time()
    try:
        draw([PdfPart(data, "長い.docx")], PdfInfo("x", ""))
    except Unsupported as refused:
        assert refused.construct
    return time.process_time() - began


@pytest.mark.parametrize(
    "content",
    [
        "".join(r("文字列", "<w:b/>" if at % 2 else "") for at in range(8_000)),
        "".join(r("※", "<w:b/>" if at % 2 else "") for at in range(8_000)),
        "<w:r><w:tab/><w:t>右</w:t></w:r>" * 4_000,
        "<w:r><w:br/><w:t>行</w:t></w:r>" * 4_000,
        r("春は word " * 17_000),
        r("。" * 160_000),
        "<w:r><w:ruby/></w:r>" * 8_000,
    ],
    ids=["runs", "signs", "tabs", "breaks", "words", "marks", "refused"],
)
def test_time_grows_with_the_length_of_a_paragraph(content: str) -> None:
    assert seconds(docx(f"<w:p>{content}</w:p>")) < _MOST


def test_refusing_takes_no_longer_than_drawing() -> None:
    unknown = "<w:rFonts w:ascii='X' w:hAnsi='X' w:eastAsia='見知らぬ書体'/>"
    known, refused = (docx("".join(p(f"段落{at}の文字列", run=run) for at in range(800))) for run in ("", unknown))
    assert seconds(refused) < 2 * seconds(known)


def test_a_line_of_nothing_but_closing_marks_is_full() -> None:
    assert [len(line) for line in texts(docx(p("」" * 40)))[0]] == [32, 8]
