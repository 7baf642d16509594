"""Characters by how they behave in a line: where it may break, where it is spaced, what may hang.

The rules are those of JIS X 4051:2004, 6.1 (line breaking), 4.7 (space between Japanese and Latin text), with the
strict set of characters that do not begin a line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from pipeline.documents.pdf import layout_rules

NOT_FIRST: Final = frozenset(
    "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕〗〙ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾ"
    "！％），．：；？］｝。｣､･｡ｧｨｩｪｫｬｭｮｯｰﾞﾟ"
)
"""Characters that do not begin a line (JIS X 4051, 6.1.1: closing marks, small kana, prolonged sound and so on)."""
NOT_LAST: Final = frozenset("$([{£¥‘“〈《「『【〔〖〘＄（［｛￡￥｢")
"""Characters that do not end a line (6.1.2: opening marks, and currency signs before figures)."""
HANGING: Final = frozenset("、。，．､｡")
"""Characters that may hang past the end of a line (6.2)."""

_SQUEEZED = re.compile("(?P<opening>[「『（])|[」』）、。，．]")
"""Marks of which half is blank (6.3)."""

TAB, LINE, COLUMN, PAGE, PICTURE, FORMULA = "\t", "\n", "\v", "\f", "\ufffc", "\ufdd0"
ASIAN_RUBY, RUBY = "\ufdd1", "\ufdd2"
"""What stands in a paragraph's characters for a tab, a line, column or page break, a picture, a piece of a formula,
and for letters with small ones over them: East Asian ones, others."""

_EAST_ASIAN_FROM = 0x2E80
_EAST_ASIAN = ((0x2025, 0x2026), (0x203B, 0x203B), (0x2190, 0x21FF), (0x2460, 0x24FF), (0x2500, 0x27BF))
_DOTS = frozenset("‥…")
_UNBREAKABLE_POSTFIX = frozenset("%‰℃°")

# One letter per class; a paragraph's classes are a string beside its characters.
# a Latin letter, 0 digit, s space, n no-break space or hyphen, z ideographic space
# E East Asian letter, K one that does not begin a line, P East Asian sign, C closing, H hanging, O opening
# S symbol such as ● and →, which no break parts from a Latin letter or digit after it, D dots that stay together
# N number in a circle and the like: of the script before it, where that is none a digit
# w other Latin sign, c closing, q closing a sentence, u unbreakable after figures, o opening, h hyphen, / slash
# t tab, b break, i picture, f piece of a formula
LATIN: Final = frozenset("a")
DIGIT: Final = frozenset("0")
ASIAN_LETTER: Final = frozenset("EK")
ASIAN: Final = frozenset("EKPCHOSDz")
_CLOSING = frozenset("KCHcqu")
_OPENING = frozenset("Oo")
_SPECIAL = {
    TAB: "t", LINE: "b", COLUMN: "b", PAGE: "b", PICTURE: "i", FORMULA: "f", ASIAN_RUBY: "E", RUBY: "a",
    " ": "s", "\u3000": "z", "\u00a0": "n", "\u202f": "n", "\u2011": "n", "\u2007": "n",
    **dict.fromkeys(map(chr, (*range(0x2000, 0x2007), *range(0x2008, 0x200B), 0x205F)), "s"),
}  # fmt: skip
_SCRIPTS = re.compile("[tbif]|[snw]*[EKPCHOSDz][EKPCHOSDzsnw]*|[snw]*[a0cquoh/][a0cquoh/snw]*|[snw]+")
_SIGN = re.compile("(?<![a0c])h(?=0)")
_BETWEEN = re.compile("(?<=[a0])S+(?=[a0])")
_OPENED = re.compile("(?<=[Oo])[sz]+")
_ALL = "a0snzEKPCHOSDwcquoh/tbif"


def _class_of(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    return _asian_class(character) if is_east_asian(character) else _latin_class(character)


def is_east_asian(character: str) -> bool:
    """Return whether a character is set as East Asian text (17.3.2.26), and so in the East Asian font."""
    code = ord(character)
    return code >= _EAST_ASIAN_FROM or any(first <= code <= last for first, last in _EAST_ASIAN)


def _asian_class(character: str) -> str:
    if character in HANGING:
        return "H"
    if character in NOT_LAST:
        return "O"
    if character in NOT_FIRST:
        return "K" if character.isalnum() else "C"
    if character.isalnum():
        return "N" if character.isnumeric() and ord(character) < _EAST_ASIAN_FROM else "E"
    if character in _DOTS:
        return "D"
    return "P" if ord(character) >= _EAST_ASIAN_FROM else "S"


def _latin_class(character: str) -> str:
    if character in NOT_LAST:
        return "o"
    if character in _UNBREAKABLE_POSTFIX:
        return "u"
    if character in NOT_FIRST:
        return "q" if character in "!?" else "c"
    if character.isalnum():
        return "a" if character.isalpha() else "0"
    return {"-": "h", "–": "h", "/": "/"}.get(character, "w")


def _may_break(before: str, after: str) -> bool:
    """Decide for a pair of classes."""
    if "n" in (before, after) or after in "sb" or before == "b":
        return False
    if before in "ti" or after in "i":
        return True
    if after in _CLOSING or after == "t":
        return before + after == "su" or (after == "t" and before not in _OPENING)
    if before in "sz":
        return True
    if before in _OPENING or before + after in ("Sa", "S0", "DD"):
        return False
    signs = (before in "hq" and after in "a0") or before + after in ("/a", "ff")
    return signs or before in ASIAN or after in ASIAN


_BREAKS: Final = frozenset((a, b) for a in _ALL for b in _ALL if _may_break(a, b))
_BREAKS_IN_WORDS: Final = _BREAKS | {(a, b) for a in "a0wh/" for b in "a0wh/"}
_FREE: Final = str.maketrans("KCHOD", "EEEEE")
_LATIN_PAIRS: Final = frozenset((a, b) for a in _ALL for b in _ALL if {a, b} & LATIN and {a, b} & ASIAN_LETTER)
_DIGIT_PAIRS: Final = frozenset((a, b) for a in _ALL for b in _ALL if {a, b} & DIGIT and {a, b} & ASIAN_LETTER)


class _Classes(dict[int, str]):
    """A table for str.translate that fills itself."""

    def __missing__(self, code: int) -> str:
        """Classify a character on first sight."""
        found = self[code] = _class_of(chr(code))
        return found


_CLASSES = _Classes()


def classes(text: str) -> str:
    """Return the class of every character, one letter each; numbers in circles are digits or East Asian letters."""
    kinds = text.translate(_CLASSES)
    return layout_rules.enclosed_numbers(kinds) if "N" in kinds else kinds


def break_points(kinds: str, word_wrap: bool = True, kinsoku: bool = True) -> list[int]:
    """Return the indices before which the line may break.

    A space does not part an opening mark from what it opens, nor a hyphen before a figure, its sign, from the figure.
    A symbol between Latin letters or digits is one word with them. Without ``word_wrap``, words may break anywhere, and
    without ``kinsoku`` lines may begin and end with any East Asian mark.
    """
    kinds = kinds if kinsoku else kinds.translate(_FREE)
    held = {at for found in _OPENED.finditer(kinds) for at in range(found.start(), found.end() + 1)}
    held |= {found.end() for found in _SIGN.finditer(kinds)}
    held |= {found.start() for found in _BETWEEN.finditer(kinds)}
    breaks = _BREAKS if word_wrap else _BREAKS_IN_WORDS
    return [i for i, pair in enumerate(pairwise(kinds), 1) if pair in breaks and i not in held]


def script_points(kinds: str) -> list[int]:
    """Return the indices at which text of one script begins; tabs, breaks and pictures stand alone.

    A sign or space that belongs to no script goes with what stands before it.
    """
    return [found.start() for found in _SCRIPTS.finditer(kinds)]


def spaced_points(kinds: str, latin: bool, digits: bool) -> list[int]:
    """Return the indices before which automatic space stands between Japanese and Latin letters or digits."""
    pairs = (_LATIN_PAIRS if latin else frozenset()) | (_DIGIT_PAIRS if digits else frozenset())
    if kinds.isalpha() and not LATIN & set(kinds):
        return []
    return [i for i, pair in enumerate(pairwise(kinds), 1) if pair in pairs]


def squeeze_points(text: str, start: int, end: int) -> dict[int, int]:
    """Return the indices of a line's characters that may stand closer, each with the mark that gives way to them."""
    found = ((mark.start() + (mark["opening"] is None), mark.start()) for mark in _SQUEEZED.finditer(text, start, end))
    return {point: mark for point, mark in found if point > start}


def stretch_points(kinds: str) -> list[int]:
    """Return the indices before which justification adds space: beside East Asian text, and after spaces.

    A sign that belongs to no script goes with what stands before it.
    """
    points: list[int] = []
    asian = False
    previous = ""
    for i, kind in enumerate(kinds):
        here = kind in ASIAN or (asian and kind not in "a0f")
        if previous and previous not in "tb" and kind not in "tb" and (here or asian or previous == "s"):
            points.append(i)
        asian, previous = here, kind
    return points
