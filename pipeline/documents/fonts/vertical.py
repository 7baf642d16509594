"""The forms that characters have in vertical text (the feature ``vert`` of OpenType), in the typefaces of one pitch.

A form stands in the tables of its typeface at a code for private use, of which the typefaces have none of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.documents.fonts.names import FAMILY, FIXED_GOTHIC, FIXED_MINCHO, MINCHO

_CHARACTERS = (
    "、。，．：゛゜ー―～〜｜…‥（）〔〕［］｛｝〈〉《》「」『』【】＝→←↑↓"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ─〝〟"
)
_FIRST = 0xE000
FORMS: Mapping[str, str] = {character: chr(_FIRST + at) for at, character in enumerate(_CHARACTERS)}
PLAIN: Mapping[int, str] = {ord(form): character for character, form in FORMS.items()}
"""The characters by the codes of their forms."""
GLYPHS: Mapping[int, int] = dict(zip(PLAIN, (
    11301, 11302, 11365, 11367, 11378, 11592, 11591, 11305, 11306, 11308, 11308, 11309, 11310, 11311, 11312, 11313,
    11314, 11315, 11316, 11317, 11318, 11319, 11320, 11321, 11322, 11323, 11324, 11325, 11326, 11327, 11328, 11329,
    11330, 202, 201, 199, 200, 11331, 11332, 11333, 11334, 11335, 11336, 11337, 11338, 11339, 11340, 11363, 11364,
    11341, 11342, 11343, 11344, 11345, 11346, 11347, 11348, 11349, 11350, 11351, 11352, 734, 11589, 11590,
), strict=True))  # fmt: skip
"""The glyphs of the forms, which BIZ UD Gothic and BIZ UD Mincho have at the same places."""
FIXED: Mapping[str, str] = {FAMILY: FIXED_GOTHIC, MINCHO: FIXED_MINCHO}
"""Typefaces whose letters have widths of their own, and those with the same letters of one pitch."""


def forms_of(file: str) -> Mapping[int, int]:
    """Return the glyphs of the forms that a font file has, by their codes."""
    return GLYPHS if file.startswith(tuple(name.replace(" ", "") for name in FIXED.values())) else {}
