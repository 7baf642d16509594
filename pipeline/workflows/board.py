"""The board as plain data: what needs attention, every measure's state, and the files that could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.departments import deciding
from pipeline.departments.deciding import COLUMNS, KINDS, Fresh, Standing
from pipeline.workflows.collect import Collected
from pipeline.workflows.published import APART, CALLED


def told(found: Collected) -> Mapping[str, object] | None:
    """Return the board; None where errors stood in the way."""
    mail = found.mail
    if mail is None:
        return None
    rows = deciding.standings(mail)
    sheets = [row for row in rows if not row.is_workbook]
    sent, back = sum(row.issue is not None for row in sheets), sum(bool(row.files) for row in sheets)
    return {
        "called": mail.evaluation.form.lowest.short,
        "columns": [KINDS[kind] for kind in COLUMNS],
        "attentions": [
            {"what": one.what, "count": one.count, "which": [deciding.plain(name) for name in one.which]}
            for one in deciding.attentions(mail)
        ]
        + _apart(found.apart),
        "unread": [[deciding.plain(p.file), deciding.plain(p.why)] for p in deciding.refused(mail)],
        "rows": [_row(row) for row in rows],
        "year": mail.evaluation.report.year,
        "fresh": [*map(_fresh, deciding.of_indicators(mail.evaluation))],
        "counts": {"all": len(sheets), "sent": sent, "back": back},
        "isPending": found.is_pending,
    }


def _apart(commands: Sequence[str]) -> list[Mapping[str, object]]:
    which = [CALLED[command] for command in commands]
    return [{"what": APART, "count": len(which), "which": which}] if which else []


def _row(row: Standing) -> Mapping[str, object]:
    return {
        "departments": row.departments,
        "id": row.id,
        "title": row.title,
        "sent": row.sent,
        "returned": row.returned,
        "isAwaited": row.is_awaited,
        "counts": [row.counts.get(kind, 0) for kind in COLUMNS],
        "open": row.open,
    }


def _fresh(one: Fresh) -> Sequence[str]:
    """Return an indicator's owner, name, state, day, and what of earlier years is open."""
    return one.owner, deciding.plain(one.name), one.state, one.as_of, "、".join(one.late)
