"""How shapes of DrawingML are painted (20.1.8): their fills and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from lxml import etree

from pipeline.documents.docx.colours_xml import read_colour
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.markup import WPG, A, local, number
from pipeline.documents.docx.placement import Cap, Head, HeadKind, Join, Line
from pipeline.documents.units import emu_to_pt

DASHES: Mapping[str, tuple[int, ...]] = {
    "solid": (), "sysDot": (1, 1), "dot": (1, 3), "sysDash": (3, 1), "dash": (4, 3), "lgDash": (8, 3),
    "dashDot": (4, 3, 1, 3), "lgDashDot": (8, 3, 1, 3), "sysDashDot": (3, 1, 1, 1),
    "sysDashDotDot": (3, 1, 1, 1, 1, 1), "lgDashDotDot": (8, 3, 1, 3, 1, 3),
}  # fmt: skip
"""Strokes and gaps in the thickness of the line (20.1.10.48)."""
_SIZES: Mapping[str, float] = {"sm": 2.0, "med": 3.0, "lg": 5.0}
_MIXED = frozenset({"gradFill", "pattFill", "blipFill"})
_FILLS = _MIXED | {"noFill", "solidFill"}
_DEFAULT_WIDTH = 0.75


def read_fill(
    properties: etree._Element, style: etree._Element | None, holder: etree._Element, context: Context
) -> str | None:
    """Return the colour of a shape, None for none; raises Unsupported for more than one."""
    for child in properties:
        if local(child) == "grpFill":
            around = next(holder.iterancestors(f"{WPG}grpSp", f"{WPG}wgp"), None)
            own = None if around is None else around.find(f"{WPG}grpSpPr")
            return None if around is None or own is None else read_fill(own, None, around, context)
        if local(child) in _FILLS:
            return _colour(child, "", holder, context)
    reference = None if style is None else style.find(f"{A}fillRef")
    index = _index(reference)
    own_colour = read_colour(reference, context.common.colours)
    fills = context.common.shape_styles.fills
    if not 0 < index <= len(fills) or own_colour is None:
        return own_colour if index else None
    return _colour(fills[index - 1], own_colour, holder, context)


def _colour(fill: etree._Element, own: str, holder: etree._Element, context: Context) -> str | None:
    """Return the colour of a fill, in which ``own`` stands for the one that a style is given."""
    if local(fill) == "noFill":
        return None
    if local(fill) != "solidFill":
        raise context.refuse("図形のグラデーション・パターン・図による塗りつぶし", holder)
    return read_colour(fill, context.common.colours, own)


def has_effects(properties: etree._Element, style: etree._Element | None, context: Context) -> bool:
    """Return whether a shape has a shadow, a glow and the like: of its own, or of its style."""
    own = [*properties.iterchildren(f"{A}effectLst", f"{A}effectDag", f"{A}scene3d")]
    if own:
        return any(map(len, own))
    index = _index(None if style is None else style.find(f"{A}effectRef"))
    return 0 < index <= len(context.common.shape_styles.effects) and context.common.shape_styles.effects[index - 1]


def _index(reference: etree._Element | None) -> int:
    return 0 if reference is None else int(reference.get("idx", "0"))


def read_line(
    line: etree._Element | None, style: etree._Element | None, holder: etree._Element, context: Context
) -> Line | None:
    """Return the line of a shape or picture (20.1.2.2.24), None for none."""
    width, color = _themed(style, context)
    if line is None:
        return None if color is None else Line(width, color)
    if line.find(f"{A}noFill") is not None:
        return None
    if line.get("cmpd", "sng") != "sng" or any(line.find(A + fill) is not None for fill in _MIXED):
        raise context.refuse("多重線・グラデーションの図形の枠線", holder)
    solid, dash = line.find(f"{A}solidFill"), line.find(f"{A}prstDash")
    color = color if solid is None else read_colour(solid, context.common.colours)
    width = emu_to_pt(number(line.get("w", "0"))) if "w" in line.attrib else (width or _DEFAULT_WIDTH)
    if color is None:
        return None
    join = next((local(child) for child in line if local(child) in get_args(Join)), "round")
    return Line(
        width,
        color,
        dashes=tuple(part * width for part in DASHES.get(_value(dash), (4, 3))),
        join=cast("Join", join),
        cap=cast("Cap", line.get("cap", "flat") if line.get("cap") in get_args(Cap) else "flat"),
        heads=(_head(line.find(f"{A}headEnd")), _head(line.find(f"{A}tailEnd"))),
    )


def _themed(style: etree._Element | None, context: Context) -> tuple[float, str | None]:
    """Return the thickness and colour of the line that a style names (20.1.4.2.19)."""
    reference = None if style is None else style.find(f"{A}lnRef")
    index, widths = _index(reference), context.common.shape_styles.lines
    if not 0 < index <= len(widths):
        return 0.0, None
    return widths[index - 1], read_colour(reference, context.common.colours)


def _value(dash: etree._Element | None) -> str:
    return "solid" if dash is None else dash.get("val", "solid")


def _head(end: etree._Element | None) -> Head | None:
    kind = "none" if end is None else end.get("type", "none")
    if end is None or kind not in get_args(HeadKind):
        return None
    length, width = (_SIZES.get(end.get(side, "med"), 3.0) for side in ("len", "w"))
    return Head(cast("HeadKind", kind), length, width)
