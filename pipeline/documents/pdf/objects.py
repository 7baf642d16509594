"""PDF as bytes: values in its syntax, objects gathered in compressed streams, and the file around them.

Section numbers are those of ISO 32000-1. Nothing depends on the clock: the same objects give the same file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from string import printable
from urllib.parse import quote

_HEADER = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n"
_GATHERED = 200
"""How many objects one stream of objects holds (7.5.7)."""
_FREE, _DIRECT, _IN_STREAM = 0, 1, 2
_SPECIAL = re.compile(r"[()\\]")
_ROW = struct.Struct(">BIH")


def text_string(text: str) -> str:
    """Write a text (7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def ascii_string(text: str) -> str:
    """Write an address: a string of ASCII characters (7.3.4.2), others as the octets of their UTF-8 (RFC 3987, 3.1)."""
    return f"({_SPECIAL.sub(_escaped, quote(text, safe=printable))})"


def _escaped(special: re.Match[str]) -> str:
    return f"\\{special[0]}"


def numbers(values: Iterable[float]) -> str:
    """Write numbers, to a thousandth (7.3.3)."""
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def references(numbers: Iterable[int]) -> str:
    """Write references to objects (7.3.10)."""
    return " ".join(f"{number} 0 R" for number in numbers)


def dictionary(entries: Mapping[str, object]) -> str:
    """Write a dictionary of values that are written already (7.3.7)."""
    return f"<<{''.join(f'/{key} {value}' for key, value in entries.items())}>>"


class PdfFile:
    """A PDF being written: objects come in any order, under numbers that are given out as they are asked for."""

    def __init__(self, version: str = "1.7") -> None:
        """Begin a file without objects."""
        self._written = bytearray(_HEADER % version.encode())
        self._places: list[tuple[int, int, int]] = [(_FREE, 0, 0xFFFF)]
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """Return the next number."""
        return self.reserve_all(1)[0]

    def reserve_all(self, count: int) -> range:
        """Return so many numbers in a row."""
        first = len(self._places)
        self._places.extend([(_FREE, 0, 0)] * count)
        return range(first, first + count)

    def add(self, body: str, number: int = 0) -> int:
        """Add an object that is no stream; return its number, a new one if none was reserved."""
        number = number or self.reserve()
        self._waiting.append((number, body.encode("ascii")))
        if len(self._waiting) == _GATHERED:
            self._gather()
        return number

    def add_stream(self, packed: bytes, entries: str = "") -> int:
        """Add a stream, which zlib compressed; return its number."""
        return self.add_raw(packed, f"{entries}/Filter/FlateDecode")

    def add_raw(self, data: bytes, entries: str) -> int:
        """Add a stream with its entries; return its number."""
        number = self.reserve()
        self._places[number] = (_DIRECT, len(self._written), 0)
        self._written += b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries.encode("ascii"), len(data))
        self._written += data
        self._written += b"\nendstream\nendobj\n"
        return number

    def _gather(self) -> None:
        """Write the waiting objects as one stream (7.5.7)."""
        if not self._waiting:
            return
        head: list[str] = []
        at = 0
        for number, body in self._waiting:
            head.append(f"{number} {at}")
            at += len(body) + 1
        first = " ".join(head).encode() + b"\n"
        data = first + b"\n".join(body for _, body in self._waiting)
        stream = self.add_stream(zlib.compress(data), f"/Type/ObjStm/N {len(self._waiting)}/First {len(first)}")
        for index, (number, _) in enumerate(self._waiting):
            self._places[number] = (_IN_STREAM, stream, index)
        self._waiting.clear()

    def finish(self, root: int, info: int | None) -> bytes:
        """Return the whole file; ``root`` is the catalogue, ``info`` the information dictionary, if there is one."""
        self._gather()
        start, number = len(self._written), self.reserve()
        self._places[number] = (_DIRECT, start, 0)
        identity = hashlib.sha256(self._written).hexdigest()[:32].upper()
        entries = (
            f"/Type/XRef/Size {len(self._places)}/W[1 4 2]/Root {root} 0 R"
            f"{'' if info is None else f'/Info {info} 0 R'}/ID[<{identity}><{identity}>]"
            f"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {_ROW.size}>>"
        )
        data = zlib.compress(_differences(b"".join(_ROW.pack(*place) for place in self._places)))
        self._written += b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries.encode(), len(data))
        self._written += data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(self._written)


def _differences(table: bytes) -> bytes:
    """Return each row of the places of objects as the difference to the one above it (PNG's Up, 7.4.4.4)."""
    above = bytes(_ROW.size) + table
    less = bytes([(own - other) & 0xFF for own, other in zip(table, above, strict=False)])
    return b"".join(b"\2" + less[at : at + _ROW.size] for at in range(0, len(less), _ROW.size))
