"""Bitmaps within a metafile ([MS-WMF] 2.2.2.9), as the files of pictures that they would be alone."""

from __future__ import annotations

import io
import struct

from PIL import Image

from pipeline.documents.metafiles.marks import Beyond, Crop

_CORE = 12
_BIT_FIELDS, _JPEG, _PNG = 3, 4, 5
_MOST_INDEXED = 8
_FILE_HEADER = 14
_WITH_ALPHA = 32


def size_of(header: bytes) -> tuple[int, int]:
    """Return the width of a bitmap and its height, below 0 where its rows go from the top down."""
    if _header_size(header) == _CORE:
        width, height = struct.unpack_from("<HH", header, 4)
        return width, height
    width, height = struct.unpack_from("<ii", header, 4)
    return width, height


def picture_file(header: bytes, bits: bytes, usage: int) -> bytes:
    """Return the file that holds a bitmap alone; raises Beyond for colours of a palette that is elsewhere."""
    if usage != 0:
        raise Beyond("図（メタファイル）の中の、パレットの色の画像")
    if _compression(header) in (_JPEG, _PNG):
        return bits
    offset = _FILE_HEADER + len(header)
    return struct.pack("<2sIHHI", b"BM", offset + len(bits), 0, 0, offset) + header + bits


def split(packed: bytes) -> tuple[bytes, bytes]:
    """Return the header of a bitmap with its colours, and the bits that follow it."""
    size = _header_size(packed)
    if size == _CORE:
        (depth,) = struct.unpack_from("<H", packed, 10)
        size += 3 * (1 << depth if depth <= _MOST_INDEXED else 0)
    else:
        (depth,), (used,) = struct.unpack_from("<H", packed, 14), struct.unpack_from("<I", packed, 32)
        masks = 12 if _compression(packed) == _BIT_FIELDS and size == 40 else 0
        size += masks + 4 * min(used or (1 << depth if depth <= _MOST_INDEXED else 0), 1 << _MOST_INDEXED)
    return packed[:size], packed[size:]


def _header_size(header: bytes) -> int:
    size: int = struct.unpack_from("<I", header)[0]
    return size


def _compression(header: bytes) -> int:
    if _header_size(header) == _CORE:
        return 0
    kind: int = struct.unpack_from("<I", header, 16)[0]
    return kind


def crop(header: bytes, seen: tuple[int, int, int, int], *, from_below: bool) -> Crop:
    """Return what is cut off a bitmap of which a part (left, top, width, height) is seen, as shares.

    ``from_below`` counts from the lower left corner, unless the bitmap's rows go from the top down.
    """
    width, height = size_of(header)
    left, top, across, down = seen
    if min(width, abs(height), across, down) <= 0:
        raise Beyond("図（メタファイル）の中の、大きさのない画像")
    if from_below and height > 0:
        top = height - top - down
    sides = left / width, top / abs(height), 1 - (left + across) / width, 1 - (top + down) / abs(height)
    first, second, third, last = (max(0.0, side) for side in sides)
    return first, second, third, last


def transparent(header: bytes, bits: bytes) -> bytes:
    """Return the file of a bitmap that lets what is under it be seen ([MS-EMF] 2.3.1.1)."""
    width, height = size_of(header)
    (depth,) = struct.unpack_from("<H", header, 14)
    if depth != _WITH_ALPHA:
        raise Beyond("図（メタファイル）の中の、下の色と混ざる画像")
    image = Image.frombytes("RGBA", (width, abs(height)), bits, "raw", "BGRa", 0, -1 if height > 0 else 1)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
