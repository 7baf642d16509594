"""Records of EMF that change what is drawn with ([MS-EMF] 2.3.7, 2.3.8, 2.3.11 and 2.3.12)."""

from __future__ import annotations

import struct

from msgspec.structs import replace

from pipeline.documents.metafiles import space
from pipeline.documents.metafiles.device import Device
from pipeline.documents.metafiles.marks import Beyond
from pipeline.documents.metafiles.tools import Font, brush, colour, patterned, pen


def value(body: bytes) -> int:
    """Return the number with which a record begins."""
    return int(struct.unpack_from("<i", body)[0])


def pair(body: bytes) -> tuple[int, int]:
    """Return the place or size with which a record begins."""
    x, y = struct.unpack_from("<2i", body)
    return x, y


def scale(device: Device, body: bytes, name: str) -> None:
    """Change a size by two fractions."""
    x, divided_x, y, divided_y = struct.unpack_from("<4i", body)
    across, down = getattr(device.state, name)
    if divided_x == 0 or divided_y == 0:
        raise Beyond("壊れた図（メタファイル）")
    device.state = device.state.having(name, (across * x / divided_x, down * y / divided_y))


def set_world(device: Device, body: bytes) -> None:
    """Set the transformation of places."""
    device.state = replace(device.state, world=struct.unpack_from("<6f", body))


def modify_world(device: Device, body: bytes) -> None:
    """Change the transformation of places (2.3.12.1)."""
    (way,), own = struct.unpack_from("<I", body, 24), struct.unpack_from("<6f", body)
    old = device.state.world
    worlds = {1: space.UNCHANGED, 2: space.after(own, old), 3: space.after(old, own), 4: own}
    device.state = replace(device.state, world=worlds.get(way, old))


def restore(device: Device, body: bytes) -> None:
    """Return to a state that was kept."""
    device.restore(struct.unpack_from("<i", body)[0])


def select(device: Device, body: bytes) -> None:
    """Take an object to draw with."""
    device.select(struct.unpack_from("<I", body)[0])


def delete(device: Device, body: bytes) -> None:
    """Forget an object."""
    device.tools.pop(struct.unpack_from("<I", body)[0], None)


def create_pen(device: Device, body: bytes) -> None:
    """Make a pen."""
    number, style, width, _, color = struct.unpack_from("<2I2iI", body)
    device.tools[number] = pen(style, abs(width), colour(color))


def create_long_pen(device: Device, body: bytes) -> None:
    """Make a pen (2.3.7.9); one whose line is thin whatever the scale has no width."""
    number, _, _, _, _, style, width, filled, color, _, count = struct.unpack_from("<11I", body)
    dashes = struct.unpack_from(f"<{count}I", body, 44) if count and style & 0xF == 7 else ()
    own = pen(style, width if style & 0x10000 else 0.0, colour(color), dashes)
    device.tools[number] = own if filled in (0, 1) else type(own)(beyond=patterned().beyond)


def create_brush(device: Device, body: bytes) -> None:
    """Make a brush."""
    number, style, color, _ = struct.unpack_from("<4I", body)
    device.tools[number] = brush(style, colour(color))


def create_pattern(device: Device, body: bytes) -> None:
    """Make a brush of a pattern."""
    device.tools[struct.unpack_from("<I", body)[0]] = patterned()


def create_font(device: Device, body: bytes) -> None:
    """Make a font (2.2.13)."""
    number, height, _, turn, _, weight = struct.unpack_from("<I5i", body)
    italic, underline, strike, charset, _, _, _, pitch = struct.unpack_from("<8B", body, 24)
    name = body[32:96].decode("utf-16-le", "replace").partition("\0")[0]
    device.tools[number] = Font(
        name=name,
        height=height,
        escapement=turn / 10,
        bold=weight > 550,
        italic=bool(italic),
        underline=bool(underline),
        strike=bool(strike),
        charset=charset,
        pitch_and_family=pitch,
    )
