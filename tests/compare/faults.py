"""Faults of LibreOffice (7.4), by name, each with its evidence. What they explain is listed, and not tuned to.

A fault of the first table makes single lines differ, and ``matching`` knows it by the lines; those of the second
the report only states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.compare.lines import Line

OFFICE_SHIFT = 0.1
"""How far (pt) LibreOffice's PDF has all text to the right of where it laid it out; see ``GENERAL``."""

NEXT_LINE = 40.0
"""A line lower by less than this (pt) may be the next one of the same paragraph."""
_CLOSING = "、。，．」』】）〉》〕"
_HANGING = "、。，．"

Rule = Callable[[Line, Line, Sequence[Line]], bool]
"""Takes our line, LibreOffice's in its place, and all our lines of the page that LibreOffice lacks."""


def _loses_mark(ours: Line, office: Line, _: Sequence[Line]) -> bool:
    return ours.text[-1] in _HANGING and ours.text[:-1] == office.text


def _glues_latin(ours: Line, office: Line, rest: Sequence[Line]) -> bool:
    following = (line for line in rest if 0 < line.y - ours.y < NEXT_LINE)
    is_shorter = len(office.text) < len(ours.text) and ours.text.startswith(office.text)
    return is_shorter and ours.text[-1] in _CLOSING and any(_is_latin(line.text[0]) for line in following)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


OF_LINES: dict[str, tuple[Rule, str]] = {
    "行末のぶら下げの句読点がPDFから消える": (
        _loses_mark,
        "両端揃えの本文で、行末の「。」「、」がPDFの文字に含まれない（元のdocxにはある）",
    ),
    "句読点や閉じ括弧の次の英数字の前で改行しない": (
        _glues_latin,
        "「…か、SNS」の「SNS」が行に収まらないとき、行が空いていても「か、」ごと次の行へ送る。表のセルでだけ起こり、"
        "同じ幅の本文では「、」の次で改行する（JIS X 4051 の 6.1 でも改行できる）。「）」「％」の次では本文でも起こる",
    ),
}
"""What makes a line differ: how it is known, and the evidence."""

GENERAL = {
    "PDFの文字が右へずれる": (
        "文字の横位置に 0.1pt を足し、0.1pt 刻みに丸める。左右の余白が 56.7pt の段落は 56.8pt から始まる。"
        "縦位置は丸めるだけで、足さない。横のずれは、この 0.1pt を引いて測った"
    ),
    "両端揃えの行が右端に届かない": (
        "字間に足す量を 1/20pt 未満切り捨てるため、1行に最大で 字数×0.05pt 足りない。行内のずれに現れる"
    ),
    "ぶら下げの禁止（w:overflowPunct=0）に従わない": (
        "表の外の段落では、段落・スタイル・文書の既定のどこで禁じても「。」「、」を行末の外に出す"
    ),
    "「――」「……」の間で改行する": "JIS X 4051 では分離してはならない（分離禁止文字）",
    "収まらない最初の文字の前で改行しない": (
        "「…R2/R3」の「R2/」までがちょうど収まるとき、「/」の次で改行せず「R2/」ごと次の行へ送る。"
        "行がもう1字分広ければ、同じ所で改行する"
    ),
}
"""What touches all text, or cannot be told from the lines alone."""
