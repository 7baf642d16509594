"""Reading finished PDFs: PDFium, which works for one thread at a time, and pages as they are looked at on a screen."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from msgspec import Struct

from pipeline.documents.parallel import unforked

_ALONE = unforked()


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Yield a PDF that is read; no other thread reads one meanwhile."""
    with _ALONE, pypdfium2.PdfDocument(pdf) as document:
        yield document


class PageSize(Struct, frozen=True):
    """A page: its label (表紙, 4), width and height in pt."""

    label: str
    width: float
    height: float


class PlacedText(Struct, frozen=True):
    """A piece of text on a page: its left, top, width and height in pt, from the page's upper left corner."""

    text: str
    left: float
    top: float
    width: float
    height: float


def sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return the pages of a PDF."""
    with opened(pdf) as document:
        return tuple(
            PageSize(document.get_page_label(number), *document.get_page_size(number))
            for number in range(len(document))
        )


def picture(pdf: bytes, number: int, scale: float) -> bytes:
    """Return a page (from 0) as PNG; at scale 1 a pixel is a point."""
    with opened(pdf) as document:
        drawn = document[number].render(scale=scale, rev_byteorder=True)
        return _png(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))


def _png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """Return rows of red, green and blue as PNG: packed in half the time that pillow takes to try every row's filters.

    It goes no further than this machine.
    """
    rows = b"".join(b"\0" + pixels[start : start + width * 3] for start in range(0, height * stride, stride))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits each, of three colours
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def placed_texts(pdf: bytes, number: int) -> tuple[PlacedText, ...]:
    """Return the pieces of text on a page (from 0), in a reader's order."""
    with opened(pdf) as document:
        page = document[number]
        top, textpage = page.get_height(), page.get_textpage()
        boxes = [textpage.get_rect(index) for index in range(textpage.count_rects())]
        return tuple(
            PlacedText(textpage.get_text_bounded(*box), box[0], top - box[3], box[2] - box[0], box[3] - box[1])
            for box in boxes
        )
