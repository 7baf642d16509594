"""Finished pages as pictures."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from pipeline.documents.pdf import reading


def page(width: int) -> bytes:
    """Return a PDF whose one page is all colours."""
    slope = Image.linear_gradient("L").resize((width, 50))
    made = io.BytesIO()
    Image.merge("RGB", (slope, slope.rotate(180), slope.transpose(Image.Transpose.ROTATE_90).resize(slope.size))).save(
        made, "PDF", resolution=72
    )
    return made.getvalue()


@pytest.mark.parametrize("width", [100, 101, 102, 103])  # in memory, a row of pixels ends at a multiple of four bytes
def test_a_picture_is_what_pdfium_draws(width: int) -> None:
    pdf = page(width)
    with pypdfium2.PdfDocument(pdf) as document:
        wanted = document[0].render(scale=1.5).to_pil()
    with Image.open(io.BytesIO(reading.picture(pdf, 0, 1.5))) as found:
        assert (found.mode, found.tobytes()) == (wanted.mode, wanted.tobytes())
