"""Runs that carry their own look, for ``{{r name }}``: they name a character style of the template, never a look."""

from __future__ import annotations

from html import escape

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents.units import mm_to_emu

_GRAPHIC = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"

GUARD = "\ufdd0"
"""Stands for an underscore while docxtpl works: it would turn a typed ``{_{`` into ``{{``. Never part of a text."""


class Picture(Struct, frozen=True):
    """A picture of a template, its size on paper (mm), and the text read out in its place.

    ``svg`` is the same drawing as ``png``, for programs that draw it as vectors.
    """

    name: str
    png: bytes
    svg: bytes
    width: float
    height: float
    alt: str


def svg_id(name: str) -> str:
    """Return the id of the relationship to a picture's SVG; that to its PNG has the picture's name."""
    return f"{name}.svg"


def guarded(text: str) -> str:
    """Protect a typed text from docxtpl's own escapes (``{_{ }_} {_% %_}``)."""
    return text.replace("_", GUARD)


def unguarded(text: str) -> str:
    """Return what was protected as it was typed."""
    return text.replace(GUARD, "_")


def run(text: str, style: str = "") -> Markup:
    """Return a run of text in a character style of the template (its id), or in its paragraph's look."""
    return Markup(  # noqa: S704 - the text is escaped here
        f'<w:r>{_properties(style)}<w:t xml:space="preserve">{guarded(escape(text))}</w:t></w:r>'
    )


def tile(text: str, style: str) -> Markup:
    """Return a framed run (番号札); nothing for no text."""
    return run(text, style) + TILE_END if text else Markup()


def line_break() -> Markup:
    """Return a line break."""
    return Markup("<w:r><w:br/></w:r>")


def picture(name: str, width: float, height: float, alt: str) -> Markup:
    """Return a run with a picture of so many mm; ``pack`` puts its two files to it.

    Programs that do not know the extension for SVG ([MS-ODRAWXML], 2.23) show the PNG.
    """
    size = f'cx="{mm_to_emu(width)}" cy="{mm_to_emu(height)}"'
    text = escape(alt)
    return Markup(  # noqa: S704 - the text is escaped above
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="{name}" descr="{guarded(text)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_GRAPHIC}/main"><a:graphicData uri="{_GRAPHIC}/picture">'
        f'<pic:pic xmlns:pic="{_GRAPHIC}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{name}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{svg_id(name)}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _properties(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""


TILE_END = run("\N{NO-BREAK SPACE}", "TileEnd")
"""LibreOffice paints over a bordered run that ends a paragraph; a 1 pt space after it helps."""
