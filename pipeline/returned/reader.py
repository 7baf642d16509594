"""The one reader for sheets as sent and as returned: bytes -> ``Reading``, or ``Refused`` with the reason."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from lxml import etree

from pipeline.ooxml.errors import DocxError
from pipeline.ooxml.markup import W
from pipeline.ooxml.package import Package
from pipeline.returned.body import Walker
from pipeline.returned.comments import comments
from pipeline.returned.furniture import lines
from pipeline.returned.numbering import numbering
from pipeline.returned.tree import Reading

MAX_FILE = 50 * 1024 * 1024
"""Bytes of a file that is opened at all; a sheet has about 100 thousand."""
_MOST = {"p": 5_000, "tr": 600, "tc": 10_000, "tbl": 100, "comment": 2_000}
"""Elements of each kind that are read; a sheet has about 200 paragraphs and 30 rows. Comparing costs by the square."""
_MOST_BLOCKS = 600
_MOST_ELEMENTS = 200_000
_LONGEST = 1_000_000
"""Characters of the whole text; a sheet has about 3,000."""
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
    _check_size(root, body)
    if any(part.endswith("vbaProject.bin") for part in package.parts):
        raise Refused(
            "マクロを含むファイルのため、安全のため読みません。マクロのないdocx形式で保存し直してもらってください。"
        )
    walker = Walker(_pictures(package), numbering(package))
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
        furniture={part: lines(package.xml(part)) for part in package.parts if _FURNITURE.fullmatch(part)},
        properties=_properties(package),
        media={part: _sha(package.part(part)) for part in package.parts if part.startswith(_MEDIA)},
        unknown=tuple(dict.fromkeys(walker.unknown)),
    )


def _check_size(root: etree._Element, body: etree._Element) -> None:
    counts = Counter(element.tag for element in root.iter())
    length = sum(len(text) for text in root.itertext())
    if (
        sum(counts.values()) > _MOST_ELEMENTS
        or any(counts[W + name] > most for name, most in _MOST.items())
        or len(body) > _MOST_BLOCKS
        or length > _LONGEST
    ):
        raise Refused("シートとしては文書が大きすぎるため、安全のため読みません。")


def _pictures(package: Package) -> dict[str, str]:
    """Give short hashes of what the text shows as pictures, by the ids of the relationships."""
    found = package.relationships(package.document).items()
    return {
        identifier: _sha(package.part(r.target))[:8]
        for identifier, r in found
        if r.kind == "image" and not r.external and r.target in package
    }


def _properties(package: Package) -> dict[str, str]:
    part = package.related("", "custom-properties")
    if part is None:
        return {}
    return {e.get("name", ""): "".join(map(str, e.itertext())) for e in package.xml(part)}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
