"""Metafiles: what their records draw, and what is refused rather than left out."""

from __future__ import annotations

import gzip
import struct

import pytest

from pipeline.documents.docx import read
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.typefaces import substituted
from pipeline.documents.metafiles import Beyond, Bitmap, Label, Shape
from pipeline.documents.metafiles import read as played
from pipeline.documents.pdf.reading import opened
from tests.documents.docx.docx_files import PICTURE, docx, p, picture
from tests.documents.metafiles.records import (
    dib,
    emf,
    font,
    integers,
    points,
    record,
    short,
    stretched,
    text,
    wmf,
)  # fmt: skip
from tests.documents.pdf.pages import drawn, page_texts

RED_BRUSH = integers(39, 1, 0, 0x0000FF, 0) + integers(37, 1)
NO_PEN = integers(37, 0x8000_0008)
SQUARE = ((25, 25), (75, 25), (75, 75), (25, 75))
AUTO = "<w:spacing w:line='240' w:lineRule='auto'/>"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def mark(*records: bytes) -> Shape | Label | Bitmap:
    (only,) = played(emf(*records)).marks
    return only


def corners(shape: Shape | Label | Bitmap) -> list[tuple[float, ...]]:
    """Return the points of a shape in hundredths of an inch."""
    assert isinstance(shape, Shape)
    return [tuple(round(value / 0.72, 2) for value in values[-2:]) for _, values in shape.area.path if values]


def word_file(data: bytes, fill: str = "") -> bytes:
    return docx(p("", AUTO, extra=picture(fill=fill)), related=PICTURE, parts={"media/image1.png": data})


def seen(data: bytes) -> list[list[tuple[int, int, int]]]:
    """Return the colours of a page with a picture of 40 x 20 pt at 20 pt from either edge: its quarters' middles."""
    with opened(drawn(word_file(data))) as pdf:
        image = pdf[0].render(scale=2).to_pil().convert("RGB")
    return [[image.getpixel((2 * x, 2 * y)) for x in (30, 50)] for y in (25, 35)]


@pytest.mark.parametrize("short_numbers", [False, True])
def test_a_polygon_is_filled_with_the_brush_and_drawn_around_with_the_pen(short_numbers: bool) -> None:
    pen = integers(38, 2, 0, 4, 0, 0xFF0000) + integers(37, 2)
    found = mark(RED_BRUSH, pen, points(86 if short_numbers else 3, *SQUARE, short=short_numbers))
    assert isinstance(found, Shape)
    assert corners(found) == [*SQUARE]
    assert found.stroke is not None
    assert (found.fill, found.stroke.color) == ("FF0000", "0000FF")
    assert found.stroke.thickness == pytest.approx(4 * 0.72)


@pytest.mark.parametrize(
    ("before", "place"),
    [
        (integers(17, 8) + integers(9, 100, 100) + integers(11, 50, 50), 0.5),
        (integers(17, 8) + integers(9, 200, 200) + integers(11, 100, 100), 0.5),
        (record(35, struct.pack("<6f", 2, 0, 0, 2, 0, 0)), 2.0),
        (integers(33) + record(35, struct.pack("<6f", 2, 0, 0, 2, 0, 0)) + integers(34, -1), 1.0),
        (record(36, struct.pack("<6fI", 3, 0, 0, 3, 0, 0, 2)), 3.0),
        (integers(17, 3) + record(35, struct.pack("<6f", 1, 0, 0, -1, 0, 0)), 100 / 2540),
    ],
    ids=["viewport", "window", "world", "restored", "modified", "hundredths of a millimetre"],
)
def test_lengths_go_through_the_mapping(before: bytes, place: float) -> None:
    assert corners(mark(before, points(3, *SQUARE)))[2] == pytest.approx((75 * place, 75 * place), abs=0.02)


def test_a_path_is_gathered_and_then_drawn() -> None:
    steps = integers(27, 10, 10), points(5, (20, 10), (30, 20), (30, 30)), integers(54, 10, 30), integers(61)
    found = mark(integers(59), *steps, integers(60), RED_BRUSH, record(62, bytes(16)))
    assert isinstance(found, Shape)
    assert "".join(kind for kind, _ in found.area.path) == "mclh"
    assert found.stroke is None


@pytest.mark.parametrize(
    ("kind", "values", "steps"),
    [
        (42, (0, 0, 40, 20), "mcccch"),
        (43, (0, 0, 40, 20), "mlllh"),
        (44, (0, 0, 40, 20, 10, 10), "mclclclch"),
        (45, (0, 0, 40, 40, 40, 20, 20, 0), "mc"),
        (46, (0, 0, 40, 40, 40, 20, 20, 0), "mch"),
        (47, (0, 0, 40, 40, 40, 20, 20, 0), "mclh"),
    ],
    ids=["ellipse", "rectangle", "round corners", "arc", "chord", "pie"],
)
def test_forms_have_their_outline(kind: int, values: tuple[int, ...], steps: str) -> None:
    found = mark(integers(kind, *values))
    assert isinstance(found, Shape)
    assert "".join(step for step, _ in found.area.path) == steps


def test_an_arc_goes_against_the_clock() -> None:
    (first, middle, *_) = corners(mark(integers(45, 0, 0, 40, 40, 40, 20, 20, 0)))
    assert (first, middle) == ((40, 20), (20, 0))


def test_nothing_is_seen_beyond_a_clip_until_it_is_restored() -> None:
    clipped, free = played(
        emf(integers(33), integers(30, 0, 0, 50, 50), points(3, *SQUARE), integers(34, -1), points(3, *SQUARE))
    ).marks
    assert (len(clipped.clip), len(free.clip)) == (1, 0)


def test_letters_stand_where_the_record_says_and_their_typeface_is_told() -> None:
    drawing = played(
        emf(integers(18, 1), integers(22, 24), font(1, "ＭＳ 明朝", -20), text("取組Ａ", 10, 50, (20, 20, 20)))
    )
    (label,) = drawing.marks
    assert isinstance(label, Label)
    assert (label.text, label.family) == ("取組Ａ", "BIZ UDMincho")
    assert label.matrix == pytest.approx((14.4, 0, 0, -14.4, 7.2, 36))
    assert drawing.typefaces == (("ＭＳ 明朝", "BIZ UD明朝"),)


def test_letters_with_less_room_are_narrowed_and_turned_ones_go_up() -> None:
    look = integers(18, 1), integers(22, 24), font(1, "BIZ UDゴシック", -20, turn=900)
    label = mark(*look, text("取組", 10, 50, (10, 10)))
    assert isinstance(label, Label)
    assert label.matrix == pytest.approx((0, -7.2, -14.4, 0, 7.2, 36), abs=0.001)


def test_a_character_of_two_units_has_the_room_of_both() -> None:
    look = integers(18, 1), integers(22, 24), font(1, "BIZ UDゴシック", -20)
    labels = played(emf(*look, text("𠮷取", 10, 50, (30, 10, 30)))).marks
    assert [label.matrix[4] for label in labels if isinstance(label, Label)] == pytest.approx([7.2, 7.2 + 40 * 0.72])


def test_letters_on_an_opaque_ground_cover_what_is_there() -> None:
    ground, label = played(emf(integers(25, 0x00FFFF), font(1, "BIZ UDゴシック", -20), text("取", 0, 0))).marks
    assert isinstance(ground, Shape)
    assert isinstance(label, Label)
    assert ground.fill == "FFFF00"


def test_bitmaps_are_drawn_with_their_rows_from_below() -> None:
    bitmap = dib(2, 2, RED, WHITE, WHITE, BLUE)
    assert seen(emf(stretched(bitmap, (0, 0, 100, 100), (0, 0, 2, 2)))) == [[WHITE, BLUE], [RED, WHITE]]
    assert seen(emf(stretched(bitmap, (0, 0, 100, 100), (0, 0, 1, 1)))) == [[RED, RED], [RED, RED]]


def test_shapes_and_words_of_a_metafile_stand_in_the_pdf() -> None:
    half = points(3, (0, 0), (50, 0), (50, 100), (0, 100))
    assert seen(emf(NO_PEN, RED_BRUSH, half)) == [[RED, WHITE], [RED, WHITE]]
    data = word_file(
        gzip.compress(emf(integers(18, 1), font(1, "ＭＳ ゴシック", -20, bold=True), text("図の中の字", 0, 0)))
    )
    assert "図の中の字" in page_texts(drawn(data))[0]
    assert substituted(read(data, "x.docx")) == (("ＭＳ ゴシック", "BIZ UDゴシック"),)


@pytest.mark.parametrize(
    ("records", "named"),
    [
        (integers(118, 0, 0, 0, 0), "グラデーション"),
        (integers(29, 0, 0, 9, 9), "複雑な切り抜き"),
        (text("ab", 0, 0, options=0x10), "字形の番号"),
        (text("\ue000", 0, 0), "書体にない文字"),
        (integers(39, 1, 2, 0, 3) + integers(37, 1) + points(3, *SQUARE), "模様の塗りつぶし"),
        (integers(20, 7) + points(3, *SQUARE), "下の色と混ざる"),
        (integers(27), "壊れた図"),
        (struct.pack("<2I", 43, 0), "壊れた図"),
        (record(70, struct.pack("<I4s", 36, b"EMF+") + struct.pack("<2H2I", 0x4001, 0, 12, 0)
                + struct.pack("<2H2I", 0x400A, 0, 12, 0)), "EMF+"),
        (integers(92), "命令92"),
        (integers(999), "壊れた図"),
        (record(35, struct.pack("<6f", float("nan"), 0, 0, 1, 0, 0)) + points(3, *SQUARE), "壊れた図"),
        (integers(33) * 2000, "壊れた図"),
    ],
)  # fmt: skip
def test_what_would_be_seen_and_is_not_drawn_is_refused_by_name(records: bytes, named: str) -> None:
    with pytest.raises(Beyond, match=named):
        played(emf(records))
    with pytest.raises(Unsupported, match=named) as refused:
        drawn(word_file(emf(records)))
    assert "図（PNG）" in refused.value.cure


def test_what_is_cut_off_a_metafile_is_not_in_the_pdf() -> None:
    """Half of a red square at the left is seen, twice as wide; words at the right are not there."""
    words = integers(18, 1), font(1, "BIZ UDゴシック", -10), text("見えない", 55, 20)
    data = word_file(emf(NO_PEN, RED_BRUSH, points(3, *SQUARE), *words), fill="<a:srcRect r='50000'/>")
    pdf = drawn(data)
    assert "見えない" not in page_texts(pdf)[0]
    with opened(pdf) as document:
        image = document[0].render(scale=2).to_pil().convert("RGB")
    assert [image.getpixel((2 * x, 60)) for x in (30, 50)] == [WHITE, RED]


def test_an_edge_through_the_words_of_a_metafile_is_refused() -> None:
    words = integers(18, 1), font(1, "BIZ UDゴシック", -10), text("見えるか", 30, 20)
    with pytest.raises(Unsupported, match="にかかるトリミング") as refused:
        drawn(word_file(emf(*words), fill="<a:srcRect r='50000'/>"))
    assert "図（PNG）" in refused.value.cure


def test_a_brush_that_is_only_made_is_no_fault() -> None:
    assert played(emf(integers(39, 1, 2, 0, 3), integers(37, 1), integers(54, 10, 10))).marks


def test_a_windows_metafile_draws_the_same() -> None:
    look = short(0x02FC, 0, 0x00FF, 0, 0), short(0x012D, 0), short(0x02FA, 5, 0, 0, 0, 0), short(0x012D, 1)
    window = short(0x020B, 0, 0), short(0x020C, 1000, 1000)
    assert seen(wmf(*window, *look, short(0x041B, 1000, 500, 0, 0))) == [[RED, WHITE], [RED, WHITE]]
    assert seen(wmf(*window, *look, short(0x0324, 4, 0, 0, 500, 0, 500, 1000, 0, 1000))) == [[RED, WHITE], [RED, WHITE]]


def test_a_windows_metafile_has_words_in_the_codes_of_their_typeface() -> None:
    raw = "取組".encode("cp932")
    face = "ＭＳ 明朝".encode("cp932").ljust(32, b"\0")
    look = short(0x02FB, -200, 0, 0, 0, 400, 0, 0x8000, 0, 0, tail=face), short(0x012D, 0), short(0x0102, 1)
    placed = short(0x0A32, 100, 50, len(raw), 0, tail=raw + struct.pack("<4h", 100, 100, 100, 100))
    (label,) = played(wmf(*look, placed)).marks
    assert isinstance(label, Label)
    assert (label.text, label.family) == ("取組", "BIZ UDMincho")


def test_a_windows_metafile_of_one_bitmap_is_that_picture() -> None:
    header, bits = dib(2, 2, RED, WHITE, WHITE, BLUE)
    drawing = short(0x0F43, 0x20, 0xCC, 0, 2, 2, 0, 0, 1000, 1000, 0, 0, tail=header + bits)
    assert seen(wmf(drawing)) == [[WHITE, BLUE], [RED, WHITE]]
    assert seen(wmf(short(0x0B41, 0x20, 0xCC, 2, 2, 0, 0, 1000, 1000, 0, 0, tail=header + bits)))[0] == [WHITE, BLUE]


@pytest.mark.parametrize("data", [wmf(short(0x0548, 0)), wmf(box=(0, 0, 0, 0)), wmf()[:30], emf(frame=(0, 0, 0, 0))])
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(Beyond):
        played(data)
