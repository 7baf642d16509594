"""How far every measure has come: sent, returned, proposed, decided; and what needs attention first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.diagnostics import squeezed
from pipeline.model.correspondence import ROW_ADDED, Identity, Issue, Kind, Proposal, ReturnedSheet, Verdict
from pipeline.model.evaluation import Evaluation, Measure

COLUMNS = (Kind.CHANGE, Kind.QUESTION, Kind.CONFLICT, Kind.OUTSIDE, Kind.MISSING, Kind.COMMENT)
"""The kinds of proposals that are counted, in their order."""
UNREAD = "読めなかったファイル"


@dataclass(frozen=True, slots=True)
class Mail:
    """What came back so far: the inputs, the last issue of every measure, the returned files, and all proposals."""

    evaluation: Evaluation
    issues: Mapping[str, Issue]
    sheets: Sequence[ReturnedSheet]
    proposals: Sequence[Proposal]


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure's state; ``files`` are those that answer it.

    ``asked`` counts the fields that were to be filled in, ``blank`` those that no file filled in.
    """

    measure: Measure
    issue: Issue | None
    files: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    asked: int = 0
    blank: int = 0
    counts: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def sent(self) -> str:
        """Return which issue was sent."""
        return f"第{self.issue.identity.number}回" if self.issue else "未送付"

    @property
    def returned(self) -> str:
        """Return what came back."""
        if not self.issue:
            return ""
        if not self.files:
            return "未回収"
        if self.blank:
            return f"{'記入なし' if self.blank == self.asked else f'{len(self.files)}件'}（空欄{self.blank}）"
        return f"{len(self.files)}件" if self.proposals else "修正なし"

    @property
    def is_awaited(self) -> bool:
        """Return whether the sheet is out and nothing came back."""
        return self.issue is not None and not self.files

    @property
    def open(self) -> int:
        """Count what is not decided."""
        return opened(self.proposals)


def opened(proposals: Iterable[Proposal]) -> int:
    """Count the proposals that are not decided."""
    return sum(p.decision.verdict is Verdict.OPEN for p in proposals)


def refused(mail: Mail) -> tuple[Proposal, ...]:
    """Return the files that could not be read."""
    return tuple(p for p in mail.proposals if p.kind is Kind.REFUSED)


def standings(mail: Mail) -> tuple[Standing, ...]:
    """Return every measure's state, in the order of the strategy."""
    return tuple(_standing(measure, mail) for measure in mail.evaluation.measures)


def _standing(measure: Measure, mail: Mail) -> Standing:
    issue = mail.issues.get(measure.id)
    sheets = [s for s in mail.sheets if s.identity and _answers(s.identity, measure, issue)]
    proposals = tuple(p for p in mail.proposals if p.measure == measure.id)
    asked = max((sheet.asked for sheet in sheets), default=0)
    blank = len(set.intersection(*(set(sheet.blank) for sheet in sheets))) if sheets else 0
    files = tuple(sheet.file for sheet in sheets)
    return Standing(measure, issue, files, proposals, asked, blank, dict(Counter(p.kind for p in proposals)))


def _answers(identity: Identity, measure: Measure, issue: Issue | None) -> bool:
    """Return whether a file answers the last issue; answers to earlier ones are settled."""
    return identity.measure == measure.id and (issue is None or identity == issue.identity)


def _is_to_write(proposal: Proposal, evaluation: Evaluation) -> bool:
    """Return whether an added row was acknowledged, and the inputs have no initiative of its name yet."""
    if not proposal.why.startswith(ROW_ADDED) or proposal.decision.verdict is not Verdict.ACCEPT:
        return False
    items = (item for m in evaluation.measures if m.id == proposal.measure for item in m.initiatives)
    return not any(squeezed(item.name) in squeezed(proposal.new) for item in items)


@dataclass(frozen=True, slots=True)
class Attention:
    """Something to be seen to first: what, how many, and which (measures or files)."""

    what: str
    count: int
    which: tuple[str, ...]


def attentions(mail: Mail) -> tuple[Attention, ...]:
    """Return what needs attention: files not read, conflicts and questions not decided, fields left blank, sheets not
    come back.
    """
    rows = standings(mail)
    unread = tuple(p.file for p in refused(mail) if p.decision.verdict is Verdict.OPEN)
    found = [Attention(UNREAD, len(unread), unread)]
    for kind, what in ((Kind.CONFLICT, "競合"), (Kind.QUESTION, "質問"), (Kind.MISSING, "欠落")):
        counts = {r.measure.id: opened(p for p in r.proposals if p.kind is kind) for r in rows}
        found.append(Attention(what, sum(counts.values()), tuple(m for m, count in counts.items() if count)))
    empty = {row.measure.id: row.blank for row in rows if row.blank}
    found.append(Attention("空欄", sum(empty.values()), tuple(empty)))
    added = Counter(p.measure for p in mail.proposals if _is_to_write(p, mail.evaluation))
    found.append(Attention("入力データに書き足す行", added.total(), tuple(added)))
    awaited = tuple(row.measure.id for row in rows if row.is_awaited)
    unsent = tuple(row.measure.id for row in rows if row.issue is None)
    found += [Attention("未回収", len(awaited), awaited), Attention("未送付", len(unsent), unsent)]
    return tuple(one for one in found if one.count)
