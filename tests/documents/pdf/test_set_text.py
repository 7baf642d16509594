"""Paragraphs that are the same in several documents, shaped and broken once."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.pdf import lay_out
from tests.documents.docx.docx_files import docx, p, row, section, table
from tests.documents.pdf.pages import texts

WORDS = "一二三四五六七八九十" * 4


def test_the_same_paragraph_is_broken_for_the_column_that_it_stands_in() -> None:
    assert texts(docx(p(WORDS))) == [[WORDS[:16], WORDS[16:32], WORDS[32:]]]
    narrow = table([1000], [row(WORDS[:10])])
    assert texts(docx(narrow + p())) == [["一二三四五", "六七八九十"]]
    assert texts(docx(p(WORDS), end=section(width=3000))) == [[WORDS[at : at + 11] for at in range(0, 40, 11)]]


def test_each_document_is_told_what_cannot_be_drawn_of_the_same_paragraph() -> None:
    for name in ("一つ", "二つ"):
        with pytest.raises(Unsupported, match="書体にない文字") as caught:
            lay_out(read(docx(p("文字𓀀")), name))
        assert (caught.value.name, caught.value.near) == (name, "文字𓀀")
