"""Records of EMF that draw lines and shapes, and those that limit what is seen ([MS-EMF] 2.3.2, 2.3.5 and 2.3.10)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from pipeline.documents.metafiles import space
from pipeline.documents.metafiles.device import Device
from pipeline.documents.metafiles.marks import Beyond
from pipeline.documents.metafiles.space import Form
from pipeline.documents.metafiles.tools import colour
from pipeline.documents.paths import Path, Point, Segment

_AND, _ANEW = 1, 5
"""Ways to mix regions (2.1.29)."""


def _points(body: bytes, at: int, count: int, *, is_short: bool) -> list[Point]:
    values = struct.unpack_from(f"<{2 * count}{'h' if is_short else 'i'}", body, at)
    return list(zip(values[::2], values[1::2], strict=True))


def polygon(points: list[Point]) -> Path:
    """Return the path of a polygon."""
    return space.polyline(points, closed=True)


def bezier(points: list[Point]) -> Path:
    """Return the path of curves, three points each after the first."""
    return (*space.polyline(points[:1]), *space.curves(points[1:]))


def many(device: Device, body: bytes, build: Callable[[list[Point]], Path], fills: bool, is_short: bool) -> None:
    """Draw a line or a shape along points (2.3.5.16 and others)."""
    (count,) = struct.unpack_from("<I", body, 16)
    device.draw(build(_points(body, 20, count, is_short=is_short)), fills=fills)


def many_on(device: Device, body: bytes, build: Callable[[list[Point]], Iterator[Segment]], is_short: bool) -> None:
    """Draw on along points from the position."""
    (count,) = struct.unpack_from("<I", body, 16)
    device.go_on([*build(_points(body, 20, count, is_short=is_short))])


def lines(points: list[Point]) -> Iterator[Segment]:
    """Yield lines from where a path is."""
    return (("l", point) for point in points)


def several(device: Device, body: bytes, build: Callable[[list[Point]], Path], fills: bool, is_short: bool) -> None:
    """Draw several lines, or one shape of several (2.3.5.28)."""
    pieces, total = struct.unpack_from("<2I", body, 16)
    counts = struct.unpack_from(f"<{pieces}I", body, 24)
    points = _points(body, 24 + 4 * pieces, total, is_short=is_short)
    path: list[Segment] = []
    for count in counts:
        path += build(points[:count])
        del points[:count]
    device.draw(tuple(path), fills=fills)


def _box(body: bytes, at: int = 0) -> tuple[int, int, int, int]:
    left, top, right, bottom = struct.unpack_from("<4i", body, at)
    return left, top, right, bottom


def rectangle(device: Device, body: bytes) -> None:
    """Draw a rectangle."""
    device.draw(space.rectangle(*_box(body)))


def ellipse(device: Device, body: bytes) -> None:
    """Draw the ellipse in a box."""
    device.draw(space.ellipse(_box(body)))


def rounded(device: Device, body: bytes) -> None:
    """Draw a rectangle with round corners."""
    device.draw(space.rounded(_box(body), struct.unpack_from("<2i", body, 16)))


def arc(device: Device, body: bytes, form: Form) -> None:
    """Draw a part of an ellipse (2.3.5.2): its line, or the shape with its chord or with its middle."""
    box = _box(body)
    start, end = (space.angle(box, struct.unpack_from("<2i", body, at)) for at in (16, 24))
    device.draw(space.part(box, (start, end), form, clockwise=device.state.clockwise), fills=form != "arc")


def arc_on(device: Device, body: bytes) -> None:
    """Draw on to a part of an ellipse, and along it (2.3.5.3)."""
    box = _box(body)
    start, end = (space.angle(box, struct.unpack_from("<2i", body, at)) for at in (16, 24))
    (_, first), *rest = space.part(box, (start, end), "arc", clockwise=device.state.clockwise)
    device.go_on([("l", first), *rest])


def move(device: Device, body: bytes) -> None:
    """Go to a place."""
    device.move(struct.unpack_from("<2i", body))


def line(device: Device, body: bytes) -> None:
    """Draw a line from the position."""
    device.go_on([("l", struct.unpack_from("<2i", body))])


def pixel(device: Device, body: bytes) -> None:
    """Fill one pixel."""
    x, y, color = struct.unpack_from("<2iI", body)
    device.fill_box((x, y, 1, 1), colour(color))


def clip_box(device: Device, body: bytes) -> None:
    """Limit what is seen to a box."""
    device.clip(space.rectangle(*_box(body)))


def clip_path(device: Device, body: bytes) -> None:
    """Limit what is seen to the path that was gathered."""
    (way,) = struct.unpack_from("<I", body)
    if way not in (_AND, _ANEW):
        raise Beyond("図（メタファイル）の中の、複雑な切り抜き")
    device.clip_to_path(anew=way == _ANEW)


def clip_region(device: Device, body: bytes) -> None:
    """Clip to boxes (2.2.24), or to nothing where none are given."""
    size, way = struct.unpack_from("<2I", body)
    if way not in (_AND, _ANEW):
        raise Beyond("図（メタファイル）の中の、複雑な切り抜き")
    if size == 0:
        device.clip_nothing()
    else:
        device.clip_devices(_region(body, 8), anew=way == _ANEW)


def _region(body: bytes, at: int) -> list[tuple[int, int, int, int]]:
    (count,) = struct.unpack_from("<I", body, at + 8)
    return [_box(body, at + 32 + 16 * number) for number in range(min(count, len(body) // 16))]


def paint_region(device: Device, body: bytes, at: int) -> None:
    """Fill boxes with a brush (2.3.5.13)."""
    kept = device.state.brush
    if at > 20:
        device.select(struct.unpack_from("<I", body, 20)[0])
    for left, top, right, bottom in _region(body, at):
        device.fill_box((left, top, right - left, bottom - top))
    device.state = replace(device.state, brush=kept)
