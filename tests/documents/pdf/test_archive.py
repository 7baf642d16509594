"""What a drawn PDF says about itself."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import ImageCms

from pipeline.documents.fonts import missing
from pipeline.documents.pdf import PdfInfo, PdfPart, draw
from pipeline.documents.standard import Standard
from tests.documents.docx.docx_files import docx, p
from tests.documents.pdf.pages import INFO, page_texts

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfd": "http://pdfa.org/declarations/",
}
DATED = replace(INFO, title="報告書 <案> & 資料", author="周南市　企画課", date=date(2021, 8, 1))


def drawn(info: PdfInfo, text: str = "本文") -> bytes:
    return draw([PdfPart(docx(p(text)), "x")], info)


def information(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {key[1:]: str(value) for key, value in document.docinfo.items()}


def described(pdf: bytes, name: str) -> list[str]:
    """Return the values of an XMP property."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = etree.fromstring(document.Root.Metadata.read_bytes())
    prefix, _, local = name.partition(":")
    (found,) = root.iter(f"{{{NAMESPACES[prefix]}}}{local}")
    return [item.text or "" for item in found.iter(f"{RDF}li")] or [found.text or ""]


def test_both_places_say_the_same() -> None:
    pdf = drawn(DATED)
    said = information(pdf)
    assert described(pdf, "dc:title") == [said["Title"]] == ["報告書 <案> & 資料"]
    assert described(pdf, "dc:creator") == [said["Author"]] == ["周南市　企画課"]
    assert described(pdf, "xmp:CreateDate") == described(pdf, "xmp:ModifyDate") == ["2021-08-01T00:00:00+09:00"]
    assert said["CreationDate"] == said["ModDate"] == "D:20210801000000+09'00'"
    assert set(said) == {"Title", "Author", "CreationDate", "ModDate"}


def test_an_open_date_is_not_made_up() -> None:
    pdf = drawn(INFO)
    assert set(information(pdf)) == {"Title", "Author"}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert b"Date" not in document.Root.Metadata.read_bytes()


def test_no_author_and_a_title_from_a_strange_file_name() -> None:
    pdf = drawn(PdfInfo("シート\udcff\x07<1>", ""))
    assert information(pdf) == {"Title": "シート<1>"}
    assert described(pdf, "dc:title") == ["シート<1>"]


def test_the_claims() -> None:
    pdf = drawn(INFO)
    assert [described(pdf, f"pdfaid:{name}") for name in ("part", "conformance")] == [["2"], ["A"]]
    assert described(pdf, "pdfuaid:part") == ["1"]


def test_the_claims_of_a_newer_pdf() -> None:
    pdf = drawn(replace(DATED, standard=Standard.UA2))
    assert [described(pdf, f"pdfaid:{name}") for name in ("part", "rev")] == [["4"], ["2020"]]
    assert [described(pdf, f"pdfuaid:{name}") for name in ("part", "rev")] == [["2"], ["2024"]]
    assert described(pdf, "pdfd:conformsTo") == ["http://pdfa.org/declarations/wtpdf#accessibility1.0"]
    assert described(pdf, "dc:title") == ["報告書 <案> & 資料"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.pdf_version == "2.0"
        assert "/Info" not in document.trailer
        (space,) = document.Root.StructTreeRoot.Namespaces
        assert document.Root.StructTreeRoot.K.NS.objgen == space.objgen


def test_language_title_bar_and_tagging() -> None:
    with pikepdf.open(io.BytesIO(drawn(INFO))) as document:
        assert document.Root.Lang == "ja-JP"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked
        assert document.pages[0].Tabs == pikepdf.Name.S
        assert document.pdf_version == "1.7"


def test_colours_are_srgb() -> None:
    with pikepdf.open(io.BytesIO(drawn(INFO))) as document:
        (intent,) = document.Root.OutputIntents
        profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_the_number_of_the_file_depends_on_what_is_in_it_alone() -> None:
    assert drawn(INFO) == drawn(INFO)
    assert number(drawn(INFO)) != number(drawn(INFO, "別の本文")) != number(drawn(DATED, "別の本文"))


def number(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return bytes(document.trailer.ID[0])


def known(text: str, first: int, last: int) -> str:
    """Return a text with the characters of a range that the typeface has."""
    return text + "".join(chr(code) for code in range(first, last) if not missing(chr(code)))


@pytest.mark.parametrize("text", ["𠮟る", known("𠮟", 0x4E00, 0x4F80), known("", 0x20000, 0x2A6E0), "A1①㎡㈱髙﨑"])
def test_every_character_comes_back(text: str) -> None:
    assert "".join(page_texts(drawn(INFO, text))) == text


def test_no_mapping_is_too_long_or_empty() -> None:
    with pikepdf.open(io.BytesIO(drawn(INFO, known("A", 0x4E00, 0x4F80)))) as document:
        maps = [
            item.ToUnicode.read_bytes()
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        ]
    assert maps
    for mapping in maps:
        assert b"<0000>\n" not in mapping
        assert all(int(line.split()[0]) <= 100 for line in mapping.splitlines() if line.endswith(b"beginbfchar"))
