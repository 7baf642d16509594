"""Sheets as Word and other programs write them, where LibreOffice writes them otherwise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from pipeline.model.correspondence import Kind, Proposal
from tests.departments.returned.post import Post, packed
from tests.departments.returned.scenarios.table import line

EVALUATION = "measures/1-2.yaml#initiatives.head-office.evaluation"
_RUN = '<w:r><w:t xml:space="preserve">'
_START = f"{_RUN}認定は1件で、"
_BY = 'w:id="801" w:author="商工 花子" w:date="2021-07-20T10:01:00Z"'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    return f"<w:ins {_BY}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {_BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def before(xml: str) -> Callable[[str], str]:
    """Put XML before the first words of a field."""
    return lambda text: replaced(text, _START, xml + _START)


def instead(xml: str) -> Callable[[str], str]:
    """Put XML in the place of a field's first words."""
    return lambda text: replaced(text, _START, xml + _RUN)


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, text.count(old)
    return text.replace(old, new)


def row_of(text: str, words: str) -> tuple[int, int]:
    """Return where the row with some words begins and ends."""
    at = text.index(words)
    return text.rindex("<w:tr>" if text.rfind("<w:tr>", 0, at) > text.rfind("<w:tr ", 0, at) else "<w:tr ", 0, at), (
        text.index("</w:tr>", at) + len("</w:tr>")
    )


def in_row(mark: str) -> Callable[[str], str]:
    """Mark the row of an initiative as inserted or deleted."""

    def edit(text: str) -> str:
        begin, end = row_of(text, "本社機能の移転・拡充を促進する")
        row = text[begin:end]
        changed = (
            row.replace("</w:trPr>", f"{mark}</w:trPr>", 1)
            if "</w:trPr>" in row
            else row.replace(">", f"><w:trPr>{mark}</w:trPr>", 1)
        )
        return text[:begin] + changed + text[end:]

    return edit


def in_cell(mark: str) -> Callable[[str], str]:
    """Mark the cell of a field."""

    def edit(text: str) -> str:
        at = text.rindex("<w:tcPr>", 0, text.index(_START))
        end = text.index("</w:tcPr>", at)
        return text[:end] + mark + text[end:]

    return edit


def moved_row(text: str) -> str:
    begin, end = row_of(text, "本社機能の移転・拡充を促進する")
    first, _ = row_of(text, "事業所等設置奨励補助制度の実施")
    return text[:first] + text[begin:end] + text[first:begin] + text[end:]


def copied_row(text: str) -> str:
    begin, end = row_of(text, "本社機能の移転・拡充を促進する")
    return text[:end] + text[begin:end].replace(_START, _START.replace("1件", "7件")) + text[end:]


def coded(code: str, shown: str = "") -> str:
    """Make a field, with what it shows."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{sign.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{sign.format('end')}"


def paragraph_before(text: str, words: str) -> str:
    """Return the paragraph that stands before the one with some words."""
    at = text.rindex("<w:p>", 0, text.index(words))
    return text[text.rindex("<w:p>", 0, at) : at]


def joined(paragraph: str) -> str:
    """Mark the end of a paragraph as deleted."""
    return paragraph.replace("</w:pPr>", f"<w:rPr><w:del {_BY}/></w:rPr></w:pPr>", 1)


def all_in(open_tag: str, close_tag: str) -> Callable[[str], str]:
    return lambda text: text.replace("<w:tbl>", f"{open_tag}<w:tbl>").replace("</w:tbl>", f"</w:tbl>{close_tag}")


_ELSEWHERE = '<w:r><w:t xml:space="preserve">令和元年度に申請時期が変わり、'
CHANGE = "change initiatives.head-office.evaluation "
ASKED = "question initiatives.head-office.evaluation "
CASES: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "revision-numbers": (
        instead(
            f'<w:r w:rsidR="00A1"><w:t>認定</w:t></w:r><w:proofErr w:type="spellStart"/>'
            f'<w:r w:rsidRPr="00B2"><w:t>は</w:t></w:r><w:proofErr w:type="spellEnd"/>{deleted("1")}{inserted("2")}'
            f'<w:r w:rsidR="00C3"><w:lastRenderedPageBreak/><w:t>件で、</w:t></w:r>'
        ),
        [CHANGE + "認定は[-1-]{+2+}件で、年…しする。"],
    ),
    "split-without-change": (instead(run("認定") + run("は1") + run("件で、")), []),
    "insertion-deleted-by-another": (
        before(f'<w:ins {_BY}><w:del w:id="9" w:author="財政"><w:r><w:delText>案</w:delText></w:r></w:del></w:ins>'),
        [],
    ),
    "formatting-change-recorded": (
        instead(run("認定は1件で、", f'<w:lang w:val="ja-JP"/><w:rPrChange {_BY}><w:rPr><w:b/></w:rPr></w:rPrChange>')),
        [],
    ),
    "strike-recorded": (
        instead(run("認定は1件で、", f"<w:strike/><w:rPrChange {_BY}><w:rPr/></w:rPrChange>")),
        [ASKED + "=認定は1…しする。"],
    ),
    "highlight": (
        instead(run("認定は1件で、", '<w:highlight w:val="yellow"/>')),
        [ASKED + "=認定は1…しする。"],
    ),
    "moved-words": (
        lambda text: replaced(
            instead(f"<w:moveFrom {_BY}>{run('認定は1件で、')}</w:moveFrom>")(text),
            _ELSEWHERE,
            f"<w:moveTo {_BY}>{run('認定は1件で、')}</w:moveTo>{_ELSEWHERE}",
        ),
        [
            "change initiatives.siting.evaluation {+認定は1件で、+}令和元年…しする。",
            CHANGE + "[-認定は1件で、-]年間目標…しする。",
        ],
    ),
    "content-control": (
        instead(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('認定は2件で、')}</w:sdtContent></w:sdt>"),
        [CHANGE + "認定は[-1-]{+2+}件で、年…しする。"],
    ),
    "prompt-of-a-control": (
        before(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('ここに入力')}</w:sdtContent></w:sdt>"),
        [ASKED + "=認定は1…しする。"],
    ),
    "checkbox": (
        before(
            f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
        ),
        [CHANGE + "{+☒+}認定は1…しする。"],
    ),
    "smart-tag": (
        instead(f"<w:smartTag w:uri='x' w:element='date'>{run('認定は3件で、')}</w:smartTag>"),
        [CHANGE + "認定は[-1-]{+3+}件で、年…しする。"],
    ),
    "custom-xml": (
        instead(f"<w:customXml w:element='x'><w:customXmlPr/>{run('認定は3件で、')}</w:customXml>"),
        [CHANGE + "認定は[-1-]{+3+}件で、年…しする。"],
    ),
    "field-code": (
        before(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =1+1 </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        [CHANGE + "{+2+}認定は1…しする。"],
    ),
    "simple-field": (
        before(f'<w:fldSimple w:instr=" DATE ">{run("7月20日")}</w:fldSimple>'),
        [CHANGE + "{+7月20日+}認定は1…しする。"],
    ),
    "symbol": (
        before('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
        [ASKED + "{+\uf0fc+}認定は1…しする。"],
    ),
    "link": (
        instead(f'<w:hyperlink w:anchor="x">{run("認定は1件で、")}</w:hyperlink>'),
        [ASKED + "=認定は1…しする。"],
    ),
    "ruby": (
        instead(
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('にんてい')}</w:rt><w:rubyBase>{run('認定')}</w:rubyBase></w:ruby></w:r>"
            f"{run('は1件で、')}"
        ),
        [ASKED + "=認定は1…しする。"],
    ),
    "box-in-alternatives": (
        before(
            f'<w:r><mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p>'
            f"{run('枠の中')}</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>"
            f"{run('枠の中')}</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["outside - {+枠の中+}"],
    ),
    "equation": (
        before('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'),
        [ASKED + "{+x+}認定は1…しする。"],
    ),
    "other-document-within": (
        lambda text: text.replace("<w:sectPr", "<w:altChunk/><w:sectPr", 1),
        ["outside - {+埋め込まれた別の文書+}"],
    ),
    "row-deleted": (
        in_row(f"<w:del {_BY}/>"),
        ["missing - [-② 本社機能の移転・拡充"],
    ),
    "cell-merged-by-change": (in_cell(f'<w:cellMerge {_BY} w:vMerge="cont"/>'), [ASKED + "="]),
    "cell-hidden-by-a-merge": (in_cell("<w:vMerge/>"), [ASKED + "="]),
    "row-copied-with-its-bookmark-and-edited": (
        copied_row,
        [
            "outside - {+② 本社機能の移転・拡充",
            ASKED + "認定は[-1-]{+7+}件で、年…しする。",
        ],
    ),
    "encircled": (before(coded("eq \\o\\ac(○,済)")), [ASKED + "="]),
    "field-with-text": (before(coded("DATE", f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7月")}')), [
        CHANGE + "{+7月+}認定は1…しする。",
    ]),
    "name-parted": (
        lambda text: replaced(text, "都市型産業の立地促進", "都市型産業の</w:t></w:r><w:r><w:br/><w:t>立地促進"),
        [
            "question initiatives.urban-industry.name 都市型産業の[-立地促進-]",
            "question initiatives.urban-industry.activities {+立地促進↵+}情報通信",
        ],
    ),
    "paragraphs-joined-by-change": (
        lambda text: text.replace(end := paragraph_before(text, ">評価<"), joined(end)),
        ["outside - この施策…件です。[-↵-]評価"],
    ),
    "cell-deleted": (in_cell(f"<w:cellDel {_BY}/>"), ["missing initiatives.head-office.evaluation"]),
    "table-format-recorded": (
        lambda text: text.replace("</w:tblPr>", f"<w:tblPrChange {_BY}><w:tblPr/></w:tblPrChange></w:tblPr>"),
        [],
    ),
    "tables-in-controls": (all_in("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"), []),
    "permissions": (before('<w:permStart w:id="1" w:edGrp="everyone"/>'), []),
    "soft-hyphen-and-breaks": (
        before("<w:r><w:noBreakHyphen/><w:softHyphen/><w:cr/></w:r>"),
        [CHANGE + "{+\N{NON-BREAKING HYPHEN}↵+}認定は1…しする。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_dialect(post: Post, case: str) -> None:
    edit, expected = CASES[case]
    send_back(post, edit)
    found = [line(proposal) for proposal in post.collect()]
    assert len(found) == len(expected), found
    for one, wanted in zip(found, expected, strict=True):
        assert one.startswith(wanted), found


def send_back(post: Post, edit: Callable[[str], str]) -> None:
    with zipfile.ZipFile(io.BytesIO(post.sheet())) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    parts["word/document.xml"] = edit(parts["word/document.xml"].decode()).encode()
    post.put(packed(parts))


def test_threads_of_comments(post: Post) -> None:
    """A question, its answer without a place of its own, and the mark that it is settled."""
    with zipfile.ZipFile(io.BytesIO(post.sheet())) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{who}" w:date="2021-07-2{n}T09:00:00Z"><w:p w14:paraId="0000000{n}">'
        f"{run(text)}</w:p></w:comment>"
        for n, who, text in ((1, "商工 花子", "確定値ですか。"), (2, "企画 次郎", "速報値です。"))
    )
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{_W}" xmlns:w14="{_W14}">{said}</w:comments>'.encode()
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{_W15}"><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        f'<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="1"/></w15:commentsEx>'
    ).encode()
    parts["word/people.xml"] = f'<w15:people xmlns:w15="{_W15}"/>'.encode()
    links = "".join(
        f'<Relationship Id="c{kind}" Type="{place}/{kind}" Target="{kind}.xml"/>'
        for kind, place in (
            ("comments", _LINK),
            ("commentsExtended", "http://schemas.microsoft.com/office/2011/relationships"),
        )
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{links}</Relationships>".encode())
    marked = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    text = instead(marked.format(run("認定は1件で、")))(parts["word/document.xml"].decode())
    parts["word/document.xml"] = text.encode()
    post.put(packed(parts))
    first, second = post.collect()
    assert [kind_and_place(first), kind_and_place(second)] == [(Kind.COMMENT, EVALUATION)] * 2
    assert "解決済み" in first.why
    assert "確定値ですか。" in second.why
    assert (second.author, second.new) == ("企画 次郎", "速報値です。")


def kind_and_place(proposal: Proposal) -> tuple[Kind, str | None]:
    return proposal.kind, proposal.path


def test_words_deleted_in_a_header_are_told(post: Post) -> None:
    with zipfile.ZipFile(io.BytesIO(post.sheet())) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    head = parts["word/header1.xml"].decode()
    words = "基本目標の実現に向けた推進施策の進捗状況"
    begin = head.rindex("<w:r>", 0, head.index(words))
    end = head.index("</w:r>", begin) + len("</w:r>")
    gone = head[begin:end].replace("<w:t", "<w:delText").replace("</w:t>", "</w:delText>")
    mark = '<w:r><w:pict><v:shape xmlns:v="urn:v"/></w:pict></w:r>'
    parts["word/header1.xml"] = f"{head[:begin]}<w:del {_BY}>{gone}</w:del>{mark}{head[end:]}".encode()
    post.put(packed(parts))
    found = {(proposal.old.replace(words, "") == proposal.new, proposal.new) for proposal in post.collect()}
    assert (False, "（図）") in found
    assert any(shorter and new for shorter, new in found)


def test_words_that_a_style_strikes_out_are_asked_about(post: Post) -> None:
    with zipfile.ZipFile(io.BytesIO(post.sheet())) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    style = (
        '<w:style w:type="character" w:styleId="A"><w:name w:val="A"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:name w:val="見え消し"/><w:basedOn w:val="A"/></w:style>'
    )
    parts["word/styles.xml"] = replaced(
        parts["word/styles.xml"].decode(), "</w:styles>", f"{style}</w:styles>"
    ).encode()
    text = parts["word/document.xml"].decode()
    struck = run("認定は1件で、", '<w:rStyle w:val="B"/>')
    parts["word/document.xml"] = instead(struck)(text).encode()
    post.put(packed(parts))
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path) == (Kind.QUESTION, EVALUATION)
    assert "「認定は1件で、」に取消線" in proposal.why
