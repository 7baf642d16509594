"""Metafiles of Windows ([MS-EMF], [MS-WMF]): the bytes of a picture in, what it draws as vectors out.

``read`` plays the records of a file and gives its ``Drawing``; ``Beyond`` names what would be seen and cannot be drawn.
The reader of docx asks whether a picture can be drawn, the drawer of PDF draws it.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from pipeline.documents.metafiles import emf, wmf
from pipeline.documents.metafiles.cropping import cropped
from pipeline.documents.metafiles.marks import Beyond, Bitmap, Clip, Crop, Drawing, Label, Matrix, Shape, Stroke
from pipeline.documents.paths import Path

__all__ = [
    "Beyond", "Bitmap", "Clip", "Crop", "Drawing", "Label", "Matrix", "Path", "Shape", "Stroke", "is_metafile", "read",
    "unpacked",
]  # fmt: skip

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 << 20


def is_metafile(data: bytes) -> bool:
    """Return whether the bytes are those of an EMF or a WMF."""
    return emf.begins(data) or wmf.begins(data)


def unpacked(data: bytes) -> bytes:
    """Return a metafile that was compressed (EMZ, WMZ) as it was before; anything else as it is."""
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS + 16).decompress(data, _MOST_BYTES)
    except zlib.error:
        return data


@lru_cache(maxsize=16)  # a picture is read with its document, and then drawn
def read(data: bytes, crop: Crop = (0.0, 0.0, 0.0, 0.0)) -> Drawing:
    """Return what is seen of a metafile; raises Beyond."""
    try:
        drawing = emf.play(data) if emf.begins(data) else wmf.play(data)
    except (struct.error, OverflowError, ValueError, IndexError) as fault:
        raise Beyond("壊れた図（メタファイル）") from fault
    return cropped(drawing, crop) if any(crop) else drawing
