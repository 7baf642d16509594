"""A small SmartArt for tests, with the shapes that Word keeps of it."""

from __future__ import annotations

from tests.documents.docx.docx_files import Related, docx, p

_A = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
_DSP = "xmlns:dsp='http://schemas.microsoft.com/office/drawing/2008/diagram'"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_RELATED: Related = {"dd": ("diagramData", "diagrams/data1.xml"), "dr": ("diagramDrawing", "diagrams/drawing1.xml")}


def box(text: str, x: int, *, width: int = 60, extra: str = "", form: str = "roundRect") -> str:
    """Return a shape of it, of 30 pt height, with a text in white; lengths in points."""
    size = f"<a:off x='{x * 12700}' y='0'/><a:ext cx='{width * 12700}' cy='{30 * 12700}'/>"
    words = (
        f"<dsp:txBody><a:bodyPr lIns='0' tIns='0' rIns='0' bIns='0' anchor='ctr'/><a:lstStyle/><a:p>"
        f"<a:pPr algn='ctr'><a:lnSpc><a:spcPct val='90000'/></a:lnSpc></a:pPr><a:r><a:rPr lang='ja-JP' sz='1000'/>"
        f"<a:t>{text}</a:t></a:r></a:p></dsp:txBody><dsp:txXfrm>{size}</dsp:txXfrm>"
    )
    style = (
        "<dsp:style><a:lnRef idx='0'><a:scrgbClr r='0' g='0' b='0'/></a:lnRef><a:fillRef idx='0'><a:scrgbClr r='0'"
        " g='0' b='0'/></a:fillRef><a:effectRef idx='0'><a:scrgbClr r='0' g='0' b='0'/></a:effectRef>"
        "<a:fontRef idx='minor'><a:srgbClr val='FFFFFF'/></a:fontRef></dsp:style>"
    )
    return (
        f"<dsp:sp><dsp:nvSpPr><dsp:cNvPr id='0' name=''/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr><a:xfrm>{size}</a:xfrm>"
        f"<a:prstGeom prst='{form}'/><a:solidFill><a:srgbClr val='0000FF'/></a:solidFill>{extra}</dsp:spPr>{style}"
        f"{words if text else ''}</dsp:sp>"
    )


def diagram(*shapes: str, keeps: bool = True) -> bytes:
    """Return a document with SmartArt of 150 x 30 pt in its line; the file ``keeps`` its shapes."""
    said = f"<dsp:dataModelExt {_DSP} relId='{'dr' if keeps else 'none'}' minVer='1'/>"
    data = f"<dgm:dataModel xmlns:dgm='{_DGM}' {_A}><a:extLst><a:ext uri='x'>{said}</a:ext></a:extLst></dgm:dataModel>"
    tree = f"<dsp:spTree><dsp:nvGrpSpPr/><dsp:grpSpPr/>{''.join(shapes)}</dsp:spTree>"
    held = (
        f"<w:r><w:drawing><wp:inline><wp:extent cx='{150 * 12700}' cy='{30 * 12700}'/><wp:docPr id='1' name='x'/>"
        f"<a:graphic><a:graphicData uri='{_DGM}'><dgm:relIds xmlns:dgm='{_DGM}' r:dm='dd' r:lo='l' r:qs='q' r:cs='c'/>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    auto = "<w:spacing w:line='240' w:lineRule='auto'/>"
    parts = {"diagrams/data1.xml": data, "diagrams/drawing1.xml": f"<dsp:drawing {_DSP} {_A}>{tree}</dsp:drawing>"}
    return docx(p("目印") + p("", auto, extra=held) + p("後"), related=_RELATED, parts=parts)
