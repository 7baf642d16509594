"""The report's typeface: BIZ UDPGothic Regular and Bold, vendored in templates/fonts.

Metrics come from the font files themselves (``hhea``, ``hmtx``, ``cmap``), in em, read once by the library that also
embeds the fonts in the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "fonts"
FAMILY = "BIZ UDPGothic"
FILES = {False: FOLDER / "BIZUDPGothic-Regular.ttf", True: FOLDER / "BIZUDPGothic-Bold.ttf"}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: ``advances`` by code point, ``ascent`` and ``descent`` (positive), all in em."""

    family: str
    bold: bool
    path: Path
    ascent: float
    descent: float
    advances: Mapping[int, float]

    def width(self, text: str) -> float:
        """Give the sum of the advances, in em; the font needs no kerning."""
        return sum(self.advances[ord(character)] for character in text)


@cache
def embeddable(bold: bool) -> TTFont:
    """Give the font as the PDF library embeds it, read once; its name there is the file's."""
    path = FILES[bold]
    return TTFont(path.stem, str(path), shapable=False)


@cache
def face(bold: bool = False) -> Face:
    """Load a face once; every later call gives the same object."""
    font = embeddable(bold).face
    advances = {code: width / 1000 for code, width in font.charWidths.items()}
    return Face(FAMILY, bold, FILES[bold], font.ascent / 1000, -font.descent / 1000, advances)


def missing(text: str) -> tuple[str, ...]:
    """List the characters of the text that the typeface lacks, each once; newlines and tabs are not drawn."""
    advances = face().advances
    return tuple(dict.fromkeys(c for c in text if c not in "\n\t" and ord(c) not in advances))
