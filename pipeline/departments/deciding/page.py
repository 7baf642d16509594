"""proposals.html: every proposal on one page that opens in any browser and prints on A4.

In: ``Mail``. Out: HTML without scripts and without anything to load. What departments wrote is untrusted: it is
escaped, and characters that do not show are written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from msgspec import Struct

from pipeline.departments.deciding import visible, words
from pipeline.departments.deciding.board import board
from pipeline.departments.deciding.grouping import beside, together
from pipeline.departments.deciding.place_names import Names
from pipeline.departments.deciding.standing import Mail, Standing, refused, standings
from pipeline.model.correspondence import Kind, Proposal, Verdict
from pipeline.wording.differences import Change, Piece, excerpt, pieces
from pipeline.wording.era import in_text

FILE = "proposals.html"
_TEMPLATE = "page.html"
_LONG = 400
"""Characters from which a text is shortened to the surroundings of its changes; the whole text can be opened."""
_AROUND = 60
_OVER_A_PAGE = 1200
"""Characters from which a proposal may be parted between printed pages."""
_LONG_CHANGE = 40
"""Characters from which what came is no longer bold."""
_TAGS = {
    Change.GONE: Markup('<del class="{}">{}</del>'),
    Change.NEW: Markup('<ins class="{}">{}</ins>'),
}


class Texts(Struct, frozen=True):
    """Two texts side by side with their headings, marked; ``whole`` where ``shown`` leaves out parts that stayed."""

    headings: tuple[str, str]
    shown: tuple[Markup, Markup]
    whole: tuple[Markup, Markup] | None = None


class Card(Struct, frozen=True):
    """A proposal as it is shown; ``comments`` are those on its field in the same file.

    ``is_open`` where it or one of these is not decided.
    """

    id: str
    kind: str
    title: Markup
    texts: Texts | None
    why: Markup
    why_label: str
    facts: tuple[tuple[str, Markup], ...]
    decision: Markup
    chosen: Markup | None
    is_open: bool
    is_long: bool
    comments: tuple[Card, ...] = ()


class Section(Struct, frozen=True):
    """A measure and its proposals."""

    anchor: str
    standing: Standing
    files: tuple[Markup, ...]
    cards: tuple[Card, ...]


def render(mail: Mail) -> str:
    """Return the page; the same mail gives the same characters."""
    names = Names(mail.evaluation)
    report = mail.evaluation.report
    return _template().render(
        title=f"{in_text(report.evaluated_in)} 戻ったシートの修正の一覧",
        owner=f"{report.city}{report.division}",
        board=board(mail),
        refused=[_card(p, names, ()) for p in refused(mail)],
        sections=[_section(row, names) for row in standings(mail) if row.proposals],
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["marked"] = marked
    return environment.get_template(_TEMPLATE)


def _section(row: Standing, names: Names) -> Section:
    cards = tuple(_cards(row.proposals, names))
    return Section(f"m-{row.id}", row, tuple(map(marked, row.files)), cards)


def _cards(proposals: Sequence[Proposal], names: Names) -> Iterator[Card]:
    """Yield a card for every proposal: those on one place stand together, comments beside what they are about."""
    found = beside(proposals)
    placed = {comment.id for comments in found.values() for comment in comments}
    for proposal in together(p for p in proposals if p.id not in placed):
        comments = tuple(_card(comment, names, ()) for comment in found.get(proposal.id, ()))
        yield _card(proposal, names, comments)


def _card(proposal: Proposal, names: Names, comments: tuple[Card, ...]) -> Card:
    path = proposal.path
    place = marked(proposal.place) if proposal.place else Markup()
    facts = [
        ("シートの場所", place),
        ("書き込み先", marked(path) if path else Markup("なし（自動では書き込みません）")),
        ("戻ったファイル", marked(proposal.file)),
        ("記入者", marked(proposal.author)),
        ("日時", marked(proposal.date.replace("T", " ").removesuffix("Z"))),
    ]
    if proposal.kind is Kind.REFUSED:
        facts = facts[2:]
    text = proposal.decision.text
    return Card(
        id=proposal.id,
        kind=words.KINDS[proposal.kind],
        title=marked(names.of(path)) if path else place or marked(proposal.file),
        texts=_texts(proposal),
        why=marked(proposal.why),
        why_label=words.WHY.get(proposal.kind, "確かめること"),
        facts=tuple(fact for fact in facts if fact[1]),
        decision=marked(words.decision(proposal)),
        chosen=None if text is None else _side(pieces(proposal.old, text), Change.NEW),
        is_open=proposal.decision.verdict is Verdict.OPEN or any(comment.is_open for comment in comments),
        is_long=max(len(proposal.old), len(proposal.new)) > _OVER_A_PAGE,
        comments=comments,
    )


def _texts(proposal: Proposal) -> Texts | None:
    if proposal.kind is Kind.REFUSED:
        return None
    if proposal.kind is Kind.COMMENT:
        return Texts(("コメントの付いた所", "コメント"), (marked(proposal.old), marked(proposal.new)))
    if proposal.kind is Kind.MISSING:
        return Texts(("なくなった欄の内容", "戻ったシート"), (marked(proposal.old), marked(proposal.new)))
    headings = ("今の内容", "提案") if proposal.path else ("送付したとき", "戻ったシート")
    found = pieces(proposal.old, proposal.new)
    whole = (_side(found, Change.GONE), _side(found, Change.NEW))
    if max(len(proposal.old), len(proposal.new)) < _LONG:
        return Texts(headings, whole)
    short = excerpt(found, _AROUND)
    shown = (_side(short, Change.GONE), _side(short, Change.NEW))
    return Texts(headings, shown, whole if any(isinstance(piece, int) for piece in short) else None)


def _side(found: Iterable[Piece | int], own: Change) -> Markup:
    """Return one of the two texts: what stayed, and what is its own."""
    shown = Markup()
    for piece in found:
        if isinstance(piece, int):
            shown += Markup('<span class="left-out">…（同じ{}字）…</span>').format(piece)
        elif piece.change is Change.SAME:
            shown += marked(piece.text)
        elif piece.change is own:
            shown += _TAGS[own].format("long" if len(piece.text) > _LONG_CHANGE else "short", _with_breaks(piece.text))
    return shown


def _with_breaks(text: str) -> Markup:
    """Show line breaks that came or went."""
    return marked(text).replace("\n", Markup('<span class="code">↵</span>\n'))


def marked(text: str) -> Markup:
    """Escape a text; characters that do not show become codes."""
    parts = (
        Markup('<span class="code">{}</span>').format(part) if unseen else escape(part)
        for part, unseen in visible.split(text)
    )
    return Markup().join(parts)
