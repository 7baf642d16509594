"""The board on a terminal: what needs attention, every measure by department, the figures, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.cli.outcome import FAILED
from pipeline.cli.tables import cut, table, width
from pipeline.departments.deciding import Board, Row
from pipeline.workflows.collect import Collected

_HEADINGS = ("送付", "回収")
_NAME = 12
"""Columns in which a measure's number and the beginning of its name can still be told."""


def lines(found: Collected, columns: int = 80) -> list[str]:
    """Show the board on a terminal of so many columns."""
    board = found.board
    if board is None:
        return [FAILED]
    return [
        *_attention(board),
        "",
        *_rows(board, columns),
        "",
        *_figures(board),
        "",
        *(f"送付 {one.sent}/{one.all}{one.name}、回収 {one.back}/{one.sent}{one.name}" for one in board.progress),
        *([board.decided] if board.decided else []),
        *(f"  → {one}" for one in board.following),
    ]


def _attention(board: Board) -> Iterator[str]:
    """Yield first what has to be seen to; of files that could not be read, why."""
    for one in board.attentions:
        yield f"! {one.what} {one.count}件" + ("" if one.why else f"  {'、'.join(one.which)}")
        yield from (f"    {file}: {why}" for file, why in zip(one.which, one.why, strict=False))


def _rows(board: Board, columns: int) -> Iterator[str]:
    """Yield the rows under their departments, with how far these have come."""
    rows = [row for group in board.groups for row in group.rows]
    heading, *shown = _tabled(board, rows, columns) or _listed(board, rows)
    yield heading
    following = iter(shown)
    for group in board.groups:
        yield f"{group.departments}（回収 {group.back}/{group.all}）"
        yield from (next(following) for _ in group.rows)


def _tabled(board: Board, rows: Sequence[Row], columns: int) -> list[str]:
    """Return the rows as a table with its heading; nothing where it would leave no room for their names."""
    counts = table([(*_HEADINGS, *board.columns), *map(_counts, rows)])
    room = columns - max(map(width, counts)) - 2
    if room < _NAME:
        return []
    names = [board.called, *(cut(row.title, room) for row in rows)]
    return table(list(zip(names, counts, strict=True)))


def _counts(row: Row) -> tuple[str, ...]:
    return (row.sent, row.returned, *(str(count or "") for count in row.counts))


def _listed(board: Board, rows: Sequence[Row]) -> list[str]:
    """Return the rows without their names, and only the counts there are: for narrow terminals."""

    def found(row: Row) -> str:
        counts = zip(board.columns, row.counts, strict=True)
        return " ".join(f"{name}{count}" for name, count in counts if count)

    return table([(board.called, *_HEADINGS, "件数"), *((r.id, r.sent, r.returned, found(r)) for r in rows)])


def _figures(board: Board) -> Iterator[str]:
    """Count the actuals by their states, and list what is not settled with its owner and its day."""
    yield board.settled
    opened = [(one.owner, one.name, one.state, one.as_of, "、".join(one.late)) for one in board.figures if one.is_open]
    yield from (f"  {line}" for line in (table(opened) if opened else ()))
