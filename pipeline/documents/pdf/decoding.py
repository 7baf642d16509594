"""Pictures that are decoded to be image objects, and JPEGs, whose headers alone are read."""

from __future__ import annotations

import io
import warnings
import zlib
from functools import lru_cache

from PIL import Image

from pipeline.documents.docx.placement import Crop
from pipeline.documents.pdf.pictures import BROKEN, Embedded, PictureFault

_JPEG = b"\xff\xd8\xff"
_MOST_PIXELS = 64_000_000
"""Pixels of a picture that is decoded: a sheet of A3 in 600 dpi has 70 millions."""
_JPEG_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_FOR_PRINT = "印刷用の色（CMYK）の図"


def decoded(data: bytes) -> Embedded:
    """Return the image object for the bytes of a picture that is no plain PNG; raises PictureFault.

    GIF, BMP and TIFF are decoded; of several pictures in one file the first is taken, as Word does.
    """
    return _jpeg(data) if data.startswith(_JPEG) else _decoded(data)


def decoded_part(data: bytes, crop: Crop) -> Embedded:
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
        raise PictureFault(BROKEN) from fault
    return image


def _header(data: bytes) -> Image.Image:
    """Return a picture that is not decoded yet; raises PictureFault for those that are too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
            raise PictureFault(BROKEN) from fault
    if image.width * image.height > _MOST_PIXELS:
        raise PictureFault(BROKEN)
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
        raise PictureFault(BROKEN) from fault
    if image.mode not in _JPEG_SPACES:
        raise PictureFault(_FOR_PRINT)
    entries = {"BitsPerComponent": "8", "ColorSpace": _JPEG_SPACES[image.mode], "Filter": "/DCTDecode"}
    return Embedded(image.width, image.height, entries, data)
