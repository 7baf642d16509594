"""How metafiles begin: EMF ([MS-EMF] 2.3.4.2), and WMF ([MS-WMF] 2.3.2), which may have a box of its size before it."""

from __future__ import annotations

PLACEABLE = b"\xd7\xcd\xc6\x9a"
_EMF, _WMF = b"\1\0\0\0", (PLACEABLE, b"\1\0\x09\0", b"\2\0\x09\0")
_SIGNATURE = b" EMF"


def is_emf(data: bytes) -> bool:
    """Return whether the bytes begin as an EMF does."""
    return data[:4] == _EMF and data[40:44] == _SIGNATURE


def is_metafile(data: bytes) -> bool:
    """Return whether the bytes are those of an EMF or a WMF."""
    return is_emf(data) or data.startswith(_WMF)
