"""Small Word files for tests: a body in WordprocessingML, wrapped into a package."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATIONSHIPS}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
FONT = '<w:rFonts w:ascii="BIZ UDPGothic" w:hAnsi="BIZ UDPGothic" w:eastAsia="BIZ UDPGothic"/>'
DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{FONT}<w:sz w:val='20'/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:spacing w:line='300' w:lineRule='exact'/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>"
)
"""10 pt BIZ UDPGothic on lines of exactly 15 pt."""
_COMPAT = "<w:compat><w:compatSetting w:name='compatibilityMode' w:uri='x' w:val='15'/></w:compat>"

Related = Mapping[str, tuple[str, str]]
"""Relationships of the body by id: their kind's last word, and their target."""


def section(width: int = 4000, height: int = 6000, extra: str = "", margin: int = 400) -> str:
    """Return a sectPr, in twips: by default 200 x 300 pt with margins of 20 pt, so a column of 160 x 260 pt."""
    return (
        f"<w:sectPr>{extra}<w:pgSz w:w='{width}' w:h='{height}'/><w:pgMar w:top='{margin}' w:right='{margin}'"
        f" w:bottom='{margin}' w:left='{margin}' w:header='100' w:footer='100' w:gutter='0'/></w:sectPr>"
    )


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    settings: str = _COMPAT,
    end: str | None = None,
    related: Related | None = None,
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Make a docx of a body; ``styles`` adds to the defaults, ``parts`` adds files under word/."""
    relationships = {"s": ("styles", "styles.xml"), "t": ("settings", "settings.xml"), **(related or {})}
    if numbering:
        relationships["n"] = ("numbering", "numbering.xml")
    files: dict[str, bytes | str] = {
        "_rels/.rels": _relations({"d": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(relationships),
        "word/document.xml": element("document", f"<w:body>{body}{section() if end is None else end}</w:body>"),
        "word/styles.xml": element("styles", DEFAULTS + styles),
        "word/settings.xml": element("settings", settings),
        "word/numbering.xml": element("numbering", numbering),
        **{f"word/{name}": content for name, content in (parts or {}).items()},
    }
    return package(files)


def element(name: str, content: str) -> str:
    """Return a root element with all namespaces."""
    return f"<w:{name} {_NAMESPACES}>{content}</w:{name}>"


def package(files: Mapping[str, bytes | str]) -> bytes:
    """Zip files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of no time: always the same bytes
    return buffer.getvalue()


def _relations(relations: Related) -> str:
    external = " TargetMode='External'"
    items = "".join(
        f"<Relationship Id='{key}' Type='{_RELATIONSHIPS}/{kind}' Target='{target}'"
        f"{external if '://' in target else ''}/>"
        for key, (kind, target) in relations.items()
    )
    return (
        f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{items}</Relationships>"
    )


def p(text: str = "", properties: str = "", run: str = "", extra: str = "") -> str:
    """Return a paragraph of one run; ``extra`` is content behind it."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run) if text else ''}{extra}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def table(columns: list[int], rows: list[str], properties: str = "") -> str:
    """Return a table with columns in twips and no cell margins; ``rows`` are made with ``row``."""
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in columns)
    margins = "".join(f"<w:{side} w:w='0' w:type='dxa'/>" for side in ("top", "left", "bottom", "right"))
    return (
        f"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/>{properties}<w:tblLayout w:type='fixed'/>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(*cells: str, properties: str = "") -> str:
    """Return a row; a cell that is not made with ``cell`` holds its text in one paragraph."""
    made = "".join(content if content.startswith("<w:tc>") else cell(p(content)) for content in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell of block content."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def picture(width: int = 508000, height: int = 254000, alt: str = "図の説明", fill: str = "", blip: str = "") -> str:
    """Return a run with the inline picture of relationship ``i``; lengths in EMU (40 x 20 pt).

    ``fill`` goes into its blipFill, ``blip`` into its blip.
    """
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent cx='{width}' cy='{height}'/><wp:docPr id='1' name='x' descr='{alt}'/>"
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed='i'>"
        f"{blip}</a:blip>{fill}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png(kind: str = "palette") -> bytes:
    """Return a PNG of 2 x 2 pixels: ``palette``, or ``rgba`` with one clear pixel."""
    color, rows = (
        (3, b"\x00\x00\x01" * 2) if kind == "palette" else (6, (b"\x00" + b"\xff\x00\x00\xff" * 2) + b"\x00" * 9)
    )
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, color, 0, 0, 0))]
    chunks += [(b"PLTE", b"\x00\x17\xc1\xff\xff\xff")] if kind == "palette" else []
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


PICTURE: Related = {"i": ("image", "media/image1.png")}
"""The relationship that ``picture`` uses."""

TWIN = (
    "<a:extLst><a:ext uri='{96DAC541-7B7A-43D3-8B79-37D633B846F1}'><asvg:svgBlip"
    " xmlns:asvg='http://schemas.microsoft.com/office/drawing/2016/SVG/main' r:embed='v'/></a:ext></a:extLst>"
)
"""Goes into a blip: the SVG of relationship ``v`` stands beside the picture."""
PICTURE_AND_TWIN: Related = {**PICTURE, "v": ("image", "media/image1.svg")}
