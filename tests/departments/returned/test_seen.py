"""What a person sees in Word is told: alternate content, ruby, prompts, list marks, alternative texts, deleted rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from pipeline.departments.returned.formulas import linear
from pipeline.documents.docx.markup import MATH
from pipeline.model.correspondence import Kind, Proposal
from tests.departments.returned.post import Post, packed
from tests.departments.returned.test_dialects import before, in_row, replaced

_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_BOX = (
    '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>箱の文字</w:t>'
    "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
)
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_ART = f'<w:r><w:pict><v:shape {_VML}><v:textpath string="飾り文字"/></v:shape></w:pict></w:r>'
_BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent><w:r><w:t>外</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)
_DELETED = '<w:del w:id="801" w:author="商工 花子" w:date="2021-07-20T10:01:00Z"/>'
_DOCUMENT, _NUMBERING = "word/document.xml", "word/numbering.xml"


def alternate(choice: str, fallback: str, names: str = 'xmlns:zz="urn:zz"', requires: str = "zz") -> str:
    return (
        f'<w:r><mc:AlternateContent {_MC}><mc:Choice {names} Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def text(words: str) -> str:
    return f"<w:t>{words}</w:t>"


def found(post: Post, edit: Callable[[str], str], part: str = _DOCUMENT) -> tuple[Proposal, ...]:
    with zipfile.ZipFile(io.BytesIO(post.sheet())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[part] = edit(parts[part].decode()).encode()
    post.put(packed(parts))
    return post.collect()


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (alternate(text("選択"), text("代替")), "代替"),
        (alternate("", _BOX), "箱の文字"),
        (alternate(text("選択"), text("代替"), _WPS, "wps"), "選択"),
        (alternate(text("選択"), text("代替"), f'{_WPS} xmlns:zz="urn:zz"', "wps zz"), "代替"),
        (_ART, "飾り文字"),
        ("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>るび</w:t></w:r></w:rt></w:ruby></w:r>", "るび"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>るび</w:t></w:r></w:rt><w:rubyBase><w:r><w:t/></w:r></w:rubyBase></w:ruby></w:r>",
         "るび"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>案内の下の文字</w:t></w:r></w:sdtContent></w:sdt>",
         "案内の下の文字"),
        ("<w:r><w:pgNum/></w:r>", "ページ番号"),
    ],
)  # fmt: skip
def test_what_word_shows_is_told(post: Post, xml: str, shown: str) -> None:
    (proposal,) = found(post, before(xml))
    assert shown in proposal.new + proposal.why
    assert not any(other in proposal.new for other in {"選択", "代替"} - {shown})


@pytest.mark.parametrize(
    ("xml", "asked"),
    [
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>l</w:t></w:r>', "Wingdings"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>ab</w:t></w:r>", "大文字"),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>見えない</w:t></w:r>', "文字の色"),
        ('<w:bdo w:val="rtl"><w:r><w:t>逆さ</w:t></w:r></w:bdo>', "向き"),
        (_BOUND, "データ"),
    ],
)  # fmt: skip
def test_what_word_shows_otherwise_than_it_is_stored_is_asked_about(post: Post, xml: str, asked: str) -> None:
    (proposal,) = found(post, before(xml))
    assert proposal.kind is Kind.QUESTION
    assert asked in proposal.why


def test_an_empty_formula_with_a_sign_is_asked_about(post: Post) -> None:
    sign = '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e/></m:nary>'
    (proposal,) = found(post, before(f'<m:oMath xmlns:m="{MATH[1:-1]}">{sign}</m:oMath>'))
    assert (proposal.kind, proposal.new[0]) == (Kind.QUESTION, "∑")


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        ("<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>", "1/2"),
        ("<m:sSup><m:e>{10}</m:e><m:sup>{2}</m:sup></m:sSup>", "10^2"),
        ("<m:rad><m:deg/><m:e>{2}</m:e></m:rad>", "2"),
    ],
)
def test_a_formula_in_one_line_says_no_other_figure(xml: str, line: str) -> None:
    runs = re.sub(r"\{(\d+)\}", r"<m:r><m:t>\1</m:t></m:r>", xml)
    assert linear(etree.fromstring(f'<m:oMath xmlns:m="{MATH[1:-1]}">{runs}</m:oMath>')) == line


def test_a_changed_alternative_text_is_told(post: Post) -> None:
    (proposal,) = found(post, lambda sheet: re.sub(r'descr="[^"]*"', 'descr="別の説明"', sheet, count=1))
    assert (proposal.kind, proposal.new) == (Kind.OUTSIDE, "別の説明")
    assert "代替テキスト" in proposal.why


def test_an_emptied_alternative_text_is_told(post: Post) -> None:
    (proposal,) = found(post, lambda sheet: re.sub(r'descr="[^"]*"', 'descr=""', sheet, count=1))
    assert (proposal.kind, proposal.new) == (Kind.OUTSIDE, "")


@pytest.mark.parametrize(
    "edit",
    [
        lambda part: re.sub(r'(<w:lvlText w:val=")[^"]+"', r'\1◆"', part),
        lambda part: re.sub(r'<w:numFmt w:val="bullet"/>', '<w:numFmt w:val="decimal"/>', part),
    ],
)
def test_a_changed_list_mark_is_asked_about(post: Post, edit: Callable[[str], str]) -> None:
    proposals = found(post, edit, _NUMBERING)
    assert proposals
    assert all("行頭の自動の記号又は番号" in proposal.why for proposal in proposals)
    assert not any(proposal.kind is Kind.CHANGE for proposal in proposals)


def test_words_typed_into_a_row_that_is_then_deleted_are_told(post: Post) -> None:
    def edit(sheet: str) -> str:
        return replaced(in_row(_DELETED)(sheet), ">認定は1件で、", ">消す前に書いた。認定は1件で、")

    told = [proposal for proposal in found(post, edit) if proposal.kind is Kind.OUTSIDE]
    assert [proposal.new[:8] for proposal in told] == ["消す前に書いた。"]


def test_a_row_deleted_as_it_was_sent_has_no_such_words(post: Post) -> None:
    assert {proposal.kind for proposal in found(post, in_row(_DELETED))} == {Kind.MISSING}


def test_symbols_and_pictures_in_headers_and_comments_are_read(post: Post) -> None:
    sign = '<w:p><w:r><w:t>注</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p></w:hdr>'
    (proposal,) = found(post, lambda part: part.replace("</w:hdr>", sign), "word/header1.xml")
    assert proposal.new == "注\uf0fc"
