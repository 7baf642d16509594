"""Looks of a run that people mean something by, as flags in Japanese."""

from __future__ import annotations

from lxml import etree

from pipeline.ooxml.markup import VAL, W, is_on

_SWITCHES = {
    f"{W}strike": "取消線",
    f"{W}dstrike": "二重取消線",
    f"{W}vanish": "隠し文字",
    f"{W}webHidden": "隠し文字",
    f"{W}b": "太字",
    f"{W}u": "下線",
    f"{W}em": "傍点",
}
_COLOURFUL = 0x30
"""How far apart red, green and blue must be: programs write blacks and greys by themselves."""


def of_run(run: etree._Element) -> frozenset[str]:
    """Give the flags of a run's direct formatting (17.3.2)."""
    properties = run.find(f"{W}rPr")
    if properties is None or not len(properties):
        return frozenset()
    return frozenset(flag for child in properties if (flag := _flag(child)))


def _flag(child: etree._Element) -> str:
    """Give the flag of one property; LibreOffice writes some twice, and either may be the new one."""
    value = child.get(VAL, "")
    if child.tag in _SWITCHES:
        return _SWITCHES[child.tag] if is_on(child) else ""
    if child.tag == f"{W}color" and _is_colourful(value):
        return f"文字の色（{value}）"
    if (child.tag == f"{W}highlight" and value not in ("", "none")) or (child.tag == f"{W}shd" and _is_shaded(child)):
        return "蛍光ペン"
    if child.tag == f"{W}vertAlign" and value not in ("", "baseline"):
        return "上付き・下付き"
    return ""


def _is_shaded(shade: etree._Element) -> bool:
    """Tell whether a shade marks words; LibreOffice writes its marker pen as one."""
    return _is_colourful(shade.get(f"{W}fill", ""))


def _is_colourful(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return max(parts, default=0) - min(parts, default=0) >= _COLOURFUL
