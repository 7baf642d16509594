"""The metrics that are read here are those of the library that embeds the fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.documents.fonts import FOLDER, metrics


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.stem)
def test_a_font_is_as_wide_and_high_as_the_library_says_that_embeds_it(path: Path) -> None:
    font, read = TTFont(path.stem, str(path), shapable=False).face, metrics.read(path)
    assert read.widths == font.charWidths
    assert set(read.widths) == set(font.charToGlyph)
    assert (read.ascent, read.descent) == (font.ascent, font.descent)
