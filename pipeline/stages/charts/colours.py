"""The report's colours in charts; each stays apart from the others in grey as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

WHITE = "FFFFFF"
INK = "1A1A1C"
SUB = "5C5C60"
BAND = "E8EEFB"
EVALUATED = "0017C1"
PAST = "7096F8"
HATCH = "3F4A75"
TARGET = "AC3E00"

BARS = {"BASELINE": (WHITE, HATCH), "PAST": (PAST, EVALUATED), "EVALUATED": (EVALUATED, EVALUATED)}
"""Fill and edge of a bar by its role's name."""

TOKENS = (WHITE, INK, SUB, BAND, EVALUATED, PAST, HATCH, TARGET)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue from 0 to 255."""
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


Palette: TypeAlias = Mapping[str, str]
"""The colour that stands for each of the report's own; one that is not in it stays."""

STYLES = "グラフ"
"""Begins the names of a template's styles that give charts their colours: グラフ 実績, グラフ 目標, グラフ 基準値."""
_NAMES = {EVALUATED: "実績", TARGET: "目標", HATCH: "基準値"}
_TINTS = {PAST: 50, BAND: 10}
"""How much (%) of the actuals' colour is in those that are made from it."""


def palette(styles: Mapping[str, str]) -> Palette:
    """Return what a template's styles change: the actuals' colour comes with lighter ones of its kind."""
    named = {own: styles.get(STYLES + name) for own, name in _NAMES.items()}
    given = {own: colour for own, colour in named.items() if colour and colour != own}
    tints = {own: _tint(given[EVALUATED], share) for own, share in _TINTS.items()} if EVALUATED in given else {}
    return given | tints


def _tint(colour: str, share: int) -> str:
    """Return so much (%) of a colour in white."""
    return bytes((255 * (100 - share) + channel * share) // 100 for channel in rgb(colour)).hex().upper()
