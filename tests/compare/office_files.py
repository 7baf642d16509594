"""Documents of a planning division as they come from Word, made for the comparison: nothing in them is from a real one.

Each kind is set in the typefaces of Windows, with and without a grid of lines, with more or less text by its number.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.compare.documents import MARGIN, docx_of
from tests.compare.texts import TEXTS
from tests.documents.docx.docx_files import FONT, cell, p, package, r, row, section, table
from tests.documents.docx.shape_files import SQUARE, TOP_AND_BOTTOM, anchored, graphic

_LINES = "".join(
    f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='auto'/>"
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PADDED = "<w:tblCellMar><w:left w:w='99' w:type='dxa'/><w:right w:w='99' w:type='dxa'/></w:tblCellMar>"
_MARGINS = "".join(f"<w:{side} w:w='0' w:type='dxa'/>" for side in ("top", "left", "bottom", "right"))
_DISTANCES = "<wp:anchor distT='0' distB='0' distL='114300' distR='114300' "
_GRID = "<w:docGrid w:type='lines' w:linePitch='{}'/>"
_RIGHT = "<w:wordWrap w:val='0'/><w:jc w:val='right'/>"
_CENTER = "<w:jc w:val='center'/>"
_SMALL, _LARGE = "<w:sz w:val='18'/>", "<w:b/><w:sz w:val='28'/>"
_PLACES = ("中央公民館　大会議室", "市役所　５階　第２会議室", "北支所　集会室", "文化会館　小ホール")
_SECTIONS = ("企画課", "財政課", "福祉総務課", "産業振興課", "都市整備課", "教育総務課", "防災危機管理課")


@dataclass(frozen=True)
class _Look:
    """The typefaces of a document, and the distance (twips) of the lines of its grid, 0 for none."""

    latin: str
    asian: str
    grid: int


_LOOKS = (
    _Look("Century", "ＭＳ 明朝", 360),
    _Look("ＭＳ 明朝", "ＭＳ 明朝", 0),
    _Look("游明朝", "游明朝", 0),
    _Look("游明朝", "游明朝", 360),
    _Look("ＭＳ ゴシック", "ＭＳ ゴシック", 0),
    _Look("游ゴシック", "游ゴシック", 360),
)


def _made(body: str, look: _Look, columns: str = "", same_page: bool = False) -> bytes:
    """Make a document with the defaults of Word: single lines of 10.5 points, in typefaces of its own."""
    end = _section(columns, look)
    archive = zipfile.ZipFile(io.BytesIO(docx_of(body, _on_same_page(end) if same_page else end)))
    files = {name: archive.read(name) for name in archive.namelist()}
    named = f'<w:rFonts w:ascii="{look.latin}" w:hAnsi="{look.latin}" w:eastAsia="{look.asian}"/>'
    styles = files["word/styles.xml"].decode().replace(FONT, named).replace("w:sz w:val='20'", "w:sz w:val='21'")
    styles = styles.replace("w:line='300' w:lineRule='exact'", "w:line='240' w:lineRule='auto'")
    return package({**files, "word/styles.xml": styles})


def _section(columns: str, look: _Look) -> str:
    grid = _GRID.format(look.grid) if look.grid else ""
    return section(11906, 16838, margin=MARGIN).replace("</w:sectPr>", f"{columns}{grid}</w:sectPr>")


def _on_same_page(end: str) -> str:
    return end.replace("<w:pgSz", "<w:type w:val='continuous'/><w:pgSz", 1)


def _prose(number: int, count: int) -> str:
    indent = "<w:ind w:firstLineChars='100' w:firstLine='210'/><w:jc w:val='both'/>"
    return "".join(p(TEXTS[(number + n) % len(TEXTS)], indent) for n in range(count))


def _items(number: int, names: tuple[str, ...]) -> str:
    marks = "１２３４５６７８"
    place = _PLACES[number % len(_PLACES)]
    hanging = "<w:ind w:left='420' w:hanging='420'/>"
    return "".join(p(f"{marks[n]}　{name}　　{place}", hanging) for n, name in enumerate(names))


def _bordered(widths: list[int], rows: list[str], extra: str = "") -> str:
    made = table(widths, rows, f"{extra}<w:tblBorders>{_LINES}</w:tblBorders>")
    return made.replace(f"<w:tblCellMar>{_MARGINS}</w:tblCellMar>", _PADDED)


def _head(number: int, title: str) -> str:
    to = p("各　所　属　長　　様") + p(f"{_SECTIONS[number % 7]}長", _RIGHT) + p()
    date = p(f"企第{31 + number}号", _RIGHT) + p(f"令和３年{number % 9 + 1}月15日", _RIGHT)
    return date + to + p(title, _CENTER, _LARGE) + p()


def _notice(number: int, look: _Look) -> bytes:
    body = _head(number, "令和３年度施策評価に係る資料の提出について（依頼）") + _prose(number, 2 + number % 3)
    body += p("記", _CENTER) + _items(number, ("提出書類", "提出期限", "提出先", "留意事項")) + p("以上", _RIGHT)
    rows = [row("担当", f"{_SECTIONS[number % 7]}　政策係"), row("電話", "0000－00－0000（内線 2345）")]
    return _made(body + p() + _bordered([1400, 4200], rows, "<w:jc w:val='right'/>"), look)


def _application(number: int, look: _Look) -> bytes:
    box = "□" if number % 2 else "☐"
    tall = "<w:trHeight w:val='680' w:hRule='atLeast'/>"
    center = "<w:vAlign w:val='center'/>"
    names = ("申請者氏名", "住所", "電話番号", "事業の名称", "実施期間", "事業の内容", "添付書類")
    values = (
        "（フリガナ）", "〒", "（　　　　）　　　－", "", "令和　　年　　月　　日　～　令和　　年　　月　　日",
        TEXTS[number % 4], f"{box} 事業計画書　　{box} 収支予算書　　☑ 位置図　　{box} その他（　　　　　）",
    )  # fmt: skip
    rows = [
        row(cell(p(name, "<w:jc w:val='distribute'/>"), center), cell(p(value), center), properties=tall)
        for name, value in zip(names, values, strict=True)
    ]
    body = p(f"様式第{number % 9 + 1}号（第５条関係）", "", _SMALL) + p("補助金交付申請書", _CENTER, _LARGE)
    body += p("令和　　年　　月　　日", _RIGHT) + p("（宛先）市長") + _bordered([2000, 7070], rows)
    return _made(body + p("※　太枠の中を記入してください。", "", _SMALL) + _prose(number, number % 3), look)


def _minutes(number: int, look: _Look) -> bytes:
    body = p(f"第{number + 1}回　総合戦略推進会議　会議録（要旨）", _CENTER, _LARGE)
    body += _items(number, ("日時", "場所", "出席者", "議題"))
    hanging = "<w:tabs><w:tab w:val='left' w:pos='1470'/></w:tabs><w:ind w:left='1470' w:hanging='1470'/>"
    heading = "<w:keepNext/><w:spacing w:before='120'/>"
    for n in range(14 + number * 3):
        who = ("会長", "Ａ委員", "事務局", "Ｂ委員")[n % 4]
        body += p(f"（{n // 5 + 1}）議題について", heading, "<w:b/>") if n % 5 == 0 else ""
        body += p(who, hanging, extra=f"<w:r><w:tab/></w:r>{r(TEXTS[(n + number) % 4])}")
    return _made(body + p("以上", _RIGHT), look)


def _long_table(number: int, look: _Look) -> bytes:
    head = row("番号", "施策", "取組の内容", "担当課", properties="<w:cantSplit/><w:tblHeader/>")
    rows = [head]
    for n in range(16 + number * 4):
        text = TEXTS[(n + number) % 4][: 30 + n * 17 % 90]
        count = cell(p(f"{n + 1}", _CENTER))
        split = "<w:cantSplit/>" if number % 2 else ""
        rows.append(row(count, TEXTS[n % 4][:12], text, _SECTIONS[n % 7], properties=split))
    body = p("事業一覧", _CENTER, _LARGE) + p("（単位：千円）", _RIGHT, _SMALL)
    return _made(body + _bordered([700, 2200, 4570, 1600], rows) + _prose(number, 2), look)


def _letter(number: int, look: _Look) -> bytes:
    body = p(f"令和３年{number % 12 + 1}月吉日", _RIGHT) + p("委員各位") + p("総合戦略推進会議　会長", _RIGHT) + p()
    body += p("拝啓　時下ますます御清栄のこととお喜び申し上げます。") + _prose(number, 3 + number)
    body += p("敬具", _RIGHT) + p() + _items(number, ("日　時", "会　場", "連絡先"))
    tabs = "<w:tabs><w:tab w:val='right' w:leader='middleDot' w:pos='8400'/></w:tabs>"
    for n, name in enumerate(_SECTIONS):
        body += p(name, tabs, extra=f"<w:r><w:tab/></w:r>{r(f'{n + 1}部')}")
    return _made(body, look)


def _newsletter(number: int, look: _Look) -> bytes:
    line = "w:sep='1'" if number % 2 else ""
    columns = f"<w:cols w:num='{2 + number % 2}' w:space='425' {line}/>"
    whole = _section("<w:cols w:space='425'/>", look)
    body = p(f"まちづくりだより　第{number + 10}号", _CENTER + whole, _LARGE)
    for n in range(3 + number):
        body += p(f"■ {TEXTS[n % 4][:9]}", "<w:keepNext/>", "<w:b/>") + _prose(number + n, 2)
    body += p("（編集：企画課）", _RIGHT + _on_same_page(_section(columns, look))) + _prose(number, 2)
    return _made(body + p("お問合せは、企画課まで。", _CENTER), look, "<w:cols w:space='425'/>", same_page=True)


def _guide(number: int, look: _Look) -> bytes:
    """Make a guide with text boxes: one beside a paragraph, one above another, as wide as the text."""
    beside = anchored(graphic("提出は、電子メールでも受け付けます。"), width=118, height=44, x=334, y=4, wrap=SQUARE)
    above = anchored(graphic("様式は、庁内の掲示板にあります。"), width=453, height=24, y=2, wrap=TOP_AND_BOTTOM)
    body = p("記入の手引き", _CENTER, _LARGE)
    for n in range(4 + number):
        box = {1: beside, 3: above}.get(n, "")
        body += p(f"（{n + 1}）{TEXTS[n % 4][:10]}", "<w:keepNext/><w:spacing w:before='180'/>", "<w:b/>")
        body += p("", "<w:jc w:val='both'/>", extra=box + r(TEXTS[(n + number) % 4] * 2))
    return _made(body.replace("<wp:anchor ", _DISTANCES), look)


_KINDS: Mapping[str, Callable[[int, _Look], bytes]] = {
    "通知": _notice,
    "申請書": _application,
    "会議録": _minutes,
    "長い表": _long_table,
    "手紙": _letter,
    "段組みのたより": _newsletter,
    "テキスト ボックスのある手引き": _guide,
}
OFFICE_FILES: Mapping[str, Mapping[str, Callable[[], bytes]]] = {
    kind: {
        f"{kind}{number + 1}（{look.asian}{'・行のグリッド線' if look.grid else ''}）": partial(make, number, look)
        for number, look in enumerate(_LOOKS)
    }
    for kind, make in _KINDS.items()
}
"""Documents by kind."""
