"""The last run of ``apply``, taken back: what its record says of the files before -> their texts, and ledger lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued import input_places
from pipeline.departments.issued.input_places import ABSENT, split
from pipeline.departments.returned.applying import Applied, Books, written
from pipeline.departments.returned.meaning import CannotWrite, check, taken_over
from pipeline.departments.returned.merging import merged_lines
from pipeline.departments.returned.proposals import ProposalList
from pipeline.diagnostics import Diagnostic, error
from pipeline.model.correspondence import OPEN, LedgerEntry, Value

_BY_HAND = "前の内容に戻すときは、入力データを直接直してください。前の内容は、反映の記録.csv にあります。"
_MOVED = "「{}」は、反映した後に手で直されています。今の内容のまま残しました。"
_REFUSED = "「{}」は、反映する前の内容に戻せません。{}"


class Sides(Struct, frozen=True):
    """The text of an input file before a run of ``apply``, and after it."""

    before: str
    after: str


def undo(entries: Sequence[LedgerEntry], record: Mapping[str, Sides], books: Books) -> Applied:
    """Put back what stood before the entries of one run, byte by byte; what was changed by hand since stays.

    ``record`` has the files of the run by their names. Return the new texts, lines for what was put back, and errors
    for what was not.
    """
    wanted = {entry.path: entry for entry in entries}
    before = input_places.values({name: sides.before for name, sides in record.items()}, list(wanted), books.form)
    obstacles = {path: _obstacle(entry, before.get(path), books) for path, entry in wanted.items()}
    held = {path: _held(path, message, books) for path, message in obstacles.items() if message}
    texts: dict[str, str] = {}
    for name in dict.fromkeys(split(path)[0] for path in wanted if path not in held):
        changes = {split(path)[1]: before[path] for path in wanted if split(path)[0] == name and path not in held}
        text, reasons = _restored(books.texts[name], record[name], changes)
        paths = {f"{name}#{keys}": reason for keys, reason in reasons.items()}
        held |= {path: _held(path, _REFUSED.format(path, reason), books) for path, reason in paths.items()}
        if text != books.texts[name]:
            texts[name] = text
    back = tuple(_back(entry, before[entry.path], books) for entry in entries if entry.path not in held)
    return Applied(texts, back, {name: books.texts[name] for name in texts}, tuple(held.values()))


def _obstacle(entry: LedgerEntry, before: Value | None, books: Books) -> str:
    """Return why a value is left alone: the record is not of this run, or somebody has written a third since."""
    if before is None or before.text != entry.old:
        return _REFUSED.format(entry.path, "控えが、反映の記録と合いません。")
    there = split(entry.path)[0] in books.texts
    is_known = there and books.now.get(entry.path, ABSENT).text in (entry.new, entry.old)
    return "" if is_known else _MOVED.format(entry.path)


def _held(path: str, message: str, books: Books) -> Diagnostic:
    return error("undo-moved", books.place_of(path), message, _BY_HAND)


def _restored(now: str, sides: Sides, changes: Mapping[str, Value]) -> tuple[str, dict[str, str]]:
    """Take a run's lines out of a text, edited elsewhere since or not; where they were edited, write the values back.

    Return the text, and the values that cannot be written with the reasons.
    """
    if now == sides.after:
        return sides.before, {}
    merged = merged_lines(sides.after, sides.before, now)
    try:
        if merged is not None:
            check(now, merged, lambda read: taken_over(now, sides.before, changes, read))
            return merged, {}
    except CannotWrite:
        pass  # the lines hold more than the values that are to be put back
    return written(now, changes)


def _back(entry: LedgerEntry, before: Value, books: Books) -> LedgerEntry:
    return replace(entry, date=books.date, old=entry.new, new=before.text, run=books.run, undoes=entry.run)


def reopened(table: ProposalList, entries: Sequence[LedgerEntry]) -> ProposalList:
    """Return the proposals, those that were taken back to be decided anew."""
    back = {entry.proposal for entry in entries}
    return replace(table, proposals=tuple(replace(p, decision=OPEN) if p.id in back else p for p in table.proposals))
