"""Which of the typefaces at hand draws a text that a Word file sets in another one.

By the name, where it is known; else by a word in the name; else by what the file's own table of fonts says of it
(17.8.3). Japanese text keeps the pitch that its typeface has: kana of ＭＳ 明朝 and 游明朝 are as wide as kanji,
those of ＭＳ Ｐ明朝 are not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pipeline.documents.fonts.names import FAMILY, FIXED_GOTHIC, FIXED_MINCHO, MINCHO, family, plain


class Pair(NamedTuple):
    """The typefaces that draw the Latin and the East Asian letters of another one."""

    latin: str
    asian: str


class Listed(NamedTuple):
    """What a file's table of fonts says of one: its class, whether its pitch is fixed, its shapes, its other name."""

    family: str = ""
    is_fixed: bool = False
    panose: str = ""
    other_name: str = ""


_FIXED = (Pair(FIXED_GOTHIC, FIXED_GOTHIC), Pair(FIXED_MINCHO, FIXED_MINCHO))
_PROPORTIONAL = (Pair(FAMILY, FAMILY), Pair(MINCHO, MINCHO))
_MIXED = (Pair(FAMILY, FIXED_GOTHIC), Pair(MINCHO, FIXED_MINCHO))
"""Gothic and Mincho, with all letters of one pitch, of their own widths, or with Japanese ones alone of one pitch."""
KNOWN: Mapping[str, Pair] = {
    **dict.fromkeys(("ＭＳ ゴシック", "MS Gothic", "Courier New", "Consolas"), _FIXED[0]),
    **dict.fromkeys(("ＭＳ 明朝", "MS Mincho"), _FIXED[1]),
    **dict.fromkeys(
        ("ＭＳ Ｐゴシック", "MS PGothic", "MS UI Gothic", "Meiryo UI", "Yu Gothic UI", "Arial", "Arial Black",
         "Calibri", "Calibri Light", "Segoe UI", "Segoe UI Symbol", "Segoe UI Emoji", "Verdana", "Tahoma",
         "Trebuchet MS", "Helvetica", "Comic Sans MS", "Aptos", "Aptos Display", "Open Sans", "Roboto", "Impact"),
        _PROPORTIONAL[0],
    ),
    **dict.fromkeys(
        ("ＭＳ Ｐ明朝", "MS PMincho", "Century", "Times New Roman", "Times", "Cambria", "Cambria Math", "Garamond",
         "Georgia", "Palatino Linotype", "Book Antiqua", "Bookman Old Style", "Century Schoolbook"),
        _PROPORTIONAL[1],
    ),
    **dict.fromkeys(
        ("游ゴシック", "Yu Gothic", "游ゴシック Light", "Yu Gothic Light", "游ゴシック Medium", "Yu Gothic Medium",
         "メイリオ", "Meiryo", "Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"),
        _MIXED[0],
    ),
    **dict.fromkeys(
        ("游明朝", "Yu Mincho", "游明朝 Light", "Yu Mincho Light", "游明朝 Demibold", "Yu Mincho Demibold",
         "SimSun", "宋体", "NSimSun", "MingLiU", "PMingLiU", "新細明體", "細明體", "Batang"),
        _MIXED[1],
    ),
}  # fmt: skip
"""By every name that they go by; widths of letters (full or half) and case do not count."""
_UNNAMED = _MIXED[1]
"""Draws what no typeface is named for: Word takes Times New Roman, and ＭＳ 明朝 beside it."""
_MINCHO_WORDS = ("明朝", "mincho", "serif", "楷書", "行書", "教科書", "宋", "song", "ming", "roman")
_GOTHIC_WORDS = ("ゴシック", "gothic", "sans", "ポップ", "黑", "黒", "hei", "丸")
_OWN_WIDTHS = ("hgp", "hgs", "msp")
"""Begin the names of Japanese typefaces whose letters have widths of their own."""
_WITHOUT_SERIFS = frozenset(["0B", "0C", "0D", "0E", "0F"])
"""Serif styles of PANOSE that have none."""


def pair(name: str, listed: Listed) -> Pair:
    """Return what draws a typeface: itself where it is at hand, else what comes near to it."""
    own = family(name)
    return Pair(own, own) if own else _pair(plain(name.lstrip("@")), listed)


@cache
def _pair(name: str, listed: Listed) -> Pair:
    if not name:
        return _UNNAMED
    for known in (name, plain(listed.other_name)):
        if known in _BY_NAME:
            return _BY_NAME[known]
    kind = _word(name)
    is_mincho = _is_listed_mincho(listed) if kind is None else kind
    if name.startswith(_OWN_WIDTHS):
        return _PROPORTIONAL[is_mincho]
    return (_FIXED if listed.is_fixed else _MIXED)[is_mincho]


_BY_NAME = {plain(name): drawn for name, drawn in KNOWN.items()}


def _word(name: str) -> bool | None:
    """Return whether a name tells of a Mincho, None where it tells of neither."""
    if any(word in name for word in _GOTHIC_WORDS):
        return False
    return True if any(word in name for word in _MINCHO_WORDS) else None


def _is_listed_mincho(listed: Listed) -> bool:
    """Return whether the table of fonts tells of letters with serifs; what it says nothing of is a Gothic."""
    if listed.family in ("roman", "swiss"):
        return listed.family == "roman"
    serifs = listed.panose[2:4].upper()
    return serifs not in ("", "00", "01") and serifs not in _WITHOUT_SERIFS


def spellings() -> Iterator[tuple[str, Pair]]:
    """Yield the known names in every width of letters that files write them in, each with what draws it."""
    for name, drawn in KNOWN.items():
        yield from ((spelt, drawn) for spelt in dict.fromkeys((name, unicodedata.normalize("NFKC", name))))
