"""A proposal as lines of a terminal: signs tell what differs, colours only help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from pipeline.departments.deciding import words
from pipeline.departments.deciding.place_names import Names
from pipeline.departments.deciding.visible import plain
from pipeline.model.correspondence import OPEN, Kind, Proposal
from pipeline.wording.differences import Change, Piece, excerpt, pieces

_AROUND, _MOST = 40, 200
"""Characters shown beside a change, and of a text that is only quoted."""
_SIGNS = {Change.GONE: ("[-", "-]", "red"), Change.NEW: ("{+", "+}", "bold green")}
LEGEND = "[-消された文字-]  {+書かれた文字+}"


def card(proposal: Proposal, names: Names, comments: Sequence[Proposal], whole: bool = False) -> list[Text]:
    """Return the lines of a proposal and of the comments on its field; ``whole`` shows long texts in full."""
    head = Text.assemble((f"【{words.KINDS[proposal.kind]}】", "bold"), " ", (_title(proposal, names), "bold"))
    return [
        head,
        *_facts(proposal),
        *([_named(words.WHY.get(proposal.kind, "確かめること"), Text(plain(proposal.why)))] if proposal.why else []),
        *_texts(proposal, whole),
        *(_comment(comment) for comment in comments),
        *(_decided(proposal) if proposal.decision != OPEN else ()),
    ]


def brief(proposal: Proposal, names: Names) -> list[Text]:
    """Return a proposal as a line, cut short: for a list of many."""
    return [
        Text.assemble(f"  {proposal.id}  {_title(proposal, names)}: ", _cut(proposal.new.replace("\n", " "), False))
    ]


def _title(proposal: Proposal, names: Names) -> str:
    return plain(names.of(proposal.path) if proposal.path else proposal.place or proposal.file)


def _facts(proposal: Proposal) -> list[Text]:
    who = " ".join(plain(part) for part in (proposal.author, proposal.date.replace("T", " ").removesuffix("Z")) if part)
    known = (proposal.id, plain(proposal.file), plain(proposal.place), who)
    return [Text("  ".join(part for part in known if part), "dim")]


def _texts(proposal: Proposal, whole: bool) -> list[Text]:
    if proposal.kind is Kind.REFUSED:
        return []
    if proposal.kind is Kind.COMMENT:
        return [_named("コメントの付いた所", _cut(proposal.old, whole)), _named("コメント", Text(plain(proposal.new)))]
    if proposal.kind is Kind.MISSING:
        return [_named("なくなった欄の内容", _cut(proposal.old, whole))]
    names = ("今", "提案") if proposal.path else ("送付時", "戻り")
    return difference(proposal.old, proposal.new, names, whole)


def difference(old: str, new: str, names: tuple[str, str], whole: bool = False) -> list[Text]:
    """Return two texts under each other, with what differs between signs."""
    found = pieces(old, new)
    shown = found if whole else excerpt(found, _AROUND)
    return [_named(names[0], _side(shown, Change.GONE)), _named(names[1], _side(shown, Change.NEW))]


def _side(found: Iterable[Piece | int], own: Change) -> Text:
    shown = Text()
    for piece in found:
        if isinstance(piece, int):
            shown.append(f"…（同じ{piece}字）…", "dim")
        elif piece.change is Change.SAME:
            shown.append(plain(piece.text))
        elif piece.change is own:
            start, end, style = _SIGNS[own]
            shown.append(f"{start}{plain(piece.text)}{end}", style)
    return shown if shown.plain else Text("（なし）", "dim")


def _cut(text: str, whole: bool) -> Text:
    if whole or len(text) <= _MOST:
        return Text(plain(text))
    return Text(f"{plain(text[:_MOST])}…（ほか{len(text) - _MOST}字）")


def _named(name: str, text: Text) -> Text:
    return Text.assemble((f"{name}  ", "dim"), Text("\n  ").join(text.split("\n")))


def _comment(comment: Proposal) -> Text:
    return Text.assemble(
        (f"コメント（{plain(comment.author) or '記入者不明'}）  ", "dim"), plain(comment.new).replace("\n", "\n  ")
    )


def _decided(proposal: Proposal) -> list[Text]:
    lines = [Text.assemble(("決定  ", "dim"), (plain(words.decision(proposal)), "bold"))]
    if proposal.decision.text is not None:
        lines += difference(proposal.old, proposal.decision.text, ("今", "採用"))
    return lines
