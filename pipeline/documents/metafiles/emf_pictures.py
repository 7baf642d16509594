"""Records of EMF that draw bitmaps and texts ([MS-EMF] 2.3.1 and 2.3.5)."""

from __future__ import annotations

import struct

from pipeline.documents.metafiles.bitmaps import transparent
from pipeline.documents.metafiles.device import Device
from pipeline.documents.metafiles.labels import Written, rooms
from pipeline.documents.metafiles.marks import Beyond
from pipeline.documents.metafiles.raster import COPY, Source, mix
from pipeline.documents.metafiles.space import Box

_CLIPPED, _OPAQUE, _GLYPHS, _NO_BOX, _NARROW, _PAIRS = 0x4, 0x2, 0x10, 0x100, 0x200, 0x2000
"""Options of a text ([MS-EMF] 2.1.11)."""

_FULL = 255


def blit(device: Device, body: bytes, *, is_stretched: bool) -> None:
    """Draw a bitmap, or fill a box (2.3.1.2 and 2.3.1.6)."""
    box, (way,) = struct.unpack_from("<4i", body, 16), struct.unpack_from("<I", body, 32)
    mix(device, box, way, _source(body, box, is_stretched=is_stretched))


def blend(device: Device, body: bytes) -> None:
    """Draw a bitmap that may let what is under it be seen (2.3.1.1)."""
    box, (_, _, opacity, has_alpha) = struct.unpack_from("<4i", body, 16), struct.unpack_from("<4B", body, 32)
    source = _source(body, box, is_stretched=True)
    if opacity != _FULL:
        raise Beyond("図（メタファイル）の中の、下の色と混ざる画像")
    if has_alpha:
        device.show(transparent(source.header, source.bits), source.crop(), box)
    else:
        mix(device, box, COPY, source)


def _source(body: bytes, box: Box, *, is_stretched: bool) -> Source:
    corner, (usage,) = struct.unpack_from("<2i", body, 36), struct.unpack_from("<I", body, 72)
    size = struct.unpack_from("<2i", body, 92) if is_stretched else box[2:]
    return Source((*corner, *size), *_bitmap(body, 76), usage)


def stretch(device: Device, body: bytes) -> None:
    """Draw a part of a bitmap (2.3.1.7)."""
    corner, seen = struct.unpack_from("<2i", body, 16), struct.unpack_from("<4i", body, 24)
    (usage, way), size = struct.unpack_from("<2I", body, 56), struct.unpack_from("<2i", body, 64)
    mix(device, (*corner, *size), way, Source(seen, *_bitmap(body, 40), usage, from_below=True))


def to_device(device: Device, body: bytes) -> None:
    """Draw a bitmap in its own size (2.3.1.5)."""
    corner, seen = struct.unpack_from("<2i", body, 16), struct.unpack_from("<4i", body, 24)
    (usage,) = struct.unpack_from("<I", body, 56)
    mix(device, (*corner, *seen[2:]), COPY, Source(seen, *_bitmap(body, 40), usage, from_below=True))


def _bitmap(body: bytes, at: int) -> tuple[bytes, bytes]:
    """Return the header and the bits of a bitmap, whose places stand there."""
    header_at, header_size, bits_at, bits_size = struct.unpack_from("<4I", body, at)
    return _taken(body, header_at, header_size), _taken(body, bits_at, bits_size)


def _taken(body: bytes, at: int, size: int) -> bytes:
    """Return what lies at a place that is counted from the beginning of its record."""
    return body[at - 8 : at - 8 + size] if at >= 8 else b""


# -- text


def text(device: Device, body: bytes, encoding: str) -> None:
    """Write a text (2.2.5); places in it are counted from the beginning of its record."""
    x, y, count, text_at, options = struct.unpack_from("<2i3I", body, 28)
    box, (advances_at,) = struct.unpack_from("<4i", body, 48), struct.unpack_from("<I", body, 64)
    if options & _GLYPHS:
        raise Beyond("図（メタファイル）の中の、字形の番号で書かれた文字")
    width = 2 if encoding == "utf-16-le" else 1
    written = _taken(body, text_at, count * width).decode(encoding, "replace")
    step = 2 if options & _PAIRS else 1
    units = struct.unpack_from(f"<{count * step}I", body, advances_at - 8)[::step] if advances_at else ()
    advances = rooms(written, units, encoding, width)
    device.write(
        Written(written, (x, y), advances, box, is_clipped=bool(options & _CLIPPED), is_filled=bool(options & _OPAQUE))
    )


def small_text(device: Device, body: bytes) -> None:
    """Write a text without a box, or with one (2.3.5.37)."""
    x, y, count, options = struct.unpack_from("<2i2I", body)
    if options & _GLYPHS:
        raise Beyond("図（メタファイル）の中の、字形の番号で書かれた文字")
    at = 28 if options & _NO_BOX else 44
    written = (
        body[at : at + count].decode("latin-1") if options & _NARROW else body[at : at + 2 * count].decode("utf-16-le")
    )
    device.write(Written(written, (x, y)))
