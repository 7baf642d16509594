"""What the cases are made of: a package as Word writes it, in the report's typeface on A4, and texts to fill it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from tests.compare.texts import TEXTS
from tests.documents.docx.docx_files import Related, docx, p, package, section

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{types}'
    "</Types>"
)
_TYPE = (
    '<Override PartName="/{name}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
)
_KINDS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "numbering": "numbering",
    "header": "header", "footer": "footer",
}  # fmt: skip
_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'

_COMPAT = (
    '<w:compat><w:adjustLineHeightInTable/><w:compatSetting w:name="compatibilityMode" w:val="15"'
    ' w:uri="http://schemas.microsoft.com/office/word"/></w:compat>'
)
EXACT = '<w:spacing w:line="320" w:lineRule="exact"/>'

MARGIN = 1397
"""The margin (twips) that leaves room on A4 for 39 lines of 18 pt, and hardly more: both engines then begin their grids
at one place (``faults.GENERAL``)."""


def docx_of(
    body: str,
    end: str = "",
    *,
    styles: str = "",
    settings: str = "",
    numbering: str = "",
    related: Related | None = None,
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Make a docx as Word writes it: with the content types of its parts, and the languages of its text."""
    bare = docx(
        body,
        end=end or a4(),
        styles=styles,
        settings=settings + _COMPAT,
        numbering=numbering,
        related=related,
        parts=parts,
    )
    small = zipfile.ZipFile(io.BytesIO(bare))
    files = {name: small.read(name) for name in small.namelist()}
    files["word/styles.xml"] = files["word/styles.xml"].replace(b"</w:rPr>", f"{_LANGUAGE}</w:rPr>".encode(), 1)
    kinds = {name: _KINDS.get(PurePosixPath(name).stem.rstrip("123")) for name in files}
    types = "".join(_TYPE.format(name=name, kind=kind) for name, kind in kinds.items() if kind)
    return package({"[Content_Types].xml": _TYPES.format(types=types), **files})


def a4(extra: str = "", margin: int = 1134) -> str:
    return section(11906, 16838, extra, margin)


def landscape(extra: str = "") -> str:
    return section(16838, 11906, extra, 1020).replace("w:h='11906'", "w:h='11906' w:orient='landscape'")


def text(count: int, texts: tuple[str, ...] = TEXTS) -> str:
    return "".join(texts[n % len(texts)] for n in range(count))


def paragraphs(properties: str, run: str = "", texts: tuple[str, ...] = TEXTS, rounds: int = 2) -> str:
    """Return paragraphs of growing length, so that lines end at many different characters."""
    return "".join(p(text(n % 3 + 1, texts[n % len(texts) :] + texts), properties, run) for n in range(6 * rounds))
