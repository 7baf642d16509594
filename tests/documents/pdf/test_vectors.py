"""Pictures as vectors: what is drawn from an SVG, what is left to the PNG, and the same look as the PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray
from PIL import Image

from pipeline.documents.pdf import PdfPart, check
from pipeline.documents.pdf.vectors import MAX_BYTES, Label, read_drawing
from pipeline.documents.units import mm_to_emu
from pipeline.model.documents import Chart
from pipeline.stages import charts
from tests.documents.docx.docx_files import PICTURE, PICTURE_AND_TWIN, TWIN, docx, p, picture, png, section
from tests.documents.pdf.pages import drawn, page_texts
from tests.stages.charts.examples import CASES, EVALUATED
from tests.stages.compute.examples import YEARS

TEXT = '<text x="1" y="9" font-size="7" fill="#1A1A1C">基準値</text>'
AUTO = "<w:spacing w:line='240' w:lineRule='auto'/>"
BLOCK = 8
"""Pixels of 300 dpi, 0.7 mm: what is compared between PNG and PDF is the mean of so many squared."""
FARTHEST = 45
"""How far the colours of a block may lie apart: an edge that falls on another pixel makes about 32 of 255."""


def svg(content: str = TEXT, root: str = "", family: str = "BIZ UDPGothic, sans-serif") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="20pt" viewBox="0 0 40 20" font-family="{family}"'
        f"{root}>{content}</svg>"
    ).encode()


def shown(vectors: bytes, text: str = "") -> bytes:
    """Make a document of a picture with its vectors, and a paragraph."""
    parts = {"media/image1.png": png(), "media/image1.svg": vectors}
    return docx(p(extra=picture(blip=TWIN)) + p(text), related=PICTURE_AND_TWIN, parts=parts)


# -- what is drawn


def test_vectors_are_drawn_and_their_text_is_text() -> None:
    pdf = drawn(shown(svg(), "本文"))
    assert page_texts(pdf) == ["基準値本文"]
    assert b"/Subtype /Image" not in pdf


def test_narrowed_letters_stand_where_they_should() -> None:
    narrowed = '<text transform="matrix(0.5 0 0 1 10 15)" font-size="8" fill="#000000">国国</text>'
    with pypdfium2.PdfDocument(drawn(shown(svg(narrowed)))) as document:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(n, loose=True) for n in range(2)]
    assert [round(box[0], 1) for box in boxes] == [30, 34]  # margin and picture 20 + 10, half an em of 8 apart


def test_a_title_is_not_drawn() -> None:
    assert page_texts(drawn(shown(svg(f"<title>推移</title>{TEXT}")))) == ["基準値"]


def test_texts_are_told_piece_by_piece() -> None:
    drawing = read_drawing(svg(TEXT + TEXT.replace("<text", '<text font-weight="bold"')))
    assert drawing is not None
    assert drawing.texts == ("基準値", "基準値")
    assert [mark.bold for mark in drawing.marks if isinstance(mark, Label)] == [False, True]


# -- what is left to the PNG

BEYOND = {
    "nothing": b"",
    "damaged": b"<svg",
    "no SVG": b"<html/>",
    "another namespace": svg().replace(b"2000/svg", b"1999/html"),
    "other elements": svg('<circle cx="1" cy="1" r="1"/>'),
    "groups": svg(f"<g>{TEXT}</g>"),
    "parts of texts": svg('<text x="1" y="9" font-size="7" fill="#000000">a<tspan>b</tspan></text>'),
    "curves": svg('<path d="M0 0C1 1 2 2 3 3" fill="none" stroke="#000000" stroke-width="1"/>'),
    "filled paths": svg('<path d="M0 0L1 1" fill="#000000" stroke="#000000" stroke-width="1"/>'),
    "no path": svg('<path fill="none" stroke="#000000" stroke-width="1"/>'),
    "odd dashes": svg('<path d="M0 0L1 1" fill="none" stroke="#000000" stroke-width="1" stroke-dasharray="1,2"/>'),
    "backward dashes": svg('<path d="M0 0L1 1" fill="none" stroke="#000000" stroke-width="1" stroke-dasharray="-1"/>'),
    "lines of no width": svg('<path d="M0 0L1 1" fill="none" stroke="#000000" stroke-width="0"/>'),
    "areas of no size": svg('<rect x="0" y="0" width="0" height="1" fill="#000000"/>'),
    "named colours": svg('<rect x="0" y="0" width="1" height="1" fill="red"/>'),
    "transparency": svg('<rect x="0" y="0" width="1" height="1" fill="#000000" opacity="0.5"/>'),
    "units": svg('<rect x="0" y="0" width="1mm" height="1" fill="#000000"/>'),
    "numbers beyond all": svg('<rect x="0" y="0" width="1e99" height="1" fill="#000000"/>'),
    "turned text": svg(TEXT.replace('x="1" y="9"', 'transform="rotate(45)"')),
    "text placed twice": svg(TEXT.replace("<text", '<text transform="matrix(1 0 0 1 0 0)"')),
    "another weight": svg(TEXT.replace("<text", '<text font-weight="300"')),
    "another typeface": svg(family="Arial"),
    "characters that the typeface lacks": svg(TEXT.replace("基", "𠮷")),
    "spaces that are not kept": svg(TEXT.replace("基準値", "基  準値")),
    "lines that are not kept": svg(TEXT.replace("基準値", "基\n準値")),
    "styles": svg(root=' style="display:none"'),
    "a paper without size": svg().replace(b"0 0 40 20", b"0 0 0 20"),
    "a document type": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(),
    "too much": svg(" " * MAX_BYTES),
}


@pytest.mark.parametrize("beyond", BEYOND.values(), ids=BEYOND)
def test_the_png_is_drawn_where_the_svg_is_beyond_what_is_drawn(beyond: bytes) -> None:
    pdf = drawn(shown(beyond, "本文"))
    assert page_texts(pdf) == ["本文"]
    assert pdf.count(b"/Subtype /Image") == 1


def test_a_document_that_lost_its_svg_shows_the_png() -> None:
    lost = docx(p(extra=picture(blip=TWIN)), related=PICTURE_AND_TWIN, parts={"media/image1.png": png()})
    unrelated = docx(p(extra=picture(blip=TWIN)), related=PICTURE, parts={"media/image1.png": png()})
    assert [drawn(data).count(b"/Subtype /Image") for data in (lost, unrelated)] == [1, 1]


def test_a_picture_that_took_the_place_of_a_chart_is_drawn() -> None:
    parts = {"media/image1.png": png(), "media/image1.svg": svg(), "media/image2.png": png("rgba")}
    related = {**PICTURE_AND_TWIN, "j": ("image", "media/image2.png")}
    changed = picture().replace("r:embed='i'", "r:embed='j'")
    pdf = drawn(docx(p(extra=changed), related=related, parts=parts))
    assert page_texts(pdf) == [""]
    assert b"/SMask" in pdf  # the new picture has a clear pixel
    assert b"/Subtype /Image" not in drawn(docx(p("図を消した段落"), related=related, parts=parts))


# -- the check of the text


def findings(pdf: bytes, data: bytes) -> list[str]:
    return [finding.id for finding in check([PdfPart(data, "図.docx")], pdf)]


def test_what_a_figure_says_does_not_stand_for_lost_text() -> None:
    whole, lacking = shown(svg(), "基準値"), shown(svg(), "ほか")
    assert findings(drawn(whole), whole) == []
    assert findings(drawn(lacking), whole) == ["pdf-text-missing"]


def test_a_figure_may_be_drawn_as_its_png() -> None:
    whole = shown(svg(), "本文")
    assert findings(drawn(shown(b"", "本文")), whole) == []


# -- the same look


def draw(name: str) -> Chart:
    return charts.draw(CASES[name], YEARS, EVALUATED.get(name, "R2"), 84, 54)[0]


def printed(chart: Chart) -> Image.Image:
    """Print a chart in the upper left corner of a page, and give the page as pixels of 300 dpi."""
    run = picture(mm_to_emu(chart.width), mm_to_emu(chart.height), blip=TWIN)
    parts = {"media/image1.png": chart.png, "media/image1.svg": chart.svg}
    data = docx(p("", AUTO, extra=run), related=PICTURE_AND_TWIN, parts=parts, end=section(5000, 3500, margin=0))
    with pypdfium2.PdfDocument(drawn(data)) as document:
        image: Image.Image = document[0].render(scale=300 / 72).to_pil()
    return image


def farthest(chart: Chart) -> float:
    """Return how far PNG and print lie apart where they differ most, from 0 to 255."""
    image = Image.open(io.BytesIO(chart.png))
    return float(np.abs(blocks(image) - blocks(printed(chart).crop((0, 0, *image.size)))).max())


def blocks(image: Image.Image) -> NDArray[np.float64]:
    pixels = np.asarray(image.convert("RGB"), np.float64)
    rows, columns = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    whole = pixels[: rows * BLOCK, : columns * BLOCK]
    mean: NDArray[np.float64] = whole.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    return mean


@pytest.mark.parametrize("name", CASES)
def test_a_chart_looks_the_same_as_vectors(name: str) -> None:
    chart = draw(name)
    assert farthest(chart) <= FARTHEST
    assert b"/Subtype /Image" not in drawn(shown(chart.svg))


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("out-migration", ">103</text>"),
        ("out-migration", "stroke-dasharray"),
        ("out-migration", 'stroke-width="0.6"/>'),
        ("long-numbers", "matrix("),
        ("long-numbers", 'fill="#0017C1"'),
        ("no-data", 'stroke-width="0.5"'),
        ("milestone", 'fill="#FFFFFF">整備中'),
    ],
)
def test_a_part_that_is_not_drawn_is_seen(name: str, part: str) -> None:
    assert farthest(without(draw(name), part)) > FARTHEST


def without(chart: Chart, part: str) -> Chart:
    """Leave elements out of a chart's SVG."""
    lines: Sequence[str] = chart.svg.decode().split("\n")
    kept = [line for line in lines if part not in line]
    assert len(kept) < len(lines)
    return replace(chart, svg="\n".join(kept).encode())
