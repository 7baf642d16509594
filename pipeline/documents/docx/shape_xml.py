"""wps:wsp ([MS-ODRAWXML] 2.2): shapes and text boxes, in w:drawing (20.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from pipeline.documents.docx.anchor_xml import read_placement
from pipeline.documents.docx.colours_xml import is_see_through, read_colour, set_text_colour
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import Border, RuleKind, RunFormat
from pipeline.documents.docx.markup import WP, WPS, A, W, local, number
from pipeline.documents.docx.placement import Outline
from pipeline.documents.docx.tree import Margins, Paragraph, Shape, VerticalAlignment  # fmt: skip
from pipeline.documents.units import emu_to_pt

ReadText = Callable[[etree._Element, Context], tuple[Paragraph, ...]]
"""Reads the text of a box (w:txbxContent, 17.17.1)."""

FORMS: Mapping[str, str] = {
    **{form: form for form in (
        "rect", "roundRect", "ellipse", "line", "rightArrow", "leftArrow", "upArrow", "downArrow", "triangle",
        "diamond", "bracketPair", "leftBracket", "rightBracket",
    )},
    "straightConnector1": "line", "flowChartProcess": "rect", "flowChartAlternateProcess": "roundRect",
    "flowChartConnector": "ellipse", "flowChartDecision": "diamond",
}  # fmt: skip
"""The forms that are drawn (20.1.10.56), and those that look like one of them."""
_NAMES = (
    ("Callout", "吹き出し"), ("star", "星とリボン"), ("ibbon", "星とリボン"), ("wave", "星とリボン"),
    ("bentConnector", "かぎ線コネクタ"), ("curvedConnector", "曲線コネクタ"), ("Arrow", "ブロック矢印"),
    ("flowChart", "フローチャートの図形"), ("Brace", "中かっこ"), ("brace", "中かっこ"), ("math", "数式図形"),
)  # fmt: skip
_ANCHORS: Mapping[str, VerticalAlignment] = {"t": "top", "ctr": "center", "b": "bottom"}
_DASHES: Mapping[str, RuleKind] = {
    "solid": "single", "sysDot": "dotted", "dot": "dotted", "sysDash": "dashSmallGap", "dash": "dashed",
    "lgDash": "dashed", "dashDot": "dotDash", "lgDashDot": "dotDash", "sysDashDot": "dotDash",
    "sysDashDotDot": "dotDotDash", "lgDashDotDot": "dotDotDash",
}  # fmt: skip
_WIDTHS = {"0": 0.0, "1": 0.5, "2": 1.0, "3": 1.5}
"""How thick (pt) the lines of a theme are, by the index of the style."""
_PAINTS = ("gradFill", "pattFill")
_DEFAULT_WIDTH = 0.75
_OTHERS = (
    ("wordprocessingGroup", "グループ化された図形"), ("wordprocessingCanvas", "描画キャンバス"),
    ("chart", "グラフ"), ("diagram", "SmartArt"), ("wordprocessingInk", "手書き（インク）"),
)  # fmt: skip


def refused_graphic(graphic: etree._Element | None) -> str:
    """Return what Word calls a drawing that is neither a picture nor a shape."""
    uri = "" if graphic is None else graphic.get("uri", "")
    return next((name for word, name in _OTHERS if word in uri), "図形・グラフ・SmartArtなど、写真や画像でない図")


def read_shape(holder: etree._Element, run: RunFormat, context: Context, read_text: ReadText) -> Shape | None:
    """Read the shape in wp:inline or wp:anchor, None where it holds none; raises Unsupported."""
    shape = holder.find(f"{A}graphic/{A}graphicData/{WPS}wsp")
    if shape is None:
        return None
    extent, properties = holder.find(f"{WP}extent"), holder.find(f"{WP}docPr")
    if extent is None:
        raise context.refuse("大きさのない図形", holder)
    width, height = (emu_to_pt(number(extent.get(side, "0"))) for side in ("cx", "cy"))
    body = shape.find(f"{WPS}bodyPr")
    content = shape.find(f"{WPS}txbx/{W}txbxContent")
    if shape.find(f"{WPS}linkedTxbx") is not None:
        raise context.refuse("リンクされたテキスト ボックス", holder)
    if content is not None:
        _check_body(body, holder, context)
        _colour_text(shape, content, context)
    return Shape(
        width=width,
        height=height,
        outline=_outline(shape, holder, context),
        format=run,
        blocks=() if content is None else read_text(content, context),
        insets=_insets(body),
        vertical_alignment="top" if body is None else _ANCHORS.get(body.get("anchor", "t"), "top"),
        grows=body is not None and body.find(f"{A}spAutoFit") is not None,
        place=read_placement(holder, context) if holder.tag == f"{WP}anchor" else None,
        alt="" if properties is None else properties.get("descr", ""),
    )


def _check_body(body: etree._Element | None, holder: etree._Element, context: Context) -> None:
    if body is None:
        return
    if body.get("vert", "horz") != "horz":
        raise context.refuse("縦書きのテキスト ボックス", holder)
    if body.get("rot", "0") != "0":
        raise context.refuse("回転したテキスト ボックス", holder)
    if body.get("numCol", "1") not in ("0", "1"):
        raise context.refuse("段組みのテキスト ボックス", holder)


def _insets(body: etree._Element | None) -> Margins:
    body = etree.Element("none") if body is None else body
    top, right, bottom, left = (
        emu_to_pt(number(body.get(f"{side}Ins", default)))
        for side, default in (("t", "45720"), ("r", "91440"), ("b", "45720"), ("l", "91440"))
    )
    return Margins(top, right, bottom, left)


def _colour_text(shape: etree._Element, content: etree._Element, context: Context) -> None:
    value = read_colour(shape.find(f"{WPS}style/{A}fontRef"), context.colours)
    if value is not None and value != "000000":
        set_text_colour(content, value, W)


def _outline(shape: etree._Element, holder: etree._Element, context: Context) -> Outline:
    properties = shape.find(f"{WPS}spPr")
    if properties is None:
        return Outline()
    transform = properties.find(f"{A}xfrm")
    turned = etree.Element("none") if transform is None else transform
    if turned.get("rot", "0") != "0":
        raise context.refuse("回転した図形", holder)
    if any(len(effects) for effects in properties.iterchildren(f"{A}effectLst", f"{A}effectDag", f"{A}scene3d")):
        raise context.refuse("影や光彩などの効果を付けた図形", holder)
    form, adjusted = _form(properties, holder, context)
    style = shape.find(f"{WPS}style")
    across, down = (turned.get(key, "0") in ("1", "true") for key in ("flipH", "flipV"))
    line = properties.find(f"{A}ln")
    ends = ("headEnd", "tailEnd")
    return Outline(
        form=form,
        adjusted=adjusted,
        fill=None if form == "line" else _fill(properties, style, holder, context),
        line=read_line(line, style, holder, context),
        flipped=(across, down),
        heads=(_has_arrow(line, ends[0]), _has_arrow(line, ends[1])),
    )


def _has_arrow(line: etree._Element | None, name: str) -> bool:
    end = None if line is None else line.find(A + name)
    return end is not None and end.get("type", "none") != "none"


def _form(properties: etree._Element, holder: etree._Element, context: Context) -> tuple[str, tuple[float, ...]]:
    geometry = properties.find(f"{A}prstGeom")
    if geometry is None and properties.find(f"{A}custGeom") is not None:
        raise context.refuse("フリーフォームの図形", holder)
    preset = "rect" if geometry is None else geometry.get("prst", "rect")
    if preset not in FORMS:
        name = next((name for word, name in _NAMES if word in preset), "基本図形")
        raise context.refuse(f"図形「{name}」（{preset}）", holder)
    guides = () if geometry is None else geometry.iter(f"{A}gd")
    return FORMS[preset], tuple(number(guide.get("fmla", "val 0").removeprefix("val ")) for guide in guides)


def _fill(
    properties: etree._Element, style: etree._Element | None, holder: etree._Element, context: Context
) -> str | None:
    for child in properties:
        kind = local(child)
        if kind == "noFill":
            return None
        if kind == "solidFill":
            if is_see_through(child):
                raise context.refuse("半透明の塗りつぶし", holder)
            return read_colour(child, context.colours)
        if kind in ("gradFill", "pattFill", "blipFill"):
            raise context.refuse("図形のグラデーション・パターン・図による塗りつぶし", holder)
    reference = None if style is None else style.find(f"{A}fillRef")
    return None if reference is None or reference.get("idx", "0") == "0" else read_colour(reference, context.colours)


def read_line(
    line: etree._Element | None, style: etree._Element | None, holder: etree._Element, context: Context
) -> Border | None:
    """Return the line of a shape or picture (20.1.2.2.24), None for none."""
    reference = None if style is None else style.find(f"{A}lnRef")
    index = "0" if reference is None else reference.get("idx", "0")
    color = read_colour(reference, context.colours) if index != "0" else None
    width = _WIDTHS.get(index, _DEFAULT_WIDTH)
    kind: RuleKind = "single"
    if line is not None:
        if line.find(f"{A}noFill") is not None:
            return None
        if line.get("cmpd", "sng") != "sng" or any(line.find(A + fill) is not None for fill in _PAINTS):
            raise context.refuse("多重線・グラデーションの図形の枠線", holder)
        solid, dash = line.find(f"{A}solidFill"), line.find(f"{A}prstDash")
        color = color if solid is None else read_colour(solid, context.colours)
        width = emu_to_pt(number(line.get("w", "0"))) if "w" in line.attrib else (width or _DEFAULT_WIDTH)
        kind = _DASHES.get("solid" if dash is None else dash.get("val", "solid"), "dashed")
    return None if color is None else Border(width, color, kind=kind)
