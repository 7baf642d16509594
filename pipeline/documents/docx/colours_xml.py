"""Colours of drawings (20.1.2.3): written out, or those of the theme, lighter or darker."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.markup import VAL, A, color, local, number

_WHOLE = 100_000
_NAMES = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_PRESETS = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "green": "008000",
            "yellow": "FFFF00", "gray": "808080"}  # fmt: skip


def scheme(theme: etree._Element | None) -> dict[str, str]:
    """Return the colours of a theme (20.1.6.2) by name."""
    found = None if theme is None else theme.find(f".//{A}clrScheme")
    return {} if found is None else {local(one): _plain(child) or "000000" for one in found for child in one}


def read_colour(holder: etree._Element | None, scheme: Mapping[str, str], own: str = "") -> str | None:
    """Return the colour that a fill or a reference holds, None for none, or a clear one; ``own`` stands for phClr."""
    element = next(iter(holder), None) if holder is not None else None
    if element is None:
        return None
    name = element.get("val", "")
    base = own if name == "phClr" else _plain(element) or scheme.get(_NAMES.get(name, name), "")
    if not base:
        return None
    for change in element:
        if local(change) == "alpha" and not number(change.get("val", "0")):
            return None
        base = _changed(base, local(change), number(change.get("val", "0")) / _WHOLE)
    return base


def opacity(holder: etree._Element | None) -> float:
    """Return how much of what is below a fill hides."""
    found = [] if holder is None else [number(alpha.get("val", "0")) / _WHOLE for alpha in holder.iter(f"{A}alpha")]
    return min((share for share in found if 0 < share < 1), default=1.0)


def mixed(color: str, ground: str, share: float) -> str:
    """Return a colour of which so much is the first, and the rest that of its ground."""
    pairs = zip(bytes.fromhex(color), bytes.fromhex(ground), strict=True)
    return bytes(round(one * share + other * (1 - share)) for one, other in pairs).hex().upper()


def _plain(element: etree._Element) -> str | None:
    kind = local(element)
    if kind == "srgbClr":
        return color(element.get("val", "000000"))
    if kind == "sysClr":
        return color(element.get("lastClr")) or ("FFFFFF" if element.get("val") == "window" else "000000")
    return _PRESETS.get(element.get("val", "")) if kind == "prstClr" else None


def _changed(base: str, how: str, share: float) -> str:
    red, green, blue = (part / 255 for part in bytes.fromhex(base))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if how == "shade":
        return _hex(red * share, green * share, blue * share)
    if how == "tint":
        return _hex(*(1 - (1 - part) * share for part in (red, green, blue)))
    if how == "lumMod":
        return _hex(*colorsys.hls_to_rgb(hue, min(1.0, light * share), full))
    return _hex(*colorsys.hls_to_rgb(hue, min(1.0, light + share), full)) if how == "lumOff" else base


def _hex(*parts: float) -> str:
    return "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)


def set_text_colour(content: etree._Element, value: str, w: str) -> None:
    """Give the characters of a shape the colour of its style (20.1.4.2.15) where they say none of their own."""
    for run in content.iter(f"{w}r"):
        properties = run.find(f"{w}rPr")
        if properties is None:
            properties = etree.Element(f"{w}rPr")
            run.insert(0, properties)
        own = properties.find(f"{w}color")
        if own is None:
            own = etree.SubElement(properties, f"{w}color")
            own.set(VAL, "auto")
        if own.get(VAL) == "auto":
            own.set(VAL, value)
