"""Metafiles of Windows ([MS-EMF], [MS-WMF]): the bytes of a picture in, what it draws as vectors out.

``read`` plays the records of a file and gives its ``Drawing``; ``Beyond`` names what would be seen and cannot be drawn.
The reader of docx asks whether a picture can be drawn, the drawer of PDF draws it.
"""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.documents.metafiles.signatures import is_metafile

if TYPE_CHECKING:
    from pipeline.documents.metafiles.marks import Beyond, Bitmap, Clip, Crop, Drawing, Label, Matrix, Shape, Stroke
    from pipeline.documents.metafiles.playing import read

__all__ = [
    "Beyond", "Bitmap", "Clip", "Crop", "Drawing", "Label", "Matrix", "Shape", "Stroke", "is_metafile", "read",
    "unpacked",
]  # fmt: skip

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 << 20


def __getattr__(name: str) -> object:
    """Load what plays a metafile with the first that is met: few documents hold one."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'playing' if name == 'read' else 'marks'}"), name)


def unpacked(data: bytes) -> bytes:
    """Return a metafile that was compressed (EMZ, WMZ) as it was before; anything else as it is."""
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS + 16).decompress(data, _MOST_BYTES)
    except zlib.error:
        return data
