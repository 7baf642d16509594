"""The last run of ``apply``, taken back: the values before it -> new texts of the input files, and ledger lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.departments.issued.address import ABSENT, split
from pipeline.departments.returned.applying import Applied, Books
from pipeline.departments.returned.proposals import Table
from pipeline.departments.returned.splice import CannotWrite, splice
from pipeline.diagnostics import Checked, Diagnostic, error, has_errors
from pipeline.model.correspondence import OPEN, Entry, Value, ValueKind

_BY_HAND = "入力データを直接直してください。前の内容は、反映の記録.csv にあります。"


def undo(entries: Sequence[Entry], books: Books) -> Checked[Applied]:
    """Put back what stood before the entries of one run; refuses if any of it was changed since."""
    first = {entry.path: entry for entry in reversed(entries)}
    found = [d for entry in first.values() for d in _obstacles(entry, books)]
    texts: dict[str, str] = {}
    for name in dict.fromkeys(split(path)[0] for path in first) if not found else ():
        changes = {
            split(path)[1]: Value(books.now[path].kind, entry.old)
            for path, entry in first.items()
            if split(path)[0] == name
        }
        try:
            texts[name] = splice(books.texts[name], changes)
        except CannotWrite as reason:
            found.append(error("undo-refused", books.place(name), str(reason), _BY_HAND))
    back = tuple(_back(entry, books) for entry in entries)
    return Checked(None if has_errors(found) else Applied(texts, back), tuple(found))


def _obstacles(entry: Entry, books: Books) -> list[Diagnostic]:
    now, place = books.now.get(entry.path, ABSENT), books.place(split(entry.path)[0])
    if now.text != entry.new:
        message = f"「{entry.path}」は、反映した後に変わっています。何も取り消しませんでした。"
        return [error("undo-moved", place, message, _BY_HAND)]
    if not entry.old and now.kind is not ValueKind.TEXT:
        message = f"「{entry.path}」は、反映する前には無かった項目です。何も取り消しませんでした。"
        return [error("undo-refused", place, message, "入力データから、この項目の行を手で消してください。")]
    return []


def _back(entry: Entry, books: Books) -> Entry:
    return replace(entry, date=books.date, old=entry.new, new=entry.old, run=books.run, undoes=entry.run)


def reopened(table: Table, entries: Sequence[Entry]) -> Table:
    """Give the proposals, those that were taken back to be decided anew."""
    back = {entry.proposal for entry in entries}
    return replace(table, proposals=tuple(replace(p, decision=OPEN) if p.id in back else p for p in table.proposals))
