"""How shapes of VML are painted (ISO/IEC 29500-4, 14.1.2.5 and 14.1.2.21): their fills and lines."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.markup import V, number
from pipeline.documents.docx.paint_xml import DASHES
from pipeline.documents.docx.placement import Cap, Head, HeadKind, Join, Line, Outline
from pipeline.documents.docx.vml_geometry import read_vml_geometry
from pipeline.documents.docx.vml_values import colour, fraction, is_on, length

_DASHES = {name.lower().replace("lg", "long").replace("sys", "short"): parts for name, parts in DASHES.items()}
"""The dashes of DrawingML, which have other names here."""
_HEADS: Mapping[str, HeadKind] = {
    "block": "triangle", "classic": "stealth", "diamond": "diamond", "oval": "oval", "open": "arrow",
}  # fmt: skip
_SIZES = {"narrow": 2.0, "short": 2.0, "wide": 5.0, "long": 5.0}
_JOINS: Mapping[str, Join] = {"miter": "miter", "bevel": "bevel"}
_CAPS: Mapping[str, Cap] = {"round": "rnd", "square": "sq"}


def read_vml_outline(shape: etree._Element, context: Context) -> Outline:
    """Return the form of a shape, its fill and its line; raises Unsupported."""
    shadow = shape.find(f"{V}shadow")
    if shadow is not None and is_on(shadow.get("on", "f")):
        raise context.refuse("影や光彩などの効果を付けた図形", shape)
    geometry = read_vml_geometry(shape, context)
    holders = [shape, context.shape_types(shape).get(shape.get("type", "").removeprefix("#"), shape)]
    fill = None if geometry.is_line else _fill(shape, holders, context)
    return Outline(geometry, fill, _line(shape, holders, context), _opacity(shape))


def _opacity(shape: etree._Element) -> float:
    fill = shape.find(f"{V}fill")
    written = "1" if fill is None else fill.get("opacity", "1")
    share = number(written[:-1]) / 100 if written.endswith("%") else fraction(written)
    return share if 0 < share < 1 else 1.0


def _said(holders: list[etree._Element], name: str) -> str | None:
    """Return what a shape says, or its kind for it."""
    return next((found for holder in holders if (found := holder.get(name)) is not None), None)


def _fill(shape: etree._Element, holders: list[etree._Element], context: Context) -> str | None:
    fill = shape.find(f"{V}fill")
    if not is_on(_said(holders, "filled")) or (fill is not None and not is_on(fill.get("on"))):
        return None
    opacity = "1" if fill is None else fill.get("opacity", "1")
    if fill is not None and fill.get("type", "solid") != "solid":
        raise context.refuse("図形のグラデーション・パターン・図による塗りつぶし", shape)
    color = shape.get("fillcolor") or (None if fill is None else fill.get("color"))
    return colour(color or "white") if opacity != "0" else None


def _line(shape: etree._Element, holders: list[etree._Element], context: Context) -> Line | None:
    stroke = shape.find(f"{V}stroke")
    said: Mapping[str, str] = {} if stroke is None else {str(key): str(value) for key, value in stroke.attrib.items()}
    if not is_on(_said(holders, "stroked")) or not is_on(said.get("on")):
        return None
    if said.get("linestyle", "single") != "single" or said.get("filltype", "solid") != "solid":
        raise context.refuse("多重線・グラデーションの図形の枠線", shape)
    width = length(shape.get("strokeweight") or said.get("weight") or ".75pt")
    style = said.get("dashstyle", "solid").lower()
    parts = _DASHES.get(style) or [float(part) for part in style.split() if part.replace(".", "", 1).isdigit()]
    return Line(
        width,
        colour(shape.get("strokecolor") or said.get("color") or "black"),
        dashes=tuple(part * width for part in parts) if any(parts) else (),
        join=_JOINS.get(said.get("joinstyle", ""), "round"),
        cap=_CAPS.get(said.get("endcap", ""), "flat"),
        heads=(_head(said, "start"), _head(said, "end")),
    )


def _head(said: Mapping[str, str], end: str) -> Head | None:
    kind = _HEADS.get(said.get(f"{end}arrow", "none").lower())
    length_, width = (_SIZES.get(said.get(f"{end}arrow{side}", ""), 3.0) for side in ("length", "width"))
    return None if kind is None else Head(kind, length_, width)
