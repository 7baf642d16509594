"""A proposal as plain data for the page in the browser: both texts in pieces, and what people call things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.departments.deciding import visible, words
from pipeline.departments.deciding.answers import is_addable, start, written
from pipeline.departments.deciding.place_names import Names
from pipeline.model.correspondence import Decision, Kind, Proposal
from pipeline.wording.differences import Change, Piece, pieces

_MARKS = {Change.SAME: "", Change.GONE: "del", Change.NEW: "ins"}
_UNREAD = "読めなかったファイル"
_UNSEEN = "code"
"""The mark of what does not show, written as its number in Unicode."""
_HEADINGS = {
    Kind.COMMENT: ("コメントの付いた所", "コメント"),
    Kind.MISSING: ("なくなった欄の内容", "戻ったシート"),
}


def row(proposal: Proposal, names: Names, comments: Sequence[Proposal] = ()) -> Mapping[str, object]:
    """Return all that is shown of a proposal, and of the comments on its field."""
    old, new = texts(proposal.old, proposal.new, proposal.kind)
    return {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "kindName": words.KINDS[proposal.kind],
        "measure": proposal.measure,
        "measureName": _UNREAD if proposal.kind is Kind.REFUSED else names.title(proposal.measure),
        "title": visible.plain(names.of(proposal.path) if proposal.path else proposal.place or proposal.file),
        "path": proposal.path and visible.plain(proposal.path),
        "file": visible.plain(proposal.file),
        "facts": [visible.plain(fact) for fact in (proposal.place, proposal.author, _when(proposal)) if fact],
        "why": visible.plain(proposal.why),
        "whyName": words.WHY.get(proposal.kind, "確かめること"),
        "headings": _headings(proposal),
        "old": old,
        "new": new,
        "isBlank": not proposal.old,
        "writes": words.writes(proposal.kind, proposal.path),
        "start": None if proposal.path is None else start(proposal),
        "comments": [row(comment, names) for comment in comments],
        **decided(proposal),
    }


def decided(proposal: Proposal) -> Mapping[str, object]:
    """Return what is decided on a proposal."""
    text = proposal.decision.text
    return {
        "verdict": proposal.decision.verdict.value,
        "mayBeAdded": is_addable(proposal),
        "decision": visible.plain(words.decision(proposal)),
        "chosen": None if text is None else texts(proposal.old, text, proposal.kind)[1],
    }


def against(rival: Proposal, proposal: Proposal, decision: Decision) -> Mapping[str, object]:
    """Return what was accepted before beside what is to be accepted in its place, each with its file."""
    old, new = texts(written(rival, rival.decision) or "", written(proposal, decision) or "")
    headings = (f"前の採用（{visible.plain(rival.file)}）", f"これ（{visible.plain(proposal.file)}）")
    return {"id": rival.id, "kind": rival.kind.value, "headings": headings, "old": old, "new": new}


def texts(old: str, new: str, kind: Kind = Kind.CHANGE) -> tuple[list[list[str]], list[list[str]]]:
    """Return two texts in pieces, each with its mark; those that are not two states of one text have none."""
    if kind in _HEADINGS:
        return [*_visible(old, "")], [*_visible(new, "")]
    found = pieces(old, new)
    return _side(found, Change.GONE), _side(found, Change.NEW)


def _side(found: Iterable[Piece], own: Change) -> list[list[str]]:
    shown = (piece for piece in found if piece.change in (Change.SAME, own))
    return [part for piece in shown for part in _visible(piece.text, _MARKS[piece.change])]


def _visible(text: str, mark: str) -> Iterator[list[str]]:
    yield from ([_UNSEEN if is_unseen else mark, part] for part, is_unseen in visible.split(text))


def _headings(proposal: Proposal) -> tuple[str, str]:
    if proposal.kind in _HEADINGS:
        return _HEADINGS[proposal.kind]
    if proposal.path is None:
        return "送付したとき", "戻ったシート"
    return "今の内容（入力データ）", f"提案（{visible.plain(proposal.file)}）"


def _when(proposal: Proposal) -> str:
    return proposal.date.replace("T", " ").removesuffix("Z")
