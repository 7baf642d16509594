"""Looks of a run that people mean something by, as flags in Japanese."""

from __future__ import annotations

from lxml import etree

from pipeline.ooxml.markup import VAL, W, is_on

_SWITCHES = (
    ("strike", "取消線"),
    ("dstrike", "二重取消線"),
    ("vanish", "隠し文字"),
    ("webHidden", "隠し文字"),
    ("b", "太字"),
    ("u", "下線"),
    ("em", "傍点"),
)
_COLOURFUL = 0x30
"""How far apart red, green and blue must be: programs write blacks and greys by themselves."""


def of_run(run: etree._Element) -> frozenset[str]:
    """Give the flags of a run's direct formatting (17.3.2)."""
    properties = run.find(f"{W}rPr")
    if properties is None or not len(properties):
        return frozenset()
    given = {child.tag: child for child in properties}
    found = {flag for name, flag in _SWITCHES if is_on(given.get(W + name))}
    colour, marker = (_value(given.get(W + name)) for name in ("color", "highlight"))
    if colour is not None and _is_colourful(colour):
        found.add(f"文字の色（{colour}）")
    if marker not in (None, "none") or _is_shaded(given.get(f"{W}shd")):
        found.add("蛍光ペン")
    if _value(given.get(f"{W}vertAlign")) not in (None, "baseline"):
        found.add("上付き・下付き")
    return frozenset(found)


def _is_shaded(shade: etree._Element | None) -> bool:
    """Tell whether a shade marks words; LibreOffice writes its marker pen as one."""
    return shade is not None and _is_colourful(shade.get(f"{W}fill", ""))


def _is_colourful(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return max(parts, default=0) - min(parts, default=0) >= _COLOURFUL


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL)
