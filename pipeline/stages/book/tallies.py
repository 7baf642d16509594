"""The counts that the book prints, held to the ratings that it prints: read from the filled documents alone.

A count made wrong would be made wrong again by the rule that made it; what a reader can count cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.diagnostics import squeezed
from pipeline.model.results import Assessment, Results
from pipeline.stages.book import cover
from pipeline.stages.book.words import OTHER
from pipeline.wording.ratings import methods
from pipeline.wording.terms import verdict

Row = Sequence[str]
Rows = Sequence[Row]

_MET, _UNMET, _UNRATED = "達成", "未達成", "判定なし"
_SQUARES = {_MET: cover.MET, _UNMET: cover.UNMET, OTHER: cover.OTHER, _UNRATED: cover.UNRATED}


Kinds = frozenset[str]
"""What a printed rating may stand for: a letter that a person chose may be that of a target met, and not met."""
Tally = Counter[Kinds]
"""How many ratings were printed, by what they may stand for."""


def wrong(results: Results, summary: Sequence[Rows], cover_page: Sequence[Rows]) -> Iterator[tuple[str, str]]:
    """Return the part and the row of every count that is not that of the printed ratings.

    Given are the tables of summary and cover as texts without white space. A template without the columns of counts or
    of ratings has nothing that could be wrong.
    """
    counted = next((table for table in summary if table and "指標数" in table[0]), ())
    listed = next((table for table in summary if table and table is not counted and "判定" in table[0]), ())
    if not counted or not listed:
        return
    if _MET in counted[0]:
        yield from _unlike(results, counted, listed, cover_page)
    else:
        yield from _unlike_bands(results, counted, listed, cover_page)


def _unlike(results: Results, counted: Rows, listed: Rows, cover_page: Sequence[Rows]) -> Iterator[tuple[str, str]]:
    """Return the rows whose counts of met, not met, rated in another way and not rated are not those printed."""
    found = _tallies(listed, results)
    tallies = [found[goal.goal.id] for goal in results.goals if goal.goal.id in found] or [sum(found.values(), Tally())]
    for row, tally in zip(counted[1:], [*tallies, sum(tallies, Tally())], strict=False):
        if not _holds(dict(zip(counted[0], row, strict=False)), tally):
            yield "summary", row[0]
    squares = [row for table in cover_page for row in table if len(row) == _COVER_CELLS]
    for row, tally in zip(squares, tallies, strict=False):
        drawn = {kind: str(row[-1].count(square)) for kind, square in _SQUARES.items()}
        if not _holds({**drawn, "指標数": str(len(row[-1]))}, tally) or row[1] != f"{drawn[_MET]}／{len(row[-1])}":
            yield "cover", row[0]


def _unlike_bands(
    results: Results, counted: Rows, listed: Rows, cover_page: Sequence[Rows]
) -> Iterator[tuple[str, str]]:
    """Return the rows whose counts of each rating are not those printed, or do not add up."""
    found: dict[str, Counter[str]] = {}
    for goal, rating in _ratings(listed, results):
        found.setdefault(goal, Counter())[rating] += 1
    every = sum(found.values(), Counter[str]())
    own = [found[goal.goal.id] for goal in results.goals if goal.goal.id in found]
    labels = _labels(results)
    for row, tally in zip(counted[1:], [*own, every], strict=False):
        cells = dict(zip(counted[0], row, strict=False))
        wrong = any(cells[rating] != str(tally[rating]) for rating in labels if rating in cells)
        if wrong or cells["指標数"] != str(tally.total()):
            yield "summary", row[0]
    rows = [row for table in cover_page for row in table if len(row) == _COVER_CELLS]
    for row, tally in zip(rows, own or [every], strict=False):
        told = (f"{labels.get(rating, rating)}{count}" for rating, count in tally.items())
        if row[1] != str(tally.total()) or not all(one in row[-1] for one in told):
            yield "cover", row[0]


def _labels(results: Results) -> Mapping[str, str]:
    """Return the short form of each text that may print as a rating."""
    scheme = results.evaluation.report.scheme
    bands = (band for method in methods(scheme) for band in method.bands)
    known = (*bands, *scheme.missing.values(), scheme.none)
    return {squeezed(one.mark + one.label): squeezed(one.label or one.mark) for one in known}


_COVER_CELLS = 3
"""A goal's row on the cover: its number, how many of how many, the squares."""


def _holds(row: Mapping[str, str], tally: Tally) -> bool:
    numbers = {kind: int(row[kind]) for kind in _SQUARES if row.get(kind, "").isdecimal()}
    fits = all(_allows(tally, kind, number) for kind, number in numbers.items())
    complete = len(numbers) < len(_SQUARES) - 1 or sum(numbers.values()) == tally.total()
    return fits and complete and row["指標数"] == str(tally.total())


def _allows(tally: Tally, kind: str, number: int) -> bool:
    """Return whether a column may print a number."""
    return tally[Kinds({kind})] <= number <= sum(count for kinds, count in tally.items() if kind in kinds)


def _tallies(listed: Rows, results: Results) -> Mapping[str, Tally]:
    """Count the printed ratings of each goal: the list has the indicators in the order of their measures."""
    found, kinds = dict[str, Tally](), _kinds(results)
    for goal, rating in _ratings(listed, results):
        found.setdefault(goal, Tally())[kinds.get(rating, Kinds(_SQUARES))] += 1
    return found


def _ratings(listed: Rows, results: Results) -> Iterator[tuple[str, str]]:
    """Yield every printed rating with its goal."""
    column = listed[0].index("判定")
    goals = [result.measure.goal for result in results.measures for _ in result.assessments]
    rows = (row for row in listed[1:] if len(row) == len(listed[0]))
    yield from ((goal, row[column]) for goal, row in zip(goals, rows, strict=False))


def _kinds(results: Results) -> Mapping[str, Kinds]:
    """Return what each printed rating stands for."""
    kinds: dict[str, Kinds] = {}
    scheme = results.evaluation.report.scheme
    for assessment in results.assessments:
        printed = verdict(assessment, scheme)
        text = squeezed(printed.mark + printed.label)
        kinds[text] = kinds.get(text, Kinds()) | {_kind(assessment)}
    return kinds


def _kind(assessment: Assessment) -> str:
    if assessment.rating is None:
        return _UNRATED
    return {True: _MET, False: _UNMET, None: OTHER}[assessment.met]
