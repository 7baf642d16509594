"""Numbered tiles (番号札): the index of goals in the header, the SDGs, the draft mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from pipeline.documents.fonts import face
from pipeline.documents.template import TILE_END, line_break, run, tile
from pipeline.documents.units import MM
from pipeline.model.report import Report
from pipeline.model.strategy import Goal, Sdg
from pipeline.wording import terms

_NBSP = "\N{NO-BREAK SPACE}"

SDG_LINE = 148 * MM
"""Width (pt) of the SDGs' cell in the template."""
_SDG_SIZE = 8.5
"""Size (pt) of the style 関連するSDGs."""
_TILE_FRAME = 4.0
"""Points that a tile's border and its space add, left and right together."""
_SDG_GAP = _NBSP * 2


def goal_index(goals: Sequence[Goal], current: str) -> Markup:
    """Return every goal's number as a tile, the current one emphasised."""
    tiles = [run(goal.number, "Tile" if goal.id == current else "TileIdle") for goal in goals if goal.number]
    return run("　").join(tiles) + TILE_END if tiles else Markup()


def draft_mark(report: Report, *, last: bool = False) -> Markup:
    """Return the mark 案 in a draft, set off from the text after it, or (``last``) before it; else nothing."""
    mark = tile(terms.draft_mark(report), "DraftMark")
    if not mark:
        return mark
    return run("　") + mark if last else mark + run("　")


def sdg_line(sdgs: Sequence[Sdg]) -> Markup:
    """Return each SDG as tile and name; a line ends before a tile whose name would not fit."""
    lines = (run(_SDG_GAP).join(_sdg(sdg) for sdg in line) for line in _lines(sdgs))
    return line_break().join(lines)


def _sdg(sdg: Sdg) -> Markup:
    return run(str(sdg.number), "Tile") + run(_NBSP + sdg.name)


def _lines(sdgs: Sequence[Sdg]) -> Iterator[list[Sdg]]:
    line: list[Sdg] = []
    for sdg in sdgs:
        if line and sum(map(_width, (*line, sdg))) > SDG_LINE:
            yield line
            line = []
        line.append(sdg)
    yield line


def _width(sdg: Sdg) -> float:
    number, name = face(bold=True).width(str(sdg.number)), face().width(_NBSP + sdg.name + _SDG_GAP)
    return (number + name) * _SDG_SIZE + _TILE_FRAME
