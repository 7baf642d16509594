"""EMF ([MS-EMF]): the records of a file, each with what it does to a device. Section numbers are those of it.

What stands beside the records of a file that has all twice ([MS-EMFPLUS], dual) is left out. A record that changes
nothing that is seen is passed over; any other that is not listed is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pipeline.documents.metafiles import emf_pictures as pictures
from pipeline.documents.metafiles import emf_shapes as shapes
from pipeline.documents.metafiles import emf_state as state
from pipeline.documents.metafiles import space
from pipeline.documents.metafiles.device import Act, Device, colour_of, sets
from pipeline.documents.metafiles.marks import Beyond, Drawing

_MOST_RECORDS = 200_000
_END, _COMMENT, _LAST = 14, 70, 122
_POINTS_PER_MM = 72 / 25.4
_HUNDREDTH = _POINTS_PER_MM / 100
_SILENT = frozenset((
    1, 13, 16, 21, 23, 28, 48, 49, 50, 51, 52, 65, 69, 98, 99, 100, 101, 104, 109, 110, 111, 112, 113, 115, 117, 119,
    120, 121, 122,
))  # fmt: skip
"""Records of what is not seen: palettes, colour matching, how bitmaps are stretched, flattening of paths."""
_EMF_PLUS = b"EMF+"
_PLUS_HEADER = 0x4001
_PLUS_SEEN = frozenset((*range(0x4009, 0x401D), 0x4036))


def play(data: bytes) -> Drawing:
    """Return what a file draws; raises Beyond, or struct.error where it is broken."""
    device = _device(data)
    is_dual = True
    for kind, body in _records(data):
        if kind == _COMMENT:
            is_dual = _is_drawn_twice(body, is_dual)
        elif kind not in _SILENT:
            _act(kind)(device, body)
    return device.drawing()


def _device(data: bytes) -> Device:
    """Return the device of the header (2.2.9): its picture is as large as its frame, in hundredths of a millimetre."""
    left, top, right, bottom = struct.unpack_from("<4i", data, 24)
    pixels, lengths = struct.unpack_from("<2i", data, 72), struct.unpack_from("<2i", data, 80)
    if right <= left or bottom <= top or min(*pixels, *lengths) <= 0:
        raise Beyond("大きさのない図（メタファイル）")
    across, down = (count / length for count, length in zip(pixels, lengths, strict=True))
    size = (right - left) * _HUNDREDTH, (bottom - top) * _HUNDREDTH
    scale = _POINTS_PER_MM / across, _POINTS_PER_MM / down
    frame = (scale[0], 0.0, 0.0, scale[1], -left * _HUNDREDTH, -top * _HUNDREDTH)
    return Device(size, frame, (across, down))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RECORDS):
        kind, size = struct.unpack_from("<2I", data, at)
        if size < 8 or at + size > len(data):
            raise Beyond("壊れた図（メタファイル）")
        if kind == _END:
            return
        yield kind, data[at + 8 : at + size]
        at += size
    raise Beyond("大きすぎる図（メタファイル）")


def _act(kind: int) -> Act:
    found = _ACTS.get(kind)
    if found is None:
        unknown = f"図（メタファイル）の中の命令{kind}" if kind <= _LAST else "壊れた図（メタファイル）"
        raise Beyond(_UNDRAWN.get(kind, unknown))
    return found


def _is_drawn_twice(body: bytes, is_dual: bool) -> bool:
    """Return whether the other records draw all that those of EMF+ do; raises Beyond where these alone draw."""
    if body[4:8] != _EMF_PLUS:
        return is_dual
    at = 8
    while at + 12 <= len(body):
        kind, flags, size = struct.unpack_from("<2HI", body, at)
        if kind == _PLUS_HEADER:
            is_dual = bool(flags & 1)
        elif kind in _PLUS_SEEN and not is_dual:
            raise Beyond("EMF+だけで描かれた図（メタファイル）")
        at += max(size, 12)
    return is_dual


def _plain(act: Callable[[Device], None]) -> Act:
    """Return what a record does in which nothing stands."""
    return lambda device, _: act(device)


def _both(long: int, short: int, act: Callable[..., None], **how: object) -> Mapping[int, Act]:
    """Return records that do the same, with points of four bytes or of two for each number."""
    return {kind: partial(act, **how, is_short=kind == short) for kind in (long, short)}


_ACTS: Mapping[int, Act] = {
    **_both(2, 85, shapes.many, build=shapes.bezier, fills=False),
    **_both(3, 86, shapes.many, build=shapes.polygon, fills=True),
    **_both(4, 87, shapes.many, build=space.polyline, fills=False),
    **_both(5, 88, shapes.many_on, build=space.curves),
    **_both(6, 89, shapes.many_on, build=shapes.lines),
    **_both(7, 90, shapes.several, build=space.polyline, fills=False),
    **_both(8, 91, shapes.several, build=shapes.polygon, fills=True),
    9: sets("window_size", state.pair),
    10: sets("window", state.pair),
    11: sets("viewport_size", state.pair),
    12: sets("viewport", state.pair),
    15: shapes.pixel,
    17: sets("mode", state.value),
    18: sets("is_opaque", lambda body: state.value(body) == 2),
    19: sets("alternates", lambda body: state.value(body) == 1),
    20: sets("raster", state.value),
    22: sets("align", state.value),
    24: sets("color", colour_of),
    25: sets("background", colour_of),
    27: shapes.move,
    30: shapes.clip_box,
    31: partial(state.scale, name="viewport_size"),
    32: partial(state.scale, name="window_size"),
    33: _plain(Device.save),
    34: state.restore,
    35: state.set_world,
    36: state.modify_world,
    37: state.select,
    38: state.create_pen,
    39: state.create_brush,
    40: state.delete,
    42: shapes.ellipse,
    43: shapes.rectangle,
    44: shapes.rounded,
    45: partial(shapes.arc, form="arc"),
    46: partial(shapes.arc, form="chord"),
    47: partial(shapes.arc, form="pie"),
    54: shapes.line,
    55: shapes.arc_on,
    57: sets("clockwise", lambda body: state.value(body) == 2),
    58: sets("miter", state.value),
    59: _plain(Device.begin_path),
    60: _plain(Device.end_path),
    61: _plain(Device.close_figure),
    62: _plain(partial(Device.paint_path, fills=True, strokes=False)),
    63: _plain(partial(Device.paint_path, fills=True, strokes=True)),
    64: _plain(partial(Device.paint_path, fills=False, strokes=True)),
    67: shapes.clip_path,
    68: _plain(Device.abort_path),
    71: partial(shapes.paint_region, at=24),
    74: partial(shapes.paint_region, at=20),
    75: shapes.clip_region,
    76: partial(pictures.blit, is_stretched=False),
    77: partial(pictures.blit, is_stretched=True),
    80: pictures.to_device,
    81: pictures.stretch,
    82: state.create_font,
    83: partial(pictures.text, encoding="cp932"),
    84: partial(pictures.text, encoding="utf-16-le"),
    93: state.create_pattern,
    94: state.create_pattern,
    95: state.create_long_pen,
    108: pictures.small_text,
    114: pictures.blend,
}
_UNDRAWN: Mapping[int, str] = {
    29: "図（メタファイル）の中の、複雑な切り抜き",
    118: "図（メタファイル）の中のグラデーション",
}
"""What some of the others are called."""
