"""Rules of repeated entries (再掲): they name an entry of another list that is written out there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from pipeline.diagnostics import Diagnostic, error
from pipeline.stages.validate.identifiers import NODE, SLUG
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.tree import Items, Keys, find
from pipeline.stages.validate.views import Entry, Word, activities, cut_off, foreign, initiatives, nearest, words


def repeated_initiatives_exist(sources: Sources) -> Iterator[Diagnostic]:
    """A repeated initiative is written out in another measure."""
    return _repeats(sources, _Entries(initiatives(sources), 1, "initiative-repeat", "取組"))


def repeated_activities_exist(sources: Sources) -> Iterator[Diagnostic]:
    """A repeated activity is written out in another initiative."""
    return _repeats(sources, _Entries(activities(sources), 2, "activity-repeat", "具体的な取組"))


class _Entries:
    """All entries of one sort, written out (``path/id``) and repeated (``path/id`` -> what it repeats).

    ``depth`` is the number of slashes in a reference; another number is reported where the file is read.
    """

    def __init__(self, entries: tuple[Entry, ...], depth: int, prefix: str, called: str) -> None:
        self.entries, self.depth, self.prefix, self.called = entries, depth, prefix, called
        self.written = frozenset(f"{entry.path}/{entry.id.text}" for entry in entries if entry.id)
        self.repeated = {f"{e.path}/{e.repeat.text.rsplit('/')[-1]}": e.repeat.text for e in entries if e.repeat}


def _repeats(sources: Sources, entries: _Entries) -> Iterator[Diagnostic]:
    for entry in entries.entries:
        ids = entry.repeat.text.split("/")[1:] if entry.repeat else []
        measured = entry.repeat is not None and bool(NODE.fullmatch(entry.repeat.text.split("/")[0]))
        formed = measured and len(ids) == entries.depth and all(SLUG.fullmatch(identifier) for identifier in ids)
        if entry.repeat and formed and _is_readable(sources, entry.repeat.text.split("/")[0]):
            yield from _repeat(entry.path, entry.repeat, entries)


def _is_readable(sources: Sources, measure: str) -> bool:
    """Return whether all ids of a measure's file are known, or there is no such measure."""
    document = sources.measures.get(measure)
    if document is None:  # a missing file is told by itself
        return all(name.text != measure for name in words(sources.strategy.tree, ("measures",), "id"))
    if foreign(sources, measure):  # told by itself
        return False
    if not isinstance(find(document.tree, ("initiatives",)), Items) or cut_off(document.tree, "initiatives"):
        return False
    own = structs.replace(sources, measures={measure: document})
    listed = [entry for entry in (*initiatives(own), *activities(own)) if isinstance(entry.node, Keys)]
    ids = [f"{e.path}/{e.id.text}" for e in listed if e.id]
    known = all(bool(SLUG.fullmatch(e.id.text)) if e.id else e.repeat is not None for e in listed)
    return known and len(set(ids)) == len(ids)  # one that is doubled should have been another


def _repeat(path: str, repeat: Word, entries: _Entries) -> Iterator[Diagnostic]:
    target, called, original = repeat.text, entries.called, entries.repeated.get(repeat.text)
    if target.rpartition("/")[0] == path:
        message = f"同じ一覧の{called}「{target}」を再掲しています"
        yield error(f"{entries.prefix}-own", repeat.place, message, f"ほかの一覧の{called}を指すように書いてください")
    elif target in entries.written:
        return
    elif original:
        message = f"「{target}」は、それ自体が再掲です"
        hint = f"元の{called}を指して repeat: {original} と書いてください"
        yield error(f"{entries.prefix}-of-repeat", repeat.place, message, hint)
    else:
        message = f"再掲する{called}「{target}」が見つかりません"
        hint = nearest(target, entries.written) or "施策の番号と識別名（id）を確かめてください"
        yield error(f"{entries.prefix}-unknown", repeat.place, message, hint)
