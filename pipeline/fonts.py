"""The typefaces: BIZ UDPGothic, which the report is set in, and its kin that other Word files use.

All are vendored in templates/fonts, and read only when they are used. Metrics come from the font files themselves
(``hhea``, ``hmtx``, ``cmap``), in em, read once by the library that also embeds the fonts in the PDF.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "fonts"
FAMILY = "BIZ UDPGothic"
"""The report's typeface."""
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "BIZ UDGothic": ("BIZ UDゴシック",),
    FAMILY: ("BIZ UDPゴシック",),
    "BIZ UDMincho": ("BIZ UD明朝", "BIZ UD明朝 Medium", "BIZ UDMincho Medium"),
    "BIZ UDPMincho": ("BIZ UDP明朝", "BIZ UDP明朝 Medium", "BIZ UDPMincho Medium"),
}
"""All typefaces, each with its other names: in Windows the weight of the Mincho is part of its name."""
_WITHOUT_BOLD = frozenset({"BIZ UDMincho", "BIZ UDPMincho"})
"""Neither has a bold face in Windows; a bold text thickens the regular letters and keeps their widths."""


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
def family(name: str) -> str | None:
    """Give the typeface that a Word file calls by a name, in whichever language and width; None if there is none."""
    return _BY_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


_BY_NAME = {_plain(name): own for own, names in OTHER_NAMES.items() for name in (own, *names)}


def has_bold(family: str) -> bool:
    """Tell whether a typeface has bold letters of its own."""
    return family not in _WITHOUT_BOLD


@cache
def embeddable(bold: bool = False, family: str = FAMILY) -> str:
    """Make a font known to the PDF library, which embeds what is used of it; gives its name there."""
    font = _read(family, bold and has_bold(family))
    pdfmetrics.registerFont(font)
    return str(font.fontName)


@cache
def _read(family: str, bold: bool) -> TTFont:
    path = _path(family, bold)
    return TTFont(path.stem, str(path), shapable=False)


def _path(family: str, bold: bool) -> Path:
    return FOLDER / f"{family.replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"


def face(bold: bool = False, family: str = FAMILY) -> Face:
    """Load a face once; every later call gives the same object."""
    return _face(family, bold and has_bold(family))


@cache
def _face(family: str, bold: bool) -> Face:
    font = _read(family, bold).face
    advances = {code: width / 1000 for code, width in font.charWidths.items()}
    return Face(family, bold, _path(family, bold), font.ascent / 1000, -font.descent / 1000, advances)


FILES = {bold: _path(FAMILY, bold) for bold in (False, True)}
"""The files of the report's typeface."""


def missing(text: str) -> tuple[str, ...]:
    """List the characters of the text that the report's typeface lacks, each once; newlines and tabs are not drawn."""
    advances = face().advances
    return tuple(dict.fromkeys(c for c in text if c not in "\n\t" and ord(c) not in advances))
