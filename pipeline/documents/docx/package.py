"""The zip package of a docx (ISO/IEC 29500-2): parts and relationships, bounded in size before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx import markup
from pipeline.documents.docx.errors import Damaged

MAX_BYTES = 64 * 1024 * 1024
"""Bytes that all parts together may unpack to; the largest sheet needs about one million."""
MAX_PARTS = 1000
"""Parts that a package may hold."""
MAX_RATIO = 200
"""How far a part may be compressed; XML of Word reaches about 40."""
_RATIO_FROM = 1024 * 1024
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What zipfile raises on damaged or foreign archives."""
_CUSTOM = ("custom-properties", "customProperties")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files begin that are older than docx, or a docx within a password ([MS-CFB] 2.2)."""
_LOCKED = "パスワードで保護されています。Wordでパスワードを外して保存してください。"
_OLDER = "古い形式のWord文書（doc）です。Wordで開き、「Word文書（docx）」として保存してください。"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKAGE_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relationship(Struct, frozen=True):
    """A link from a part to another part, or (``external``) to an address."""

    kind: str
    target: str
    external: bool


class Package:
    """A docx as its parts; ``name`` is the file's name for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the zip and check its bounds; raises Damaged."""
        self.name = name
        if data.startswith(_OLE):
            raise Damaged(name, _LOCKED if _ENCRYPTED in data else _OLDER)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS as fault:
            raise Damaged(name, "Wordファイル（docx）ではないか、壊れています。") from fault
        infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        self._infos = {_key(info.filename): info for info in infos}
        self._relationships: dict[str, Mapping[str, Relationship]] = {}
        self._check_bounds(infos)

    def _check_bounds(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        if len(infos) > MAX_PARTS or len(infos) != len(self._infos):
            raise Damaged(self.name, "ファイルの中の部品が多すぎるか、重なっています。")
        if sum(info.file_size for info in infos) > MAX_BYTES or any(map(_is_swollen, infos)):
            raise Damaged(self.name, "広げると大きすぎるため、安全のため読みません。")
        if any(".." in _key(info.filename).split("/") for info in infos):
            raise Damaged(self.name, "ファイルの中の部品の名前が正しくないため、安全のため読みません。")
        if any(info.flag_bits & 1 for info in infos):
            raise Damaged(self.name, _LOCKED)

    def __contains__(self, part: str) -> bool:
        """Return whether the package has the part; names differ by more than case (ISO/IEC 29500-2, 6.2.2.3)."""
        return _key(part) in self._infos

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts as they are written, in the package's order."""
        return tuple(info.filename.lstrip("/") for info in self._infos.values())

    def size(self, part: str) -> int:
        """Return how many bytes a part unpacks to, as the package says (more are never unpacked)."""
        return self._infos[_key(part)].file_size

    def part(self, part: str) -> bytes:
        """Return a part's bytes; raises Damaged where it is missing or broken."""
        try:
            return self._zip.read(self._infos[_key(part)])
        except (KeyError, *_ZIP_FAULTS) as fault:
            raise Damaged(self.name, f"部品{part}がないか、壊れています。") from fault

    def xml(self, part: str) -> etree._Element:
        """Return a part's root element."""
        return markup.parse(self.part(part), self.name, part)

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part by id; targets are part names within the package."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> Mapping[str, Relationship]:
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self:
            return {}
        return {e.get("Id", ""): _relationship(e, folder) for e in self.xml(rels).iter(_PACKAGE_RELATIONSHIP)}

    @cached_property
    def document(self) -> str:
        """The name of the main document part (11.3.10)."""
        return self.related("", "officeDocument") or self._no_document()

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that ``part`` names by a kind of relationship (its last word), None if there is none."""
        found = (r.target for r in self.relationships(part).values() if r.kind == kind and not r.external)
        return next((target for target in found if target in self), None)

    @property
    def custom_properties(self) -> Mapping[str, str]:
        """The properties that somebody gave the file, by their names (ISO/IEC 29500-1, 22.3)."""
        part = next(filter(None, (self.related("", kind) for kind in _CUSTOM)), None)
        if part is None:
            return {}
        return {e.get("name", ""): "".join(map(str, e.itertext())) for e in self.xml(part)}

    @property
    def core_properties(self) -> Mapping[str, str]:
        """What a program notes of a file when it saves it, by the names (ISO/IEC 29500-2, 11): who did, and when."""
        part = self.related("", "core-properties")
        found = () if part is None else self.xml(part)
        return {etree.QName(e).localname: (e.text or "").strip() for e in found if isinstance(e.tag, str)}

    def _no_document(self) -> str:
        raise Damaged(self.name, "Word文書の本文が見つかりません。")


def _key(part: str) -> str:
    """Return a part's name in the form in which names are compared; some writers use backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()


def _is_swollen(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size)


def _relationship(element: etree._Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relationship(element.get("Type", "").rpartition("/")[2], target, external)
