"""``python -m tests.fonts JP SYMBOLS2 SYMBOLS SANS MATH OUT``: make the typeface for what the others lack.

The arguments are files of Noto Sans JP, Noto Sans Symbols 2, Noto Sans Symbols, Noto Sans and Noto Sans Math (Regular,
TrueType), in this order: a character is taken from the first that has it. OUT is the font that
``pipeline/documents/fonts`` holds; it changes only when this list or a source does. Needs ``fontTools``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from pipeline.documents.pdf.embedding import font_file

NAME = "Report Fallback"
_EM = 1000
_SYMBOLS = (*range(0x2300, 0x2400), *range(0x2600, 0x2800), *range(0x2B00, 0x2C00))
_BLOCKS = (
    *range(0xA0, 0x250), *range(0x370, 0x500), *range(0x1E00, 0x1F00), *range(0x2010, 0x2060), *range(0x2070, 0x20A0),
    *range(0x20A0, 0x20D0), *range(0x2100, 0x2300), *range(0x2460, 0x2600), *range(0x1F100, 0x1F200), *_SYMBOLS,
    *range(0x20000, 0x30000),
)  # fmt: skip
_EUC = "euc_jis_2004"


def wanted() -> set[int]:
    """Return the code points that are taken: JIS X 0213, and signs, as far as the other typefaces lack them."""
    has = font_file("BIZUDPGothic-Regular").charToGlyph
    return {code for code in (*_jis(), *_BLOCKS) if code not in has}


def _jis() -> set[int]:
    found = set()
    for first in range(0xA1, 0xFF):
        for second in range(0xA1, 0xFF):
            for prefix in (b"", b"\x8f"):
                text = (prefix + bytes((first, second))).decode(_EUC, "ignore")
                found |= {ord(text)} if len(text) == 1 else set()
    return found


def _subset(file: Path, codes: set[int]) -> TTFont:
    font = TTFont(file)
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


def main(sources: list[str], out: str) -> None:
    """Write the font."""
    left = wanted()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, source in enumerate(sources):
            own = left & set(TTFont(source).getBestCmap())
            left -= own
            font = _subset(Path(source), own)
            _square(font, own & {*_SYMBOLS})
            parts.append(Path(folder) / f"{number}.ttf")
            font.save(parts[-1])
        merged = Merger().merge([str(part) for part in parts])
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
