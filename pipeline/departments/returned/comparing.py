"""A returned sheet against the same sheet as it was sent: every difference is an edit, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.departments.issued.identity import measure_of
from pipeline.departments.returned import cells, doubts, strays
from pipeline.departments.returned.alignment import Pair, align, likeness, plain, trimmed
from pipeline.departments.returned.cells import CellPlace
from pipeline.departments.returned.edits import Edit, Findings, Ground
from pipeline.departments.returned.matching import Matcher
from pipeline.departments.returned.matching import cells as match_cells
from pipeline.departments.returned.tree import (
    FINAL,
    ORIGINAL,
    Block,
    Cell,
    Paragraph,
    Reading,
    Row,
    Table,
    revisions,
    within,
)
from pipeline.model.correspondence import ROW_ADDED, Issue, Kind, Spot
from pipeline.model.form import Form

_GONE = "欄が削除されているか、ほかの欄と結合されています。"
_TYPED = "削除されている行又は欄に、送付したときになかった文字があります。"
_WRITE_IN = "新しい取組なら、入力データに書き足してください。書き足すまで、状況の表示に残ります。"
_NEVER, _TABLES = -9.0, 3.0


def compare(sent: Reading, returned: Reading, issue: Issue, form: Form) -> Findings:
    """Return all edits in the text of a returned sheet; ``form`` says which fields are chosen from a list."""
    found = _Comparison(sent, returned, issue).findings()
    return Findings(strays.asked(found.edits, sent, issue, form), found.grounds)


def place_of(sent: Reading, issue: Issue, spot: Spot) -> str:
    """Return where a field stands on the sheet, in words."""
    if spot.table is None:
        return "本文"
    label = _Comparison(sent, sent, issue).label(spot.table, spot.row, spot.cell)
    return _cell_name(spot.table, spot.row, spot.cell, None, label)


class _Comparison(Struct, frozen=True):
    sent: Reading
    returned: Reading
    issue: Issue

    def findings(self) -> Findings:
        """Compare tables, then the paragraphs between them."""
        tables = self._matcher().tables(self.sent.tables, self.returned.tables)
        found = sum((self._table(a, b) for a, b in tables), Findings())
        order = [b for a, b in tables if a is not None and b is not None]
        if order != sorted(order):
            numbers = "、".join(str(b + 1) for b in order)
            found += Findings(
                (Edit(Kind.OUTSIDE, "本文", None, "", f"表の並び: {numbers}", (), ("表が動かされています。",)),)
            )
        found += self._body()
        return found

    def _matcher(self) -> Matcher:
        fields: dict[tuple[int, int], frozenset[int]] = {}
        for spot in self.issue.spots:
            if spot.table is not None:
                position = (spot.table, spot.row)
                fields[position] = fields.get(position, frozenset()) | {spot.cell}
        return Matcher(self.issue.identity.measure, fields)

    def _spots(self) -> Mapping[tuple[int | None, int, int], Spot]:
        return {(spot.table, spot.row, spot.cell): spot for spot in self.issue.spots}

    def _table(self, a: int | None, b: int | None) -> Findings:
        if b is None:
            kind = Kind.MISSING if any(spot.table == a for spot in self.issue.spots) else Kind.OUTSIDE
            text = self.sent.tables[a or 0].read()
            return Findings((Edit(kind, f"表{(a or 0) + 1}", None, text, "", (), ("表が削除されています。",)),))
        table = self.returned.tables[b]
        if a is None:
            why = f"{self._origin(table.rows)}表が追加されています。"
            return _added(table, f"追加された表（{b + 1}番目）", why)
        rows = list(self._matcher().rows(a, self.sent.tables[a], table))
        heads = next(
            (self._renamed_columns(a, table.rows[j]) for i, j in rows if i == 0 and j is not None), frozenset()
        )
        return sum((self._row(a, i, table, j, heads) for i, j in rows), Findings())

    def _row(self, number: int, i: int | None, table: Table, j: int | None, heads: frozenset[int]) -> Findings:
        new = None if j is None else table.rows[j]
        if i is None:
            return Findings() if new is None else _added_row(new, number, j or 0, self._origin([new]))
        if new is None or new.deleted:
            return self._lost_row(number, i, new)
        return self._cells(number, i, new, heads)

    def _lost_row(self, number: int, i: int, new: Row | None) -> Findings:
        """Return that a row is gone, once and with all its words: one decision is asked for, whatever fields it had."""
        place, text = _row_name(number, i), self.sent.tables[number].rows[i].read()
        had = any((spot.table, spot.row) == (number, i) for spot in self.issue.spots)
        known = (new.deleted,) if new is not None and new.deleted else ()
        edit = Edit(Kind.MISSING if had else Kind.OUTSIDE, place, None, text, "", known, ("行が削除されています。",))
        if new is None:
            return Findings((edit,))
        typed = _typed(self.sent.tables[number].rows[i].cells, new.cells, place)
        return Findings((edit, *typed), (Ground(_paragraphs(new), place),))

    def _cells(self, number: int, i: int, new: Row, heads: frozenset[int]) -> Findings:
        old, spots = self.sent.tables[number].rows[i], self._spots()
        pairs, changed = match_cells(old, new)
        sure = set(old.bookmarks) & set(new.bookmarks)
        lost = doubts.WEAK if old.bookmarks and not sure else doubts.TWICE if sure & self._repeated() else ""
        renamed = self._renamed(number, i, new, pairs)
        found = Findings()
        for a, b in pairs:
            spot = spots.get((number, i, a)) if a is not None else None
            doubt = doubts.MERGED if changed else lost or (doubts.OTHER_ROW if renamed not in (None, a) else "")
            if a is not None and i and not doubt and old.cells[a].column in heads:
                doubt = doubts.OTHER_COLUMN
            place = CellPlace(_cell_name(number, i, a, b, self.label(number, i, a)), doubt)
            if a is None and b is not None:
                found += _added(new.cells[b].blocks, place.name, "欄が追加されています。")
            elif a is not None and (b is None or new.cells[b].changed == "cellDel"):
                gone = () if b is None else _typed(old.cells[a : a + 1], new.cells[b : b + 1], place.name)
                found += self._gone(old.cells[a], spot, place) + Findings(gone)
            elif a is not None and b is not None:
                found += self._cell(old.cells[a], new.cells[b], spot, place)
        return found

    def _repeated(self) -> frozenset[str]:
        """Return the bookmarks that several rows of the returned sheet bear: one of them is a copy."""
        marks = Counter(mark for table in self.returned.tables for row in table.rows for mark in set(row.bookmarks))
        return frozenset(mark for mark, times in marks.items() if times > 1)

    def _origin(self, rows: Iterable[Row]) -> str:
        """Return from which other measures' sheets rows were copied, by their bookmarks."""
        marked = (measure_of(mark) for row in rows for mark in row.bookmarks)
        others = {measure for measure in marked if measure not in (None, self.issue.identity.measure)}
        return f"{'、'.join(sorted(filter(None, others)))}のシートの" if others else ""

    def _renamed_columns(self, number: int, new: Row) -> frozenset[int]:
        """Return the columns over which another name stands now; the head of a table is its first row, without
        fields.
        """
        old = self.sent.tables[number].rows[0]
        if any((spot.table, spot.row) == (number, 0) for spot in self.issue.spots) or len(old.cells) != len(new.cells):
            return frozenset()
        names = [plain(cell.read()) for cell in old.cells]
        now = (plain(cell.read()) for cell in new.cells)
        return frozenset(
            cell.column
            for cell, name, other in zip(old.cells, names, now, strict=True)
            if doubts.is_another(name, other, names)
        )

    def _renamed(self, number: int, i: int, new: Row, pairs: Sequence[Pair]) -> int | None:
        """Return the cell that names a row, where it names another one now; rows are reordered by typing, too."""
        spots = self._spots()
        for a, b in pairs:
            text = "" if a is None else plain(self.sent.tables[number].rows[i].cells[a].read())
            if a is None or not text:
                continue
            spot = spots.get((number, i, a))
            names = spot is None or any(path.endswith(".name") for path in spot.paths)
            other = "" if b is None else plain(new.cells[b].read())
            return a if names and doubts.is_another(text, other, self._names(number)) else None
        return None

    def _names(self, number: int) -> frozenset[str]:
        """Return the words of a table's labels, plainly."""
        fields = {(spot.row, spot.cell) for spot in self.issue.spots if spot.table == number}
        rows = enumerate(self.sent.tables[number].rows)
        return frozenset(plain(c.read()) for i, row in rows for n, c in enumerate(row.cells) if (i, n) not in fields)

    def _cell(self, old: Cell, new: Cell, spot: Spot | None, place: CellPlace) -> Findings:
        """Compare two cells; one that is now merged into the cell above has no text of its own."""
        ground = Ground(tuple(within(new.blocks)), place.name, spot.paths if spot else ())
        hidden = new.merge == "continue" != old.merge
        if hidden and not new.read().strip():
            return self._gone(old, spot, place)
        if old.merge != new.merge or new.changed == "cellMerge":
            place = CellPlace(place.name, doubts.MERGED)
        edits = tuple(cells.compare(old.blocks, new.blocks, spot, place))
        if not edits and (hidden or new.changed == "cellMerge"):
            edits = (_merged(old.read(), spot, place),)
        return Findings(edits, (ground,))

    def _gone(self, old: Cell, spot: Spot | None, place: CellPlace) -> Findings:
        if spot is None:
            return Findings((_lost_words(old.read(), place.name, _GONE),))
        return Findings(tuple(self._missing((spot,), place.name, _GONE)))

    def label(self, number: int, row: int, cell: int | None) -> str:
        """Return the words beside a field (to its left, or above it) by which a person knows it."""
        table = self.sent.tables[number]
        if cell is None:
            return ""
        spots = {(spot.row, spot.cell) for spot in self.issue.spots if spot.table == number}
        beside = [c.read() for n, c in enumerate(table.rows[row].cells[:cell]) if (row, n) not in spots]
        column = table.rows[row].cells[cell].column
        heads = [c for n, c in enumerate(table.rows[0].cells) if c.column == column and row and (0, n) not in spots]
        named = [text for text in beside if text.strip()]
        texts = [text.replace("\n", " ").strip() for text in (*named[:1], *(c.read() for c in heads))]
        return "・".join(text for text in texts if text)

    def _missing(self, spots: Iterable[Spot], place: str, why: str) -> Iterator[Edit]:
        for spot in spots:
            for path in spot.paths:
                shown = "\n".join(p.shown for p in spot.recipe if not isinstance(p, str) and p.path == path)
                yield Edit(Kind.MISSING, place, path, shown, "", (), (why,))

    def _body(self) -> Findings:
        """Compare the paragraphs between the tables, as they follow each other."""
        sent, returned = self.sent.blocks, self.returned.blocks
        pairs = align(len(sent), len(returned), lambda i, j: _block_score(sent[i], returned[j]))
        paragraphs = [n for n, block in enumerate(sent) if isinstance(block, Paragraph)]
        spots = self._spots()
        found = Findings(tuple(_joined(returned)))
        for i, j in pairs:
            old, new = (None if i is None else sent[i]), (None if j is None else returned[j])
            spot = spots.get((None, paragraphs.index(i), 0)) if i in paragraphs and i is not None else None
            found += self._paragraph(old, new, spot)
        return found

    def _paragraph(self, old: Block | None, new: Block | None, spot: Spot | None) -> Findings:
        if isinstance(old, Table) or isinstance(new, Table):
            return Findings()
        if new is None:
            text = "" if old is None else old.read(FINAL)
            edits = list(self._missing((spot,), "本文", "段落が削除されています。")) if spot else []
            if text.strip() and not spot:
                edits = [_lost_words(text, "本文", "段落が削除されています。")]
            return Findings(tuple(edits))
        ground = Ground((new,), "本文", spot.paths if spot else ())
        if old is None:
            return (
                Findings((), (ground,))
                if not new.read(FINAL).strip() and not _has_objects(new)
                else _added((new,), "本文", "欄の外に書き込みがあります。")
            )
        return Findings(tuple(cells.compare((old,), (new,), spot, CellPlace("本文"))), (ground,))


def _merged(text: str, spot: Spot | None, place: CellPlace) -> Edit:
    """Return an edit for a cell that is merged with another one, and keeps its text."""
    paths = spot.paths if spot else ()
    kind = Kind.QUESTION if spot else Kind.OUTSIDE
    return Edit(kind, place.name, paths[0] if len(paths) == 1 else None, text, text, (), (place.doubt,))


def _joined(blocks: Sequence[Block]) -> Iterator[Edit]:
    """Yield paragraphs between the tables whose end is marked as deleted, so that the next one goes on with them."""
    for one, other in pairwise(blocks):
        if isinstance(one, Paragraph) and isinstance(other, Paragraph) and one.mark_deleted:
            texts = one.read(FINAL), other.read(FINAL)
            if all(text.strip() for text in texts):
                why = ("段落がつながれています。",)
                yield Edit(Kind.OUTSIDE, "本文", None, "\n".join(texts), "".join(texts), (one.mark_deleted,), why)


def _has_objects(paragraph: Paragraph) -> bool:
    return any(segment.flags and not segment.text and not segment.deleted for segment in paragraph.segments)


def _block_score(old: Block, new: Block) -> float:
    if isinstance(old, Table) or isinstance(new, Table):
        return _TABLES if isinstance(old, Table) and isinstance(new, Table) else _NEVER
    left, right = plain(old.read(FINAL)), plain(new.read(ORIGINAL))
    if new.mark_inserted and not left and not right:
        return -0.5
    return 2.0 if left == right else 2 * likeness(left, right) - 0.8


def _added(what: Table | Sequence[Block], place: str, why: str) -> Findings:
    blocks: Sequence[Block] = (what,) if isinstance(what, Table) else what
    text = "\n".join(block.read(FINAL) for block in blocks)
    paragraphs = tuple(within(blocks))
    flags = {flag for p in paragraphs for s in p.segments if not s.text and not s.deleted for flag in s.flags}
    shown = trimmed(text) or "、".join(sorted(flags))
    edit = Edit(Kind.OUTSIDE, place, None, "", shown, revisions(paragraphs), (why,))
    return Findings((edit,), (Ground(paragraphs, place),))


def _added_row(row: Row, number: int, j: int, origin: str) -> Findings:
    paragraphs, place = _paragraphs(row), f"表{number + 1}の追加された行（{j + 1}行目）"
    ground = Ground(paragraphs, place)
    if row.deleted and not row.read(FINAL).replace("|", "").strip():
        return Findings((), (ground,))
    known = (row.inserted,) if row.inserted else revisions(paragraphs)
    why = (f"{origin}{ROW_ADDED}", _WRITE_IN)
    return Findings((Edit(Kind.OUTSIDE, place, None, "", row.read(FINAL), known, why),), (ground,))


def _lost_words(text: str, place: str, why: str) -> Edit:
    return Edit(Kind.OUTSIDE, place, None, text, "", (), (why,))


def _typed(sent: Sequence[Cell], returned: Sequence[Cell], place: str) -> tuple[Edit, ...]:
    """Return edits of words that were typed into what was then deleted as a whole."""
    left = Counter(plain(text) for cell in sent for text in cell.read().split("\n"))
    paragraphs = [p for cell in returned for p in within(cell.blocks)]
    texts = [line for p in paragraphs for line in "".join(s.text for s in p.segments).split("\n")]
    new = []
    for text, key in ((text, plain(text)) for text in texts):
        if left[key]:
            left[key] -= 1
        elif key:
            new.append(text)
    return (Edit(Kind.OUTSIDE, place, None, "", "\n".join(new), revisions(paragraphs), (_TYPED,)),) if new else ()


def _paragraphs(row: Row) -> tuple[Paragraph, ...]:
    return tuple(p for cell in row.cells for p in within(cell.blocks))


def _row_name(number: int, row: int) -> str:
    return f"表{number + 1}の{row + 1}行目"


def _cell_name(number: int, row: int, old: int | None, new: int | None, label: str) -> str:
    cell = old if old is not None else (new or 0)
    return f"{_row_name(number, row)}{cell + 1}列目" + (f"（{label}）" if label else "")
