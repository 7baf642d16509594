"""Pictures as PDF image objects (ISO 32000-1, 8.9.5), each embedded once.

A plain PNG keeps its compressed bytes, for PDF knows PNG's predictors (7.4.4.4) and palettes (8.6.6.3). A JPEG is taken
as it is.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from pipeline.documents.docx.placement import Crop

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_MOST_PIXELS = 64_000_000
"""Pixels of a picture that is decoded: a sheet of A3 in 600 dpi has 70 millions."""
_CHANNELS = {0: 1, 2: 3, 3: 1}
_SPACES = {0: "/DeviceGray", 2: "/DeviceRGB"}
_JPEG_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_PALETTE = 3
_FOR_PRINT = "印刷用の色（CMYK）の図"
_BROKEN = "壊れた図、または大きすぎる図"


class PictureFault(Exception):
    """A picture that cannot be embedded; ``str()`` is a Japanese phrase naming it."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """An image object: size in pixels, further entries of its dictionary in PDF syntax, data, and its mask if any."""

    width: int
    height: int
    entries: Mapping[str, str]
    data: bytes
    mask: Embedded | None = None


def embed(data: bytes) -> Embedded:
    """Return the image object for the bytes of a picture; raises PictureFault.

    GIF, BMP and TIFF are decoded; of several pictures in one file the first is taken, as Word does.
    """
    if data.startswith(_SIGNATURE):
        chunks = list(_chunks(data))
        return _plain_png(chunks) or _decoded(data)
    return _jpeg(data) if data.startswith(_JPEG) else _decoded(data)


def embed_part(data: bytes, crop: Crop) -> Embedded:
    """Return the image object for what is seen of a picture, to a whole pixel; raises PictureFault.

    What is cut off is not in the PDF, where anybody could look at it.
    """
    whole = _opened(data)
    if whole.mode == "CMYK":
        raise PictureFault(_FOR_PRINT)
    left, top, right, bottom = crop
    width, height = whole.size
    first = round(left * width), round(top * height)
    last = round((1 - right) * width), round((1 - bottom) * height)
    seen = (*first, max(last[0], first[0] + 1), max(last[1], first[1] + 1))
    return _with_mask(whole.convert("RGBA").crop(seen))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk the chunks of a PNG up to its end (ISO/IEC 15948, 5.3), and check the sum of each."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        body_at = at + 8
        length, kind = struct.unpack(">I4s", data[at:body_at].ljust(8, b"\0"))
        body, check = data[body_at : body_at + length], data[body_at + length : body_at + length + 4]
        if int.from_bytes(check, "big") != zlib.crc32(kind + body) or len(check) < 4:
            raise PictureFault(_BROKEN)
        yield kind, body
        at = body_at + length + 4


def _plain_png(chunks: list[tuple[bytes, bytes]]) -> Embedded | None:
    """Take over a PNG that has no transparency and is not interlaced, without decoding it."""
    if not chunks or chunks[0][0] != b"IHDR" or any(kind == b"tRNS" for kind, _ in chunks):
        return None
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if interlaced or color not in _CHANNELS or depth > 8:
        return None
    parameters = f"<</Predictor 15 /Colors {_CHANNELS[color]} /BitsPerComponent {depth} /Columns {width}>>"
    entries = {
        "BitsPerComponent": str(depth),
        "ColorSpace": _palette(chunks) if color == _PALETTE else _SPACES[color],
        "Filter": "/FlateDecode",
        "DecodeParms": parameters,
    }
    return Embedded(width, height, entries, b"".join(body for kind, body in chunks if kind == b"IDAT"))


def _palette(chunks: list[tuple[bytes, bytes]]) -> str:
    colors = next(body for kind, body in chunks if kind == b"PLTE")
    return f"[/Indexed /DeviceRGB {len(colors) // 3 - 1} <{colors.hex()}>]"


def _decoded(data: bytes) -> Embedded:
    """Decode a picture; a mask is kept only where something shows through."""
    image = _opened(data)
    if image.mode == "CMYK":
        raise PictureFault(_FOR_PRINT)
    return _with_mask(image.convert("RGBA"))


def _opened(data: bytes) -> Image.Image:
    """Return a decoded picture; one whose size alone would fill the memory is not decoded."""
    try:
        image = _header(data)
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise PictureFault(_BROKEN) from fault
    return image


def _header(data: bytes) -> Image.Image:
    """Return a picture that is not decoded yet; raises PictureFault for those that are too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
            raise PictureFault(_BROKEN) from fault
    if image.width * image.height > _MOST_PIXELS:
        raise PictureFault(_BROKEN)
    return image


@lru_cache(maxsize=64)
def pixel(color: str, opacity: float) -> bytes:
    """Return a picture of one point (PNG) through which what is below it shines, for the ground of shapes."""
    made = io.BytesIO()
    Image.new("RGBA", (1, 1), (*bytes.fromhex(color), round(255 * opacity))).save(made, "PNG")
    return made.getvalue()


def _with_mask(image: Image.Image) -> Embedded:
    alpha = image.getchannel("A")
    solid = alpha.getextrema() == (255, 255)
    return _raw(image.convert("RGB"), "/DeviceRGB", None if solid else _raw(alpha, "/DeviceGray", None))


def _raw(image: Image.Image, space: str, mask: Embedded | None) -> Embedded:
    entries = {"BitsPerComponent": "8", "ColorSpace": space, "Filter": "/FlateDecode"}
    return Embedded(image.width, image.height, entries, data=zlib.compress(image.tobytes()), mask=mask)


def _jpeg(data: bytes) -> Embedded:
    try:
        image = Image.open(io.BytesIO(data))
    except (OSError, ValueError, Image.DecompressionBombError) as fault:
        raise PictureFault(_BROKEN) from fault
    if image.mode not in _JPEG_SPACES:
        raise PictureFault(_FOR_PRINT)
    entries = {"BitsPerComponent": "8", "ColorSpace": _JPEG_SPACES[image.mode], "Filter": "/DCTDecode"}
    return Embedded(image.width, image.height, entries, data)
