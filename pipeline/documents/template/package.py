"""Packing the parts of a docx so that the same parts give the same bytes (ISO/IEC 29500-2)."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from pipeline.documents.template.rich import Picture, svg_id

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DOCUMENT = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_MEDIA = {"png": "image/png", "svg": "image/svg+xml"}
_RSID = re.compile(rb' w:rsid\w*="[0-9A-F]{8}"')
_RSIDS = re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>{dates}<dc:language>ja-JP</dc:language>"
    "</cp:coreProperties>"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What docProps/core.xml says; ``date`` is None while it is open, and then no date is written."""

    title: str
    author: str
    date: datetime.date | None


def pack(parts: Mapping[str, bytes], properties: Properties, pictures: tuple[Picture, ...] = ()) -> bytes:
    """Zip a docx: fixed order and times, no revision ids, the given properties, and its pictures as files."""
    whole = {name: _tidied(name, data) for name, data in parts.items()}
    whole["docProps/core.xml"] = _core(properties)
    for one in pictures:
        whole |= {f"word/media/{one.name}.png": one.png, f"word/media/{one.name}.svg": one.svg}
    whole[_RELATIONSHIPS] = _related(whole[_RELATIONSHIPS], pictures)
    whole[_TYPES] = _typed(whole[_TYPES])
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name in sorted(whole, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n)):
            _write(package, name, whole[name])
    return data.getvalue()


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 0
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
    package.writestr(entry, data)


def _tidied(name: str, data: bytes) -> bytes:
    if name == "word/settings.xml":
        return _RSIDS.sub(b"", data)
    return _RSID.sub(b"", data) if name == _DOCUMENT else data


def _core(properties: Properties) -> bytes:
    dates = ""
    if properties.date:
        moment = f"{properties.date.isoformat()}T00:00:00Z"
        dates = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
        )
    text = _CORE.format(title=escape(properties.title), author=escape(properties.author), dates=dates)
    return text.encode()


def _related(relationships: bytes, pictures: tuple[Picture, ...]) -> bytes:
    added = "".join(
        f'<Relationship Id="{each}" Type="{_IMAGE}" Target="media/{name}"/>'
        for p in pictures
        for each, name in ((p.name, f"{p.name}.png"), (svg_id(p.name), f"{p.name}.svg"))
    ).encode()
    return relationships.replace(b"</Relationships>", added + b"</Relationships>")


def _typed(types: bytes) -> bytes:
    """Declare the kinds of pictures (ISO/IEC 29500-2, 10.1.2.2) that the template does not."""
    added = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in _MEDIA.items()
        if f'Extension="{extension}"'.encode() not in types
    )
    return re.sub(rb"(<Types[^>]*>)", rb"\1" + added.encode(), types, count=1)
