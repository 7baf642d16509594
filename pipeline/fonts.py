"""The report's typeface: BIZ UDPGothic Regular and Bold, vendored in templates/fonts.

Metrics come from the font files themselves (``hhea``, ``hmtx``, ``cmap``), in em.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

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
def face(bold: bool = False) -> Face:
    """Load a face once; every later call gives the same object."""
    path = FILES[bold]
    font = TTFont(path, lazy=True)
    em = font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    advances = {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
    return Face(FAMILY, bold, path, font["hhea"].ascent / em, -font["hhea"].descent / em, advances)


def missing(text: str) -> tuple[str, ...]:
    """List the characters of the text that the typeface lacks, each once; newlines and tabs are not drawn."""
    advances = face().advances
    return tuple(dict.fromkeys(c for c in text if c not in "\n\t" and ord(c) not in advances))
