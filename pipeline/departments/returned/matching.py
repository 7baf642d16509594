"""Which table, row and cell of the returned sheet is which of the sent one: bookmarks first, then labels and order.

A row that has its bookmark is sure. One that is found by its words alone is ``weak``, and all it says is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.departments.issued.identity import row_of
from pipeline.departments.returned.alignment import Pair, align, likeness, plain
from pipeline.departments.returned.tree import FINAL, ORIGINAL, Cell, Row, Table

_NEVER, _ANCHORED = -5.0, 20.0
_ALIKE = 0.6
_LONGEST = 600

Position = tuple[int, int]
"""Table and row of the sent sheet."""


class Matcher(Struct, frozen=True):
    """The fields (cells by table and row) of the sent sheet, and its measure."""

    measure: str
    fields: Mapping[Position, frozenset[int]]

    def anchors(self, row: Row) -> frozenset[Position]:
        """Return the positions that a row's bookmarks name."""
        return frozenset(p for name in row.bookmarks if (p := row_of(name, self.measure)) is not None)

    def tables(self, sent: Sequence[Table], returned: Sequence[Table]) -> list[Pair]:
        """Pair the tables."""
        sure = self._anchored_tables(sent, returned)
        left = [n for n in range(len(sent)) if n not in {a for a, _ in sure}]
        right = [n for n in range(len(returned)) if n not in {b for _, b in sure}]
        words = _Words(self, sent, returned)
        for a in list(left):
            same = [b for b in right if self._is_free(returned[b]) and words.labels(a, b) == 1.0]
            if len(same) == 1 and sum(words.labels(other, same[0]) == 1.0 for other in left) == 1:
                sure.append((a, same[0]))
                left.remove(a)
                right.remove(same[0])
        rest = align(len(left), len(right), lambda i, j: words.score(left[i], right[j]))
        return sorted(sure) + [(None if i is None else left[i], None if j is None else right[j]) for i, j in rest]

    def _is_free(self, table: Table) -> bool:
        return not any(self.anchors(row) for row in table.rows)

    def _anchored_tables(self, sent: Sequence[Table], returned: Sequence[Table]) -> list[tuple[int, int]]:
        """Pair by bookmarks; the pair that shares most comes first."""
        shared: dict[tuple[int, int], int] = {}
        for b, table in enumerate(returned):
            for a, _ in (position for row in table.rows for position in self.anchors(row)):
                if a < len(sent):
                    shared[a, b] = shared.get((a, b), 0) + 1
        pairs: list[tuple[int, int]] = []
        for a, b in sorted(shared, key=lambda pair: (-shared[pair], pair)):
            if all(a != c and b != d for c, d in pairs):
                pairs.append((a, b))
        return pairs

    def rows(self, number: int, sent: Table, returned: Table) -> Iterator[Pair]:
        """Pair the rows of a table."""
        pairing = _Rows(self, number, sent, returned)
        yield from pairing.filled(align(len(sent.rows), len(returned.rows), pairing.score))

    def labels(self, position: Position, row: Row) -> list[str]:
        """Return the words of a sent row's cells that are no fields."""
        fields = self.fields.get(position, frozenset())
        return [plain(cell.read(ORIGINAL)) for n, cell in enumerate(row.cells) if n not in fields]


class _Words(Struct, frozen=True):
    """Compares tables by their words."""

    matcher: Matcher
    sent: Sequence[Table]
    returned: Sequence[Table]

    def labels(self, a: int, b: int) -> float:
        """Return the part of a sent table's labels that a returned one has."""
        rows = enumerate(self.sent[a].rows)
        wanted = [text for n, row in rows for text in self.matcher.labels((a, n), row) if text]
        found = {plain(cell.read(ORIGINAL)) for row in self.returned[b].rows for cell in row.cells}
        return sum(text in found for text in wanted) / len(wanted) if wanted else 0.0

    def score(self, a: int, b: int) -> float:
        """Score a pair without bookmarks in common."""
        if any(self.matcher.anchors(row) for row in self.returned[b].rows):
            return _NEVER
        left, right = (plain(t.read(v))[:_LONGEST] for t, v in ((self.sent[a], FINAL), (self.returned[b], ORIGINAL)))
        return 2 * self.labels(a, b) + likeness(left, right) - 1


class _Rows(Struct, frozen=True):
    """Compares the rows of a table."""

    matcher: Matcher
    number: int
    sent: Table
    returned: Table

    def score(self, a: int, b: int) -> float:
        """A bookmark decides; a tracked, inserted row is never an old one."""
        old, new = self.sent.rows[a], self.returned.rows[b]
        anchors = self.matcher.anchors(new)
        if (self.number, a) in anchors:
            return _ANCHORED
        if anchors or new.inserted or not self._is_believable(a, b):
            return _NEVER
        labels, other = "".join(self.matcher.labels((self.number, a), old)), self._others(a, new)
        text = likeness(plain(old.read(FINAL)), plain(new.read(ORIGINAL)))
        shape = 0.3 if _shape(old) == _shape(new) else -0.3
        return 2 * max(likeness(labels, other), text) - 0.9 + shape

    def _others(self, a: int, new: Row) -> str:
        fields = self.matcher.fields.get((self.number, a), frozenset())
        return "".join(plain(cell.read(ORIGINAL)) for n, cell in enumerate(new.cells) if n not in fields)

    def _is_believable(self, a: int, b: int) -> bool:
        """Where a table kept other bookmarks, a row without its own must have about the same label."""
        if not any(self.matcher.anchors(row) for row in self.returned.rows):
            return True
        labels = "".join(self.matcher.labels((self.number, a), self.sent.rows[a]))
        if not labels:
            return len(self.sent.rows) == len(self.returned.rows)
        return likeness(labels, self._others(a, self.returned.rows[b])) >= _ALIKE

    def filled(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """Between two sure pairs, equally many rows left over on both sides are the same rows."""
        waiting: list[Pair] = []
        for pair in [*pairs, None]:
            if pair is not None and None in pair:
                waiting.append(pair)
                continue
            yield from self._settled(waiting)
            waiting = []
            if pair is not None:
                yield pair

    def _settled(self, waiting: list[Pair]) -> list[Pair]:
        left = [a for a, _ in waiting if a is not None]
        right = [b for _, b in waiting if b is not None]
        if len(left) == len(right) and all(self._is_free(a, b) for a, b in zip(left, right, strict=True)):
            return list(zip(left, right, strict=True))
        return waiting

    def _is_free(self, a: int, b: int) -> bool:
        row = self.returned.rows[b]
        return not row.inserted and not self.matcher.anchors(row) and self._is_believable(a, b)


def _shape(row: Row) -> list[int]:
    return [cell.span for cell in row.cells]


def cells(sent: Row, returned: Row) -> tuple[list[Pair], bool]:
    """Pair the cells of two rows; tells too whether there are more or fewer than before."""
    if len(sent.cells) == len(returned.cells):
        return [(n, n) for n in range(len(sent.cells))], False

    def score(a: int, b: int) -> float:
        old, new = sent.cells[a], returned.cells[b]
        if new.changed == "cellIns":
            return _NEVER
        left, right = plain(old.read(FINAL)), plain(new.read(ORIGINAL))
        words = 1.5 if left == right else 2 * likeness(left, right) - 0.8
        return words + (0.3 if _column(old) == _column(new) else 0)

    return align(len(sent.cells), len(returned.cells), score), True


def _column(cell: Cell) -> int:
    return cell.column
