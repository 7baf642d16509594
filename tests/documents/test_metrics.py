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
    cut = metrics.outlines(path)
    assert (cut.glyphs, [*cut.places]) == (font.charToGlyph, font.glyphPos)
    full = [pair for pair in font.hmetrics if isinstance(pair[0], int)]
    assert cut.sides[: len(full)] == full
    rest = [(full[-1][0], side) for _, side in font.hmetrics[len(full) :]]  # the library scales their width twice
    assert cut.sides[len(full) :] == rest
