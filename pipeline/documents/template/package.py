"""A filled template as a docx: its pictures and properties added, and what would differ by the day left out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from html import escape

from msgspec import Struct

from pipeline.documents.docx.parts import DOCUMENT, Image, packed, with_images
from pipeline.documents.template.rich import Picture, svg_id

_FIRST = ("[Content_Types].xml", "_rels/.rels")
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


class Properties(Struct, frozen=True):
    """What docProps/core.xml holds; ``date`` is None while it is open, and then no date is written."""

    title: str
    author: str
    date: datetime.date | None


def pack(parts: Mapping[str, bytes], properties: Properties, pictures: tuple[Picture, ...] = ()) -> bytes:
    """Zip a docx: fixed order and times, no revision ids, the given properties, and its pictures as files."""
    made = {name: _tidied(name, data) for name, data in parts.items()} | {"docProps/core.xml": _core(properties)}
    images = (
        image
        for p in pictures
        for image in (Image(p.name, f"{p.name}.png", p.png), Image(svg_id(p.name), f"{p.name}.svg", p.svg))
    )
    made = with_images(made, images)
    order = sorted(made, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return packed({name: made[name] for name in order})


def _tidied(name: str, data: bytes) -> bytes:
    if name == "word/settings.xml":
        return _RSIDS.sub(b"", data)
    return _RSID.sub(b"", data) if name == DOCUMENT else data


def _core(properties: Properties) -> bytes:
    dates = ""
    if properties.date:
        moment = f"{properties.date.isoformat()}T00:00:00Z"
        dates = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
        )
    text = _CORE.format(title=escape(properties.title), author=escape(properties.author), dates=dates)
    return text.encode()
