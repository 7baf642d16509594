"""Finding the roomiest level at which a sheet takes the pages that its form has for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.units import MM, pt_to_twips, twips_to_pt
from pipeline.stages.sheets.layout import Filled, laid_out, set_opinions, text_height
from pipeline.stages.sheets.levels import LEVELS, SMALLEST_PITCH, UNTOUCHED, Level

if TYPE_CHECKING:  # sheets are looked over without drawing anything
    from pipeline.documents import pdf

RESERVE = 6 * MM
"""Height (pt) left free at the foot of the last page: Word sets some lines a little higher than others do."""
_ROUNDS = 3
_LEAST = 1
"""Height (mm) that any text exceeds."""

Measure = Callable[[Filled], "pdf.Measured"]


class Fitted(Struct, frozen=True):
    """A sheet at the level that fits it (or at the last one), and the paper it takes, with what was measured.

    ``grown`` is the least height (pt) that the council's row was given after that was measured, None where it was not.
    """

    filled: Filled
    level: Level
    paper: pdf.Measured
    grown: float | None = None

    def excess(self, pages: int) -> int:
        """Return about how many lines too many the sheet has: the height beyond its pages, in lines of the last level.

        Counting the lines there would count those of neighbouring cells twice.
        """
        height = (self.paper.pages - pages) * text_height(self.filled.document) - self.paper.free
        return max(0, ceil(height / SMALLEST_PITCH))


def as_it_is(filled: Filled, measure: Measure) -> Fitted:
    """Return the sheet as the template has it, on as many pages as it takes."""
    attempt = laid_out(filled, UNTOUCHED)
    return Fitted(attempt, UNTOUCHED, measure(attempt))


def fit(filled: Filled, measure: Measure, pages: int) -> Fitted:
    """Return the sheet at the first level that fits; the council's row is as high as its texts."""
    return _first(filled, measure, pages, [replace(level, opinions=_LEAST) for level in LEVELS])


def fit_for_notes(filled: Filled, measure: Measure, pages: int, *, answered: bool) -> Fitted:
    """Return the sheet at the first level that fits, its council's row grown to the foot of the page for notes.

    ``answered`` tells that the row has texts, which may be higher than its least height.
    """
    fitted = _first(filled, measure, pages, LEVELS)
    return fitted if fitted.paper.pages != pages else _grown(fitted, measure, answered=answered)


def _first(filled: Filled, measure: Measure, pages: int, levels: Sequence[Level]) -> Fitted:
    for level in levels:
        attempt = laid_out(filled, level)
        fitted = Fitted(attempt, level, measure(attempt))
        if fitted.paper.pages <= pages and fitted.paper.free >= RESERVE:
            break
    return fitted


def _grown(fitted: Fitted, measure: Measure, *, answered: bool) -> Fitted:
    """An empty row takes all the free height at once; a row with texts approaches it."""
    height = fitted.level.opinions * MM
    for _ in range(_ROUNDS):
        spare = fitted.paper.free - RESERVE
        if spare < 1:
            break
        height += spare
        set_opinions(fitted.filled.document, height)
        if not answered:
            grown = twips_to_pt(pt_to_twips(height))  # as the sheet has it
            return replace(fitted, paper=replace(fitted.paper, free=RESERVE), grown=grown)
        fitted = replace(fitted, paper=measure(fitted.filled))
    return fitted
