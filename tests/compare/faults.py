"""Faults of LibreOffice (7.4), by name, each with its evidence. What they explain is listed, and not tuned to.

A fault of the first table makes single lines differ, and ``matching`` knows it by the lines; those of the second
the report only states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.compare.lines import Line

OFFICE_SHIFT = 0.125
"""How far (pt) LibreOffice's PDF has all text to the right of where it laid it out, on the average; see ``GENERAL``."""

NEXT_LINE = 40.0
"""A line lower by less than this (pt) may be the next one of the same paragraph."""
_CLOSING = "、。，．」』】）〉》〕"
_OPENING = "「『【（〈《〔"
_HANGING = "、。，．"
_PAIRED = "―—…‥"

Rule = Callable[[Line, Line, Sequence[Line]], bool]
"""Takes our line, LibreOffice's in its place, and all our lines of the page that LibreOffice lacks."""


def _loses_mark(ours: Line, office: Line, _: Sequence[Line]) -> bool:
    return ours.text[-1] in _HANGING and ours.text[:-1] == office.text


def _glues_latin(ours: Line, office: Line, rest: Sequence[Line]) -> bool:
    return _is_shorter(office, ours) and ours.text[-1] in _CLOSING and any(map(_is_latin, _following(ours, rest)))


def _glues_bracket(ours: Line, office: Line, rest: Sequence[Line]) -> bool:
    follows = any(character in _OPENING for character in _following(ours, rest))
    return _is_shorter(office, ours) and _is_latin(ours.text[-1]) and follows


def _leaves_bracket(ours: Line, office: Line, _: Sequence[Line]) -> bool:
    return office.text[:-1] == ours.text and office.text[-1] in _OPENING


def _parts_pair(ours: Line, office: Line, rest: Sequence[Line]) -> bool:
    return office.text[:-1] == ours.text and office.text[-1] in _PAIRED and office.text[-1] in _following(ours, rest)


def _glues_slash(ours: Line, office: Line, rest: Sequence[Line]) -> bool:
    return _is_shorter(office, ours) and ours.text[-1] == "/" and any(map(_is_latin, _following(ours, rest)))


def _is_shorter(office: Line, ours: Line) -> bool:
    return len(office.text) < len(ours.text) and ours.text.startswith(office.text)


def _following(ours: Line, rest: Sequence[Line]) -> list[str]:
    """Return the first characters of the lines that may be the next one of the paragraph."""
    return [line.text[0] for line in rest if 0 < line.y - ours.y < NEXT_LINE]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


OF_LINES: dict[str, tuple[Rule, str]] = {
    "行末のぶら下げの句読点がPDFから消える": (
        _loses_mark,
        "両端揃えの本文で、行末の「。」「、」がPDFの文字に含まれない（元のdocxにはある）",
    ),
    "句読点や閉じ括弧の次の英数字の前で改行しない": (
        _glues_latin,
        "「…か、SNS」の「SNS」が行に収まらないとき、「か、」が収まっても「か、」ごと次の行へ送る。"
        "18種の記号×3語×4通りの幅では、表のセルで「、。，．）」』〕】％」の次なら必ず、「・：！？℃」の次なら一度も起こらず、"
        "本文では、ぶら下げられる「、。，．」の次でだけ改行する。JIS X 4051 の 6.1 でも UAX 14 でも改行できる所で、"
        "同じ「、」の次に漢字が続けば、セルでも改行する",
    ),
    "英数字の次の始め括弧の前で改行しない": (
        _glues_bracket,
        "「国ABC（DEF）」の「（D」が収まらないとき「ABC」ごと次の行へ送る。「（」だけが収まらないときは「（」の前で改行する",
    ),
    "始め括弧が行末に残る": (
        _leaves_bracket,
        "「観光協会（DMO）」の「DMO」が収まらないとき、「（」だけを行末に残す（JIS X 4051 の 6.1.2 に反する）",
    ),
    "「――」「……」の間で改行する": (
        _parts_pair,
        "JIS X 4051 では分離してはならない（分離禁止文字）",
    ),
    "「/」の次の、収まらない最初の文字の前で改行しない": (
        _glues_slash,
        "「…R2/R3」の「R2/」までがちょうど収まるとき、「/」の次で改行せず「R2/」ごと次の行へ送る。"
        "行がもう1字分広ければ、同じ所で改行する",
    ),
}
"""What makes a line differ: how it is known, and the evidence."""

GENERAL = {
    "PDFの文字が右へずれる": (
        "文字の横位置に 0.1pt を足し、0.1pt 刻みに切り上げる。字下げを 1/20pt ずつ増やした40段落は、どれも "
        "0.1pt か 0.15pt 右にある（56.70pt は 56.8pt、56.75pt は 56.9pt）。縦位置は丸めるだけで、"
        "足さない。横のずれは、その平均の 0.125pt を引いて測った"
    ),
    "右揃えの行が右の余白へ 1/20pt 出る": (
        "行の幅を 1/20pt 広く数える。右の余白を 1/20pt ずつ増やした40段落と、字数と大きさの違う40段落のすべてで、"
        "右揃えの行は余白の端を 1/20pt、中央揃えの行は中央を 1/40pt 越える。行を折る幅は正しい"
    ),
    "行のグリッド線をページの中央に置く": (
        "行の送りの倍数に足りない高さを、ページの上と下に半分ずつ空ける。Word のグリッド線は余白の端から始まり、"
        "残りは下にあって表などが使う。Word が改ページした所を残すファイル112の491か所のうち、"
        "ページの始まりが同じなのは、端から始めて340、中央に置いて313"
    ),
    "1ページに収まらない「行の途中で改ページしない」行を、ページの途中で分ける": (
        "前に30段落ある表では次のページへ送ってから分け、40段落ある表ではその場で分ける。Word は次のページから始める"
    ),
    "1ページより高い行の文字が消える": (
        "行の高さの最小値がページより大きい行は分けられず、ページの下端からはみ出した行がPDFにない"
    ),
    "両端揃えの行が右端に届かない": (
        "字間に足す量を 1/20pt 未満切り捨てるため、1行に最大で 字数×0.05pt 足りない。行内のずれに現れる"
    ),
    "ぶら下げの禁止（w:overflowPunct=0）に従わない": (
        "表の外の段落では、段落・スタイル・文書の既定のどこで禁じても「。」「、」を行末の外に出す"
    ),
    "日本語の文字に英語などの言語が付くと、行の折り方が変わる": (
        "w:lang の w:eastAsia が en-US の文（プログラムで作ったdocxの既定）では、句読点を行末の外に出さず"
        "（これには合わせた）、"
        "「行っ」の次などで改行しない。ja-JP に改めた同じ文書では、どの行も一致する"
    ),
    "余白の右端に揃えた表を、文字列との間隔の分だけ左に置く": (
        "w:tblpXSpec='right' の表を、w:rightFromText の 7.1pt から罫線の太さを引いた 6.8pt 左に置くため、"
        "その左の8行が1字ずつ短い。左端に揃えた表は、間隔があっても左端にある"
    ),
    "線のある図形の横の行が 0.5pt 広い": (
        "図形の線の太さの半分を、文字を入れたテキスト ボックスでは空け、ほかの図形では空けない。"
        "横の幅がちょうど整数字分のとき（文字の幅の同じ書体の「図形の横の字下げ」）、1字ずつ多く入る"
    ),
    "幅の違う書体の仮名を、縦書きでも詰める": (
        "BIZ UDPゴシックの縦書きの1列に、45字の所で46〜48字を入れる。幅の同じ書体では、どの列も一致する"
    ),
    "行のグリッド線に合わせた段落で、固定値・最小値の行間に従わない": (
        "固定値15pt・最小値25ptの段落を、どちらもグリッド線の18ptで並べる。Word は指定の行間で並べる"
    ),
}
"""What touches all text, or cannot be told from the lines alone."""
