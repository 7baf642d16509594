"""The parts of a docx: read from its zip and written to one; put in and taken out, together with their relationships
and content types (ISO/IEC 29500-2, 6.5 and 6.2.3).

Of some kinds a document has one part at most, so what is put in takes the place of what is there: two declarations of
one part keep Word from opening the file.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import serialize
from pipeline.documents.docx.package import Package

Parts = Mapping[str, bytes]
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
PACKAGE = ""
"""What relates to the properties of the whole file."""
TYPES = "[Content_Types].xml"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can say."""
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_IMAGE_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
OVERRIDE, DEFAULT = (
    f"{{http://schemas.openxmlformats.org/package/2006/content-types}}{name}" for name in ("Override", "Default")
)
UNKNOWN = "application/octet-stream"
"""The content type of what no other is known for."""


class Part(Struct, frozen=True):
    """A part of which ``source`` has one at most: its kind of relationship, content type, usual name and bytes."""

    source: str
    kind: str
    content: str
    name: str
    data: bytes = b""


class Image(Struct, frozen=True):
    """A picture of the document: the id of its relationship, its file name with the extension, and its bytes."""

    identifier: str
    file: str
    data: bytes


def unpacked(docx: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a docx in their order. Raises ``Damaged``."""
    package = Package(docx, name)
    return {part: package.part(part) for part in package.parts}


def packed(parts: Parts) -> bytes:
    """Zip the parts in their order, so that the same parts give the same bytes; PNG is compressed as it is."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            package.writestr(entry, part)
    return data.getvalue()


def with_images(parts: Parts, images: Iterable[Image]) -> dict[str, bytes]:
    """Return the parts with the document's pictures added, and their content types declared (6.2.3.2)."""
    images, name = tuple(images), _relations_of(DOCUMENT)
    relations = "".join(
        f'<Relationship Id="{image.identifier}" Type="{_IMAGE}" Target="media/{image.file}"/>' for image in images
    )
    types = "".join(
        f'<Default Extension="{extension}" ContentType="{content}"/>'
        for extension, content in _IMAGE_TYPES.items()
        if f'Extension="{extension}"'.encode() not in parts[TYPES]
    )
    return {
        **parts,
        **{f"word/media/{image.file}": image.data for image in images},
        name: parts[name].replace(b"</Relationships>", relations.encode() + b"</Relationships>"),
        TYPES: re.sub(rb"(<Types[^>]*>)", rb"\1" + types.encode(), parts[TYPES], count=1),
    }


def named(parts: Parts, source: str, kind: str) -> str | None:
    """Return the part that ``source`` relates to by a kind of relationship, None where there is none."""
    root = _read(parts, _relations_of(source))
    found = (_target(source, relation) for relation in _of_kind(root, kind)) if root is not None else ()
    by_key = {name.lower(): name for name in parts}
    return next((by_key[target.lower()] for target in found if target.lower() in by_key), None)


def content_type(types: etree._Element, part: str) -> str | None:
    """Return the content type that is declared for a part (6.2.3.5), by its name or its extension; None without one."""
    own = (e for e in types.iter(OVERRIDE) if e.get("PartName") == f"/{part}")
    extension = part.rpartition(".")[2].lower()
    usual = (e for e in types.iter(DEFAULT) if e.get("Extension", "").lower() == extension)
    return next((e.get("ContentType", "") for found in (own, usual) for e in found), None)


def declare(types: etree._Element, part: str, kind: str) -> None:
    """Declare the content type of a part."""
    etree.SubElement(types, OVERRIDE, PartName=f"/{part}", ContentType=kind)


def put(parts: Parts, part: Part) -> dict[str, bytes]:
    """Return the parts with one in the place of the one of its kind."""
    made = without(parts, part.source, part.kind)
    made.pop(part.name, None)
    types, relations = _parsed(made[TYPES]), _parsed(made[_relations_of(part.source)])
    _drop(types, {f"/{part.name}".lower()})
    declare(types, part.name, part.content)
    target = posixpath.relpath(part.name, posixpath.dirname(part.source) or ".")
    taken = {relation.get("Id") for relation in relations}
    free = next(name for n in range(len(taken) + 1) if (name := f"added{n}") not in taken)
    etree.SubElement(relations, f"{_RELATIONS}Relationship", Id=free, Type=part.kind, Target=target)
    return {**made, TYPES: serialize(types), _relations_of(part.source): serialize(relations), part.name: part.data}


def without(parts: Parts, source: str, kind: str) -> dict[str, bytes]:
    """Return the parts without those that ``source`` relates to by a kind of relationship."""
    root = _read(parts, _relations_of(source))
    found = list(_of_kind(root, kind)) if root is not None else []
    if root is None or not found:
        return dict(parts)
    gone = {f"/{_target(source, relation)}".lower() for relation in found}
    for relation in found:
        root.remove(relation)
    types = _parsed(parts[TYPES])
    _drop(types, gone)
    kept = {name: data for name, data in parts.items() if f"/{name}".lower() not in gone}
    return {**kept, TYPES: serialize(types), _relations_of(source): serialize(root)}


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _of_kind(root: etree._Element, kind: str) -> Iterator[etree._Element]:
    """Strict and transitional files name kinds by other addresses, of which the last word is the same."""
    word = kind.rpartition("/")[2].replace("-", "").lower()
    for relation in root.iter(f"{_RELATIONS}Relationship"):
        if relation.get("Type", "").rpartition("/")[2].replace("-", "").lower() == word:
            yield relation


def _target(source: str, relation: etree._Element) -> str:
    target = relation.get("Target", "")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _drop(types: etree._Element, names: set[str]) -> None:
    for override in types.findall(OVERRIDE):
        if override.get("PartName", "").lower() in names:
            types.remove(override)


def _read(parts: Parts, name: str) -> etree._Element | None:
    return _parsed(parts[name]) if name in parts else None


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
