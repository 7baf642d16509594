"""Which of a run's three fonts draws a character (17.3.2.26): one for ASCII, one for other Latin text, or the Asian.

Signs of either script, such as ※ and “, are Asian where the run has a hint. Where it has none, they go with the letters
before them, as in LibreOffice; Word draws them in the font for Latin text, and looks elsewhere if it lacks them.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

ASCII: Final = "a"
LATIN: Final = "h"
ASIAN: Final = "e"
_EITHER, _HINTED, _SPACE = "w", "g", "s"

_RANGES: Final = (
    (0x20, 0x20, _SPACE), (0x00, 0x7F, ASCII), (0xA0, 0xA0, _SPACE),
    (0xA1, 0xA1, _HINTED), (0xA4, 0xA4, _HINTED), (0xA7, 0xA8, _HINTED), (0xAA, 0xAA, _HINTED),
    (0xAD, 0xAD, _HINTED), (0xAF, 0xB4, _HINTED), (0xB6, 0xBA, _HINTED), (0xBC, 0xBF, _HINTED),
    (0xD7, 0xD7, _HINTED), (0xF7, 0xF7, _HINTED), (0x2B0, 0x4FF, _HINTED), (0xE000, 0xF8FF, _HINTED),
    (0xFB00, 0xFB1C, _HINTED), (0x1100, 0x11FF, ASIAN), (0x2000, 0x2BFF, _EITHER), (0x2E80, 0xDFFF, ASIAN),
    (0xF900, 0xFAFF, ASIAN), (0xFE30, 0xFE6F, ASIAN), (0xFF00, 0xFFEF, ASIAN), (0x10000, 0x10FFFF, ASIAN),
)  # fmt: skip
"""The first range that a character lies in tells what it is; what lies in none is other Latin text."""
_STRONG = re.compile(f"[^{_EITHER}{_SPACE}](?=[{_EITHER}{_SPACE}]*$)")
_UNDECIDED = re.compile(f"[{_EITHER}{_SPACE}]+")
_WITH_HINT = str.maketrans({_EITHER: ASIAN, _HINTED: ASIAN})
_WITHOUT = str.maketrans({_HINTED: LATIN})
_AFTER_LATIN = str.maketrans({_EITHER: LATIN, _SPACE: ASCII})


class _Kinds(dict[int, str]):
    """A table for str.translate that fills itself."""

    def __missing__(self, code: int) -> str:
        """Classify a character on first sight."""
        kind = next((kind for first, last, kind in _RANGES if first <= code <= last), LATIN)
        return self.setdefault(code, kind)


_KINDS = _Kinds()


class Before(Struct):
    """The text that stands before a piece of a paragraph: looked at only where a sign asks for it, and only once."""

    _unseen: list[str] = field(default_factory=list)
    _ends_asian: bool = False

    def add(self, text: str) -> None:
        """Add what follows it."""
        self._unseen.append(text)

    def ends_asian(self) -> bool:
        """Return whether the last letter of the text is Asian."""
        found = (_STRONG.search(text.translate(_KINDS)) for text in reversed(self._unseen))
        self._ends_asian = next((match[0] == ASIAN for match in found if match), self._ends_asian)
        self._unseen.clear()
        return self._ends_asian


def slots(text: str, hint: bool, before: Before) -> str:
    """Return for every character the font that draws it; ``before`` is the text before it."""
    kinds = text.translate(_KINDS).translate(_WITH_HINT if hint else _WITHOUT)
    if not _UNDECIDED.search(kinds):
        return kinds
    last = ASIAN if _UNDECIDED.match(kinds) and before.ends_asian() else ASCII

    def decided(found: re.Match[str]) -> str:
        kind = kinds[found.start() - 1] if found.start() else last
        return ASIAN * len(found[0]) if kind == ASIAN else found[0].translate(_AFTER_LATIN)

    return _UNDECIDED.sub(decided, kinds)
