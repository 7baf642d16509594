"""Rules that no specification gives: what LibreOffice 7.4 was seen to do, and Word does too or comes near to.

Each is a function of plain values or a number, and its name is its id. ``tests/documents/pdf/test_layout_rules.py`` has
a case for each, in which it decides; ``ablation.py`` beside it turns each off and prints what that changes. "Changes"
gives its figures for the 38 Word files of the frozen cities, which have 2,105 lines: how many hold other text,
and how many stand elsewhere. None moves a page break there. Lengths are points where nothing else is said.

Ways of going about things, not values, stand where they are used: which typeface draws a sign (``scripts.slots``), how
cells go on over a page (``cell_split.split_cell``, ``row_break.break_rows``), in how many rows a merged cell's last
border counts (``tables``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

_TWIPS = 20
_FUZZ = 1e-6
"""What sums of advances may lack (twips) of the half that they make up exactly."""
_ADVANCES = 120
_PATH = 66
_SPACES = " \u3000\t"
_ENCLOSED = re.compile("(?:^|(?<=[a0cquoh/tbi]))[snwSN]+")
_SHARES = 10_000
_SAME_WIDTH = 1.0
"""How far (pt) a table's width may be from that of its columns and mean the same: editors round each of them."""
_WORD_2013 = 15
_GRAIN = 0.01
"""Difference of height (pt) that does not count."""

# -- characters and lines

AUTO_SPACE = 0.2
"""Space (em) between Japanese and Latin text; JIS X 4051 (4.7) allows an eighth to a half.

Changes, to a quarter, the text of 62 lines.
"""
BOLD_OUTLINE = 1 / 30
"""How wide (em) the lines around letters are that have no bold face. Changes no places, only looks."""
SLANT = 0.268
"""How far letters lean that have no italics: by 15 degrees. Changes no places, only looks."""
EXACT_BASELINE = 0.8
"""Where the baseline of a line of exact height lies, as a share of the height, from its top.

Changes, to the typefaces' own 88 %, the place of every line.
"""


def advance(em: float, size: float) -> float:
    """Return the advance of a character in a size: whole sixths of a twip, halves up.

    Changes the text of 10 lines and the place of 13 more.
    """
    return int(em * size * _ADVANCES + 0.5) / _ADVANCES


def filling(width: float) -> float:
    """Return what is added to a portion's width so that the next begins at a whole twip, halves up.

    A portion is text of one script and format; the one in which a line ends keeps its own width.

    Changes the text of 8 lines and the place of 12 more; that a line has only the rest of the portion in which it
    begins (``ShapedText.remainder``) changes 4 of them.
    """
    return int(width * _TWIPS + 0.5 + _FUZZ) / _TWIPS - width


def path_break(text: str, found: int) -> int:
    """Return where a line breaks whose last legal break is behind a slash: a path after a space stays whole.

    It does where it takes at most 66 characters.

    Changes none of the cities' lines; 8 of 5,835 lines of reports with addresses in them.
    """
    if text[found - 1] != "/":
        return found
    before = text[max(0, found - _PATH) : found - 1]
    space = max(before.rfind(space) for space in _SPACES)
    return found - 1 - len(before) + space + 1 if space >= 0 else found


def hangs(follows_asian: bool, is_cjk: bool) -> bool:
    """Return whether a mark may hang: after Japanese text only, and only in a language that has such marks.

    A Latin word goes to the next line with the mark after it.

    Changes none of the cities' lines: without it a mark hangs where LibreOffice takes its word to the next line.
    """
    return follows_asian and is_cjk


def enclosed_numbers(kinds: str) -> str:
    """Return classes of characters (``characters``) in which ① (N) is a digit beside Latin text, else East Asian.

    Changes none of the cities' lines: without it they are spaced, and break, beside Latin text as kanji do.
    """
    return _ENCLOSED.sub(lambda found: found[0].replace("N", "0"), kinds).replace("N", "E")


def tightening(spacing: float) -> float:
    """Return how much closer text stands to the portion before it: not at all, characters do so among themselves.

    Changes none of the cities' lines, where no text is set closer.
    """
    return min(0.0, spacing)


# -- heights of lines


def multiplied(height: float, factor: float) -> float:
    """Return a multiple of a height, in whole per cent, cut to whole twips.

    Changes none of the cities' lines, which are of exact height; else up to a twip a line.
    """
    return height if factor == 1 else round(height * _TWIPS) * _percent(factor) // 100 / _TWIPS


def lacking(height: float, factor: float) -> float:
    """Return what a multiple below 1 takes off a height, in whole per cent, cut to whole twips.

    Changes none of the cities' lines, which are of exact height; else up to a twip a line.
    """
    return round(height * _TWIPS) * (100 - _percent(factor)) // 100 / _TWIPS


def _percent(factor: float) -> int:
    return int(factor * 100 + _FUZZ)


# -- tables


def column_widths(columns: tuple[float, ...], width: float) -> tuple[float, ...]:
    """Return columns that take the width that the table asks for, in proportion.

    Changes none of the cities' lines, whose tables are as wide as their columns; else by all that these lack.
    """
    total = sum(columns)
    wanted = width or total
    if abs(wanted - total) <= _SAME_WIDTH or min(wanted, total) <= 0:
        return columns
    return tuple(column * wanted / total for column in columns)


def column_edges(columns: tuple[float, ...]) -> tuple[float, ...]:
    """Return the widths of columns whose edges are ten-thousandths of the table's width, cut to whole twips.

    The table's width is rounded up to hundredths of a millimetre before that. Measured on a hundred edges; none moves
    by more than a twip, which tells whether letters of one width still fit.

    Changes the text of 25 lines and the place of 264 more.
    """
    widths = [round(width * _TWIPS) for width in columns]
    total = sum(widths)
    if total <= 0:  # narrower than a twip: nothing to share out
        return columns
    shares = ((edge * 2 * _SHARES + total) // (2 * total) for edge in accumulate(widths, initial=0))
    hundredths = -(-total * 127 // 72)
    whole = (hundredths * 144 + 127) // 254
    edges = [share * whole // _SHARES for share in shares]
    return tuple((right - left) / _TWIPS for left, right in pairwise(edges))


def border_shift(border: float, margin: float, compatibility: int) -> float:
    """Return how far its left border moves a table: since Word 2013 by half of it inwards.

    Before, the text keeps its place, and only a border wider than the margin stands outside of it.

    Changes none of the cities' lines, whose outer borders are none; else by half a border.
    """
    return border / 2 if compatibility >= _WORD_2013 else min(0.0, margin - border / 2)


def cell_margin(margins: Iterable[float]) -> float:
    """Return the margin above or below all cells of a row: the largest of them.

    Changes none of the cities' lines, whose rows have one margin; else by as much as the margins differ.
    """
    return max(margins)


def begins_split(least: float, height: float) -> bool:
    """Return whether a row may begin a table with its first lines alone.

    It may not where its least height holds all its text.

    Changes none of the cities' lines; else it moves the row to the next page.
    """
    return least > height


def breaks_within(seconds: Iterable[float], height: float) -> bool:
    """Return whether a row of a least height may break over a page.

    ``seconds`` are the heights at which the second paragraphs that go on end: none may end above the least height. That
    does not hold for a row that begins a table that a paragraph stays with.

    Changes none of the cities' lines; else it moves the row to the next page.
    """
    return all(end >= height - _GRAIN for end in seconds)
