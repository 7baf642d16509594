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
