"""Copies of the typefaces at hand that are as high as Word makes lines of those that they stand for.

For programs that lay pages out themselves: a copy has a name of its own, which says whose it is and how high.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.documents.fonts import face, has_bold
from pipeline.documents.fonts.heights import Height, known_height
from pipeline.documents.fonts.metrics import table_places
from pipeline.documents.fonts.substitutes import spellings

_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409
_FAMILY, _STYLE, _FULL, _POSTSCRIPT = 1, 2, 4, 6
"""What names say (ISO/IEC 14496-22, 5.2.8)."""


class Copy(NamedTuple):
    """A typeface at hand and the height of its copy."""

    family: str
    height: Height

    @property
    def name(self) -> str:
        """The name of the copy."""
        return " ".join([self.family, *(str(round(1000 * part)) for part in self.height)])

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the font files by name."""
        for bold in (False, True)[: 1 + has_bold(self.family)]:
            style = "Bold" if bold else "Regular"
            data = face(bold, self.family).path.read_bytes()
            yield f"{self.name}-{style}.ttf", _copied(data, self.name, style, self.height)


def copies(mentioned: Iterable[str]) -> Mapping[str, Copy]:
    """Return what is to draw those typefaces whose heights are known, by their names."""
    wanted = set(mentioned)
    heights = {name: (drawn.asian, known_height(name)) for name, drawn in spellings() if name in wanted}
    return {name: Copy(family, height) for name, (family, height) in heights.items() if height is not None}


def _copied(data: bytes, family: str, style: str, height: Height) -> bytes:
    """Return a font file with another name and height; its other tables stay where they are."""
    copy, places, names = bytearray(data), table_places(data), _names(family, style)
    em = struct.unpack_from(">H", data, places[b"head"] + 18)[0]
    ascent, descent = (round(part * em) for part in height)
    struct.pack_into(">3h", copy, places[b"hhea"] + 4, ascent, -descent, 0)
    struct.pack_into(">3h2H", copy, places[b"OS/2"] + 68, ascent, -descent, 0, ascent, descent)
    struct.pack_into(">2I", copy, data.index(b"name", 12) + 8, len(data), len(names))
    return bytes(copy) + names


def _names(family: str, style: str) -> bytes:
    texts = {
        _FAMILY: family,
        _STYLE: style,
        _FULL: f"{family} {style}",
        _POSTSCRIPT: f"{family}-{style}".replace(" ", ""),
    }
    coded = {kind: text.encode("utf-16-be") for kind, text in texts.items()}
    records, strings = b"", b""
    for kind, text in coded.items():
        records += struct.pack(">6H", _WINDOWS, _UNICODE, _ENGLISH, kind, len(text), len(strings))
        strings += text
    return struct.pack(">3H", 0, len(coded), 6 + len(records)) + records + strings
