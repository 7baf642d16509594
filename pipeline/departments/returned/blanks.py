"""What a sheet asked for and came back without: fields that nobody filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued.asking import Asking, answering, is_to_fill
from pipeline.departments.issued.fields import field_at
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.identifying import identifier
from pipeline.model.correspondence import Issue, Kind, ReturnedSheet, Spot, Value
from pipeline.model.form import Form

_PLACE = "記入する欄"
_WRITTEN = (Kind.CHANGE, Kind.QUESTION)
_FILLED = (*_WRITTEN, Kind.CONFLICT)


class Blanks(Struct, frozen=True):
    """How many fields a sheet asked for, and those still blank: their places in the inputs, and on the sheet."""

    asked: int
    left: Mapping[str, str]

    def edits(self) -> tuple[Edit, ...]:
        """Return a question about what was left blank; nothing where all was filled in."""
        if not self.left:
            return ()
        state = "すべて" if len(self.left) == self.asked else f"{self.asked}か所のうち{len(self.left)}か所"
        why = f"記入を依頼した欄が、{state}空のままです。記入漏れでないか、所管課に確かめてください。"
        return (Edit(Kind.QUESTION, _PLACE, None, "\n".join(self.left.values()), "", (), (why,)),)


def blanks(
    edits: Sequence[Edit],
    issue: Issue,
    asking: Asking,
    now: Mapping[str, Value],
    place_of: Callable[[Spot], str],
) -> Blanks:
    """Return what of a sheet's own fields is blank, in the file and in the inputs of now; ``asking`` says what
    is asked for, ``place_of`` where it stands.
    """
    asked: dict[str, str] = {}
    for spot in issue.spots:
        paths = [m.path for m in spot.marks if asking.asks(m.path, m.shown, answering(issue, m.path))]
        for path in paths:
            if not asking.may_stay_empty(path):
                asked.setdefault(path, f"{place_of(spot)}{_within(path, asking.form) if paths[1:] else ''}")
    known = (path for path in asked if path in now and not _is_blank(now[path].text))
    done = {*_filled(edits), *known}
    return Blanks(len(asked), {path: place for path, place in asked.items() if path not in done})


def _within(path: str, form: Form) -> str:
    """Name a field of a cell that asks for several."""
    field = field_at(form, path)
    return f"の{field.name}" if field else ""


def filled_together(sheets: Sequence[ReturnedSheet]) -> list[ReturnedSheet]:
    """Ask only for what no file fills in: two departments share a sheet, a figure comes in a workbook."""
    written = {p.path for file in sheets for p in file.proposals if p.kind in _FILLED and not _is_blank(p.new)}
    return [_left_by_all(sheet, written) for sheet in sheets]


def _left_by_all(sheet: ReturnedSheet, written: Set[str | None]) -> ReturnedSheet:
    if sheet.identity is None or not written & set(sheet.blank):
        return sheet
    asked = next(p for p in sheet.proposals if p.place == _PLACE and p.path is None)
    places = dict(zip(sheet.blank, asked.old.splitlines(), strict=True))
    left = {path: place for path, place in places.items() if path not in written}
    told = [
        replace(one, id=identifier(one, set()))
        for edit in Blanks(sheet.asked, left).edits()
        for one in (replace(asked, old=edit.old, why="".join(edit.why)),)
    ]
    proposals = [one for p in sheet.proposals for one in (told if p is asked else [p])]
    return replace(sheet, proposals=tuple(proposals), blank=tuple(left))


def _filled(edits: Iterable[Edit]) -> Iterable[str]:
    """Yield the places that say something now; of those that are gone, it is told that they are."""
    for edit in edits:
        if edit.path and (edit.kind is Kind.MISSING or (edit.kind in _WRITTEN and not _is_blank(_written(edit)))):
            yield edit.path


def _written(edit: Edit) -> str:
    """Return what was written, without the words that asked for it."""
    return edit.new.replace(edit.old, "") if edit.old.strip() else edit.new


def _is_blank(text: str) -> bool:
    return not text.strip() or is_to_fill(text)
