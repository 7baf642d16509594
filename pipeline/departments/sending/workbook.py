"""The figures of some measures -> a workbook to be filled in, with the record of where everything stands.

In: an ``Errand``, which says for whom and about what. Out: ``Issued``, like a sheet's. A sheet of the workbook has one
table: the indicators; then, where the form asks for something of them, the initiatives, measures and opinions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued.asking import ASKING
from pipeline.departments.issued.identity import PROPERTY, digest
from pipeline.departments.issued.workbook import ABSENCES, EXTENSION, Heading
from pipeline.departments.sending.issue import Issued, Occasion
from pipeline.departments.sending.rows import DEPARTMENT, NOTHING, OPINION, OPINION_NUMBER, Cell, Row, Rows
from pipeline.documents.xlsx import Book, Column, Content, Table, write
from pipeline.model.correspondence import Identity, Issue, Mark, Remark, Spot
from pipeline.model.form import NUMBERS, Field, FieldKind, Holder
from pipeline.storage.naming import safe
from pipeline.wording import era

_WIDTHS: Mapping[str, float] = {
    Heading.NUMBER: 7,
    DEPARTMENT: 15,
    Heading.INDICATOR: 28,
    Heading.UNIT: 7,
    Heading.DIRECTION: 13,
    Heading.YEAR: 6,
    Heading.CALENDAR: 7,
    Heading.TARGET: 12,
    Heading.LAST: 12,
    Heading.ACTUAL: 13,
    Heading.STATE: 10,
    Heading.PRELIMINARY: 9,
    Heading.AS_OF: 15,
    Heading.REMARK: 24,
    Heading.REPLY: 36,
    Heading.KEY: 20,
    OPINION_NUMBER: 10,
    OPINION: 46,
}
"""In characters: up to what is to be filled in, a screen of 1,366 pixels shows all columns."""
_FIGURES = (Heading.CALENDAR, Heading.TARGET, Heading.LAST, Heading.ACTUAL)
_NODE, _FIELD, _SENTENCES, _REFERENCE = 16, 13, 46, 26
_HELP: Mapping[str, str] = {
    Heading.ACTUAL: f"数値だけを入れます（単位は付けません）。数値がないときは {'、'.join(ABSENCES)} のどれか",
    Heading.STATE: "どの段階まで進んだかを選びます",
    Heading.PRELIMINARY: "まだ確定していない数値のときに選びます",
    Heading.AS_OF: "いつの数値か、年、月、日で入れます",
    Heading.REMARK: "伝えたいこと。報告書には載りません",
}
_OF_FIGURES, _OF_ANSWERS = "実績の記入表", "意見への回答の記入表"
_EARLIER = "参考：前年度の"
"""Begins the heading of a column with last year's texts."""
_GUIDE = (
    "薄い黄色の欄に記入し、この形式（xlsx）のまま返してください。Tabキーで次の欄へ進みます。"
    "行の並べ替えや絞り込みをしても、右端の「行の識別」で読み取ります。"
)


class Errand(Struct, frozen=True):
    """What a workbook is for: its name in the identity, how it is called, who gets it, and what stands in it."""

    name: str
    called: str
    department: str
    rows: Rows


class _Sheet(Struct, frozen=True):
    """A sheet before it has an identity: its name, the headings of its columns, and its rows.

    ``kinds`` are those of the form's fields by their headings; ``notes`` are about no row.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def spots(self, number: int, head: int) -> Iterator[Spot]:
        """Yield the cells that have a place in the inputs; ``head`` is the row of the headings."""
        for row, cells in enumerate(self.rows, head + 1):
            for column, heading in enumerate(self.headings):
                cell = cells.get(heading, NOTHING)
                if cell.path:
                    yield Spot(number, row, column, (Mark(cell.path, cell.shown, cell.reference),))


def workbook(errand: Errand, number: int, occasion: Occasion) -> Issued | None:
    """Make an issue of a workbook; ``number`` counts those of its name. None where there is nothing to be told."""
    remarks = occasion.remarks.get(errand.name, ())
    sheets = _replied([_referring(sheet) for sheet in _sheets(errand.rows) if any(sheet.spots(0, 0))], remarks)
    if not sheets:
        return None
    paths = list(dict.fromkeys(c.path for s in sheets for row in s.rows for c in row.values() if c.path))
    values = occasion.values(paths)
    identity = Identity(occasion.year, errand.name, number, digest(values))
    named = replace(_table(sheets[0], errand, identity), names={PROPERTY: 1})
    tables = (named, *(_table(sheet, errand, identity) for sheet in sheets[1:]))
    data = write(_book(tables, errand, identity, occasion))
    spots = tuple(spot for n, s in enumerate(sheets) for spot in s.spots(n, tables[n].head))
    sha = hashlib.sha256(data).hexdigest()
    file = safe(f"{_called(errand)}_{errand.called}", EXTENSION)
    about = identity, errand.department, file, sha
    return Issued(Issue(*about, spots, values, occasion.sources_of(values), is_sent_back=bool(remarks)), data)


def _called(errand: Errand) -> str:
    """Return what a workbook is: that of a department which answers opinions, and nothing else, asks for no figures."""
    return _OF_FIGURES if errand.rows.measures else _OF_ANSWERS


def _sheets(rows: Rows) -> Iterator[_Sheet]:
    form = rows.evaluation.form
    head = (Heading.NUMBER, form.lowest.short, *((DEPARTMENT,) if rows.goals else ()))
    found, fields = tuple(rows.indicators()), rows.asked(Holder.INDICATOR)
    yield _Sheet("指標の実績", _headings(head, found, tuple(fields), rows.year), found, _kinds(fields))
    for holder, name, called, made in (
        (Holder.INITIATIVE, rows.listed, (rows.listed,), rows.initiatives),
        (Holder.MEASURE, form.lowest.short, (), rows.nodes),
        (Holder.OPINION, OPINION, (OPINION_NUMBER, OPINION), rows.answers),
    ):
        fields = rows.asked(holder)
        listed = tuple(made()) if fields else ()
        yield _Sheet(_sheet_name(name), (*head, *called, *fields, Heading.KEY), listed, _kinds(fields))


def _kinds(fields: Mapping[str, Field]) -> Mapping[str, FieldKind]:
    return {heading: one.kind for heading, one in fields.items()}


def _referring(sheet: _Sheet) -> _Sheet:
    """Return the sheet with last year's texts, in columns of their own beside those that ask for this year's."""
    told = {h: f"{_EARLIER}{h}" for h in sheet.headings if any(row.get(h, NOTHING).reference for row in sheet.rows)}
    headings = tuple(one for h in sheet.headings for one in ((h, told[h]) if h in told else (h,)))
    rows = (
        {**row, **{own: Cell(Content(row.get(h, NOTHING).reference)) for h, own in told.items()}} for row in sheet.rows
    )
    return replace(sheet, headings=headings, rows=tuple(rows))


def _replied(sheets: Sequence[_Sheet], remarks: Sequence[Remark]) -> tuple[_Sheet, ...]:
    """Return the sheets with what is said of the last answers: in a column beside the row that it is about, else above
    the first table.
    """
    said: dict[str | None, list[str]] = {}
    for remark in remarks:
        said.setdefault(remark.path, []).append(remark.text)
    found = [_beside(sheet, said) for sheet in sheets]
    placed = {cell.path for sheet in sheets for row in sheet.rows for cell in row.values()}
    notes = tuple(text for path, texts in said.items() if path not in placed for text in texts)
    return tuple(replace(sheet, notes=notes if n == 0 else ()) for n, sheet in enumerate(found))


def _beside(sheet: _Sheet, said: Mapping[str | None, Sequence[str]]) -> _Sheet:
    told = [[text for cell in row.values() if cell.path for text in said.get(cell.path, ())] for row in sheet.rows]
    if not any(told):
        return sheet
    rows = (
        {**row, Heading.REPLY: Cell(Content("\n".join(texts)))} for row, texts in zip(sheet.rows, told, strict=True)
    )
    return replace(sheet, headings=(*sheet.headings[:-1], Heading.REPLY, Heading.KEY), rows=tuple(rows))


def _headings(head: Sequence[str], rows: Sequence[Row], fields: Sequence[str], year: str) -> tuple[str, ...]:
    """Return the headings of the indicators' table; a column that no row needs is left out."""
    has_states = any(row[Heading.STATE].content.entry for row in rows)
    left_out = {*(() if has_states else (Heading.STATE,)), *((Heading.YEAR,) if era.by_calendar(year) else ())}
    own = [heading for heading in Heading if heading not in (Heading.NUMBER, Heading.REPLY, Heading.KEY, *left_out)]
    at = own.index(Heading.AS_OF)
    return (*head, *own[:at], *fields, *own[at:], Heading.KEY)


def _sheet_name(text: str) -> str:
    """Return a name that a sheet may have (18.2.19): 31 characters at most, without signs of paths and quotes."""
    return safe(text).translate(str.maketrans("[]'", "（）’"))[:31]


def _table(sheet: _Sheet, errand: Errand, identity: Identity) -> Table:
    year = era.in_text(errand.rows.year)
    notes = tuple(" ".join(note.split()) for note in sheet.notes)
    what, _, kind = _called(errand).rpartition("の")
    title = f"{year}の{what}　{kind}（{errand.called}）"
    lines = (title, f"{PROPERTY} {identity}", _GUIDE, *notes)
    columns = tuple(
        Column(h, _width(sheet, n), _is_figure(sheet, h), h == Heading.KEY or h.startswith(_EARLIER), _HELP.get(h, ""))
        for n, h in enumerate(sheet.headings)
    )
    rows = tuple(tuple(row.get(h, NOTHING).content for h in sheet.headings) for row in sheet.rows)
    return Table(sheet.name, lines, columns, rows, 2)


def _width(sheet: _Sheet, column: int) -> float:
    """Return the width of a column, in characters."""
    heading = sheet.headings[column]
    if heading.startswith(_EARLIER):
        return _REFERENCE
    other = _SENTENCES if sheet.kinds.get(heading) is FieldKind.TEXT else _NODE if column < 3 else _FIELD
    return _WIDTHS.get(heading, other)


def _is_figure(sheet: _Sheet, heading: str) -> bool:
    return heading in _FIGURES or sheet.kinds.get(heading) in NUMBERS


def _book(tables: tuple[Table, ...], errand: Errand, identity: Identity, occasion: Occasion) -> Book:
    title = f"{tables[0].lines[0]}"
    return Book(title, occasion.author, tables, {PROPERTY: str(identity)}, ASKING, f"{PROPERTY} {identity}")
