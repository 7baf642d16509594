"""The counts that the book prints, held to the ratings that it prints: read from the filled documents alone.

A count made wrong would be made wrong again by the rule that made it; what a reader can count cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.results import Assessment, Results
from pipeline.stages.book import cover
from pipeline.stages.book.words import OTHER
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
    counted = next((table for table in summary if table and {"指標数", _MET} <= set(table[0])), ())
    listed = next((table for table in summary if table and table is not counted and "判定" in table[0]), ())
    if not counted or not listed:
        return
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
    rating, kinds = listed[0].index("判定"), _kinds(results)
    goals = [result.measure.goal for result in results.measures for _ in result.assessments]
    found: dict[str, Tally] = {}
    rows = (row for row in listed[1:] if len(row) == len(listed[0]))
    for goal, row in zip(goals, rows, strict=False):
        found.setdefault(goal, Tally())[kinds.get(row[rating], Kinds(_SQUARES))] += 1
    return found


def _kinds(results: Results) -> Mapping[str, Kinds]:
    """Return what each printed rating stands for."""
    kinds: dict[str, Kinds] = {}
    scheme = results.evaluation.report.scheme
    for assessment in (a for m in results.measures for a in m.assessments):
        printed = verdict(assessment, scheme)
        text = "".join(f"{printed.mark}{printed.label}".split())
        kinds[text] = kinds.get(text, Kinds()) | {_kind(assessment)}
    return kinds


def _kind(assessment: Assessment) -> str:
    if assessment.rating is None:
        return _UNRATED
    return {True: _MET, False: _UNMET, None: OTHER}[assessment.met]
