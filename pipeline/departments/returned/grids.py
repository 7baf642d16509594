"""Which row and column of a returned workbook is which of the one that was sent.

The key of a row decides, wherever the row stands now; a column goes by its heading, or by the name that is defined for
it. What has lost both is known by all its other labels, and asked about. Position alone decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct, field

from pipeline.departments.issued.workbook import Heading
from pipeline.departments.returned import doubts
from pipeline.departments.returned.alignment import plain
from pipeline.departments.returned.guards import Refused
from pipeline.documents.xlsx import Cell, Sheet, Workbook, column_name, column_of
from pipeline.model.correspondence import Issue

_MOST_TWINS = 50
"""Rows with one key that are compared."""
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?\d+(?::\$?([A-Z]{1,3})\$?\d+)?")


class Grid(Struct, frozen=True, dict=True):
    """A table as it was sent: ``number`` is its sheet's, ``paths`` are the places of its cells in the inputs."""

    number: int
    sheet: Sheet
    paths: Mapping[tuple[int, int], str]

    @cached_property
    def corner(self) -> tuple[int, int]:
        """The cell that heads the keys."""
        return next(place for place, cell in self.sheet.cells.items() if cell.text == Heading.KEY)

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """The headings by their columns."""
        return {column: cell.text for (row, column), cell in self.sheet.cells.items() if row == self.corner[0]}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The rows by their keys."""
        head, keys = self.corner
        cells = self.sheet.cells.items()
        return {cell.text: row for (row, column), cell in cells if column == keys and row > head}

    @cached_property
    def named_by(self) -> Sequence[int]:
        """The columns that say which row it is: those before the first that has a place in the inputs."""
        first = min((column for _, column in self.paths), default=0)
        return [column for column in self.labels if column < first]

    def path(self, row: int) -> str | None:
        """Return the place in the inputs that a row is about: its figure, else its first field."""
        own = {column: path for (at, column), path in self.paths.items() if at == row}
        figure = next((column for column, label in self.labels.items() if label == Heading.ACTUAL), -1)
        return own.get(figure) or next(iter(own.values()), None)

    @property
    def title(self) -> int:
        """The column by whose words people know a row."""
        known = {label: column for column, label in self.labels.items()}
        return known.get(Heading.INDICATOR, max(self.named_by, default=0))

    def words(self, sheet: Sheet, row: int, columns: Mapping[int, int]) -> tuple[str, ...]:
        """Return what a row of a sheet says in the columns that tell which row it is."""
        return tuple(_plain(sheet.cells.get((row, columns.get(column, -1)))) for column in self.named_by)


class Line(Struct, frozen=True):
    """A row that came back: of which sheet, where, and what is doubtful about its being that row."""

    sheet: int
    row: int
    doubt: str = ""


class Match(Struct, frozen=True):
    """A table and what came back of it: its rows by their keys, and its columns on each sheet, with their doubts."""

    grid: Grid
    lines: Mapping[str, tuple[Line, ...]]
    columns: Mapping[int, Mapping[int, int]]
    heads: Mapping[int, int]
    renamed: Mapping[int, Set[int]] = field(default_factory=dict)

    def doubt(self, line: Line, column: int) -> str:
        """Return what is doubtful about a cell's being the one that was sent."""
        return line.doubt or (doubts.OTHER_COLUMN if column in self.renamed.get(line.sheet, ()) else "")


def grids(sent: Workbook, issue: Issue) -> tuple[Grid, ...]:
    """Return the tables of a workbook as it was sent; a sheet without keys has none."""
    found: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for spot in issue.spots:
        for mark in spot.marks:
            found[spot.table or 0][spot.row, spot.cell] = mark.path
    return tuple(Grid(number, sent.sheets[number], paths) for number, paths in found.items())


def match(grid: Grid, returned: Workbook) -> Match:
    """Find the rows and columns of a table; raises ``Refused`` where a row is there beyond all reason."""
    places = _keys(grid, returned)
    heads = {number: _head(grid, returned.sheets[number]) for number in places}
    columns: dict[int, Mapping[int, int]] = {}
    renamed: dict[int, Set[int]] = {}
    for number in places:
        columns[number], renamed[number] = _columns(grid, returned, number, heads[number])
    found: dict[str, list[Line]] = defaultdict(list)
    for number, rows in places.items():
        for row, key in rows.items():
            if row != heads[number]:
                found[key].append(Line(number, row))
    lost = _without_keys(grid, returned, columns, places, [key for key in grid.rows if key not in found])
    lines = {key: _doubted(found.get(key, [])) for key in grid.rows}
    return Match(grid, {**lines, **lost}, columns, heads, renamed)


def _doubted(lines: Sequence[Line]) -> tuple[Line, ...]:
    if len(lines) > _MOST_TWINS:
        raise Refused(f"同じ行が{len(lines)}か所にあります。送付した記入表に記入してもらってください。")
    return tuple(Line(one.sheet, one.row, doubts.TWICE if len(lines) > 1 else "") for one in lines)


def _keys(grid: Grid, returned: Workbook) -> Mapping[int, Mapping[int, str]]:
    """Return the keys of rows by sheet and row; and sheets with the headings alone."""
    found = {number: _keys_on(grid, sheet) for number, sheet in enumerate(returned.sheets)}
    return {number: keys for number, keys in found.items() if keys or _has_headings(grid, returned.sheets[number])}


def _keys_on(grid: Grid, sheet: Sheet) -> Mapping[int, str]:
    """Return the keys of rows; of several in a row that in the column of most: a remark may name another."""
    found = [(row, column, cell.text.strip()) for (row, column), cell in sheet.cells.items()]
    keys = [one for one in found if one[2] in grid.rows]
    most = Counter(column for _, column, _ in keys)
    return {row: key for row, _, key in sorted(keys, key=lambda one: (most[one[1]], -one[1]))}


def _has_headings(grid: Grid, sheet: Sheet) -> bool:
    """Return whether a sheet has most of the headings in a row, and not only those that all tables have."""
    head = _head(grid, sheet)
    there = {plain(cell.text) for _, cell in sheet.lines.get(head, ())}
    own = {plain(grid.labels[column]) for _, column in grid.paths}
    return 2 * len(there & set(map(plain, grid.labels.values()))) > len(grid.labels) and bool(there & own)


def _head(grid: Grid, sheet: Sheet) -> int:
    """Return the row with most of the headings; -1 where none has any."""
    labels = {plain(label) for label in grid.labels.values()}
    counts = Counter(row for (row, _), cell in sheet.cells.items() if plain(cell.text) in labels)
    return max(counts, key=lambda row: (counts[row], -row), default=-1)


def _columns(grid: Grid, returned: Workbook, number: int, head: int) -> tuple[dict[int, int], Set[int]]:
    """Return the columns on a sheet by those that were sent, and which of them are
    doubtful: their defined names alone lead there, or lead to another heading.
    """
    sheet = returned.sheets[number]
    texts = [(column, plain(cell.text)) for column, cell in sheet.lines.get(head, ())]
    found: dict[int, int] = {}
    for column, label in grid.labels.items():
        there = [place for place, text in texts if text == plain(label)]
        if len(there) == 1:
            found[column] = there[0]
    named = {column: _by_name(grid, returned, sheet.name, column) for column in grid.labels}
    taken = set(found.values())
    lost = {c: place for c, place in named.items() if c not in found and place is not None and place not in taken}
    exchanged = {c for c, place in found.items() if named[c] != place and named[c] in taken}
    return found | lost, lost.keys() | exchanged


def _by_name(grid: Grid, returned: Workbook, sheet: str, column: int) -> int | None:
    """Return where the defined name of a column leads, if onto the sheet."""
    target = returned.names.get(column_name(grid.number, column), "")
    name, _, area = target.rpartition("!")
    parsed = _AREA.fullmatch(area)
    if parsed is None or name.strip("'").replace("''", "'") != sheet or parsed[2] not in (None, parsed[1]):
        return None
    return column_of(parsed[1])


def _without_keys(
    grid: Grid,
    returned: Workbook,
    columns: Mapping[int, Mapping[int, int]],
    known: Mapping[int, Mapping[int, str]],
    missing: Sequence[str],
) -> Mapping[str, tuple[Line, ...]]:
    """Find rows whose keys are gone by all their other labels, where these are one row's alone."""
    wanted = {key: grid.words(grid.sheet, grid.rows[key], {c: c for c in grid.labels}) for key in missing}
    there: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for number, places in columns.items():
        sheet = returned.sheets[number]
        for row in sheet.lines.keys() - known[number].keys():
            there[grid.words(sheet, row, places)].append(Line(number, row, doubts.WEAK))
    times = Counter(grid.words(grid.sheet, row, {c: c for c in grid.labels}) for row in grid.rows.values())
    alone = {key: words for key, words in wanted.items() if any(words) and times[words] == 1}
    return {key: tuple(there[words]) for key, words in alone.items() if len(there[words]) == 1}


def _plain(cell: Cell | None) -> str:
    return "" if cell is None else plain(cell.text)


def leftovers(matches: Sequence[Match], returned: Workbook) -> Iterator[tuple[int, int]]:
    """Yield sheet and row of every row of a workbook that is none of a table, nor its headings."""
    taken = {(line.sheet, line.row) for one in matches for lines in one.lines.values() for line in lines}
    taken |= {(number, row) for one in matches for number, row in one.heads.items()}
    for number, sheet in enumerate(returned.sheets):
        for row in sheet.lines:
            if (number, row) not in taken:
                yield number, row
