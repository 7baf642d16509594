"""Run properties, w:rPr (17.3.2): what one element says, as changes to a RunFormat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from lxml import etree

from pipeline.ooxml.markup import VAL, W, color, is_on, refuse
from pipeline.ooxml.tree import Border

Changes: TypeAlias = tuple[tuple[str, Any], ...]
"""Names and new values of fields, in the order in which they were said; hashable."""

_IGNORED = frozenset({
    "rStyle", "lang", "noProof", "bCs", "iCs", "szCs", "kern", "webHidden", "rtl", "cs", "snapToGrid", "specVanish",
})  # fmt: skip
_REFUSED_WHEN_ON = {
    "caps": "すべて大文字の書式",
    "smallCaps": "小型英大文字の書式",
    "vanish": "隠し文字",
    "dstrike": "二重取り消し線",
    "outline": "中抜きの文字",
    "shadow": "影付きの文字",
    "emboss": "浮き出しの文字",
    "imprint": "浮き彫りの文字",
}
_REFUSED_UNLESS = {
    "vertAlign": ("baseline", "上付き・下付きの文字"),
    "position": ("0", "上下にずらした文字"),
    "spacing": ("0", "文字間隔を変えた文字"),
    "w": ("100", "幅を変えた文字"),
    "highlight": ("none", "蛍光ペン"),
    "em": ("none", "圏点"),
    "effect": ("none", "文字の効果"),
}
_REFUSED = {
    "eastAsianLayout": "縦中横・割注",
    "fitText": "均等割り付けの文字",
    "ins": "変更履歴",
    "del": "変更履歴",
    "moveFrom": "変更履歴",
    "moveTo": "変更履歴",
    "rPrChange": "変更履歴",
}

FONT_SLOTS = {"font": "ascii", "high_font": "hAnsi", "east_asian_font": "eastAsia"}
"""The fields of a RunFormat that name a font, each with its attribute."""


def read_run_changes(element: etree._Element | None, name: str) -> Changes:
    """Give the fields of a RunFormat that an ``rPr`` sets; raises Unsupported for what cannot be drawn."""
    if element is None:
        return ()
    changes: list[tuple[str, Any]] = []
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag.startswith(W):
            changes += _changes(child, tag[len(W) :], name)
    return tuple(changes)


def _changes(element: etree._Element, tag: str, name: str) -> Changes:
    reader = _READERS.get(tag)
    if reader is not None:
        return reader(element, name)
    if tag not in _IGNORED:
        _check(element, tag, name)
    return ()


def _check(element: etree._Element, tag: str, name: str) -> None:
    if tag in _REFUSED_WHEN_ON:
        if is_on(element):
            raise refuse(_REFUSED_WHEN_ON[tag], element, name)
    elif tag in _REFUSED_UNLESS:
        harmless, construct = _REFUSED_UNLESS[tag]
        if element.get(VAL, harmless) != harmless:
            raise refuse(construct, element, name)
    else:
        raise refuse(_REFUSED.get(tag, f"文字の書式 w:{tag}"), element, name)


def _fonts(element: etree._Element, name: str) -> Changes:
    """17.3.2.26; a theme's font wins over a named one, and stands here by its place in the theme."""
    named = ((field, element.get(f"{W}{slot}Theme") or element.get(W + slot)) for field, slot in FONT_SLOTS.items())
    hint = element.get(f"{W}hint")
    hinted = () if hint is None else (("hint", hint == "eastAsia"),)
    return (*((field, value) for field, value in named if value), *hinted)


def _size(element: etree._Element, name: str) -> Changes:
    return (("size", float(element.get(VAL, "20")) / 2),)


def _bold(element: etree._Element, name: str) -> Changes:
    return (("bold", is_on(element)),)


def _italic(element: etree._Element, name: str) -> Changes:
    return (("italic", is_on(element)),)


def _strike(element: etree._Element, name: str) -> Changes:
    return (("strike", is_on(element)),)


def _underline(element: etree._Element, name: str) -> Changes:
    kind = element.get(VAL, "single")
    if kind not in ("single", "none"):
        raise refuse(f"一重以外の下線（{kind}）", element, name)
    return (("underline", kind == "single"),)


def _color(element: etree._Element, name: str) -> Changes:
    return (("color", color(element.get(VAL)) or "000000"),)


def _shading(element: etree._Element, name: str) -> Changes:
    return (("shading", read_shading(element, name)),)


def _border(element: etree._Element, name: str) -> Changes:
    return (("border", read_border(element, name)),)


def read_shading(element: etree._Element, name: str) -> str | None:
    """Read w:shd (17.3.5): a plain fill, or None; patterns are refused."""
    if element.get(VAL, "clear") not in ("clear", "nil"):
        raise refuse("網かけの模様", element, name)
    return color(element.get(f"{W}fill"))


def read_border(element: etree._Element, name: str) -> Border | None:
    """Read one border (17.3.4): single rules only, width in eighths of a point."""
    kind = element.get(VAL, "none")
    if kind in ("nil", "none"):
        return None
    if kind != "single" or is_on_attribute(element, "shadow") or is_on_attribute(element, "frame"):
        raise refuse(f"一重線以外の罫線（{kind}）", element, name)
    width = float(element.get(f"{W}sz", "4")) / 8
    return Border(width, color(element.get(f"{W}color")) or "000000", float(element.get(f"{W}space", "0")))


def is_on_attribute(element: etree._Element, attribute: str) -> bool:
    """Read an on/off attribute, off where it is absent."""
    return element.get(W + attribute, "0") not in ("0", "false", "off")


_READERS: dict[str, Callable[[etree._Element, str], Changes]] = {
    "rFonts": _fonts,
    "sz": _size,
    "b": _bold,
    "i": _italic,
    "strike": _strike,
    "u": _underline,
    "color": _color,
    "shd": _shading,
    "bdr": _border,
}
