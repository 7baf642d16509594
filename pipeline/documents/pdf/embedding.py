"""Typefaces in a PDF: how their characters are written there, and the part of each that the PDF holds (9.7).

The code of a character is its Unicode number, so that a text is written the same wherever it stands and whatever else
is in the PDF. Codes have two bytes: characters beyond U+FFFF stand where Unicode has none, from its surrogates on.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.documents.fonts import ALIKE, FOLDER, measured, metrics
from pipeline.documents.fonts.vertical import PLAIN, forms_of
from pipeline.documents.memory import Memory, once
from pipeline.documents.pdf.objects import PdfFile, dictionary, numbers

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFile

_FREE = range(0xD800, 0xF900)
"""Codes that no character of the typefaces has: surrogates, and those for private use."""
_BLOCK = 100
"""How many characters one block of a text mapping may hold (5014.CIDFont_Spec)."""
_SYMBOLIC = 4
"""The flag of fonts whose codes are their own (table 123)."""


class _Subset(Struct, frozen=True):
    """What a PDF holds of a font file: as much of it as draws some characters, which has a ``size`` unpacked, the glyph
    of each code and what text it stands for, all three compressed, the widths, and measures.
    """

    program: bytes
    size: int
    glyphs: bytes
    texts: bytes
    widths: str
    box: tuple[float, ...]
    slant: float
    ascent: float
    descent: float
    cap_height: float
    stem: float


def encode(text: str, font: str) -> str:
    """Write a text in a font, known by its name: two bytes for each character, in hex."""
    data = text.encode("utf-16-be")
    if len(data) > 2 * len(text):
        data = b"".join(_code(ord(character), font).to_bytes(2, "big") for character in text)
    return data.hex()


@cache
def font_file(name: str) -> TTFontFile:
    """Return a font by its name in a PDF, read once; the library would go through its tables glyph by glyph."""
    from reportlab.pdfbase.ttfonts import TTFontFile  # noqa: PLC0415 - late: most runs know what they take of fonts

    path, forms = FOLDER / f"{name}.ttf", forms_of(name)
    face, (glyphs, face.hmetrics, face.glyphPos) = TTFontFile(str(path), charInfo=0), metrics.outlines(path)
    borrowed = {ord(c): d for c, d in ALIKE.items() if ord(c) not in glyphs and ord(d) in glyphs}
    face.charToGlyph = {**glyphs, **{code: glyphs[ord(glyph)] for code, glyph in borrowed.items()}, **forms}
    return face


def _code(point: int, font: str) -> int:
    return _beyond(font).get(point, point) if point > 0xFFFF else point


@cache
def _beyond(font: str) -> Mapping[int, int]:
    """Return the codes of a font's characters beyond U+FFFF."""
    points = sorted(code for code in font_file(font).charToGlyph if code > 0xFFFF)
    return dict(zip(points, _FREE, strict=False))


def embed(file: PdfFile, font: str, characters: set[str], memory: Memory) -> int:
    """Add a font with what it takes to draw the characters; return the number of the font object."""
    points = sorted(map(ord, characters))
    subset = once(memory, ("書体", font, points), lambda: _subset(font, points))
    name = f"/{_tag(points)}+{font}"
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
        "FontDescriptor": f"{file.add(_descriptor(file, subset, name))} 0 R",
        "DW": "1000",
        "W": subset.widths,
        "CIDToGIDMap": f"{file.add_stream(subset.glyphs)} 0 R",
    }
    entries = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": f"[{file.add(dictionary(descendant))} 0 R]",
        "ToUnicode": f"{file.add_stream(subset.texts)} 0 R",
    }
    return file.add(dictionary(entries))


def _tag(points: Sequence[int]) -> str:
    """Return the six letters that part one subset of a font from another (9.6.4)."""
    digest = hashlib.sha256(repr(points).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _subset(font: str, points: Sequence[int]) -> _Subset:
    face, widths, codes = font_file(font), measured(font).widths, {_code(point, font): point for point in points}
    program = face.makeSubset(points)
    return _Subset(
        program=zlib.compress(program),
        size=len(program),
        glyphs=zlib.compress(_glyphs(face, codes)),
        texts=zlib.compress(_mapping(codes)),
        widths=_widths({code: widths[point] for code, point in codes.items()}),
        box=tuple(face.bbox),
        slant=face.italicAngle,
        ascent=face.ascent,
        descent=face.descent,
        cap_height=face.capHeight,
        stem=face.stemV,
    )


def _descriptor(file: PdfFile, subset: _Subset, name: str) -> str:
    values = {
        "Ascent": subset.ascent,
        "Descent": subset.descent,
        "CapHeight": subset.cap_height,
        "StemV": subset.stem,
    }
    entries = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": str(_SYMBOLIC),
        "FontBBox": f"[{numbers(subset.box)}]",
        "ItalicAngle": numbers([subset.slant]),
        **{key: numbers([value]) for key, value in values.items()},
        "FontFile2": f"{file.add_stream(subset.program, f'/Length1 {subset.size}')} 0 R",
    }
    return dictionary(entries)


def _glyphs(face: TTFontFile, codes: Mapping[int, int]) -> bytes:
    """Return the glyph of each code; in the subset glyphs stand in the order in which characters first need them."""
    places: dict[int, int] = {0: 0}
    table = bytearray(2 * (max(codes, default=0) + 1))
    for code, point in sorted(codes.items(), key=lambda pair: pair[1]):
        glyph = places.setdefault(face.charToGlyph.get(point, 0), len(places))
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _widths(widths: Mapping[int, float]) -> str:
    """Return the widths, those of codes in a row together (9.7.4.3)."""
    runs = groupby(enumerate(sorted(widths)), key=lambda pair: pair[1] - pair[0])
    return f"[{''.join(_run([code for _, code in run], widths) for _, run in runs)}]"


def _run(codes: Sequence[int], widths: Mapping[int, float]) -> str:
    return f"{codes[0]}[{numbers(widths[code] for code in codes)}]"


def _mapping(codes: Mapping[int, int]) -> bytes:
    """Return what text the codes stand for (9.10.3)."""
    texts = ((code, PLAIN.get(point, chr(point))) for code, point in sorted(codes.items()))
    pairs = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts]
    blocks = (pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK))
    lines = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
        *(line for block in blocks for line in _block(block)),
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
    )
    return "\n".join(lines).encode("ascii")


def _block(pairs: Sequence[str]) -> Iterator[str]:
    yield f"{len(pairs)} beginbfchar"
    yield from pairs
    yield "endbfchar"
