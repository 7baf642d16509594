"""EQ fields that put a character into another one (17.16.5.18), such as a circle: 囲い文字 of Word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from pipeline.documents.docx.formats import RunFormat

_CODE = r"(?i)\s*EQ\s*\\o(?:\s*\\a[clr])?\s*\(\s*([○◯〇□△◇])\s*[,;，]\s*(.{1,2}?)\s*\)\s*"
_CIRCLES = "○◯〇"
_BLOCKS = (*range(0x3250, 0x3300), *range(0x3280, 0x32C0), *range(0x2460, 0x24EB))
"""Where characters are that stand for another in a circle."""


class Enclosed(Struct, frozen=True):
    """A character and the one around it, which comes first, each in its format: their middles are above each other."""

    parts: tuple[tuple[str, RunFormat], tuple[str, RunFormat]]

    @property
    def format(self) -> RunFormat:
        """The format of the one around."""
        return self.parts[0][1]

    @property
    def text(self) -> str:
        """Both of them."""
        return "".join(text for text, _ in self.parts)


def is_enclosed(code: str) -> bool:
    """Return whether a field puts a character into another."""
    return re.fullmatch(_CODE, code) is not None


def enclosed(code: str, formats: Sequence[RunFormat]) -> Enclosed | str:
    """Return what such a field shows: one character where there is one for both.

    ``formats`` are those of each letter of its code.
    """
    found = re.fullmatch(_CODE, code)
    assert found is not None
    around, held = found.groups()
    circled = (chr(code) for code in _BLOCKS if unicodedata.decomposition(chr(code)).startswith("<circle>"))
    whole = next((one for one in circled if unicodedata.normalize("NFKC", one) == held), None)
    if around in _CIRCLES and whole:
        return whole
    return Enclosed(((around, formats[found.start(1)]), (held, formats[found.start(2)])))
