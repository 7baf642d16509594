"""What documents of one template share: each is read as if it were the only one."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, read
from pipeline.documents.docx.tree import Document, Paragraph, Table, Text
from tests.documents.docx.docx_files import docx, p, row, table

LOOKS = (
    "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Own'/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Shadow'><w:name w:val='Shadow'/><w:rPr><w:shadow/></w:rPr></w:style>"
)
OWN = "<w:pStyle w:val='Own'/>"
NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)
ITEM = p("品目", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
DATE = "<w:p><w:fldSimple w:instr=' DATE '><w:r><w:t>今日</w:t></w:r></w:fldSimple></w:p>"


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for section in document.sections for block in section.blocks if isinstance(block, Paragraph)]


def test_what_is_written_alike_is_read_once_for_all_documents_of_a_template() -> None:
    first, second = (read(docx(p("同じ", OWN) + p(own), styles=LOOKS), own) for own in ("一つ", "二つ"))
    assert paragraphs(first)[0] is paragraphs(second)[0]
    assert [held.text for held in paragraphs(second)] == ["同じ", "二つ"]


def test_the_same_words_look_otherwise_where_the_styles_do() -> None:
    other = LOOKS.replace("<w:b/>", "<w:i/>")
    first, second = (paragraphs(read(docx(p("同じ", OWN), styles=styles), "x"))[0] for styles in (LOOKS, other))
    assert (first.mark.bold, first.mark.italic) == (True, False)
    assert (second.mark.bold, second.mark.italic) == (False, True)


def test_lists_count_anew_in_each_document() -> None:
    for _ in range(2):
        found = paragraphs(read(docx(ITEM + ITEM, numbering=NUMBERING), "x"))
        assert [held.label.text for held in found if held.label] == ["1", "2"]


def test_each_document_is_told_its_own_refusals() -> None:
    read(docx(p("前"), styles=LOOKS), "前の文書")
    for name in ("一つ", "二つ"):
        with pytest.raises(Unsupported, match="影付きの文字") as caught:
            read(docx(p("後", "<w:pStyle w:val='Shadow'/>"), styles=LOOKS), name)
        assert (caught.value.name, caught.value.near) == (name, "後")
    assert [held.text for held in paragraphs(read(docx(p("後"), styles=LOOKS), "後の文書"))] == ["後"]


def test_a_day_that_word_works_out_anew_is_told_of_each_document() -> None:
    for _ in range(2):
        with pytest.raises(Unsupported, match="DATE"):
            read(docx(DATE), "x")


def test_a_link_leads_where_its_own_document_says() -> None:
    body = "<w:p><w:hyperlink r:id='l'><w:r><w:t>先</w:t></w:r></w:hyperlink></w:p>"
    for target in ("https://example.jp/1", "https://example.jp/2"):
        (held,) = paragraphs(read(docx(body, related={"l": ("hyperlink", target)}), "x"))
        (text,) = held.content
        assert isinstance(text, Text)
        assert text.link is not None
        assert text.link.address == target


def test_a_paragraph_within_a_field_is_part_of_it() -> None:
    begin = "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> SET x </w:instrText></w:r></w:p>"
    end = "<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    found = paragraphs(read(docx(p("中") + begin + p("中") + end + p("中")), "x"))
    assert [held.text for held in found] == ["中", "", "", "", "中"]


def test_cells_that_are_written_alike_have_the_margins_of_their_own_table() -> None:
    written = table([1000], [row("中")])
    found = []
    for body in (written, written.replace("w:left w:w='0'", "w:left w:w='200'")):
        (block, *_) = read(docx(body + p()), "x").sections[0].blocks
        assert isinstance(block, Table)
        found.append(block.rows[0].cells[0].margins.left)
    assert found == [0.0, 10.0]
