"""Bitmaps that go onto the device, by the way in which they mix with what is there ([MS-WMF] 2.1.1.31)."""

from __future__ import annotations

from msgspec import Struct

from pipeline.documents.metafiles.bitmaps import crop, picture_file
from pipeline.documents.metafiles.device import Device
from pipeline.documents.metafiles.marks import Beyond, Crop
from pipeline.documents.metafiles.space import Box

COPY = 0xCC0020
_NOTHING, _BRUSH = 0xAA0029, 0xF00021
_COLORS = {0x000042: "000000", 0xFF0062: "FFFFFF"}


class Source(Struct, frozen=True):
    """The part of a bitmap that is drawn (left, top, width, height), with the bitmap: header, bits, kind of colours.

    ``from_below`` tells that it is counted from the lower left corner of one whose rows go up.
    """

    seen: tuple[int, int, int, int]
    header: bytes
    bits: bytes
    usage: int
    from_below: bool = False

    def crop(self) -> Crop:
        """Return what is cut off the bitmap."""
        return crop(self.header, self.seen, from_below=self.from_below)


def mix(device: Device, box: Box, way: int, source: Source) -> None:
    """Draw a bitmap into a box (left, top, width, height), or fill that; raises Beyond where it mixes with colours."""
    if way in _COLORS:
        device.fill_box(box, _COLORS[way])
    elif way == _BRUSH:
        device.fill_box(box)
    elif way == COPY and source.header:
        data = picture_file(source.header, source.bits, source.usage)
        device.show(data, source.crop(), box)
    elif way != _NOTHING:
        raise Beyond("図（メタファイル）の中の、下の色と混ざる画像")
