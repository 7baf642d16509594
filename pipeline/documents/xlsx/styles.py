"""Styles of cells (ISO/IEC 29500-1, 18.8): what a number is shown as, and how letters stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from pipeline.documents.docx.markup import S
from pipeline.documents.xlsx.tree import Sort

_JAPANESE_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Formats that are dates where Excel speaks Japanese (18.8.30)."""
_BLACKS = ("", "FF000000", "00000000", "000000", "FF1A1A1A")
_WHITES = ("FFFFFF", "000000")
_OFF = ("0", "false", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What the number of a cell is, and how its letters stand out."""

    sort: Sort = Sort.NUMBER
    look: tuple[str, ...] = ()


def styles(root: etree._Element | None) -> tuple[Style, ...]:
    """Return the styles of cells, in their order."""
    if root is None:
        return ()
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [_letters(font) for font in root.iterfind(f"{S}fonts/{S}font")]
    fills = [_shade(fill) for fill in root.iterfind(f"{S}fills/{S}fill")]
    return tuple(_style(xf, codes, fonts, fills) for xf in root.iterfind(f"{S}cellXfs/{S}xf"))


def _letters(font: etree._Element) -> tuple[str, ...]:
    """Return how a font stands out: a strike-through, a colour other than black."""
    found = []
    strike = font.find(f"{S}strike")
    if strike is not None and strike.get("val", "1") not in _OFF:
        found.append("取消線")
    colour = font.find(f"{S}color")
    if colour is not None and colour.get("rgb", "").upper() not in _BLACKS:
        found.append(f"文字の色（{colour.get('rgb', '').upper()[-6:]}）")
    return tuple(found)


def _shade(fill: etree._Element) -> tuple[str, ...]:
    """Return the colour behind a cell, if any; the colours of themes are those of programs, and no person's."""
    pattern = fill.find(f"{S}patternFill")
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return ()
    colour = pattern.find(f"{S}fgColor")
    shade = "" if colour is None else colour.get("rgb", "").upper()[-6:]
    return (f"塗りつぶし（{shade}）",) if shade and shade not in _WHITES else ()


_Looks = Sequence[tuple[str, ...]]


def _style(xf: etree._Element, codes: Mapping[str, str], fonts: _Looks, fills: _Looks) -> Style:
    font, fill = int(xf.get("fontId", "0")), int(xf.get("fillId", "0"))
    look = (*(fonts[font] if font < len(fonts) else ()), *(fills[fill] if fill < len(fills) else ()))
    return Style(_sort(xf.get("numFmtId", "0"), codes), look)


def _sort(number: str, codes: Mapping[str, str]) -> Sort:
    code = codes.get(number) or BUILTIN_FORMATS.get(int(number), "")
    if is_date_format(code) or (number not in codes and int(number) in _JAPANESE_DATES):
        return Sort.DATE
    return Sort.PERCENT if "%" in _bare(code) else Sort.NUMBER


def _bare(code: str) -> str:
    """Return a format without what it prints as words."""
    return "".join(code.split('"')[::2]).replace("\\%", "")
