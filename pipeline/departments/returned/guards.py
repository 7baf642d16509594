"""What a returned file must not be: no Word file, too large to compare, with programs or monstrous pictures within.

All checks run before anything is compared, and nothing is ever executed, drawn or fetched.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from pipeline.documents.docx.markup import W
from pipeline.documents.docx.package import Package, Relationship

MAX_FILE = 50 * 1024 * 1024
"""Bytes of a file that is opened at all; a sheet has about 100 thousand."""
_MOST = {"p": 5_000, "tr": 600, "tc": 10_000, "tbl": 100, "comment": 1_000, "commentRangeStart": 1_000}
"""Elements of each kind that are read; a sheet has about 200 paragraphs and 30 rows. Comparing costs by the square."""
_MOST_BLOCKS = 600
_MOST_ELEMENTS = 200_000
_MOST_COVERED = 500_000
"""Pieces of text, each counted once for every comment around it; a sheet has some hundreds."""
_LONGEST = 1_000_000
"""Characters of the whole text; a sheet has about 3,000."""
MEDIA = ("image", "oleObject", "package", "video", "audio", "media")
"""Kinds of relationships whose parts are not parsed (ISO/IEC 29500-1, 11.3 and 15.2), whatever programs name them."""
_MAX_XML = 8 * 1024 * 1024
"""Bytes of all parts that may be parsed; a sheet has about one million. Parsed, they take twenty times as much."""
_MOST_LINKS = 2_000
"""Relationships of all parts; a sheet has about 20."""
_MAX_PIXELS = 250_000_000
"""Pixels of a picture; the largest cameras take 200 million."""
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PROGRAMS = ("vbaproject", "activex/", "macroenabled")
"""In names of parts, or in what [Content_Types].xml calls them, whatever their names."""
_PROGRAM_LINKS = frozenset({"vbaProject", "wordVbaData", "control", "attachedToolbars"})
_TOO_LARGE = "シートとしては文書が大きすぎるため、安全のため読みません。"
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


class Refused(Exception):
    """A returned file that is not read; ``str()`` says why, in Japanese."""


def check_kind(data: bytes) -> None:
    """Refuse what is no docx by its first bytes."""
    if len(data) > MAX_FILE:
        raise Refused("ファイルが大きすぎるため、安全のため読みません。")
    if data.startswith(OLD_OR_LOCKED):
        raise Refused(
            "パスワードで保護されているか、古い形式（.doc）のファイルです。docx形式で保存し直してもらってください。"
        )
    if not data.startswith(_ZIP):
        raise Refused("Wordファイル（docx）ではありません。")


def check_package(package: Package) -> None:
    """Refuse programs, parts too large to parse and monstrous pictures."""
    named = {part for part in package.parts if part.lower().endswith((".xml", ".rels"))}
    _check_parsed(package, named)
    links = [link for part in sources(package) for link in package.relationships(part).values()]
    if len(links) > _MOST_LINKS:
        raise Refused(_TOO_LARGE)
    meant = {link.target for link in links if link.kind not in MEDIA and not link.external and link.target in package}
    _check_parsed(package, named | meant)
    if _has_programs(package, links):
        raise Refused(
            "マクロなどのプログラムを含むファイルのため、安全のため読みません。"
            "マクロのないdocx形式で保存し直してもらってください。"
        )
    if any(_pixels(package.part(p)) > _MAX_PIXELS for p in package.parts if p.startswith("word/media/")):
        raise Refused("画像が大きすぎるため、安全のため読みません。")


def _check_parsed(package: Package, parts: Iterable[str]) -> None:
    if sum(map(package.size, parts)) > _MAX_XML:
        raise Refused(_TOO_LARGE)


def _has_programs(package: Package, links: Iterable[Relationship]) -> bool:
    types = package.part("[Content_Types].xml") if "[Content_Types].xml" in package else b""
    names = [*(part.lower() for part in package.parts), types.decode("ascii", "ignore").lower()]
    linked = any(link.kind in _PROGRAM_LINKS for link in links)
    return linked or any(word in text for word in _PROGRAMS for text in names)


def sources(package: Package) -> tuple[str, ...]:
    """Return the parts that have relationships, and the package itself ("")."""
    rels = (part.rpartition("/") for part in package.parts if part.lower().endswith(".rels"))
    return tuple((folder.removesuffix("_rels") + name.removesuffix(".rels")) for folder, _, name in rels)


def check_size(roots: Iterable[etree._Element], body: etree._Element) -> None:
    """Refuse what would take too long to compare."""
    counts: Counter[object] = Counter()
    length = 0
    for root in roots:
        counts.update(element.tag for element in root.iter())
        length += sum(len(text) for text in root.itertext())
    if (
        sum(counts.values()) > _MOST_ELEMENTS
        or any(counts[W + name] > most for name, most in _MOST.items())
        or len(body) > _MOST_BLOCKS
        or length > _LONGEST
    ):
        raise Refused(_TOO_LARGE)


def check_covered(covered: int) -> None:
    """Refuse what would take too long to find the places of comments in."""
    if covered > _MOST_COVERED:
        raise Refused(_TOO_LARGE)


def _pixels(data: bytes) -> int:
    """Return how many pixels a PNG (ISO/IEC 15948, 11.2.2) or JPEG (ITU-T T.81, B.2.2) says it has; 0 for other
    kinds.
    """
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width * height)
    return _jpeg_pixels(data) if data.startswith(_JPEG) else 0


def _jpeg_pixels(data: bytes) -> int:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 5 : at + 7]) * int.from_bytes(data[at + 7 : at + 9])
        at += 2 + length
    return 0
