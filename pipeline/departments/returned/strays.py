"""Words of one cell that came back in another: exchanged, copied or pasted over, and perhaps edited since.

A sheet's own words are known: what its labels and its fields said when it was sent. A field whose new words are those
of another cell is asked about, however plainly it was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from pipeline.departments.issued.asking import is_to_fill
from pipeline.departments.issued.fields import field_at
from pipeline.departments.returned.alignment import plain
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.tree import Reading, Table
from pipeline.model.correspondence import Issue, Kind, Spot
from pipeline.model.form import Form
from pipeline.wording.fields import words

_LIKE = 0.75
"""How alike two lines are that are the same but for some edits."""
_LONG = 10
"""Characters from which on lines are not alike by chance."""
_SURE = 3
"""Characters from which on two equal figures of different rows are worth a question."""
_FIGURE = re.compile(r"[-+]?\d[\d.,]*(\(.*\))?")
_COMPARED, _LENGTH = 60, 300
"""Lines compared for likeness, and characters of each; beyond, only equal ones are found."""
WHY = "「{}」は、シートのほかの欄に送付したときにあった文字と{}です。欄や列が入れ替わっていないか確かめてください。"
_QUOTED = 20

Position = tuple[int | None, int]
"""Table and row of the sent sheet."""


class _Line(Struct, frozen=True):
    """A line of the sheet as sent: its plain words, the place of the inputs (None: a label), and where it stands."""

    text: str
    path: str | None
    position: Position


def asked(edits: Sequence[Edit], sent: Reading, issue: Issue, form: Form) -> tuple[Edit, ...]:
    """Return the edits, with a question where a field now has words of another cell.

    Words that are chosen from a list stand in many cells: they are asked about only where two fields exchanged theirs.
    """
    lines = [line for line in (*_fields(issue), *_labels(sent, issue)) if line.text]
    return tuple(
        _exchanged(edit, edits) if _is_chosen(edit, form) else _asked(edit, edits, lines, issue) for edit in edits
    )


def _is_chosen(edit: Edit, form: Form) -> bool:
    field = field_at(form, edit.path or "")
    return field is not None and bool(words(field))


def _exchanged(edit: Edit, edits: Sequence[Edit]) -> Edit:
    """Return the edit of a chosen word, with a question where another field of the same row has become what it was."""
    holder = (edit.path or "").rpartition(".")[0]
    others = (one for one in edits if one.path != edit.path and (one.path or "").rpartition(".")[0] == holder)
    if edit.kind is Kind.CHANGE and any((one.old, one.new) == (edit.new, edit.old) for one in others):
        return edit.asked(WHY.format(_short(edit.new), "同じ"))
    return edit


def _fields(issue: Issue) -> Iterator[_Line]:
    for spot in issue.spots:
        for mark in spot.marks:
            lines = (*mark.shown.split("\n"), *mark.reference.split("\n"))
            yield from (_Line(plain(text), mark.path, (spot.table, spot.row)) for text in lines)


def _labels(sent: Reading, issue: Issue) -> Iterator[_Line]:
    fields = {(spot.table, spot.row, spot.cell) for spot in issue.spots}
    for number, table in enumerate(sent.tables):
        for row, place, text in _cells(table):
            if (number, row, place) not in fields:
                yield _Line(plain(text), None, (number, row))


def _cells(table: Table) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(table.rows):
        yield from ((number, place, line) for place, c in enumerate(row.cells) for line in c.read().split("\n"))


def _asked(edit: Edit, edits: Sequence[Edit], lines: Sequence[_Line], issue: Issue) -> Edit:
    if edit.path is None or edit.kind not in (Kind.CHANGE, Kind.QUESTION):
        return edit
    own = {plain(line) for line in edit.old.split("\n")}
    others = [line for line in lines if line.path != edit.path and line.text not in own]
    moved = {plain(line) for one in edits if one.path != edit.path for line in one.old.split("\n")}
    rows = frozenset(_positions(edit.path, issue.spots))
    known = _Known(own, others, moved, rows, was_asked=is_to_fill(edit.old))
    why = tuple(dict.fromkeys(_doubts([line for line in _lines(edit.new) if plain(line) not in own], known)))
    return edit.asked(*why[:1]) if why else edit


def _lines(text: str) -> Sequence[str]:
    """Return the lines of a text; a figure is one, with its state below it or not."""
    joined = text.replace("\n", "")
    return [joined] if _is_figure(plain(joined)) else text.split("\n")


def _positions(path: str, spots: Iterable[Spot]) -> Iterator[Position]:
    for spot in spots:
        if path in spot.paths:
            yield spot.table, spot.row


class _Known(Struct, frozen=True):
    """What a field's new lines are held against: the other lines as sent, and those that have left their cells.

    A figure that was asked for may well be that of its neighbour, as a target that was just met.
    """

    own: set[str]
    others: Sequence[_Line]
    moved: set[str]
    rows: frozenset[Position]
    was_asked: bool

    def has(self, text: str) -> bool:
        """Return whether a line is that of another cell: words anywhere, figures where they are no chance."""
        same = [line for line in self.others if line.text == text]
        if not _is_figure(text):
            return bool(same) or text in self.moved
        near = any(len(text) >= _SURE or line.position in self.rows for line in same)
        return text in self.moved or (near and not self.was_asked)

    def is_like(self, text: str) -> bool:
        """Return whether a line is more like one of another cell than like any of its own."""
        like = max((_likeness(text, line.text) for line in self.others), default=0.0)
        return like > max((_likeness(text, line) for line in self.own), default=0.0)


def _doubts(new: Sequence[str], known: _Known) -> Iterator[str]:
    for number, line in enumerate(new):
        text = plain(line)
        if text and known.has(text):
            yield WHY.format(_short(line), "同じ")
        elif number < _COMPARED and known.is_like(text):
            yield WHY.format(_short(line), "ほぼ同じ")


def _is_figure(text: str) -> bool:
    """Return whether a plain text is no more than a figure, with a state perhaps; figures agree by chance."""
    return bool(_FIGURE.fullmatch(text)) or not any(character.isalpha() for character in text)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _likeness(text: str, other: str) -> float:
    """Return how alike two lines are; nothing where they are no more alike than any two."""
    if min(len(text), len(other)) < _LONG:
        return 0.0
    pair = SequenceMatcher(None, text[:_LENGTH], other[:_LENGTH], autojunk=False)
    if pair.real_quick_ratio() < _LIKE or pair.quick_ratio() < _LIKE:
        return 0.0
    return ratio if (ratio := pair.ratio()) >= _LIKE else 0.0
