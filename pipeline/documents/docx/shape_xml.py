"""wps:wsp ([MS-ODRAWXML] 2.2): a shape or text box, by itself or in a group."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.colours_xml import opacity, read_colour, set_text_colour
from pipeline.documents.docx.context import Context, ReadText
from pipeline.documents.docx.formats import Margins, RunFormat
from pipeline.documents.docx.geometry_xml import read_geometry
from pipeline.documents.docx.markup import WPS, A, W, number
from pipeline.documents.docx.paint_xml import has_effects, read_fill, read_line
from pipeline.documents.docx.placement import Outline
from pipeline.documents.docx.tree import Direction, Shape, VerticalAlignment
from pipeline.documents.units import emu_to_pt

_DIRECTIONS: Mapping[str, Direction] = {"horz": "across", "eaVert": "down", "vert": "right", "vert270": "left"}
ANCHORS: Mapping[str, VerticalAlignment] = {"t": "top", "ctr": "center", "b": "bottom"}


def read_shape(
    shape: etree._Element, size: tuple[float, float], run: RunFormat, context: Context, read_text: ReadText
) -> Shape:
    """Read a shape of a size (pt) that stands in its line; raises Unsupported."""
    body = shape.find(f"{WPS}bodyPr")
    content = shape.find(f"{WPS}txbx/{W}txbxContent")
    if shape.find(f"{WPS}linkedTxbx") is not None:
        raise context.refuse("リンクされたテキスト ボックス", shape)
    if content is not None:
        _check_body(body, shape, context)
        _colour_text(shape, content, context)
    width, height = size
    return Shape(
        width=width,
        height=height,
        outline=_outline(shape, context),
        format=run,
        blocks=() if content is None else read_text(content, context),
        insets=read_insets(body),
        vertical_alignment="top" if body is None else ANCHORS.get(body.get("anchor", "t"), "top"),
        direction="across" if body is None else _DIRECTIONS.get(body.get("vert", "horz"), "across"),
        grows=body is not None and body.find(f"{A}spAutoFit") is not None,
    )


def _check_body(body: etree._Element | None, shape: etree._Element, context: Context) -> None:
    if body is None:
        return
    if body.get("vert", "horz") not in _DIRECTIONS:
        raise context.refuse("文字の方向が特殊なテキスト ボックス", shape)
    if body.get("rot", "0") != "0":
        raise context.refuse("回転したテキスト ボックス", shape)
    if body.get("numCol", "1") not in ("0", "1"):
        raise context.refuse("段組みのテキスト ボックス", shape)
    warp = body.find(f"{A}prstTxWarp")
    if warp is not None and warp.get("prst", "textNoShape") != "textNoShape":
        raise context.refuse("ワードアート・透かし", shape)


def read_insets(body: etree._Element | None) -> Margins:
    """Return how far the text of a shape is from its edges (21.1.2.1.1)."""
    body = etree.Element("none") if body is None else body
    top, right, bottom, left = (
        emu_to_pt(number(body.get(f"{side}Ins", default)))
        for side, default in (("t", "45720"), ("r", "91440"), ("b", "45720"), ("l", "91440"))
    )
    return Margins(top, right, bottom, left)


def _colour_text(shape: etree._Element, content: etree._Element, context: Context) -> None:
    value = read_colour(shape.find(f"{WPS}style/{A}fontRef"), context.common.colours)
    if value is not None and value != "000000":
        set_text_colour(content, value, W)


def _outline(shape: etree._Element, context: Context) -> Outline:
    properties, style = shape.find(f"{WPS}spPr"), shape.find(f"{WPS}style")
    if properties is None:
        return Outline()
    if has_effects(properties, style, context):
        raise context.refuse("影や光彩などの効果を付けた図形", shape)
    geometry = read_geometry(properties, shape, context)
    return Outline(
        geometry=geometry,
        fill=None if geometry.is_line else read_fill(properties, style, shape, context),
        line=read_line(properties.find(f"{A}ln"), style, shape, context),
        opacity=opacity(properties.find(f"{A}solidFill")),
    )
