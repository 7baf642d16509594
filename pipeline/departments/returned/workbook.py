"""A returned workbook against the same as it was sent: every difference is an edit, and nothing else is.

What programs rewrite when they save (styles, order of parts, where a table is) is none. A formula is never a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.workbook import PART_OF_FIGURE, PRELIMINARY, TOLD, Heading
from pipeline.departments.returned import doubts, strays, values
from pipeline.departments.returned.alignment import plain
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.grids import Grid, Line, Match, grids, leftovers, match
from pipeline.departments.returned.tree import Revision
from pipeline.documents.xlsx import Cell, Sheet, Sort, Workbook, address
from pipeline.model.correspondence import Issue, Kind, Spot
from pipeline.model.form import FieldKind, Form

_ROW_GONE = "行が削除されています。"
_ROW_ADDED = "表の行でない所に書き込みがあります。"
_TABLE_GONE = "表の見出しも行の識別も、どのシートにも見つかりません。"
_COLUMN_GONE = "列が削除されています。"
_LABEL = "様式の文字が変えられています。"
_HEADING_ADDED = "表にない見出しがあります。"
_BESIDE = "表の列でない所に書き込みがあります。"
_SHEET_ADDED = "シートが追加されています。"
_FORMULA = "数式が入っています（最後の計算結果は「{}」）。計算結果は読み取らないので、所管課に数値を確かめてください。"
_PERCENT = "セルの書式が百分率で、{} と表示されています（セルの値は {}）。どちらの数値かを確かめてください。"
_DATE = "セルの書式が日付で、{} と表示されています（セルの値は {}）。数値かどうかを確かめてください。"
_TYPED = "セルには文字で「{}」とあります。"
_LOOK = "{}が付いています。どういう意味か確かめてください。"
_AROUND = "ヘッダー、フッター、図形などの文字が変えられています。"
_PICTURES = "画像、グラフ、埋め込みのファイルなどが追加されているか、差し替えられています。"
_SHEET_NAMED = "シートの名前が変えられているか、シートが追加されています。"
_MEANING = "この行の「{}」が「{}」から「{}」に変えられています。数値にも関わることかを確かめてください。"
_SHOWN = "セルの表示形式のため、画面には「{}」と見えます（セルの値は {}）。どちらが正しいかを確かめてください。"
_LINKS = "ファイルの外にあるものを参照しています。開いていません。必要なものか確かめてください。"
_SURE = ("速報値", "速報", "(速報値)", "(速報)")
_TICKS = ("○", "〇", "◯", "はい", "有", "レ", "✓", "✔", "1", "TRUE")
_OF_MEANING = (Heading.UNIT, Heading.YEAR, Heading.CALENDAR)
_BETWEEN = "　"
_NONE = Cell("")


def compare(sent: Workbook, returned: Workbook, issue: Issue, form: Form) -> tuple[Edit, ...]:
    """Return all edits of a returned workbook; ``form`` says which fields are days."""
    matches = tuple(match(grid, returned) for grid in grids(sent, issue))
    by = (Revision(returned.author, ""),) if returned.author != sent.author else ()
    rows = [edit for one in matches for edit in _Table(one, returned, by, form, sent.looks).edits()]
    return (*_moved(rows), *_outside(matches, sent, returned), *_around(sent, returned), *_remarks(matches, returned))


def _moved(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Ask where a cell now says what another one did that says something else now: both may have changed places."""
    gone: dict[str, set[str | None]] = {}
    for edit in edits:
        if edit.old not in ("", edit.new):
            gone.setdefault(edit.old, set()).add(edit.path)
    for edit in edits:
        is_elsewhere = edit.new != edit.old and bool(gone.get(edit.new, set()) - {edit.path})
        if edit.path and edit.kind in (Kind.CHANGE, Kind.QUESTION) and is_elsewhere:
            why = strays.WHY.format(edit.new, "同じ")
            yield replace(edit, kind=Kind.QUESTION, why=(*edit.why, why))
        else:
            yield edit


def place_of(sent: Workbook, spot: Spot) -> str:
    """Return where a cell stands, in words."""
    sheet = sent.sheets[spot.table or 0]
    return f"{sheet.name}!{address(spot.row, spot.cell)}"


class _Table(Struct, frozen=True):
    """A table that came back, to be held against what was sent."""

    match: Match
    returned: Workbook
    by: tuple[Revision, ...]
    form: Form
    looks: Set[str]

    @property
    def grid(self) -> Grid:
        """The table as it was sent."""
        return self.match.grid

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of every row, then what became of columns and headings."""
        if not self.match.columns:
            heads = _row_text(self.grid.sheet, self.grid.corner[0])
            yield Edit(Kind.OUTSIDE, self.grid.sheet.name, None, heads, "", self.by, (_TABLE_GONE,))
        for key, row in self.grid.rows.items():
            lines = self.match.lines.get(key, ())
            if not lines:
                yield self._gone(row)
            yield from dict.fromkeys(edit for line in lines for edit in _Row(self, row, line).edits())
            for line in lines[1:]:
                yield Edit(Kind.OUTSIDE, self.place(line), None, "", self._text(line), self.by, (line.doubt,))
        for number in self.match.columns:
            yield from self._headings(number)
            yield from self._merged(self.returned.sheets[number], number)

    def _gone(self, row: int) -> Edit:
        sent = self.grid.sheet
        path = self.grid.path(row)
        place = f"{sent.name}の{row + 1}行目（{self.title(row)}）"
        return Edit(Kind.MISSING, place, path, _row_text(sent, row), "", self.by, (_ROW_GONE,))

    def _headings(self, number: int) -> Iterator[Edit]:
        """Yield columns that are gone, and headings that were changed."""
        sheet, columns = self.returned.sheets[number], self.match.columns[number]
        open_ones = {column for _, column in self.grid.paths}
        for column, label in self.grid.labels.items():
            place = f"{sheet.name}の列「{label}」"
            if column not in columns:
                kind = Kind.MISSING if column in open_ones else Kind.OUTSIDE
                yield Edit(kind, place, None, label, "", self.by, (_COLUMN_GONE,))
            elif column in self.match.renamed[number]:
                now = _said(sheet.cells.get((self.match.heads[number], columns[column])))
                if now != label:
                    yield Edit(Kind.OUTSIDE, place, None, label, now, self.by, (_LABEL,))
        known = set(columns.values())
        head = self.match.heads[number]
        for column, cell in sheet.lines.get(head, ()):
            if column not in known:
                place = f"{sheet.name}!{address(head, column)}"
                yield Edit(Kind.OUTSIDE, place, None, "", _said(cell), self.by, (_HEADING_ADDED,))

    def _merged(self, sheet: Sheet, number: int) -> Iterator[Edit]:
        rows = {line.row for lines in self.match.lines.values() for line in lines if line.sheet == number}
        for area in sheet.merged:
            if any(area.top <= row <= area.bottom for row in rows):
                ends = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
                yield Edit(Kind.OUTSIDE, f"{sheet.name}!{ends}", None, "", ends, self.by, (doubts.MERGED,))

    def title(self, row: int) -> str:
        """Return by what words people know a row that was sent."""
        return _said(self.grid.sheet.cells.get((row, self.grid.title)))

    def place(self, line: Line) -> str:
        """Return where a row came back."""
        return f"{self.returned.sheets[line.sheet].name}の{line.row + 1}行目"

    def _text(self, line: Line) -> str:
        return _row_text(self.returned.sheets[line.sheet], line.row)


class _Row(Struct, frozen=True):
    """A row that came back (``line``) for one that was sent (``row``)."""

    table: _Table
    row: int
    line: Line

    def edits(self) -> Iterator[Edit]:
        """Yield what was edited: the figure, which several cells make up, and every other cell."""
        labels = self.table.grid.labels
        parts = [column for column, label in labels.items() if label in PART_OF_FIGURE]
        figures = [column for column in parts if labels[column] == Heading.ACTUAL and column in self._columns]
        for column in figures:
            yield from self._cell(column, parts)
        for column in labels.keys() - set(parts if figures else ()):
            yield from self._cell(column, [column])
        yield from self._beside()

    @property
    def _columns(self) -> Mapping[int, int]:
        return self.table.match.columns[self.line.sheet]

    @property
    def _sheet(self) -> Sheet:
        return self.table.returned.sheets[self.line.sheet]

    def _sent(self, column: int) -> Cell:
        return self.table.grid.sheet.cells.get((self.row, column), _NONE)

    def _now(self, column: int) -> Cell:
        return self._sheet.cells.get((self.line.row, self._columns.get(column, -1)), _NONE)

    def _cell(self, column: int, parts: Sequence[int]) -> Iterator[Edit]:
        """Compare a cell, with the others that make up its figure."""
        if column not in self._columns:
            return
        labels = self.table.grid.labels
        old = _figure({labels[c]: self._sent(c) for c in parts}) if len(parts) > 1 else _said(self._sent(column))
        new = _figure({labels[c]: self._now(c) for c in parts}) if len(parts) > 1 else _said(self._now(column))
        path = self.table.grid.paths.get((self.row, column))
        asked = tuple(dict.fromkeys(why for c in parts for why in self._odd(c, path)))
        if old == new and not asked:
            return
        if path is None:
            yield self._told(column, old, new, asked)
            return
        found = (self.table.match.doubt(self.line, column), self._other_row(), *self._meant(), self._covered(column))
        why = (*(doubt for doubt in found if doubt), *asked)
        if not new and self._covered(column):
            yield Edit(Kind.MISSING, self._place(column), path, old, "", self.table.by, why)
            return
        kind = Kind.QUESTION if why else Kind.CHANGE
        yield Edit(kind, self._place(column), path, old, new, self.table.by, why, tuple(self._notes(column)))

    def _odd(self, column: int, path: str | None) -> Iterator[str]:
        """Yield what has to be asked about a cell, whatever it says; a day is what a field of days has."""
        field = field_at(self.table.form, path or "")
        is_day = field is not None and field.kind is FieldKind.DATE
        yield from _odd(self._sent(column), self._now(column), self.table.looks, is_day=is_day)
        if self._is_disguised(column):
            yield _SHOWN.format(self._now(column).shown, self._now(column).text)

    def _is_disguised(self, column: int) -> bool:
        """Return whether a cell shows something other than it holds; the unit behind a number is nothing other."""
        sent, now = self._sent(column), self._now(column)
        if now.shown is None or now.shown == now.text or (now.text, now.shown) == (sent.text, sent.shown):
            return False
        return not values.shows(now.text, now.shown, self._unit)

    def _told(self, column: int, old: str, new: str, asked: tuple[str, ...]) -> Edit:
        """Return an edit of a cell that has no place in the inputs: a remark, or a label."""
        label = self.table.grid.labels[column]
        if label in TOLD:
            path = self.table.grid.path(self.row)
            text = f"{label}: {new}"
            return Edit(Kind.COMMENT, self._place(column), path, self.table.title(self.row), text, self.table.by, asked)
        return Edit(Kind.OUTSIDE, self._place(column), None, old, new, self.table.by, (_LABEL, *asked))

    def _place(self, column: int) -> str:
        """Return where a cell came back, with the unit of its figure, which a typed one is held to."""
        label, unit = self.table.grid.labels[column], self._unit
        called = f"{label}（{unit}）" if unit and label in (Heading.ACTUAL, Heading.LAST, Heading.TARGET) else label
        cell = address(self.line.row, self._columns[column])
        return f"{self._sheet.name}!{cell}（{self.table.title(self.row)}の{called}）"

    @property
    def _unit(self) -> str:
        """The unit of the row's figures."""
        units = (column for column, label in self.table.grid.labels.items() if label == Heading.UNIT)
        return next((_said(self._sent(column)) for column in units), "")

    def _other_row(self) -> str:
        """Return the doubt that a row's words are those of another row now."""
        column = self.table.grid.title
        before, now = plain(_said(self._sent(column))), plain(_said(self._now(column)))
        others = {plain(self.table.title(row)) for row in self.table.grid.rows.values()}
        is_another = column in self._columns and doubts.is_another(before, now, others)
        return doubts.OTHER_ROW if is_another else ""

    def _meant(self) -> Iterator[str]:
        """Yield what was changed of a row that says what its figures mean."""
        for column, label in self.table.grid.labels.items():
            before, now = _said(self._sent(column)), _said(self._now(column))
            if label in _OF_MEANING and column in self._columns and plain(before) != plain(now):
                yield _MEANING.format(label, before, now)

    def _covered(self, column: int) -> str:
        place = (self.line.row, self._columns[column])
        return doubts.MERGED if any(place in area for area in self._sheet.merged) else ""

    def _notes(self, column: int) -> Iterator[str]:
        """Say what stands in a cell, where it is a text that reads as a figure."""
        cell = self._now(column)
        if (
            cell.sort is Sort.TEXT
            and not cell.formula
            and (read := values.number(cell.text))
            and read.text != cell.text
        ):
            yield _TYPED.format(cell.text)

    def _beside(self) -> Iterator[Edit]:
        """Yield what stands in the row, in no column of the table."""
        known, keys = set(self._columns.values()), self.table.grid.rows
        for column, cell in self._sheet.lines.get(self.line.row, ()):
            if column not in known and cell.text.strip() not in keys:
                place = f"{self._sheet.name}!{address(self.line.row, column)}（{self.table.title(self.row)}の横）"
                yield Edit(Kind.OUTSIDE, place, None, "", _said(cell), self.table.by, (_BESIDE,))


def _said(cell: Cell | None) -> str:
    """Return what a cell says; of a formula, the formula."""
    return "" if cell is None else (cell.formula or cell.text).strip()


def _figure(cells: Mapping[str, Cell]) -> str:
    """Return the figure that the cells of a row make up, as sheets print it: 2（完成）, 95（速報値）."""
    number, state, sure = (_said(cells.get(heading)) for heading in PART_OF_FIGURE)
    marks = f"（{PRELIMINARY}）" if plain(sure) in (*_SURE, *_TICKS) else f"（{sure}）" if sure else ""
    return f"{number}{f'（{state}）' if state else ''}{marks}"


def _odd(sent: Cell, now: Cell, looks: Set[str], *, is_day: bool) -> Iterator[str]:
    """Yield what has to be asked about a cell; ``looks`` are those that the workbook was sent with."""
    if now.formula:
        yield _FORMULA.format(now.text)
    elif now.sort is Sort.PERCENT and sent.sort is not Sort.PERCENT:
        yield _PERCENT.format(now.text, now.stored)
    elif now.sort is Sort.DATE and not is_day and sent.sort is not Sort.DATE:
        yield _DATE.format(now.text, now.stored)
    if new := [look for look in now.look if look not in looks]:
        yield _LOOK.format("、".join(new))


def _row_text(sheet: Sheet, row: int) -> str:
    return _BETWEEN.join(_words(sheet, row))


def _words(sheet: Sheet, row: int) -> list[str]:
    """Return what the cells of a row say, from the left."""
    return [said for _, cell in sheet.lines.get(row, ()) if (said := _said(cell))]


def _outside(matches: Sequence[Match], sent: Workbook, returned: Workbook) -> Iterator[Edit]:
    """Yield what was written where no table is, and what stood there and is gone; a sheet without a table is one."""
    own = [replace(one, lines=_own_lines(one.grid), heads={one.grid.number: one.grid.corner[0]}) for one in matches]
    known = Counter(said for number, row in leftovers(own, sent) for said in _words(sent.sheets[number], row))
    come: dict[int, dict[int, list[str]]] = {}
    for number, row in leftovers(matches, returned):
        for said in _words(returned.sheets[number], row):
            if known[said]:
                known[said] -= 1
            else:
                come.setdefault(number, {}).setdefault(row, []).append(said)
    with_tables = {number for one in matches for number in one.columns}
    for number, rows in come.items():
        name, texts = returned.sheets[number].name, {row: _BETWEEN.join(words) for row, words in rows.items()}
        if number in with_tables:
            places = {f"{name}の{row + 1}行目": text for row, text in texts.items()}
            yield from (Edit(Kind.OUTSIDE, at, None, "", text, (), (_ROW_ADDED,)) for at, text in places.items())
        else:
            yield Edit(Kind.OUTSIDE, name, None, "", "\n".join(texts.values()), (), (_SHEET_ADDED,))
    names = {sheet.name for sheet in sent.sheets}
    for number, sheet in enumerate(returned.sheets):
        if sheet.name not in names and (number in with_tables or number not in come):
            yield Edit(Kind.OUTSIDE, "シートの名前", None, "", sheet.name, (), (_SHEET_NAMED,))
    for said in known.elements():
        yield Edit(Kind.OUTSIDE, "表の外", None, said, "", (), (_LABEL,))


def _own_lines(grid: Grid) -> Mapping[str, tuple[Line, ...]]:
    return {key: (Line(grid.number, row),) for key, row in grid.rows.items()}


def _around(sent: Workbook, returned: Workbook) -> Iterator[Edit]:
    """Yield what was changed in headers, footers and shapes, pictures that came, and addresses of other files."""
    before, after = (Counter(text for sheet in one.sheets for text in sheet.texts) for one in (sent, returned))
    for old, new in zip_longest((before - after).elements(), (after - before).elements(), fillvalue=""):
        yield Edit(Kind.OUTSIDE, "ヘッダー・フッター・図形", None, old, new, (), (_AROUND,))
    for part, digest in sorted(returned.media.items()):
        if digest not in sent.media.values():
            yield Edit(Kind.OUTSIDE, "図", None, "", f"{part}（{digest[:8]}）", (), (_PICTURES,))
    for link in returned.links:
        yield Edit(Kind.OUTSIDE, "外部への参照", None, "", link, (), (_LINKS,))


def _remarks(matches: Sequence[Match], returned: Workbook) -> Iterator[Edit]:
    """Yield every comment, with the place in the inputs of the cell that it is on, or of its row."""
    for number, sheet in enumerate(returned.sheets):
        for one in sheet.comments:
            path = next(filter(None, (_path_at(m, number, one.row, one.column) for m in matches)), None)
            place, cell = f"{sheet.name}!{address(one.row, one.column)}", sheet.cells.get((one.row, one.column))
            done = ("解決済みの印があります。",) if one.done else ()
            by = (Revision(one.author, one.date),)
            yield Edit(Kind.COMMENT, place, path, _said(cell), one.text, by, (), done)


def _path_at(match: Match, number: int, row: int, column: int) -> str | None:
    grid, columns = match.grid, {now: sent for sent, now in match.columns.get(number, {}).items()}
    key = next((k for k, lines in match.lines.items() for one in lines if (one.sheet, one.row) == (number, row)), None)
    if key is None:
        return None
    at = grid.rows[key]
    return grid.paths.get((at, columns.get(column, -1)), grid.path(at))
