"""``Changes`` -> changes.docx: the figures, then the texts, old and new side by side in the city's convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from pipeline.diagnostics import Checked
from pipeline.documents.template import line_break, run
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.form import Convention, Hand, Unchanged, Underlined
from pipeline.model.release import Change, Changes
from pipeline.model.report import Report
from pipeline.publication.document import document as filled
from pipeline.wording.differences import Change as Fate
from pipeline.wording.differences import Piece, excerpt, pieces

TEMPLATE = "changes.docx"
_DIFFERENT = "Changed"
"""The template's character style of what differs."""
_OMITTED = "（略）"
_AROUND = 12
"""Characters that stay beside a change where the rest is left out."""


def document(changes: Changes, convention: Convention, report: Report, since: str, templates: Path) -> Checked[bytes]:
    """Return the filled docx; ``since`` names what this edition is compared with."""
    variables = _variables(changes, convention, report, since)
    return filled(templates, TEMPLATE, _title(report), report, variables)


def _title(report: Report) -> str:
    return f"{report.book_title}　新旧対照表"


def _variables(changes: Changes, convention: Convention, report: Report, since: str) -> dict[str, object]:
    left, right = _sides(convention, convention.heading_new, convention.heading_old)
    return {
        "対照表": {
            "題名": _title(report),
            "比べたもの": since,
            "左の見出し": left,
            "右の見出し": right,
            "備考の見出し": "備考" if convention.remarks else HIDDEN,
            "下線": convention.underline is not Underlined.NONE,
            "数値の件数": str(len(changes.figures)),
            "文章の件数": str(len(changes.texts)),
            "数値": list(_nodes(changes.figures, convention, shows_remarks=True)),
            "文章": list(_nodes(changes.texts, convention, shows_remarks=convention.remarks)),
        },
    }


def _nodes(changes: Sequence[Change], convention: Convention, *, shows_remarks: bool) -> Iterator[dict[str, object]]:
    for node, members in groupby(changes, key=lambda change: change.node):
        rows = [_row(change, convention, change.remark if shows_remarks else HIDDEN) for change in members]
        yield {"題名": node, "変更": rows}


def _row(change: Change, convention: Convention, remark: str) -> dict[str, object]:
    found = pieces(change.before or "", change.after or "")
    new = _side(change.after, found, convention, Fate.NEW, convention.removed)
    old = _side(change.before, found, convention, Fate.GONE, convention.added)
    left, right = _sides(convention, new, old)
    return {"項目": change.item, "左": left, "右": right, "備考": remark}


def _sides(convention: Convention, new: object, old: object) -> tuple[object, object]:
    """Return what belongs to both texts as they stand, the left one first."""
    return (new, old) if convention.new is Hand.LEFT else (old, new)


def _side(text: str | None, found: Sequence[Piece], convention: Convention, own: Fate, absent: str) -> Markup:
    """Return the runs of a text; ``own`` is what belongs to this side alone, ``absent`` what prints if there is none.

    A text that has nothing on its other side has no difference to be underlined.
    """
    if text is None:
        return run(absent)
    mine = [piece for piece in found if piece.change in (Fate.SAME, own)]
    underlined = {Underlined.BOTH: (Fate.NEW, Fate.GONE), Underlined.NEW: (Fate.NEW,), Underlined.NONE: ()}
    is_marked = own in underlined[convention.underline] and len(found) > 1
    shown: Sequence[Piece | int] = excerpt(mine, _AROUND) if convention.unchanged is Unchanged.OMITTED else mine
    return Markup().join(_piece(piece, own if is_marked else None) for piece in shown)


def _piece(piece: Piece | int, marked: Fate | None) -> Markup:
    if isinstance(piece, int):
        return run(_OMITTED)
    style = _DIFFERENT if piece.change is marked else ""
    return line_break().join(run(line, style) for line in piece.text.split("\n"))
