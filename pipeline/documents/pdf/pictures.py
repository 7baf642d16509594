"""Pictures as PDF image objects (ISO 32000-1, 8.9.5), each embedded once.

A plain PNG keeps its compressed bytes, for PDF knows PNG's predictors (7.4.4.4) and palettes (8.6.6.3). A JPEG is taken
as it is.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1}
_SPACES = {0: "/DeviceGray", 2: "/DeviceRGB"}
_PALETTE = 3
BROKEN = "壊れた図、または大きすぎる図"


class PictureFault(Exception):
    """A picture that cannot be embedded; ``str()`` is a Japanese phrase naming it."""


class Embedded(Struct, frozen=True):
    """An image object: size in pixels, further entries of its dictionary in PDF syntax, data, and its mask if any."""

    width: int
    height: int
    entries: Mapping[str, str]
    data: bytes
    mask: Embedded | None = None


def plain_png(data: bytes) -> Embedded | None:
    """Return the image object for a PNG that is taken over as it is, None for any other; raises PictureFault."""
    return _plain_png(list(_chunks(data))) if data.startswith(_SIGNATURE) else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk the chunks of a PNG up to its end (ISO/IEC 15948, 5.3), and check the sum of each."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        body_at = at + 8
        length, kind = struct.unpack(">I4s", data[at:body_at].ljust(8, b"\0"))
        body, check = data[body_at : body_at + length], data[body_at + length : body_at + length + 4]
        if int.from_bytes(check, "big") != zlib.crc32(kind + body) or len(check) < 4:
            raise PictureFault(BROKEN)
        yield kind, body
        at = body_at + length + 4


def _plain_png(chunks: list[tuple[bytes, bytes]]) -> Embedded | None:
    """Take over a PNG that has no transparency and is not interlaced, without decoding it."""
    if not chunks or chunks[0][0] != b"IHDR" or any(kind == b"tRNS" for kind, _ in chunks):
        return None
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if interlaced or color not in _CHANNELS or depth > 8:
        return None
    parameters = f"<</Predictor 15 /Colors {_CHANNELS[color]} /BitsPerComponent {depth} /Columns {width}>>"
    entries = {
        "BitsPerComponent": str(depth),
        "ColorSpace": _palette(chunks) if color == _PALETTE else _SPACES[color],
        "Filter": "/FlateDecode",
        "DecodeParms": parameters,
    }
    return Embedded(width, height, entries, b"".join(body for kind, body in chunks if kind == b"IDAT"))


def _palette(chunks: list[tuple[bytes, bytes]]) -> str:
    colors = next(body for kind, body in chunks if kind == b"PLTE")
    return f"[/Indexed /DeviceRGB {len(colors) // 3 - 1} <{colors.hex()}>]"
