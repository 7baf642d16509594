"""Characters that do not show, or that turn the text around, made visible: their number in Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Variation selectors ask for another shape of the character before."""
_SPACES = "\u00a0\u1680\u202f\u205f\u3164\u115f\u1160\uffa0\u2800"


def split(text: str) -> Iterator[tuple[str, bool]]:
    """Part a text into what shows as it is (False), and codes for what does not (True): U+202E."""
    for unseen, group in groupby(text, _is_unseen):
        part = "".join(group)
        if unseen:
            yield from ((f"U+{ord(character):04X}", True) for character in part)
        else:
            yield part, False


def plain(text: str) -> str:
    """Return a text with codes in brackets, for a terminal."""
    return "".join(f"[{part}]" if unseen else part for part, unseen in split(text))


@lru_cache(maxsize=10_000)
def _is_unseen(character: str) -> bool:
    if character in "\n\t":
        return False
    if character in _SPACES or "\u2000" <= character <= "\u200f":
        return True
    code = ord(character)
    return unicodedata.category(character) in _UNSEEN or any(a <= code <= b for a, b in _SELECTORS)
