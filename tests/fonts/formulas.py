"""``python -m tests.fonts.formulas SOURCE OUT``: make the typeface of formulas.

SOURCE is a folder of the STIX fonts as TrueType, which come with matplotlib, OUT the folder that holds typefaces. Each
size of tall signs is a typeface of its own, so that every glyph stands at its own character. Needs ``fontTools``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

_ALPHABETS = (*range(0x2B, 0x5B), *range(0x61, 0x7B), *range(0x370, 0x400), 0x127, 0x131, 0x237, 0x2202)
_SIGNS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2B0, 0x400), *range(0x2000, 0x2070), *range(0x20D0, 0x2100),
    *range(0x2100, 0x2150), *range(0x2190, 0x2400), *range(0x27C0, 0x2800), *range(0x2900, 0x2B00),
    *range(0x1D400, 0x1D800),
)  # fmt: skip
_TALL = set("()[]{}√⌈⌉⌊⌋⟨⟩⟦⟧⏜⏝⏞⏟∏∐∑⋀⋁⋂⋃⨀⨁⨂⨄⨆\u0302\u0303\u030c\u20d6\u20d7")
_SOURCES: Mapping[str, tuple[str, set[int]]] = {
    "Report Math": ("STIXGeneral", {*_SIGNS}),
    "Report Math Italic": ("STIXGeneralItalic", {*_ALPHABETS}),
    **{
        f"Report Math {size}": (f"STIXSiz{name}SymReg", {*map(ord, _TALL)})
        for size, name in enumerate(("One", "Two", "Three", "Four"), 1)
    },
}
_BROKEN = {"Report Math 4": {ord("√")}}
"""What is but a piece of a sign."""
_LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def _subset(file: Path, codes: set[int]) -> TTFont:
    font = TTFont(file, recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "FFTM", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def _map_all_planes(font: TTFont) -> None:
    """Give the font the one table of characters that the program reads."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, font.getBestCmap()
    font["cmap"].tables = [table]


def main(source: Path, out: Path) -> None:
    """Write the fonts."""
    for name, (file, codes) in _SOURCES.items():
        font = _subset(source / f"{file}.ttf", codes - _BROKEN.get(name, set()))
        _map_all_planes(font)
        plain = name.replace(" ", "")
        texts = ((1, name), (2, "Regular"), (4, name), (6, plain), (13, _LICENCE), (14, "https://scripts.sil.org/OFL"))
        for identifier, text in texts:
            font["name"].setName(text, identifier, 3, 1, 0x409)
        font["head"].created = font["head"].modified = 0
        font.save(out / f"{plain}-Regular.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
