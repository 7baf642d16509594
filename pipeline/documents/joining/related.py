"""The parts beside the text: headers, footers, pictures, each once, under new names (ISO/IEC 29500-2, 6.5)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.markup import parse, serialize
from pipeline.documents.docx.parts import DEFAULT, OVERRIDE, TYPES, UNKNOWN, content_type, declare

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_XML = re.compile(r"word/(header|footer)[^/]*\.xml")
"""Parts that hold text, whose styles and lists are those of the whole."""

Rewrite = Callable[[etree._Element], None]
"""Gives the text of a part the names that its styles and lists have in the whole."""


class Source(Struct, frozen=True):
    """A docx as its parts, with the content types that it says."""

    name: str
    parts: Mapping[str, bytes]

    def relationships(self, part: str) -> Iterator[etree._Element]:
        """Yield the relationships of a part."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels in self.parts:
            yield from parse(self.parts[rels], self.name, rels).iter(_RELATIONSHIP)

    def content_type(self, part: str) -> str:
        """Return the content type of a part (6.2.3.5)."""
        types = parse(self.parts[TYPES], self.name, TYPES)
        return content_type(types, part) or UNKNOWN


class Related(Struct):
    """What the whole's text relates to, by the ids that the text has for it."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    ids: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _known: dict[tuple[str, bytes, bytes], str] = field(default_factory=dict)

    def add(self, source: Source, relation: etree._Element, holder: str, rewrite: Rewrite) -> str:
        """Take over what a relationship of a part leads to; returns its id in the whole."""
        mode, target = relation.get("TargetMode", ""), relation.get("Target", "")
        if mode != "External":
            target = posixpath.relpath(self._copied(source, _resolved(holder, target), rewrite), "word")
        return self.relate(relation.get("Type", ""), target, mode)

    def relate(self, kind: str, target: str, mode: str = "") -> str:
        """Return the id of a relationship of the whole's text."""
        return self.ids.setdefault((kind, target, mode), f"r{len(self.ids) + 1}")

    def put(self, name: str, kind: str, data: bytes) -> str:
        """Add a part of the program's own; returns its name."""
        self.parts[name], self.types[name] = data, kind
        return name

    def _copied(self, source: Source, part: str, rewrite: Rewrite) -> str:
        """Copy a part with what it relates to, once where several are the same; returns its new name."""
        data, related = source.parts[part], b""
        if _XML.fullmatch(part):
            root = parse(data, source.name, part)
            rewrite(root)
            data = serialize(root)
        if relations := [*source.relationships(part)]:
            related = serialize(self._relations(source, part, relations, rewrite))
        kind = source.content_type(part)
        name = self._known.setdefault((kind, data, related), self._named(part))
        self.parts[name], self.types[name] = data, kind
        if related:
            folder, file = posixpath.split(name)
            self.parts[posixpath.join(folder, "_rels", f"{file}.rels")] = related
        return name

    def _relations(
        self, source: Source, part: str, relations: list[etree._Element], rewrite: Rewrite
    ) -> etree._Element:
        root = relations[0].getparent()
        assert root is not None
        for relation in relations:
            if relation.get("TargetMode") != "External":
                copied = self._copied(source, _resolved(part, relation.get("Target", "")), rewrite)
                relation.set("Target", posixpath.relpath(copied, "word"))
        return root

    def _named(self, part: str) -> str:
        folder, file = posixpath.split(part)
        stem, dot, extension = file.partition(".")
        return f"{folder}/{stem.rstrip('0123456789')}{len(self._known) + 1}{dot}{extension}"


def declared(source: Source, related: Related) -> bytes:
    """Return the content types of a docx, with those of what is related instead of its own."""
    types = parse(source.parts[TYPES], source.name, TYPES)
    for override in types.findall(OVERRIDE):
        if _XML.fullmatch(override.get("PartName", "").lstrip("/")):
            types.remove(override)
    usual = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in types.findall(DEFAULT)}
    for name, kind in related.types.items():
        extension = name.rpartition(".")[2].lower()
        if extension not in usual:
            usual[extension] = kind
            types.insert(0, etree.Element(DEFAULT, Extension=extension, ContentType=kind))
        elif usual[extension] != kind:
            declare(types, name, kind)
    return serialize(types)


def _resolved(holder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(holder), target))
