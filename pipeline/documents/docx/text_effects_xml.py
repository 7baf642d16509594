"""Text effects that newer versions of Word add to w:rPr ([MS-DOCX] 2.6.1): which of them are to be seen."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W14, local

_SIZES = {
    "glow": ("rad",),
    "shadow": ("blurRad", "dist"),
    "reflection": ("stA", "endA"),
    "props3d": ("extrusionH", "contourW"),
}
"""The attributes that are all zero where Word writes an effect only to take it away."""
_NAMES = {
    "glow": "光彩を付けた文字",
    "shadow": "影付きの文字",
    "reflection": "反射を付けた文字",
    "props3d": "立体の文字",
    "textOutline": "輪郭を付けた文字",
    "textFill": "透明な文字・色の移り変わる文字",
}


def visible_effect(element: etree._Element) -> str | None:
    """Name the effect that an element of an ``rPr`` puts on text, None where nothing is to be seen of it."""
    tag = local(element)
    if tag in _SIZES:
        sizes = [element.get(W14 + attribute, "0") for attribute in _SIZES[tag]]
        is_seen = any(size != "0" for size in sizes) or any(local(child).startswith("bevel") for child in element)
    elif tag == "textOutline":
        is_seen = any(local(child) in ("solidFill", "gradFill") for child in element)
    elif tag == "textFill":
        is_clear = any(alpha.get(f"{W14}val", "0") != "0" for alpha in element.iter(f"{W14}alpha"))
        is_seen = is_clear or any(local(child) != "solidFill" for child in element)
    else:
        return None
    return _NAMES[tag] if is_seen else None
