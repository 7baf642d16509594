"""Small metafiles for tests, put together record by record."""

from __future__ import annotations

import struct

END = 14


def emf(*records: bytes, frame: tuple[int, int, int, int] = (0, 0, 2540, 2540)) -> bytes:
    """Make an EMF for a device of 100 pixels to an inch; by default its picture is an inch square."""
    end = record(END, struct.pack("<3I", 0, 16, 20))
    body = b"".join((*records, end))
    header = struct.pack(
        "<2I8i4s5I2I2i2i", 1, 88, 0, 0, 99, 99, *frame, b" EMF", 0x10000, 88 + len(body), len(records) + 2, 1, 0, 0,
        0, 1000, 1000, 254, 254,
    )  # fmt: skip
    return header + body


def record(kind: int, body: bytes = b"") -> bytes:
    """Make a record of an EMF."""
    padded = body + bytes(-len(body) % 4)
    return struct.pack("<2I", kind, 8 + len(padded)) + padded


def integers(kind: int, *values: int) -> bytes:
    """Make a record of integers."""
    return record(kind, b"".join(map(_integer, values)))


def _integer(value: int) -> bytes:
    return (value & 0xFFFF_FFFF).to_bytes(4, "little")


def points(kind: int, *values: tuple[int, int], short: bool = False) -> bytes:
    """Make a record of points within bounds."""
    flat = [number for point in values for number in point]
    return record(
        kind, struct.pack("<4iI", 0, 0, 0, 0, len(values)) + struct.pack(f"<{len(flat)}{'h' if short else 'i'}", *flat)
    )


def font(number: int, name: str, height: int, *, turn: int = 0, bold: bool = False) -> bytes:
    """Make and take a font."""
    look = struct.pack("<I5i8B", number, height, 0, turn, turn, 700 if bold else 400, 0, 0, 0, 128, 0, 0, 0, 0)
    made = record(82, look + name.encode("utf-16-le").ljust(64, b"\0"))
    return made + integers(37, number)


def text(written: str, x: int, y: int, advances: tuple[int, ...] = (), options: int = 0) -> bytes:
    """Make a record of a text."""
    raw = written.encode("utf-16-le")
    at = 76
    advances_at = at + len(raw) + len(raw) % 4 if advances else 0
    head = struct.pack("<4iI2f2i3I4iI", 0, 0, 0, 0, 2, 0, 0, x, y, len(raw) // 2, at, options, 0, 0, 0, 0, advances_at)
    return record(
        84, head + raw.ljust(advances_at - at if advances else 0, b"\0") + struct.pack(f"<{len(advances)}I", *advances)
    )


def dib(width: int, height: int, *colours: tuple[int, int, int]) -> tuple[bytes, bytes]:
    """Make the header and the bits of a bitmap of 24 bits, its rows from below."""
    header = struct.pack("<I2i2H6I", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    rows = [colours[start : start + width] for start in range(0, len(colours), width)]
    bits = b"".join(
        b"".join(bytes(colour[::-1]) for colour in row).ljust(-(-3 * width // 4) * 4, b"\0") for row in rows
    )
    return header, bits


def stretched(bitmap: tuple[bytes, bytes], box: tuple[int, int, int, int], seen: tuple[int, int, int, int]) -> bytes:
    """Make a record that draws a part of a bitmap."""
    header, bits = bitmap
    at = 80
    body = struct.pack(
        "<4i2i4i4I2I2i",
        0,
        0,
        0,
        0,
        *box[:2],
        *seen,
        at,
        len(header),
        at + len(header),
        len(bits),
        0,
        0xCC0020,
        *box[2:],
    )
    return record(81, body + header + bits)


def wmf(*records: bytes, box: tuple[int, int, int, int] = (0, 0, 1000, 1000), inch: int = 1000) -> bytes:
    """Make a WMF with its place; by default its picture is an inch square."""
    place = struct.pack("<IH4hHIH", 0x9AC6CDD7, 0, *box, inch, 0, 0)
    body = b"".join((*records, short(0)))
    return place + struct.pack("<3HIHIH", 1, 9, 0x300, 9 + len(body) // 2, 0, 0, 0) + body


def short(kind: int, *values: int, tail: bytes = b"") -> bytes:
    """Make a record of a WMF of short integers."""
    body = b"".join((value & 0xFFFF).to_bytes(2, "little") for value in values) + tail
    padded = body + bytes(len(body) % 2)
    return struct.pack("<IH", 3 + len(padded) // 2, kind) + padded
