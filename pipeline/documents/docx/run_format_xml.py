"""Run properties, w:rPr (17.3.2): what one element says, as changes to a RunFormat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, TypedDict, cast, get_args

from lxml import etree

from pipeline.documents.docx import names
from pipeline.documents.docx.border_xml import read_border
from pipeline.documents.docx.colours_xml import mixed
from pipeline.documents.docx.formats import Border, Emphasis, Script, Typeface, Underline
from pipeline.documents.docx.markup import (
    VAL,
    W14,
    W,
    color,
    half_points,
    is_on,
    is_on_attribute,
    number,
    points,
    refuse,
)
from pipeline.documents.docx.text_effects_xml import visible_effect

FONTS: tuple[Literal["font", "high_font", "east_asian_font"], ...] = ("font", "high_font", "east_asian_font")


class RunChanges(TypedDict, total=False):
    """The fields of a RunFormat that one ``rPr`` sets; a font of the theme stands by its place in it."""

    font: Typeface
    high_font: Typeface
    east_asian_font: Typeface
    hint: bool
    size: float
    bold: bool
    italic: bool
    underline: Underline
    strike: bool
    double_strike: bool
    emphasis: Emphasis
    color: str
    shading: str | None
    highlight: str | None
    border: Border | None
    rise: float
    spacing: float
    stretch: float
    script: Script
    capitals: bool
    small_capitals: bool
    hidden: bool
    is_cjk: bool
    language: str
    asian_language: str


_IGNORED = frozenset({
    "rStyle", "noProof", "bCs", "iCs", "szCs", "kern", "webHidden", "snapToGrid", "specVanish", "effect", "fitText",
    "oMath",
})  # fmt: skip
"""What is not seen; text that fits a width (17.3.2.14) has the spacing and the stretch that Word made of it."""
_REFUSED_WHEN_ON = {
    "rtl": "右から左への文字",
    "cs": "複合文字（アラビア文字など）の書式",
    "outline": "中抜きの文字",
    "shadow": "影付きの文字",
    "emboss": "浮き出しの文字",
    "imprint": "浮き彫りの文字",
}
_HIGHLIGHTS: Mapping[str, str | None] = {
    "none": None, "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
"""The colours of the marker (17.18.40)."""
_SCRIPTS: Mapping[str, Script] = {"superscript": "superscript", "subscript": "subscript"}
_CJK = frozenset({"ja", "zh", "ko"})
_DOTS = re.compile("pct[0-9]{1,2}")
_SHARES = {"solid": 1.0, "pct12": 0.125, "pct37": 0.375, "pct62": 0.625, "pct87": 0.875}
"""Patterns whose share of colour their name does not tell exactly (17.18.78)."""
_SMALLEST, _LARGEST = 1.0, 1638.0
"""The sizes (pt) that Word gives to characters."""
_WIDEST = 6
"""How often its own width a character may have at most (17.18.95)."""
_REFUSED = {
    "ins": "変更履歴",
    "del": "変更履歴",
    "moveFrom": "変更履歴",
    "moveTo": "変更履歴",
    "rPrChange": "変更履歴",
}

_FONT_SLOTS = tuple(zip(FONTS, ("ascii", "hAnsi", "eastAsia"), strict=True))


def read_run_changes(element: etree._Element | None, name: str) -> RunChanges:
    """Return the fields of a RunFormat that an ``rPr`` sets; raises Unsupported for what cannot be drawn."""
    changes: RunChanges = {}
    for child in () if element is None else element:
        tag = child.tag
        if isinstance(tag, str) and tag.startswith(W):
            changes.update(_changes(child, tag[len(W) :], name))
        elif isinstance(tag, str) and tag.startswith(W14) and (effect := visible_effect(child)):
            raise refuse(effect, child, name)
    return changes


def _changes(element: etree._Element, tag: str, name: str) -> RunChanges:
    reader = _READERS.get(tag)
    if reader is not None:
        return reader(element, name)
    if tag not in _IGNORED:
        _check(element, tag, name)
    return {}


def _check(element: etree._Element, tag: str, name: str) -> None:
    if tag == "eastAsianLayout":
        if any(is_on_attribute(element, attribute) for attribute in ("combine", "vert")):
            raise refuse("縦中横・割注", element, name)
        return
    if tag in _REFUSED_WHEN_ON:
        if is_on(element):
            raise refuse(_REFUSED_WHEN_ON[tag], element, name)
    else:
        raise refuse(_REFUSED.get(tag, "そのほかの文字の書式"), element, name)


def _fonts(element: etree._Element, name: str) -> RunChanges:
    """17.3.2.26; a theme's font wins over a named one, and stands here by its place in the theme."""
    changes: RunChanges = {}
    for field, slot in _FONT_SLOTS:
        if font := element.get(f"{W}{slot}Theme") or element.get(W + slot):
            changes[field] = Typeface(font)
    hint = element.get(f"{W}hint")
    if hint is not None:
        changes["hint"] = hint == "eastAsia"
    return changes


def _size(element: etree._Element, name: str) -> RunChanges:
    size = half_points(element.get(VAL, "20"))
    if not _SMALLEST <= size <= _LARGEST:
        raise refuse("大きさのない文字" if size < _SMALLEST else "大きすぎる文字", element, name)
    return {"size": size}


def _script(element: etree._Element, name: str) -> RunChanges:
    return {"script": _SCRIPTS.get(element.get(VAL, "baseline"), "")}


def _rise(element: etree._Element, name: str) -> RunChanges:
    return {"rise": half_points(element.get(VAL, "0"))}


def _character_spacing(element: etree._Element, name: str) -> RunChanges:
    return {"spacing": points(element.get(VAL, "0"))}


def _stretch(element: etree._Element, name: str) -> RunChanges:
    share = number(element.get(VAL, "100").rstrip("%")) / 100
    return {"stretch": share if 0 < share <= _WIDEST else 1.0}


def _language(element: etree._Element, name: str) -> RunChanges:
    changes: RunChanges = {}
    language, asian = element.get(VAL), element.get(f"{W}eastAsia")
    if language is not None:
        changes["language"] = language
    if asian is not None:
        changes |= {"asian_language": asian, "is_cjk": asian.partition("-")[0].lower() in _CJK}
    return changes


def without_language(changes: RunChanges) -> RunChanges:
    """Return changes that say nothing of words: Word gives every file a language, whatever is written there."""
    made = changes.copy()
    made.pop("language", None)
    made.pop("asian_language", None)
    return made


def _highlight(element: etree._Element, name: str) -> RunChanges:
    kind = element.get(VAL, "none")
    if kind not in _HIGHLIGHTS:
        raise refuse("蛍光ペンの色（そのほか）", element, name)
    return {"highlight": _HIGHLIGHTS[kind]}


def _underline(element: etree._Element, name: str) -> RunChanges:
    kind = element.get(VAL, "single")
    if kind == "none":
        return {"underline": ""}
    if kind not in get_args(Underline):
        raise refuse(f"下線の種類（{names.line(kind)}）", element, name)
    return {"underline": cast("Underline", kind)}


def _emphasis(element: etree._Element, name: str) -> RunChanges:
    kind = element.get(VAL, "none")
    return {"emphasis": cast("Emphasis", kind if kind in get_args(Emphasis) else "")}


def _color(element: etree._Element, name: str) -> RunChanges:
    return {"color": color(element.get(VAL)) or "000000"}


def _shading(element: etree._Element, name: str) -> RunChanges:
    return {"shading": read_shading(element, name)}


def _border(element: etree._Element, name: str) -> RunChanges:
    return {"border": read_border(element, name)}


def read_shading(element: etree._Element, name: str) -> str | None:
    """Read w:shd (17.3.5): a plain fill, or None, also for ``nil`` with a fill.

    Dots of a colour (``pct20``) are mixed with the fill; patterns with a shape of their own are refused.
    """
    pattern, fill = element.get(VAL, "clear"), color(element.get(f"{W}fill"))
    share = _SHARES.get(pattern) or (int(pattern[3:]) / 100 if _DOTS.fullmatch(pattern) else None)
    if share is not None:
        return mixed(color(element.get(f"{W}color")) or "000000", fill or "FFFFFF", share)
    if pattern not in ("clear", "nil"):
        raise refuse("網かけの模様", element, name)
    return fill if pattern == "clear" else None


_READERS: dict[str, Callable[[etree._Element, str], RunChanges]] = {
    "rFonts": _fonts,
    "sz": _size,
    "b": lambda e, name: {"bold": is_on(e)},
    "i": lambda e, name: {"italic": is_on(e)},
    "strike": lambda e, name: {"strike": is_on(e)},
    "caps": lambda e, name: {"capitals": is_on(e)},
    "smallCaps": lambda e, name: {"small_capitals": is_on(e)},
    "vanish": lambda e, name: {"hidden": is_on(e)},
    "highlight": _highlight,
    "vertAlign": _script,
    "position": _rise,
    "spacing": _character_spacing,
    "w": _stretch,
    "lang": _language,
    "u": _underline,
    "em": _emphasis,
    "dstrike": lambda e, name: {"double_strike": is_on(e)},
    "color": _color,
    "shd": _shading,
    "bdr": _border,
}
