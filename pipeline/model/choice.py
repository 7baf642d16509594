"""Words of the inputs that stand for one of a few things."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """A word as the inputs have it; ``called`` is what it means, in Japanese."""

    called: str

    def __new__(cls, word: str, called: str = "") -> Self:
        """Return the word with its name."""
        made = str.__new__(cls, word)
        made._value_, made.called = word, called
        return made
