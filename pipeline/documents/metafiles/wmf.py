"""WMF ([MS-WMF]): the records of a file, each with what it does to a device. Section numbers are those of it.

The picture is as large as the box before the file says (2.3.2.3), else as its window is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from pipeline.documents.metafiles import space
from pipeline.documents.metafiles.bitmaps import split
from pipeline.documents.metafiles.device import Act, Device, colour_of, sets
from pipeline.documents.metafiles.labels import Written, rooms
from pipeline.documents.metafiles.marks import Beyond, Drawing
from pipeline.documents.metafiles.raster import COPY, Source, mix
from pipeline.documents.metafiles.signatures import PLACEABLE
from pipeline.documents.metafiles.space import Form
from pipeline.documents.metafiles.tools import Font, Tool, brush, colour, patterned, pen
from pipeline.documents.paths import Point, Segment

_PLACE_SIZE, _HEADER_SIZE = 22, 18
_MOST_RECORDS = 200_000
_END = 0
_SILENT = frozenset((0x0035, 0x0037, 0x0105, 0x0107, 0x0108, 0x0139, 0x0149, 0x020A, 0x0231, 0x0234, 0x0436, 0x0626))
"""Records of what is not seen: palettes, how bitmaps are stretched, messages to printers."""
_WINDOW = 0x020C
_DISPLAY_INCH = 96
_CLIPPED, _OPAQUE, _GLYPHS = 0x4, 0x2, 0x10
_ENCODINGS = {128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 204: "cp1251", 238: "cp1250", 161: "cp1253"}
"""How texts are written, by the character set of their font (2.1.1.5); all others as Western ones."""


def play(data: bytes) -> Drawing:
    """Return what a file draws; raises Beyond, or struct.error where it is broken."""
    records = [*_records(data)]
    device = _device(data, records)
    for kind, body in records:
        if kind not in _SILENT:
            _act(kind)(device, body)
    return device.drawing()


def _device(data: bytes, records: list[tuple[int, bytes]]) -> Device:
    """Return a device whose pixels fill the picture as the window does."""
    if data.startswith(PLACEABLE):
        left, top, right, bottom, inch = struct.unpack_from("<4hH", data, 6)
        size = abs(right - left), abs(bottom - top)
    else:
        size = next((_absolute(body) for kind, body in records if kind == _WINDOW), (0, 0))
        inch = _DISPLAY_INCH
    if min(*size, inch) <= 0:
        raise Beyond("大きさのない図（メタファイル）")
    scale = 72 / inch
    device = Device((size[0] * scale, size[1] * scale), (scale, 0.0, 0.0, scale, 0.0, 0.0))
    device.state = replace(device.state, mode=8, window_size=size, viewport_size=size)
    return device


def _absolute(body: bytes) -> tuple[int, int]:
    down, across = struct.unpack_from("<2h", body)
    return abs(across), abs(down)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEADER_SIZE + (_PLACE_SIZE if data.startswith(PLACEABLE) else 0)
    for _ in range(_MOST_RECORDS):
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3 or at + 2 * size > len(data):
            raise Beyond("壊れた図（メタファイル）")
        if kind == _END:
            return
        yield kind, data[at + 6 : at + 2 * size]
        at += 2 * size
    raise Beyond("大きすぎる図（メタファイル）")


def _act(kind: int) -> Act:
    found = _ACTS.get(kind)
    if found is None:
        raise Beyond(f"図（メタファイル）の中の命令{kind:04X}")
    return found


# -- the state


def _value(body: bytes) -> int:
    return int(struct.unpack_from("<H", body)[0])


def _set_mode(device: Device, body: bytes) -> None:
    """Keep the mapping that fills the picture: the units of others are those of a device that is not known."""


def _restore(device: Device, body: bytes) -> None:
    device.restore(struct.unpack_from("<h", body)[0])


def _point(body: bytes, at: int = 0) -> Point:
    """Return a point, which stands with its second number first."""
    y, x = struct.unpack_from("<2h", body, at)
    return x, y


# -- objects


def _add(device: Device, tool: Tool | None) -> None:
    """Keep an object under the first number that is free (3.1.4.1)."""
    number = next(number for number in range(len(device.tools) + 1) if number not in device.tools)
    device.tools[number] = tool


def _select(device: Device, body: bytes) -> None:
    device.select(_value(body))


def _delete(device: Device, body: bytes) -> None:
    device.tools.pop(_value(body), None)


def _create_pen(device: Device, body: bytes) -> None:
    style, width, _, color = struct.unpack_from("<3HI", body)
    _add(device, pen(style, width, colour(color)))


def _create_brush(device: Device, body: bytes) -> None:
    style, color = struct.unpack_from("<HI", body)
    _add(device, brush(style, colour(color)))


def _create_pattern(device: Device, _: bytes) -> None:
    _add(device, patterned())


def _create_other(device: Device, _: bytes) -> None:
    _add(device, None)


def _create_font(device: Device, body: bytes) -> None:
    height, _, turn, _, weight = struct.unpack_from("<5h", body)
    italic, underline, strike, charset, _, _, _, pitch = struct.unpack_from("<8B", body, 10)
    name = body[18:50].partition(b"\0")[0].decode("cp932", "replace")
    font = Font(
        name, height, turn / 10, weight > 550, bool(italic), bool(underline), bool(strike), charset, pitch
    )  # fmt: skip
    _add(device, font)


# -- lines and shapes


def _points(body: bytes, at: int, count: int) -> list[Point]:
    values = struct.unpack_from(f"<{2 * count}h", body, at)
    return list(zip(values[::2], values[1::2], strict=True))


def _many(device: Device, body: bytes, closed: bool) -> None:
    points = _points(body, 2, struct.unpack_from("<H", body)[0])
    device.draw(space.polyline(points, closed=closed), fills=closed)


def _several(device: Device, body: bytes) -> None:
    (pieces,) = struct.unpack_from("<H", body)
    counts = struct.unpack_from(f"<{pieces}H", body, 2)
    at, path = 2 + 2 * pieces, list[Segment]()
    for count in counts:
        path += space.polyline(_points(body, at, count), closed=True)
        at += 4 * count
    device.draw(tuple(path))


def _box(body: bytes, at: int = 0) -> tuple[int, int, int, int]:
    bottom, right, top, left = struct.unpack_from("<4h", body, at)
    return left, top, right, bottom


def _rectangle(device: Device, body: bytes) -> None:
    device.draw(space.rectangle(*_box(body)))


def _ellipse(device: Device, body: bytes) -> None:
    device.draw(space.ellipse(_box(body)))


def _rounded(device: Device, body: bytes) -> None:
    device.draw(space.rounded(_box(body, 4), _point(body)))


def _arc(device: Device, body: bytes, form: Form) -> None:
    box = _box(body, 8)
    angles = space.angle(box, _point(body, 4)), space.angle(box, _point(body))
    device.draw(space.part(box, angles, form, clockwise=False), fills=form != "arc")


def _move(device: Device, body: bytes) -> None:
    device.move(_point(body))


def _line(device: Device, body: bytes) -> None:
    device.go_on([("l", _point(body))])


def _pixel(device: Device, body: bytes) -> None:
    device.fill_box((*_point(body, 4), 1, 1), colour(struct.unpack_from("<I", body)[0]))


def _clip_box(device: Device, body: bytes) -> None:
    device.clip(space.rectangle(*_box(body)))


def _clip_region(device: Device, body: bytes) -> None:
    """Let all be seen: a region of its own is an object that is not kept."""
    if struct.unpack_from("<H", body)[0]:
        raise Beyond("図（メタファイル）の中の、複雑な切り抜き")
    device.clip_nothing()


# -- bitmaps


def _fill(device: Device, body: bytes) -> None:
    (way,), (height, width) = struct.unpack_from("<I", body), struct.unpack_from("<2h", body, 4)
    mix(device, (*_point(body, 8), width, height), way, Source((0, 0, 0, 0), b"", b"", 0))


def _blit(device: Device, body: bytes, *, bitmap_at: int) -> None:
    """Draw a bitmap, or fill a box where there is none (2.3.1.2); that one has two bytes more before its box."""
    (way,), (from_y, from_x) = struct.unpack_from("<I", body), struct.unpack_from("<2h", body, 4)
    has_bitmap = len(body) > bitmap_at + 2
    height, width = struct.unpack_from("<2h", body, 8 if has_bitmap else 10)
    corner = _point(body, 12 if has_bitmap else 14)
    packed = split(body[bitmap_at:]) if has_bitmap else (b"", b"")
    mix(device, (*corner, width, height), way, Source((from_x, from_y, width, height), *packed, 0))


def _stretch(device: Device, body: bytes, *, bitmap_at: int) -> None:
    """Draw a part of a bitmap into a box (2.3.1.3), or fill that where there is none."""
    (way,), (tall, wide, from_y, from_x) = struct.unpack_from("<I", body), struct.unpack_from("<4h", body, 4)
    has_bitmap = len(body) > bitmap_at + 2
    height, width = struct.unpack_from("<2h", body, 12 if has_bitmap else 14)
    corner = _point(body, 16 if has_bitmap else 18)
    packed = split(body[bitmap_at:]) if has_bitmap else (b"", b"")
    mix(device, (*corner, width, height), way, Source((from_x, from_y, wide, tall), *packed, 0))


def _stretch_bits(device: Device, body: bytes) -> None:
    """Draw a part of a bitmap into a box (2.3.1.6)."""
    way, usage, tall, wide, from_y, from_x, height, width = struct.unpack_from("<IH6h", body)
    source = Source((from_x, from_y, wide, tall), *split(body[22:]), usage, from_below=True)
    mix(device, (*_point(body, 18), width, height), way, source)


def _to_device(device: Device, body: bytes) -> None:
    """Draw a bitmap in its own size (2.3.1.4)."""
    usage, _, _, from_y, from_x, height, width = struct.unpack_from("<7H", body)
    source = Source((from_x, from_y, width, height), *split(body[18:]), usage, from_below=True)
    mix(device, (*_point(body, 14), width, height), COPY, source)


# -- text


def _text(device: Device, body: bytes) -> None:
    (count,) = struct.unpack_from("<H", body)
    place = _point(body, 2 + count + count % 2)
    device.write(Written(_decoded(device, body[2 : 2 + count]), place))


def _long_text(device: Device, body: bytes) -> None:
    """Write a text with a box and the room of each byte of it (2.3.3.5)."""
    count, options = struct.unpack_from("<2H", body, 4)
    has_box = bool(options & (_CLIPPED | _OPAQUE))
    if options & _GLYPHS:
        raise Beyond("図（メタファイル）の中の、字形の番号で書かれた文字")
    at = 16 if has_box else 8
    box = struct.unpack_from("<4h", body, 8) if has_box else (0, 0, 0, 0)
    raw, rooms_at = body[at : at + count], at + count + count % 2
    units = struct.unpack_from(f"<{count}h", body, rooms_at) if len(body) >= rooms_at + 2 * count else ()
    text = _decoded(device, raw)
    advances = rooms(text, units, _encoding(device), 1)
    clipped, filled = bool(options & _CLIPPED), bool(options & _OPAQUE)
    device.write(Written(text, _point(body), advances, box, is_clipped=clipped, is_filled=filled))


def _encoding(device: Device) -> str:
    return _ENCODINGS.get(device.state.font.charset, "cp1252")


def _decoded(device: Device, raw: bytes) -> str:
    return raw.decode(_encoding(device), "replace")


_ACTS: Mapping[int, Act] = {
    0x001E: lambda device, _: device.save(),
    0x0102: sets("is_opaque", lambda body: _value(body) == 2),
    0x0103: _set_mode,
    0x0104: sets("raster", _value),
    0x0106: sets("alternates", lambda body: _value(body) == 1),
    0x0127: _restore,
    0x012C: _clip_region,
    0x012D: _select,
    0x012E: sets("align", _value),
    0x00F7: _create_other,
    0x0142: _create_pattern,
    0x01F9: _create_pattern,
    0x06FF: _create_other,
    0x01F0: _delete,
    0x0201: sets("background", colour_of),
    0x0209: sets("color", colour_of),
    0x020B: sets("window", _point),
    _WINDOW: sets("window_size", _point),
    0x0213: _line,
    0x0214: _move,
    0x02FA: _create_pen,
    0x02FB: _create_font,
    0x02FC: _create_brush,
    0x0324: partial(_many, closed=True),
    0x0325: partial(_many, closed=False),
    0x0416: _clip_box,
    0x0418: _ellipse,
    0x041B: _rectangle,
    0x041F: _pixel,
    0x0521: _text,
    0x0538: _several,
    0x061C: _rounded,
    0x061D: _fill,
    0x0817: partial(_arc, form="arc"),
    0x081A: partial(_arc, form="pie"),
    0x0830: partial(_arc, form="chord"),
    0x0940: partial(_blit, bitmap_at=16),
    0x0A32: _long_text,
    0x0B41: partial(_stretch, bitmap_at=20),
    0x0D33: _to_device,
    0x0F43: _stretch_bits,
}
