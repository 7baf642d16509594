"""A row that a department added to its sheet -> an entry of the inputs: the rows as sent tell which cell is what.

Nothing is guessed: a row with other cells than those that were sent is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pipeline.departments.issued.asking import FIGURE, TO_FILL
from pipeline.departments.issued.input_places import split
from pipeline.departments.returned.appending import Entry
from pipeline.model.correspondence import Issue, Proposal

LIST = "initiatives"
_PLACE = re.compile(r"表([0-9]+)の追加された行")
_CELLS = " | "
"""Parts the cells of a row."""
_MARKS = re.compile(r"^[ ・①-⑳\u3000]+")
"""What numbers a row and stands before the entries of a list."""
_NAME, _ACTIVITIES = "name", "activities"


def entry(proposal: Proposal, issue: Issue, taken: Collection[str]) -> Entry | None:
    """Return what a row says as an entry with an id that is not ``taken``; None where that cannot be told."""
    found = _PLACE.search(proposal.place)
    columns = _columns(issue, int(found[1]) - 1) if found else {}
    cells = proposal.new.split(_CELLS)
    if not proposal.is_added_row or set(columns) != set(range(len(cells))):
        return None
    texts = {key: text for n, keys in columns.items() for key, text in _read(cells[n], keys)}
    name = texts.get(_NAME)
    return {"id": _free(taken), _NAME: name, _ACTIVITIES: (), **texts} if name else None


def _columns(issue: Issue, table: int) -> Mapping[int, list[str]]:
    """Return the keys of an initiative that each cell of a table's rows was sent with."""
    columns: dict[int, list[str]] = {}
    for spot in issue.spots:
        for path in spot.paths:
            keys = split(path)[1].split(".")
            if spot.table == table and keys[0] == LIST and len(keys) == 3 and keys[2] not in columns.get(spot.cell, ()):
                columns.setdefault(spot.cell, []).append(keys[2])
    return columns


def _read(cell: str, keys: list[str]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield what a cell says of its keys: a name stands on the first line, the activities on those below."""
    lines = [line for line in cell.strip().split("\n") if line.strip() and line.strip() not in (TO_FILL, FIGURE)]
    if _NAME in keys or _ACTIVITIES in keys:
        lines = [_MARKS.sub("", line).strip() for line in lines]
        if _NAME in keys:
            yield _NAME, lines.pop(0) if lines else ""
        yield _ACTIVITIES, tuple(lines)
    else:
        yield keys[0], "\n".join(lines)


def _free(taken: Collection[str]) -> str:
    """Return an id that no entry has yet."""
    numbers = range(1, len(taken) + 2)
    return next(name for number in numbers if (name := f"added-{number}") not in taken)
