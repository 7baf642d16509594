"""w:drawing (20.4): pictures and shapes, in their line or floating. Everything else that Word can draw is refused."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.anchor_xml import read_placement
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.markup import ASVG, PIC, WP, A, R, number
from pipeline.documents.docx.placement import WHOLE, Crop
from pipeline.documents.docx.shape_xml import ReadText, read_line, read_shape, refused_graphic
from pipeline.documents.docx.tree import Picture, Shape
from pipeline.documents.units import emu_to_pt

_LEAST, _MOST = 0.001, 4.0
"""How large what is seen of a picture may be, as a share of the whole."""
_PICTURE = f"{A}graphic/{A}graphicData/{PIC}pic"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def read_drawing(element: etree._Element, run: RunFormat, context: Context, read_text: ReadText) -> Picture | Shape:
    """Read a picture or a shape with its size and its alternative text (20.4.2.5); raises Unsupported for the rest."""
    holder = element.find(f"{WP}inline")
    holder = element.find(f"{WP}anchor") if holder is None else holder
    if holder is None:
        raise context.refuse(refused_graphic(None), element)
    return read_shape(holder, run, context, read_text) or _picture(holder, element, run, context)


def _picture(inline: etree._Element, element: etree._Element, run: RunFormat, context: Context) -> Picture:
    blip = _blip(inline, element, context)
    extent, properties = inline.find(f"{WP}extent"), inline.find(f"{WP}docPr")
    if extent is None:
        raise context.refuse("大きさのない図", element)
    width, height = (emu_to_pt(number(extent.get(side, "0"))) for side in ("cx", "cy"))
    alt = "" if properties is None else properties.get("descr", "")
    crop = _crop(inline, element, context)
    line = inline.find(f"{_PICTURE}/{PIC}spPr/{A}ln")
    return Picture(
        data=embedded(blip.get(f"{R}embed", ""), element, context),
        width=width,
        height=height,
        alt=alt,
        format=run,
        svg=_svg(blip, context) if crop == WHOLE else b"",
        crop=crop,
        line=None if line is None else read_line(line, None, element, context),
        place=read_placement(inline, context) if inline.tag == f"{WP}anchor" else None,
    )


def _blip(inline: etree._Element, element: etree._Element, context: Context) -> etree._Element:
    """Return the bitmap of a plain picture: the only thing drawn, upright and without effects."""
    picture = inline.find(_PICTURE)
    fill = None if picture is None else picture.find(f"{PIC}blipFill")
    blip = None if fill is None else fill.find(f"{A}blip")
    if picture is None or fill is None or blip is None:
        raise context.refuse(refused_graphic(inline.find(f"{A}graphic/{A}graphicData")), element)
    if any(child.tag != f"{A}extLst" for child in blip) or fill.find(f"{A}tile") is not None:
        raise context.refuse("色や明るさを変えた図", element)
    for properties in picture.iterchildren(f"{PIC}spPr"):
        _check_shape(properties, element, context)
    return blip


def _check_shape(properties: etree._Element, element: etree._Element, context: Context) -> None:
    transform, geometry = properties.find(f"{A}xfrm"), properties.find(f"{A}prstGeom")
    turns = () if transform is None else (transform.get(key, "0") for key in ("rot", "flipH", "flipV"))
    if any(turn not in ("0", "false") for turn in turns):
        raise context.refuse("回転・反転された図", element)
    if geometry is not None and geometry.get("prst", "rect") != "rect":
        raise context.refuse("図形の形に切り抜かれた図", element)
    if any(len(effects) for effects in properties.iterchildren(f"{A}effectLst", f"{A}effectDag")):
        raise context.refuse("影や光彩などの効果を付けた図", element)


def _crop(inline: etree._Element, element: etree._Element, context: Context) -> Crop:
    """Return what is cut off (20.1.8.55); raises Unsupported where nothing is left, or most of it is empty."""
    cut = inline.find(f"{_PICTURE}/{PIC}blipFill/{A}srcRect")
    if cut is None:
        return WHOLE
    left, top, right, bottom = (_share(cut.get(side, "0")) for side in "ltrb")
    if not all(_LEAST < 1 - one < _MOST for one in (left + right, top + bottom)):
        raise context.refuse("大きくトリミングされた図", element)
    return left, top, right, bottom


def _share(written: str) -> float:
    return number(written[:-1]) / 100 if written.endswith("%") else number(written) / 100_000


def embedded(identifier: str, element: etree._Element, context: Context) -> bytes:
    """Return the PNG or JPEG of a relationship; raises Unsupported for others."""
    relationship = context.relationships.get(identifier)
    if relationship is None or relationship.external:
        raise context.refuse("文書に埋め込まれていない図", element)
    data = context.package.part(relationship.target)
    if not data.startswith((_PNG, _JPEG)):
        raise context.refuse("PNGでもJPEGでもない図（EMFなど）", element)
    return data


def _svg(blip: etree._Element, context: Context) -> bytes:
    """Return the vectors that stand beside the picture ([MS-ODRAWXML], 2.23.1); empty where there are none."""
    twin = blip.find(f"{A}extLst/{A}ext/{ASVG}svgBlip")
    relationship = None if twin is None else context.relationships.get(twin.get(f"{R}embed", ""))
    if relationship is None or relationship.target not in context.package:
        return b""
    return context.package.part(relationship.target)
