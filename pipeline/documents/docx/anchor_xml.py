"""wp:anchor (20.4.2.3): the place of a floating drawing, and how text goes around it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.markup import WP, local, number
from pipeline.documents.docx.placement import ALIGNED, Clear, Placement, Position, Side, Wrap
from pipeline.documents.units import emu_to_pt

_WRAPS: Mapping[str, Wrap] = {
    "wrapNone": "none", "wrapSquare": "square", "wrapTopAndBottom": "topAndBottom", "wrapTight": "square",
    "wrapThrough": "square",
}  # fmt: skip
_SIDES: Mapping[str, Side] = {"left": "left", "right": "right", "largest": "largest"}
_RELATIVE = frozenset({
    "page", "margin", "column", "character", "leftMargin", "rightMargin", "paragraph", "line", "topMargin",
    "bottomMargin",
})  # fmt: skip
_CORNERS = 4


def read_placement(anchor: etree._Element, context: Context) -> Placement:
    """Read a placement; raises Unsupported for those that depend on the side of the paper, and for free outlines."""
    wrap = next((child for child in anchor if local(child) in _WRAPS), None)
    kind: Wrap = "none" if wrap is None else _WRAPS[local(wrap)]
    if wrap is not None and not _is_square(wrap):
        raise context.refuse("図形の輪郭に沿った折り返し（外周・内部）", anchor)
    sides = "" if wrap is None else wrap.get("wrapText", "")
    top, right, bottom, left = (emu_to_pt(number(anchor.get(f"dist{side}", "0"))) for side in "TRBL")
    return Placement(
        across=_position(anchor, "positionH", "column", context),
        down=_position(anchor, "positionV", "paragraph", context),
        wrap=kind,
        side=_SIDES.get(sides, "bothSides"),
        clear=Clear(top, right, bottom, left),
        behind=anchor.get("behindDoc", "0") in ("1", "true"),
        order=number(anchor.get("relativeHeight", "0")),
    )


def _is_square(wrap: etree._Element) -> bool:
    """Return whether an outline is none, or has its points at the corners of a rectangle only."""
    points = [*wrap.iter(f"{WP}start", f"{WP}lineTo")]
    places = {(point.get("x"), point.get("y")) for point in points}
    return not points or (len(places) <= _CORNERS and all(len({place[at] for place in places}) <= 2 for at in (0, 1)))


def _position(anchor: etree._Element, name: str, default: str, context: Context) -> Position:
    """Read the place along one axis; a share of the page ([MS-DOCX] 2.3.2) has its offset beside it."""
    found = [*anchor.iter(WP + name)]
    if not found:
        return Position(default)
    relative = found[-1].get("relativeFrom", default)
    if relative not in _RELATIVE:
        raise context.refuse("見開きの内側・外側に合わせた図形の位置", anchor)
    offset, align = (next((one.find(WP + part) for one in found if one.find(WP + part) is not None), None)
                     for part in ("posOffset", "align"))  # fmt: skip
    if align is not None:
        return Position(relative, ALIGNED.get(align.text or "", ""))
    return Position(relative, offset=emu_to_pt(number((offset.text if offset is not None else None) or "0")))
