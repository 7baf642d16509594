"""w:pict with VML (ISO/IEC 29500-4, 14): shapes and text boxes as Word 2007 and older ones write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.drawing_xml import embedded
from pipeline.documents.docx.formats import Border, RuleKind, RunFormat
from pipeline.documents.docx.markup import R, V, W, color, local, number
from pipeline.documents.docx.placement import Aligned, Clear, Outline, Placement, Position, Wrap
from pipeline.documents.docx.shape_xml import ReadText
from pipeline.documents.docx.tree import Margins, Picture, Shape, VerticalAlignment
from pipeline.documents.units import MM

_W10 = "{urn:schemas-microsoft-com:office:word}"
_FORMS = {"rect": "rect", "roundrect": "roundRect", "oval": "ellipse", "line": "line"}
_TYPES = {
    "202": "rect", "1": "rect", "2": "roundRect", "3": "ellipse", "20": "line", "32": "line", "109": "rect",
    "176": "roundRect", "120": "ellipse", "4": "diamond", "5": "triangle", "185": "bracketPair", "85": "leftBracket",
    "86": "rightBracket",
}  # fmt: skip
"""The forms of the shape types (o:spt) that are drawn."""
_NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "green": "008000", "yellow": "FFFF00",
    "silver": "C0C0C0", "gray": "808080", "window": "FFFFFF", "windowtext": "000000",
}  # fmt: skip
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 10 * MM, "mm": MM, "px": 0.75, "": 1.0, "pc": 12.0}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px|pc|)")
_EMU = 12_700
_OFF = frozenset({"f", "false", "0"})
_RELATIVE = {"text": "", "char": "character", "left-margin-area": "leftMargin", "right-margin-area": "rightMargin"}
_ALIGNED: Mapping[str, Aligned] = {
    "left": "left", "center": "center", "right": "right", "top": "top", "bottom": "bottom",
}  # fmt: skip
_ANCHORS: Mapping[str, VerticalAlignment] = {"top": "top", "middle": "center", "bottom": "bottom"}
_WRAPS: Mapping[str, Wrap] = {
    "square": "square", "tight": "square", "through": "square", "topAndBottom": "topAndBottom", "none": "none",
}  # fmt: skip
_DASHES: Mapping[str, RuleKind] = {
    "solid": "single", "dash": "dashed", "dashdot": "dotDash", "1 1": "dotted", "shortdot": "dotted",
    "longdash": "dashed", "longdashdot": "dotDash", "shortdash": "dashSmallGap",
}  # fmt: skip
_NOT_SHAPES = frozenset({"shapetype", "OLEObject", "lock"})


def read_vml(element: etree._Element, run: RunFormat, context: Context, read_text: ReadText) -> Picture | Shape:
    """Read the one shape or picture of a w:pict; raises Unsupported."""
    shapes = [child for child in element if local(child) not in _NOT_SHAPES]
    if len(shapes) != 1 or shapes[0].tag == f"{V}group":
        raise context.refuse("グループ化された図形（古い形式）", element)
    shape = shapes[0]
    if shape.find(f"{V}textpath") is not None:
        raise context.refuse("ワードアート・透かし", element)
    style = _style(shape.get("style", ""))
    image = shape.find(f"{V}imagedata")
    form = _form(shape, context) if image is None else "rect"
    width, height, place, flipped = _box(shape, style, form)
    if style.get("rotation", "0") not in ("0", ""):
        raise context.refuse("回転した図形", element)
    if image is not None:
        if any(image.get(f"crop{side}", "0") != "0" for side in ("top", "right", "bottom", "left")):
            raise context.refuse("トリミングされた図（古い形式）", element)
        data = embedded(image.get(f"{R}id", ""), element, context)
        return Picture(data, width, height, shape.get("alt", ""), run, place=place)
    box = shape.find(f"{V}textbox")
    within = {} if box is None else _style(box.get("style", ""))
    if "vertical" in within.get("layout-flow", ""):
        raise context.refuse("縦書きのテキスト ボックス", element)
    content = None if box is None else box.find(f"{W}txbxContent")
    return Shape(
        width=width,
        height=height,
        outline=_outline(shape, form, flipped, context),
        format=run,
        blocks=() if content is None else read_text(content, context),
        insets=_insets("" if box is None else box.get("inset", "")),
        vertical_alignment=_ANCHORS.get(style.get("v-text-anchor", "top"), "top"),
        grows=within.get("mso-fit-shape-to-text") in ("t", "true"),
        place=place,
        alt=shape.get("alt", ""),
    )


def _style(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _length(text: str) -> float:
    """Return points; a number without a unit is in EMU where it is large, else in pixels of a point."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return 0.0
    value = number(found[1])
    return value / _EMU if not found[2] and abs(value) > _EMU / 10 else value * _UNITS[found[2]]


def _form(shape: etree._Element, context: Context) -> str:
    if local(shape) in _FORMS:
        return _FORMS[local(shape)]
    kind = shape.get("type", "").rpartition("_t")[2]
    if local(shape) != "shape" or (kind not in _TYPES and shape.find(f"{V}textbox") is None):
        raise context.refuse("図形（古い形式）", shape)
    return _TYPES.get(kind, "rect")


def _box(
    shape: etree._Element, style: Mapping[str, str], form: str
) -> tuple[float, float, Placement | None, tuple[bool, bool]]:
    """Return width, height, place, and the way a line runs."""
    flip = style.get("flip", "")
    left, top = _length(style.get("margin-left", "0")), _length(style.get("margin-top", "0"))
    width, height = _length(style.get("width", "0")), _length(style.get("height", "0"))
    flipped = "x" in flip, "y" in flip
    if form == "line" and shape.get("from"):
        (x1, y1), (x2, y2) = (_pair(shape.get(end, "0,0")) for end in ("from", "to"))
        left, top, width, height = min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)
        flipped = x2 < x1, y2 < y1
    is_free = style.get("position") == "absolute"
    return width, height, _place(shape, style, left, top) if is_free else None, flipped


def _pair(text: str) -> tuple[float, float]:
    x, _, y = text.partition(",")
    return _length(x), _length(y)


def _place(shape: etree._Element, style: Mapping[str, str], left: float, top: float) -> Placement:
    wrap = shape.find(f"{_W10}wrap")
    order = style.get("z-index", "0")
    order = order if order.lstrip("-").isdigit() else "0"
    kind = "none" if wrap is None else wrap.get("type", "none")
    top_, right, bottom, left_ = (
        _length(style.get(f"mso-wrap-distance-{side}", default))
        for side, default in (("top", "0"), ("right", "9pt"), ("bottom", "0"), ("left", "9pt"))
    )
    return Placement(
        across=_position(style, "horizontal", "column", left),
        down=_position(style, "vertical", "paragraph", top),
        wrap=_WRAPS.get(kind, "square"),
        clear=Clear(top_, right, bottom, left_),
        behind=order.startswith("-"),
        order=abs(number(order)),
    )


def _position(style: Mapping[str, str], way: str, default: str, offset: float) -> Position:
    relative = style.get(f"mso-position-{way}-relative", "text")
    relative = _RELATIVE.get(relative, relative) or default
    return Position(relative, _ALIGNED.get(style.get(f"mso-position-{way}", ""), ""), offset)


def _insets(text: str) -> Margins:
    parts = [part.strip() for part in text.split(",")] + [""] * 4
    defaults = ("7.2pt", "3.6pt", "7.2pt", "3.6pt")
    left, top, right, bottom = (_length(part or own) for part, own in zip(parts[:4], defaults, strict=True))
    return Margins(top, right, bottom, left)


def _outline(shape: etree._Element, form: str, flipped: tuple[bool, bool], context: Context) -> Outline:
    fill, stroke = shape.find(f"{V}fill"), shape.find(f"{V}stroke")
    if fill is not None and fill.get("type", "solid") != "solid":
        raise context.refuse("図形のグラデーション・パターン・図による塗りつぶし", shape)
    filled = _is_on(shape.get("filled")) and (fill is None or _is_on(fill.get("on"))) and form != "line"
    if filled and fill is not None and fill.get("opacity", "1") not in ("1", "1.0", "100%", "65536f", "0"):
        raise context.refuse("半透明の塗りつぶし", shape)
    filled = filled and (fill is None or fill.get("opacity", "1") != "0")
    arrows = [] if stroke is None else [stroke.get(end, "none") != "none" for end in ("startarrow", "endarrow")]
    return Outline(
        form=form,
        fill=_colour(shape.get("fillcolor", "white")) if filled else None,
        line=_line(shape, stroke),
        flipped=flipped,
        heads=(arrows[0], arrows[1]) if arrows else (False, False),
    )


def _line(shape: etree._Element, stroke: etree._Element | None) -> Border | None:
    if not _is_on(shape.get("stroked")) or (stroke is not None and not _is_on(stroke.get("on"))):
        return None
    weight = shape.get("strokeweight") or (None if stroke is None else stroke.get("weight")) or ".75pt"
    dashes = "solid" if stroke is None else stroke.get("dashstyle", "solid").lower()
    return Border(_length(weight), _colour(shape.get("strokecolor", "black")), kind=_DASHES.get(dashes, "dashed"))


def _is_on(value: str | None) -> bool:
    return value not in _OFF


def _colour(text: str) -> str:
    """Return a colour; behind it may stand its place in the theme or the palette (``#4f81bd [3204]``)."""
    value = text.split("[", maxsplit=1)[0].strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    digits = value.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return color(digits) or "000000" if re.fullmatch("[0-9a-f]{6}", digits) else "000000"
