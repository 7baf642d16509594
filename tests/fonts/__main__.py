"""``python -m tests.fonts JP SYMBOLS2 SYMBOLS SANS MATH EMOJI SC OUT``: make the typeface for what the others lack.

The arguments are files of Noto Sans JP, Noto Sans Symbols 2, Noto Sans Symbols, Noto Sans, Noto Sans Math, Noto Emoji
(in one colour) and Noto Sans SC (Regular, TrueType), in this order: a character is taken from the first that has it.
The typeface as it is may stand for those that it was made of. OUT is the font that ``pipeline/documents/fonts`` holds;
it changes only when this list or a source does. Needs ``fontTools``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph

from pipeline.documents.pdf.embedding import font_file

NAME = "Report Fallback"
_EM = 1000
_SYMBOLS = (*range(0x2300, 0x2400), *range(0x2600, 0x2800), *range(0x2B00, 0x2C00))
_BLOCKS = (
    *range(0xA0, 0x250), *range(0x370, 0x500), *range(0x1E00, 0x1F00), *range(0x2010, 0x2060), *range(0x2070, 0x20A0),
    *range(0x20A0, 0x20D0), *range(0x2100, 0x2300), *range(0x2460, 0x2600), *range(0x1F100, 0x1F200), *_SYMBOLS,
    *range(0x20000, 0x30000),
)  # fmt: skip
_LEFT_OUT = (*range(0x1F3FB, 0x1F400), *range(0x1F700, 0x1F780), *range(0x1FA00, 0x1FA70))
"""Colours of skin, which mean nothing in one colour; signs of alchemists and chess players."""
_EMOJI = {*range(0x1F200, 0x1FB00)} - {*_LEFT_OUT}
_SPACES = {
    0x2000: 500, 0x2001: 1000, 0x2002: 500, 0x2003: 1000, 0x2004: 333, 0x2005: 250, 0x2006: 167, 0x2007: 500,
    0x2008: 250, 0x2009: 200, 0x200A: 100,
}  # fmt: skip
"""Spaces (Unicode, table 6-2), with their widths in thousandths of an em."""
_EUC = "euc_jis_2004"
_CHINESE = "gb2312"


def wanted() -> set[int]:
    """Return the code points that are taken: those of Japan's and China's standards, and signs, if others lack them."""
    has = font_file("BIZUDPGothic-Regular").charToGlyph
    found = (*_coded(_EUC, b"", b"\x8f"), *_coded(_CHINESE, b""), *_BLOCKS, *_EMOJI)
    return {code for code in found if code not in has}


def _coded(encoding: str, *prefixes: bytes) -> set[int]:
    """Return the characters of a standard that takes two bytes for each, after a prefix."""
    found = set()
    for first in range(0xA1, 0xFF):
        for second in range(0xA1, 0xFF):
            for prefix in prefixes:
                text = (prefix + bytes((first, second))).decode(encoding, "ignore")
                found |= {ord(text)} if len(text) == 1 else set()
    return found


def _subset(file: Path, codes: set[int]) -> TTFont:
    font = TTFont(file)
    if font["head"].unitsPerEm != _EM:
        scale_upem(font, _EM)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "MATH", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def _square(font: TTFont, codes: set[int]) -> None:
    """Give signs the width of a kanji, which they have in Japanese typefaces, and put them in its middle."""
    glyphs, metrics, names = font["glyf"], font["hmtx"].metrics, font.getBestCmap()
    for name in {names[code] for code in codes if code in names}:
        advance, bearing = metrics[name]
        if advance >= _EM or glyphs[name].numberOfContours <= 0:
            continue
        shift = (_EM - advance) // 2
        glyphs[name].coordinates.translate((shift, 0))
        metrics[name] = (_EM, bearing + shift)


def _add_spaces(font: TTFont) -> None:
    """Give the font glyphs for spaces."""
    font.setGlyphOrder([*font.getGlyphOrder(), *(f"uni{code:04X}" for code in _SPACES)])
    for code, width in _SPACES.items():
        name = f"uni{code:04X}"
        font["glyf"][name] = Glyph()
        font["hmtx"].metrics[name] = (width, 0)
        for table in font["cmap"].tables:
            table.cmap[code] = name


def main(sources: list[str], out: str) -> None:
    """Write the font."""
    left = wanted()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, source in enumerate(sources):
            own = left & set(TTFont(source).getBestCmap())
            left -= own
            font = _subset(Path(source), own)
            _square(font, own & {*_SYMBOLS, *_EMOJI})
            parts.append(Path(folder) / f"{number}.ttf")
            font.save(parts[-1])
        merged = Merger().merge([str(part) for part in parts])
    _add_spaces(merged)
    for identifier, text in ((1, NAME), (2, "Regular"), (4, NAME), (6, NAME.replace(" ", ""))):
        merged["name"].setName(text, identifier, 3, 1, 0x409)
    merged["name"].setName(
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.", 13, 3, 1, 0x409
    )
    merged["name"].setName("https://scripts.sil.org/OFL", 14, 3, 1, 0x409)
    merged["head"].created = merged["head"].modified = 0
    merged.recalcTimestamp = False
    merged.save(out)


if __name__ == "__main__":
    main(sys.argv[1:-1], sys.argv[-1])
