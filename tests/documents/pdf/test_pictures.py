"""Pictures as Word shows them: what is cut off is not there at all, and a line goes around."""

from __future__ import annotations

import io
from typing import cast

import pikepdf
import pytest
from PIL import Image

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.boxes import PathBox, PictureBox
from tests.documents.docx.docx_files import PICTURE, docx, p, picture
from tests.documents.pdf.pages import drawn, page_of

RED, BLUE = (255, 0, 0), (0, 0, 255)


def halves(kind: str) -> bytes:
    """Return a picture of 20 x 10 pixels, red at the left and blue at the right."""
    image = Image.new("RGB", (20, 10), RED)
    image.paste(BLUE, (10, 0, 20, 10))
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def document(cut: str = "", shape: str = "", kind: str = "PNG") -> bytes:
    run = picture(fill=f"<a:srcRect {cut}/>").replace("</pic:pic>", f"<pic:spPr>{shape}</pic:spPr></pic:pic>")
    return docx(p("", extra=run), related=PICTURE, parts={"media/image1.png": halves(kind)})


def pictures(pdf: bytes) -> list[Image.Image]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = opened.pages[0].images.values()
        return [pikepdf.PdfImage(cast("pikepdf.Stream", image)).as_pil_image() for image in found]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_cut_off_a_picture_is_not_in_the_pdf(kind: str) -> None:
    (seen,) = pictures(drawn(document("l='60000' b='20000'", kind=kind)))
    assert seen.size == (8, 8)
    assert seen.convert("RGB").getpixel((0, 0)) == pytest.approx(BLUE, abs=40)


def test_a_picture_that_is_cut_keeps_its_place() -> None:
    (box,) = (box for box in page_of(document("l='60000'")).boxes if isinstance(box, PictureBox))
    assert (box.width, box.height) == (40.0, 20.0)


def test_space_added_around_a_picture_is_clear() -> None:
    (seen, *_) = pictures(drawn(document("l='-50000'")))
    assert seen.size == (30, 10)


@pytest.mark.parametrize("shape", ["", "<a:ln w='12700'><a:noFill/></a:ln>", "<a:ln w='12700'/>"])
def test_a_picture_without_a_line_has_none(shape: str) -> None:
    assert not [box for box in page_of(document(shape=shape)).boxes if isinstance(box, PathBox)]


def test_a_line_goes_around_a_picture() -> None:
    line = "<a:ln w='12700'><a:solidFill><a:srgbClr val='0017C1'/></a:solidFill></a:ln>"
    (framed, around) = page_of(document(shape=line)).boxes
    assert isinstance(framed, PictureBox) and isinstance(around, PathBox)
    assert (around.stroke, around.thickness, around.fill) == ("0017C1", 1.0, None)
    corners = {place for _, place in around.path if place}
    assert corners == {(x, y) for x in (framed.x, framed.x + 40) for y in (framed.y, framed.y + 20)}


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_bitmaps_are_decoded(kind: str) -> None:
    run = picture()
    data = docx(p("", extra=run), related=PICTURE, parts={"media/image1.png": halves(kind)})
    pdf = drawn(data)
    assert b"/DCTDecode" not in pdf
    (seen,) = pictures(pdf)
    assert [seen.convert("RGB").getpixel((x, 5)) for x in (2, 17)] == [RED, BLUE]


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    data = io.BytesIO()
    Image.new("1", (60_000, 2_900)).save(data, "TIFF", compression="group4")
    with pytest.raises(Unsupported, match="大きすぎる図"):
        drawn(docx(p("", extra=picture()), related=PICTURE, parts={"media/image1.png": data.getvalue()}))
