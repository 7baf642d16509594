"""A figure of the inputs as the text that sheets print: 95, 95（速報値）, 2（完成）, 集計中."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.wording.numbers import PRELIMINARY

_NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d+)?"
_FIGURE = re.compile(rf"({_NUMBER})(?:（((?!速報値）)[^（）]+)）)?({PRELIMINARY})?", re.ASCII)
MOST_DIGITS = 30
"""Digits up to which a number is taken for one; the inputs allow fewer, and say so."""


class Figure(Struct, frozen=True):
    """A number as written, the state that was reached (a milestone's), and whether it is preliminary."""

    number: str
    state: str = ""
    preliminary: bool = False

    def __str__(self) -> str:
        """Return the figure as sheets print it, but for separators."""
        return self.number + (f"（{self.state}）" if self.state else "") + (PRELIMINARY if self.preliminary else "")

    @property
    def parts(self) -> Mapping[str, str]:
        """Return what is written as keys of its own; a bare number has none but itself."""
        parts = {"number": self.number, "state": self.state, "preliminary": "true" if self.preliminary else ""}
        return {key: text for key, text in parts.items() if text}


def figure(text: str) -> Figure | None:
    """Read a figure as ``str`` gives it; None where the text is none."""
    found = _FIGURE.fullmatch(text)
    if found is None or sum(map(str.isdigit, found[1])) > MOST_DIGITS:
        return None
    return Figure(found[1], found[2] or "", bool(found[3]))


def plain(figure: Figure) -> Figure:
    """Return an equal figure without zeros at the end that say nothing: 95.0 is 95."""
    number = figure.number.rstrip("0").rstrip(".") if "." in figure.number else figure.number
    return Figure("0" if number == "-0" else number, figure.state, figure.preliminary)


def is_same(one: str, other: str) -> bool:
    """Return whether two texts are the same figure, if otherwise written, or the same words."""
    left, right = figure(one), figure(other)
    return one == other if left is None or right is None else plain(left) == plain(right)


def number(text: str) -> Decimal | None:
    """Return the number of a figure; None where it has none."""
    found = figure(text)
    return None if found is None else Decimal(found.number)
