"""Laying out formulas: from the tree to boxes, as TeX does (The TeXbook, appendix G).

A formula has four sizes of letters: where it stands alone, in a line of text, raised or lowered, and that once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.formula_parts import (
    Accent,
    Bar,
    Fence,
    Fraction,
    Function,
    Grid,
    Letters,
    Limit,
    Operator,
    Part,
    Root,
    Row,
    Scripts,
)
from pipeline.documents.pdf.inline_boxes import InlineBox, centred, in_row, overlaid, padded, rule
from pipeline.documents.pdf.inline_text import Pen
from pipeline.documents.pdf.math_rows import Atom, Kind, joined, pieces, tokens
from pipeline.documents.pdf.math_signs import AXIS, large, middled, tall, wide, word, written

_ALONE, _IN_LINE, _SCRIPT, _SMALLEST = range(4)
_SHARES: Final = (1.0, 1.0, 0.73, 0.6)
"""How large letters are at each level."""
_BAR = 0.05
"""How thick (em) bars are."""
_X_HEIGHT = 0.45


def _smaller(level: int) -> int:
    """Return the level of what is raised or lowered."""
    return min(max(_SCRIPT, level + 1), _SMALLEST)


def formula_pieces(formula: Formula, near: str, name: str) -> tuple[InlineBox, ...]:
    """Return a formula in the pieces between which a line may break; raises Unsupported for missing characters."""
    layout = _Layout(Pen(formula.format, near, name))
    level = _ALONE if formula.stands_alone else _IN_LINE
    return tuple(pieces(layout.atoms(formula.row, level), layout.em(level)))


class _Layout(Struct, frozen=True):
    """Lays out what is in a formula that is written with a pen."""

    pen: Pen

    def em(self, level: int) -> float:
        """Return how large letters are."""
        return self.pen.format.size * _SHARES[level]

    def _pen(self, run: RunFormat, level: int) -> Pen:
        return self.pen._replace(format=run).sized(run.size * _SHARES[level])

    def row(self, row: Row, level: int) -> InlineBox:
        """Return a row as one box."""
        return self._joined(self.atoms(row, level), level)

    def _joined(self, atoms: Sequence[Atom], level: int, before: Kind | None = None) -> InlineBox:
        return joined(atoms, self.em(level), level >= _SCRIPT, before)

    def atoms(self, row: Row, level: int) -> list[Atom]:
        """Return the boxes of a row."""
        return [atom for part in row for atom in self._part(part, level)]

    def _part(self, part: Part, level: int) -> Iterator[Atom]:
        match part:
            case Letters():
                yield from self._letters(part, level)
            case Function():
                yield from self._function(part, level)
            case Operator():
                yield from self._operator(part, level)
            case Fence():
                yield Atom(self._fence(part, level), "opening", "closing")
            case Scripts():
                yield self._scripts(part, level)
            case Limit():
                yield self._limit(part, level)
            case _:
                yield Atom(self._box(part, level))

    def _box(self, part: Fraction | Root | Accent | Bar | Grid, level: int) -> InlineBox:
        match part:
            case Fraction():
                return self._fraction(part, level)
            case Root():
                return self._root(part, level)
            case Accent():
                return self._accent(part, level)
            case Bar():
                return self._bar(part, level)
            case Grid():
                return self._grid(part, level)

    # -- letters

    def _letters(self, part: Letters, level: int) -> Iterator[Atom]:
        pen = self._pen(part.format, level)
        if part.is_word:
            yield Atom(word(part.text, pen))
            return
        for text, kind in tokens(part.text):
            yield Atom(written(text, pen, part.is_italic), kind, kind)

    def _function(self, part: Function, level: int) -> Iterator[Atom]:
        yield Atom(self.row(part.name, level), "large", "large")
        yield from self.atoms(part.base, level)

    # -- what stands beside, over and under

    def _scripts(self, part: Scripts, level: int) -> Atom:
        atoms = self.atoms(part.base, level)
        base = self._joined(atoms, level)
        above, below = self._small(part.above, level), self._small(part.below, level)
        if part.leads:
            width = max(above.width, below.width)
            above, below = (replace(box.moved(width - box.width), width=width) for box in (above, below))
            return Atom(in_row([self._beside(base, above, below, level), base]))
        kinds: tuple[Kind, Kind] = (atoms[0].first, atoms[-1].last) if atoms else ("letter", "letter")
        return Atom(self._with_scripts(base, above, below, level), *kinds)

    def _small(self, row: Row, level: int) -> InlineBox:
        return self.row(row, _smaller(level))

    def _with_scripts(self, base: InlineBox, above: InlineBox, below: InlineBox, level: int) -> InlineBox:
        raised = above.moved(base.skew) if above.marks else above
        return in_row([base, padded(self._beside(base, raised, below, level), 0.0, 0.05 * self.em(level))])

    def _beside(self, base: InlineBox, above: InlineBox, below: InlineBox, level: int) -> InlineBox:
        """Return what is raised and lowered beside a base, without it."""
        em, small = self.em(level), self.em(_smaller(level))
        up = max(base.ascent - 0.39 * small, 0.36 * em, above.descent + _X_HEIGHT / 4 * em)
        down = max(base.descent + 0.05 * small, 0.15 * em, below.ascent - 0.8 * _X_HEIGHT * em)
        if above.marks and below.marks:
            down = max(down, 0.2 * em, below.ascent + above.descent + 4 * _BAR * em - up)
        return overlaid(box.moved(y=y) for box, y in ((above, -up), (below, down)) if box.marks)

    def _limit(self, part: Limit, level: int) -> Atom:
        base, limit = self.row(part.base, level), self._small(part.limit, level)
        above, below = (limit, InlineBox()) if part.is_above else (InlineBox(), limit)
        return Atom(self._stacked(base, above, below, level), "large", "large")

    def _stacked(self, base: InlineBox, above: InlineBox, below: InlineBox, level: int) -> InlineBox:
        """Return a base with what stands over and under it."""
        gap = 0.15 * self.em(level)
        up, down = -base.ascent - gap - above.descent, base.descent + gap + below.ascent
        return centred(box.moved(y=y) for box, y in ((base, 0.0), (above, up), (below, down)) if box.width)

    def _operator(self, part: Operator, level: int) -> Iterator[Atom]:
        is_alone, pen = level == _ALONE, self._pen(part.format, level)
        sign = large(part.sign, pen) if is_alone else written(part.sign, pen)
        above, below = self._small(part.above, level), self._small(part.below, level)
        if is_alone and not part.beside:
            yield Atom(self._stacked(sign, above, below, level), "large", "large")
        else:
            yield Atom(self._with_scripts(sign, above, below, level), "large", "large")
        yield from self.atoms(part.base, level)

    def _accent(self, part: Accent, level: int) -> InlineBox:
        gap, base = 0.1 * self.em(level), self.row(part.base, level)
        sign = wide(part.sign, self._pen(part.format, level), base.width, part.stretches)
        y = -base.ascent - gap - sign.descent if part.is_above else base.descent + gap + sign.ascent
        x = (base.width - sign.width + (0.0 if part.stretches else base.skew)) / 2
        return replace(overlaid([base, sign.moved(x, y)]), width=base.width, skew=base.skew)

    def _bar(self, part: Bar, level: int) -> InlineBox:
        em, base, sides = self.em(level), self.row(part.base, level), part.sides
        gap, thickness, color = 0.12 * em, _BAR * em, part.format.color
        inner = padded(base, *(2 * gap if side in sides else 0.0 for side in ("left", "right")))
        at = {"top": -inner.ascent - gap, "bottom": inner.descent + gap}
        top, bottom = at.values()
        lines = [rule(inner.width, thickness, y, color) for side, y in at.items() if side in sides]
        for x, side in ((0.0, "left"), (inner.width - thickness, "right")):
            if side in sides:
                lines.append(rule(thickness, bottom - top, (top + bottom) / 2, color).moved(x))
        return replace(overlaid([inner, *lines]), width=inner.width)

    # -- fractions, roots, brackets

    def _fraction(self, part: Fraction, level: int) -> InlineBox:
        em, run = self.em(level), part.format
        if part.kind in ("lin", "skw"):
            return self._beside_slash(part, level)
        over, under = (self.row(row, min(level + 1, _SMALLEST)) for row in (part.over, part.under))
        clear, least = (3.5, (0.68, 0.69)) if level == _ALONE else (1.5, (0.42, 0.36))
        gap, axis = clear * _BAR * em, AXIS * em
        up, down = max(least[0] * em, axis + gap + over.descent), max(least[1] * em, gap + under.ascent - axis)
        width = max(over.width, under.width) + 0.16 * em
        bar = rule(width, _BAR * em, -axis, run.color) if part.kind == "bar" else InlineBox(width)
        return padded(centred([over.moved(y=-up), bar, under.moved(y=down)]), 0.06 * em, 0.06 * em)

    def _beside_slash(self, part: Fraction, level: int) -> InlineBox:
        em, is_skewed = self.em(level), part.kind == "skw"
        inner = max(_SCRIPT, level) if is_skewed else level
        over, under = (self.row(row, inner) for row in (part.over, part.under))
        by = 0.35 * em if is_skewed else 0.0
        over, under = over.moved(y=-by), under.moved(y=by)
        slash = tall("/", self._pen(part.format, level), 0.8 * overlaid([over, under]).height)
        return in_row([over, slash, under])

    def _root(self, part: Root, level: int) -> InlineBox:
        em, base = self.em(level), self.row(part.base, level)
        thickness = _BAR * em
        least = base.height + thickness + (0.16 if level == _ALONE else 0.1) * em
        sign = tall("√", self._pen(part.format, level), least)
        top = base.ascent + (sign.height - base.height + thickness) / 2
        sign = sign.moved(y=sign.ascent - top)
        line = rule(base.width + 0.1 * em, thickness, thickness / 2 - top, part.format.color)
        degree = self.row(part.degree, _SMALLEST)
        room = max(0.0, degree.width - 0.5 * sign.width) + 0.05 * em
        raised = degree.moved(
            room + 0.5 * sign.width - degree.width, sign.descent - 0.55 * sign.height - degree.descent
        )
        x = room + sign.width
        return overlaid([*([raised] if degree.marks else []), sign.moved(room), line.moved(x), base.moved(x)])

    def _fence(self, part: Fence, level: int) -> InlineBox:
        em, rows = self.em(level), [self.row(row, level) for row in part.rows]
        held = overlaid(rows)
        reach = 2 * max(held.ascent - AXIS * em, held.descent + AXIS * em)
        height = max(0.9 * reach, reach - 0.4 * em) if part.grows else 0.0
        inner = [box for row in rows for box in (self._bracket(part.separator, part, level, height), row)]
        opening, closing = (self._bracket(sign, part, level, height) for sign in (part.opening, part.closing))
        return in_row([opening, *inner[1:], closing])

    def _bracket(self, sign: str, part: Fence, level: int, height: float) -> InlineBox:
        space = 0.08 * self.em(level)
        box = tall(sign, self._pen(part.format, level), height) if sign else InlineBox()
        return padded(box, space, space)

    # -- grids

    def _grid(self, part: Grid, level: int) -> InlineBox:
        em, inner = self.em(level), max(level, _IN_LINE)
        rows = [self._cells(part, row, inner) for row in part.rows]
        widths = [max(box.width for box in column) for column in zip(*rows, strict=True)]
        lines = [in_row(self._line(part, row, widths, em)) for row in rows]
        return middled(_below_each_other(lines, em), em)

    def _cells(self, part: Grid, row: Sequence[Row], level: int) -> list[InlineBox]:
        """Return the cells of a row, as many as there are columns; equations go on from one to the next."""
        boxes, last = list[InlineBox](), None
        for at, _ in enumerate(part.alignments):
            atoms = self.atoms(row[at], level) if at < len(row) else []
            boxes.append(self._joined(atoms, level, last if part.touch and at % 2 else None))
            last = atoms[-1].last if atoms else None
        return boxes

    def _line(self, part: Grid, row: Sequence[InlineBox], widths: Sequence[float], em: float) -> Iterator[InlineBox]:
        for at, (box, width, alignment) in enumerate(zip(row, widths, part.alignments, strict=True)):
            if at and not (part.touch and at % 2):
                yield InlineBox(em)
            left = (width - box.width) * _BEFORE[alignment]
            yield replace(box.moved(left), width=width)


_BEFORE: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


def _below_each_other(lines: Sequence[InlineBox], em: float) -> InlineBox:
    """Return lines of a grid as one box, whose baseline is that of the first."""
    placed, y = list[InlineBox](), 0.0
    for before, line in pairwise([InlineBox(), *lines]):
        if placed:
            y += max(before.descent + 0.2 * em, 0.4 * em) + max(line.ascent, 0.7 * em)
        placed.append(line.moved(y=y))
    return overlaid(placed)
