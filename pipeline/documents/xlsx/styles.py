"""Styles of cells (ISO/IEC 29500-1, 18.8): what a number is shown as, and how letters stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree
from msgspec import Struct
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from pipeline.documents.docx.markup import S
from pipeline.documents.xlsx.tree import Sort

_JAPANESE_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Formats that are dates where Excel speaks Japanese (18.8.30)."""
_BLACKS = ("", "000000", "1A1A1A")
_WHITES = ("", "FFFFFF", "000000")
_OF_PROGRAMS = {"theme": ("0", "1"), "indexed": ("0", "1", "8", "9", "64", "65")}
"""Black and white where a colour is a theme's or of the old palette (18.3.1.15, 18.8.27)."""
_RAISED = {"superscript": "上付き文字", "subscript": "下付き文字"}
_LONGEST = 255
"""Characters of a format that programs take."""
_OFF = ("0", "false", "none")


class Style(Struct, frozen=True):
    """What the number of a cell is and by which format it shows, and how its letters stand out."""

    sort: Sort = Sort.NUMBER
    look: tuple[str, ...] = ()
    code: str = ""


def styles(root: etree._Element | None) -> tuple[Style, ...]:
    """Return the styles of cells, in their order."""
    if root is None:
        return ()
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [letters(font) for font in root.iterfind(f"{S}fonts/{S}font")]
    fills = [_shade(fill) for fill in root.iterfind(f"{S}fills/{S}fill")]
    return tuple(_style(xf, codes, fonts, fills) for xf in root.iterfind(f"{S}cellXfs/{S}xf"))


def letters(font: etree._Element) -> tuple[str, ...]:
    """Return how a font or a run stands out: a strike-through, a colour other than black, raised or lowered."""
    found = []
    strike = font.find(f"{S}strike")
    if strike is not None and strike.get("val", "1") not in _OFF:
        found.append("取消線")
    if (colour := _colour(font.find(f"{S}color"))) not in _BLACKS:
        found.append(f"文字の色（{colour}）")
    raised = font.find(f"{S}vertAlign")
    if raised is not None and raised.get("val") in _RAISED:
        found.append(_RAISED[raised.get("val", "")])
    return tuple(found)


def _colour(element: etree._Element | None) -> str:
    """Return a colour as its digits, or its number; nothing where it is black or white by another name."""
    if element is None:
        return ""
    for name, usual in _OF_PROGRAMS.items():
        if number := element.get(name):
            return "" if number in usual else f"{number}番"
    return element.get("rgb", "").upper()[-6:]


def _shade(fill: etree._Element) -> tuple[str, ...]:
    """Return the colour behind a cell, if any."""
    pattern = fill.find(f"{S}patternFill")
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return ()
    shade = _colour(pattern.find(f"{S}fgColor"))
    return (f"塗りつぶし（{shade}）",) if shade not in _WHITES else ()


_Looks = Sequence[tuple[str, ...]]


def _style(xf: etree._Element, codes: Mapping[str, str], fonts: _Looks, fills: _Looks) -> Style:
    font, fill = int(xf.get("fontId", "0")), int(xf.get("fillId", "0"))
    look = (*(fonts[font] if font < len(fonts) else ()), *(fills[fill] if fill < len(fills) else ()))
    number = xf.get("numFmtId", "0")
    code = (codes.get(number) or BUILTIN_FORMATS.get(int(number), ""))[:_LONGEST]
    return Style(_sort(code, is_japanese=number not in codes and int(number) in _JAPANESE_DATES), look, code)


def _sort(code: str, *, is_japanese: bool) -> Sort:
    if is_date_format(code) or is_japanese:
        return Sort.DATE
    return Sort.PERCENT if "%" in _bare(code) else Sort.NUMBER


def _bare(code: str) -> str:
    """Return a format without what it prints as words."""
    return "".join(code.split('"')[::2]).replace("\\%", "")
