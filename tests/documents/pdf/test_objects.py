"""A PDF file as it is written: values, streams of objects, the table of their places."""

from __future__ import annotations

import io
import zlib

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.pdf.objects import PdfFile, ascii_string, dictionary, numbers, text_string
from pipeline.documents.pdf.outline import add_outline

CHARACTERS = st.characters(exclude_categories=["Cs"])


def finished(file: PdfFile, **entries: str) -> pikepdf.Pdf:
    """Close a file with a catalogue of entries, and open it with a library that checks every place."""
    tree = file.add("<</Type/Pages/Count 0/Kids[]>>")
    root = file.add(dictionary({"Type": "/Catalog", "Pages": f"{tree} 0 R", **entries}))
    pdf = pikepdf.open(io.BytesIO(file.finish(root, file.add("<<>>"))))
    assert not pdf.check_pdf_syntax()
    return pdf


@given(st.text(CHARACTERS), st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_texts_come_back(text: str, plain: str) -> None:
    with finished(PdfFile(), Text=text_string(text), Plain=ascii_string(plain)) as pdf:
        assert str(pdf.Root.Text) == text
        assert bytes(pdf.Root.Plain).decode() == plain


def test_numbers_have_no_more_than_a_thousandth() -> None:
    assert numbers([595.2756, 0.0004, -1.5, 100, 1e-9, 1190.55]) == "595.276 0 -1.5 100 0 1190.55"


def test_objects_come_in_any_order_and_any_number() -> None:
    file = PdfFile()
    places = file.reserve_all(500)
    for index in reversed(range(500)):
        file.add(f"<</Own {index}>>", places[index])
    kids = " ".join(f"{place} 0 R" for place in places)
    with finished(file, Kids=f"[{kids}]") as pdf:
        assert [int(kid.Own) for kid in pdf.Root.Kids] == list(range(500))


@given(st.binary(max_size=300))
def test_streams_come_back(data: bytes) -> None:
    file = PdfFile()
    packed, raw = file.add_stream(zlib.compress(data)), file.add_raw(data, "/Type/X")
    with finished(file, Packed=f"{packed} 0 R", Raw=f"{raw} 0 R") as pdf:
        assert pdf.Root.Packed.read_bytes() == pdf.Root.Raw.read_bytes() == data


def test_an_outline_goes_one_level_deeper_at_a_time_and_opens_two() -> None:
    file = PdfFile()
    levels = [(0, "一"), (3, "二"), (2, "三"), (1, "四"), (0, "五")]
    outline = add_outline(file, [(level, title, "/Dest[0/Fit]") for level, title in levels])
    with finished(file, Outlines=f"{outline} 0 R") as pdf:
        root = pdf.Root.Outlines
        one, five = root.First, root.Last
        two, four = one.First, one.Last
        assert [str(item.Title) for item in (one, two, two.First, four, five)] == ["一", "二", "三", "四", "五"]
        assert (int(root.Count), int(one.Count), int(two.Count)) == (4, 2, -1)
        assert one.Next.objgen == five.objgen == two.Parent.Next.objgen
        assert "/Count" not in five
