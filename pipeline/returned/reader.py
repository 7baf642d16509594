"""The one reader for sheets as sent and as returned: bytes -> ``Reading``, or ``Refused`` with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from lxml import etree

from pipeline.ooxml.errors import DocxError
from pipeline.ooxml.markup import MC, W
from pipeline.ooxml.package import Package
from pipeline.returned.body import Walker
from pipeline.returned.comments import comments
from pipeline.returned.tree import Reading

MAX_FILE = 50 * 1024 * 1024
"""Bytes of a file that is opened at all; a sheet has about 100 thousand."""
_MAX_ELEMENTS = 200_000
"""Elements of the text; a sheet has about four thousand."""
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_FURNITURE = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_MEDIA = ("word/media/", "word/embeddings/")


class Refused(Exception):
    """A returned file that is not read; ``str()`` says why, in Japanese."""


def read(data: bytes, name: str) -> Reading:
    """Read a docx; raises ``Refused``."""
    _check_kind(data)
    try:
        return _read(Package(data, name), data)
    except DocxError as fault:
        raise Refused(fault.message) from fault
    except RecursionError as fault:
        raise Refused("文書の入れ子が深すぎるため、安全のため読みません。") from fault


def _check_kind(data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise Refused("ファイルが大きすぎるため、安全のため読みません。")
    if data.startswith(_OLD_OR_LOCKED):
        raise Refused(
            "パスワードで保護されているか、古い形式（.doc）のファイルです。docx形式で保存し直してもらってください。"
        )
    if not data.startswith(_ZIP):
        raise Refused("Wordファイル（docx）ではありません。")


def _read(package: Package, data: bytes) -> Reading:
    root = package.xml(package.document)
    body = root.find(f"{W}body")
    if body is None:
        raise Refused("Word文書の本文が見つかりません。")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise Refused("文書が大きすぎるため、安全のため読みません。")
    if any(part.endswith("vbaProject.bin") for part in package.parts):
        raise Refused(
            "マクロを含むファイルのため、安全のため読みません。マクロのないdocx形式で保存し直してもらってください。"
        )
    walker = Walker()
    blocks = tuple(walker.blocks(body))
    if unread := walker.unread(root):
        raise Refused(f"読み取れない所に文字があります（「{unread[0][:20]}」など{len(unread)}か所）。")
    return Reading(
        name=package.name,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        boxes=tuple(walker.boxes),
        bookmarks=frozenset(mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")),
        comments=comments(package),
        furniture={part: _lines(package.xml(part)) for part in package.parts if _FURNITURE.fullmatch(part)},
        properties=_properties(package),
        media={part: _sha(package.part(part)) for part in package.parts if part.startswith(_MEDIA)},
        unknown=tuple(dict.fromkeys(walker.unknown)),
    )


def _lines(root: etree._Element) -> tuple[str, ...]:
    texts = (_text(paragraph.iter(f"{W}t", f"{W}delText")) for paragraph in root.iter(f"{W}p"))
    return tuple(text for text in texts if text)


def _text(elements: Iterable[etree._Element]) -> str:
    return "".join(e.text or "" for e in elements if next(e.iterancestors(f"{MC}Fallback"), None) is None)


def _properties(package: Package) -> dict[str, str]:
    part = package.related("", "custom-properties")
    if part is None:
        return {}
    return {e.get("name", ""): "".join(map(str, e.itertext())) for e in package.xml(part)}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
