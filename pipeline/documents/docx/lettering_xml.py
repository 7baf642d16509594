"""v:textpath (ISO/IEC 29500-4, 14.1.2.23): the letters of WordArt and of watermarks, made the text of a box."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.colours_xml import mixed
from pipeline.documents.docx.markup import VAL, V, W, local, remove
from pipeline.documents.docx.vml_values import colour, declared, fraction, length
from pipeline.documents.units import about_ems

_SPARE = 0.9
"""How much of a shape its letters fill."""


def make_text(path: etree._Element) -> bool:
    """Put letters that follow a path into a text box, as large as the shape has room for; return whether it did."""
    shape = path.getparent()
    if shape is None or local(shape) == "shapetype":
        return False
    style, text = declared(shape.get("style", "")), path.get("string", "")
    remove(path)
    fill = shape.find(f"{V}fill")
    shown = _shown(colour(shape.get("fillcolor", "black")), "1" if fill is None else fill.get("opacity", "1"))
    family = declared(path.get("style", "")).get("font-family", "").strip("\"'")
    size = _size(text, length(style.get("width", "0")), length(style.get("height", "0")))
    shape.set("filled", "f")
    shape.set("stroked", "f")
    shape.set("style", f"{shape.get('style', '')};v-text-anchor:middle")
    shape.append(_box(text, size, shown, family))
    return bool(text.strip())


def _shown(color: str, written: str) -> str:
    """Return a colour on white paper that shines through."""
    opacity = min(1.0, max(0.0, fraction(written.rstrip("%")) / (100 if "%" in written else 1)))
    return mixed(color, "FFFFFF", opacity)


def _size(text: str, width: float, height: float) -> float:
    lines = text.split("\n")
    widest = max(map(about_ems, lines))
    return max(1.0, min(_SPARE * height / (1.3 * len(lines)), _SPARE * width / max(widest, 1.0)))


def _box(text: str, size: float, color: str, family: str) -> etree._Element:
    box = etree.Element(f"{V}textbox", inset="0,0,0,0")
    content = etree.SubElement(box, f"{W}txbxContent")
    for line in text.split("\n"):
        paragraph = etree.SubElement(content, f"{W}p")
        form = etree.SubElement(paragraph, f"{W}pPr")
        etree.SubElement(form, f"{W}spacing", {f"{W}before": "0", f"{W}after": "0", f"{W}line": "240"})
        etree.SubElement(form, f"{W}jc").set(VAL, "center")
        run = etree.SubElement(paragraph, f"{W}r")
        look = etree.SubElement(run, f"{W}rPr")
        if family:
            etree.SubElement(look, f"{W}rFonts", {W + name: family for name in ("ascii", "hAnsi", "eastAsia")})
        for name, value in (("color", color), ("sz", str(int(size * 2)))):
            etree.SubElement(look, W + name).set(VAL, value)
        etree.SubElement(run, f"{W}t").text = line
    return box
