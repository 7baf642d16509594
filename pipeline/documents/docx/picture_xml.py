"""pic:pic (20.2): a picture, by itself or in a group."""

from __future__ import annotations

from lxml import etree

from pipeline.documents import metafiles
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.geometry_xml import read_geometry
from pipeline.documents.docx.markup import ASVG, PIC, A, R, number
from pipeline.documents.docx.paint_xml import read_line
from pipeline.documents.docx.placement import WHOLE, Crop, Outline
from pipeline.documents.docx.tree import Picture
from pipeline.documents.metafiles import is_metafile

_LEAST, _MOST = 0.001, 4.0
"""How large what is seen of a picture may be, as a share of the whole."""
_DRAWN = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*",
)  # fmt: skip
"""How files of the kinds that are drawn begin: PNG, JPEG, GIF, BMP and TIFF."""


def read_picture(picture: etree._Element, size: tuple[float, float], run: RunFormat, context: Context) -> Picture:
    """Read a picture of a size (pt) that stands in its line; raises Unsupported."""
    blip, crop = _blip(picture, context), _crop(picture, context)
    properties = picture.find(f"{PIC}spPr")
    width, height = size
    return Picture(
        data=embedded(blip.get(f"{R}embed", ""), crop, picture, context),
        width=width,
        height=height,
        alt="",
        format=run,
        svg=_svg(blip, context) if crop == WHOLE else b"",
        crop=crop,
        outline=Outline() if properties is None else _outline(properties, picture, context),
    )


def _blip(picture: etree._Element, context: Context) -> etree._Element:
    """Return the bitmap of a plain picture: the only thing drawn, without effects."""
    fill = picture.find(f"{PIC}blipFill")
    blip = None if fill is None else fill.find(f"{A}blip")
    if fill is None or blip is None:
        raise context.refuse("文書に埋め込まれていない図", picture)
    if any(child.tag != f"{A}extLst" for child in blip) or fill.find(f"{A}tile") is not None:
        raise context.refuse("色や明るさを変えた図", picture)
    return blip


def _outline(properties: etree._Element, picture: etree._Element, context: Context) -> Outline:
    """Return what a picture is seen through, and the line around it."""
    if any(len(effects) for effects in properties.iterchildren(f"{A}effectLst", f"{A}effectDag")):
        raise context.refuse("影や光彩などの効果を付けた図", picture)
    line = properties.find(f"{A}ln")
    return Outline(
        geometry=read_geometry(properties, picture, context),
        line=None if line is None else read_line(line, None, picture, context),
    )


def _crop(picture: etree._Element, context: Context) -> Crop:
    """Return what is cut off (20.1.8.55); raises Unsupported where nothing is left, or most of it is empty."""
    cut = picture.find(f"{PIC}blipFill/{A}srcRect")
    if cut is None:
        return WHOLE
    left, top, right, bottom = (_share(cut.get(side, "0")) for side in "ltrb")
    if not all(_LEAST < 1 - one < _MOST for one in (left + right, top + bottom)):
        raise context.refuse("大きくトリミングされた図", picture)
    return left, top, right, bottom


def _share(written: str) -> float:
    return number(written[:-1]) / 100 if written.endswith("%") else number(written) / 100_000


def embedded(identifier: str, crop: Crop, element: etree._Element, context: Context) -> bytes:
    """Return the picture of a relationship, to be cropped; raises Unsupported for what is not drawn."""
    relationship = context.relationships.get(identifier)
    if relationship is None or relationship.external:
        raise context.refuse("文書に埋め込まれていない図", element)
    data = metafiles.unpacked(context.package.part(relationship.target))
    if is_metafile(data):
        try:
            metafiles.read(data, crop)
        except metafiles.Beyond as beyond:
            raise context.refuse(str(beyond), element) from beyond
    elif not data.startswith(_DRAWN):
        raise context.refuse("PNGでもJPEGでもない図", element)
    return data


def _svg(blip: etree._Element, context: Context) -> bytes:
    """Return the vectors that stand beside the picture ([MS-ODRAWXML], 2.23.1); empty where there are none."""
    twin = blip.find(f"{A}extLst/{A}ext/{ASVG}svgBlip")
    relationship = None if twin is None else context.relationships.get(twin.get(f"{R}embed", ""))
    if relationship is None or relationship.target not in context.package:
        return b""
    return context.package.part(relationship.target)
