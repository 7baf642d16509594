"""Figures on a filled sheet, held to the inputs: each stands with its indicator, and under its year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import VAL, W, text_of
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Assessment, MeasureResult
from pipeline.stages.sheets import wml, words
from pipeline.wording.numbers import NONE, has_figure, value
from pipeline.wording.terms import YEARS, baseline, target

Row = Mapping[int, str]
"""A row's texts by the column of the grid in which a cell begins."""
_FEW = 2


class Series(Struct, frozen=True):
    """An indicator's targets or actuals as they print, by year; ``named`` are the years that the template names."""

    title: str
    texts: Mapping[str, str]
    named: Sequence[str]

    def under(self, years: Collection[str]) -> Collection[str]:
        """Return the years of which the figure must stand there: all, where more than one year is named."""
        return years if len(self.named) >= _FEW else self.named


class Block(Struct, frozen=True):
    """The rows of an indicator in a table, and the years that head the table's columns."""

    rows: Sequence[Row]
    columns: Mapping[str, int]

    def holds(self, series: Series) -> bool:
        """Return whether a series stands here."""
        if len(self.columns) < _FEW:
            return _tells("\n".join(text for row in self.rows for text in row.values()), series)
        return any(self._fits(row, series) for row in self.rows)

    def _fits(self, row: Row, series: Series) -> bool:
        """Return whether a row has a series: no figure that is another year's, and none lost."""
        wanted = series.under(self.columns.keys())
        cells = ((row.get(column, ""), series.texts[year], year in wanted) for year, column in self.columns.items())
        return all(cell == text or not (_has_figure(cell) or (text and due)) for cell, text, due in cells)


def lost_figures(
    body: etree._Element, result: MeasureResult, evaluation: Evaluation, named: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for every series of figures that is not there as the template names it."""
    names, years = [words.indicator_name(a.shown) for a in result.assessments], evaluation.years
    tables = [list(_blocks(table, names, years)) for table in body.iter(f"{W}tbl")]
    for number, assessment in enumerate(result.assessments):
        found = [block for blocks in tables for n, block in blocks if n == number]
        row = result.measure.row(assessment.shown.indicator.id)
        heads = ("指標一覧", "施策の指標一覧" if row is None else "取組一覧.指標一覧")
        for series in _series(assessment, years, named, heads):
            if not (any(block.holds(series) for block in found) if found else _tells(text_of(body), series)):
                told = f"{series.named[0]}～{series.named[-1]}"
                yield f"「{assessment.shown.name}」の{series.title}（{told}）が、表にそろっていません。"


def blocks(texts: Sequence[str], names: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each indicator begins: its number and the place of the text that has its name."""
    found = []
    for at, text in enumerate(texts):
        length, number = max(((len(name), -n) for n, name in enumerate(names) if name in text), default=(0, 0))
        if length:
            found.append((-number, at))
    return found


def _series(
    assessment: Assessment, years: Sequence[str], named: Collection[str], heads: Sequence[str]
) -> Iterator[Series]:
    """Yield the series that the template names under one of the lists that have the indicator."""
    indicator = assessment.shown.indicator
    targets = [NONE, *(target(indicator, year) for year in years[1:])]
    later = (value(indicator.actuals.get(year), indicator.decimals) for year in years[1:])
    actuals = [baseline(indicator, years) or NONE, *later]
    for title, texts in (("目標", targets), ("実績", actuals)):
        each = any(f"{head}.年度一覧.{title}" in named for head in heads)
        told = [
            year
            for year, name in zip(years, YEARS, strict=False)
            if each or any(f"{head}.{title}.{name}" in named for head in heads)
        ]
        if told:
            yield Series(title, dict(zip(years, texts, strict=True)), told)


def _blocks(table: etree._Element, names: Sequence[str], years: Sequence[str]) -> Iterator[tuple[int, Block]]:
    """Yield each indicator's number with its rows."""
    rows = [dict(_placed(row)) for row in wml.rows(table)]
    heads = {column: re.match(r"[A-Z]?\d+", text) for column, text in (rows[0] if rows else {}).items()}
    columns = {match[0]: column for column, match in heads.items() if match and match[0] in years}
    starts = blocks([" ".join(row.values()) for row in rows], names)
    for (number, first), (_, last) in pairwise([*starts, (-1, len(rows))]):
        yield number, Block(rows[first:last], columns)


def _has_figure(cell: str) -> bool:
    """Return whether a cell has a figure; one that is still to come is asked for in words."""
    return any(character.isdigit() for character in cell)


def _tells(text: str, series: Series) -> bool:
    """Return whether a text has every figure that is named, whatever stands between."""
    return all(has_figure(text, series.texts[year]) for year in series.named)


def _placed(row: etree._Element) -> Iterator[tuple[int, str]]:
    at = 0
    for cell in wml.cells(row):
        yield at, text_of(cell)
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        at += int(span.get(VAL, "1")) if span is not None else 1
