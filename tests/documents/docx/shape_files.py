"""Shapes and text boxes for tests, as Word writes them. Lengths in points."""

from __future__ import annotations

from tests.documents.docx.docx_files import p

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_VML = "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:w10='urn:schemas-microsoft-com:office:word'"
_LINE = "<a:ln w='12700'><a:solidFill><a:srgbClr val='CC0000'/></a:solidFill></a:ln>"
SQUARE = "<wp:wrapSquare wrapText='bothSides'/>"
TOP_AND_BOTTOM = "<wp:wrapTopAndBottom/>"


def _emu(points: float) -> int:
    return round(points * 12700)


def graphic(text: str = "", form: str = "rect", body: str = "", extra: str = _LINE) -> str:
    """Return a shape with a text; ``extra`` is what its properties hold beside the form."""
    box = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f"<a:graphic><a:graphicData uri='{_WPS}'><wps:wsp xmlns:wps='{_WPS}'><wps:spPr><a:prstGeom prst='{form}'/>"
        f"{extra}</wps:spPr>{box}<wps:bodyPr {body} lIns='0' tIns='0' rIns='0' bIns='0'/></wps:wsp>"
        "</a:graphicData></a:graphic>"
    )


def _drawing(content: str) -> str:
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps' xmlns:wps='{_WPS}'><w:drawing>{content}</w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )


def anchored(
    held: str,
    *,
    width: float = 60,
    height: float = 40,
    x: float = 0,
    y: float = 0,
    wrap: str = "",
    behind: bool = False,
) -> str:
    """Return a run with what floats at a place of its column and paragraph."""
    return _drawing(
        f"<wp:anchor behindDoc='{int(behind)}' relativeHeight='1'><wp:positionH relativeFrom='column'><wp:posOffset>"
        f"{_emu(x)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom='paragraph'><wp:posOffset>{_emu(y)}"
        f"</wp:posOffset></wp:positionV><wp:extent cx='{_emu(width)}' cy='{_emu(height)}'/>{wrap or '<wp:wrapNone/>'}"
        f"<wp:docPr id='1' name='x'/>{held}</wp:anchor>"
    )


def inline(held: str, width: float = 60, height: float = 40) -> str:
    """Return a run with what stands in its line."""
    size = f"<wp:extent cx='{_emu(width)}' cy='{_emu(height)}'/>"
    return _drawing(f"<wp:inline>{size}<wp:docPr id='1' name='x'/>{held}</wp:inline>")


def old(text: str, style: str = "position:absolute;margin-left:20pt;margin-top:30pt", attributes: str = "") -> str:
    """Return a run with a text box as Word 2007 and older ones write it, of 60 x 40 pt."""
    return (
        f"<w:r><w:pict><v:shape {_VML} type='#_x0000_t202' style='{style};width:60pt;height:40pt' {attributes}>"
        f"<v:textbox inset='0,0,0,0'><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


_WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def member(held: str, *, x: float = 0, y: float = 0, width: float = 60, height: float = 40, turned: str = "") -> str:
    """Return the shape of a graphic at a place in its group, turned by attributes of its transform."""
    begin, end = held.index("<wps:wsp"), held.index("</a:graphicData>")
    return held[begin:end].replace("<wps:spPr>", f"<wps:spPr>{_transform((x, y), (width, height), turned)}", 1)


def _transform(place: tuple[float, float], size: tuple[float, float], turned: str, inner: str = "") -> str:
    (x, y), (width, height) = place, size
    return (
        f"<a:xfrm {turned}><a:off x='{_emu(x)}' y='{_emu(y)}'/><a:ext cx='{_emu(width)}' cy='{_emu(height)}'/>{inner}"
        "</a:xfrm>"
    )


def group(
    *members: str, width: float = 60, height: float = 40, inner: tuple[float, float] = (60, 40), turned: str = ""
) -> str:
    """Return a group whose members stand in a room of the size ``inner``."""
    room = f"<a:chOff x='0' y='0'/><a:chExt cx='{_emu(inner[0])}' cy='{_emu(inner[1])}'/>"
    return (
        f"<a:graphic><a:graphicData uri='{_WPG}'><wpg:wgp xmlns:wpg='{_WPG}'><wpg:cNvGrpSpPr/><wpg:grpSpPr>"
        f"{_transform((0, 0), (width, height), turned, room)}</wpg:grpSpPr>{''.join(members)}</wpg:wgp></a:graphicData>"
        "</a:graphic>"
    )


def inner_group(*members: str, x: float, y: float, width: float, height: float) -> str:
    """Return a group within a group, whose members stand in a room of 60 x 40 pt."""
    room = f"<a:chOff x='0' y='0'/><a:chExt cx='{_emu(60)}' cy='{_emu(40)}'/>"
    transform = _transform((x, y), (width, height), "", room)
    return f"<wpg:grpSp><wpg:grpSpPr>{transform}</wpg:grpSpPr>{''.join(members)}</wpg:grpSp>"
