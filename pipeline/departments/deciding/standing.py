"""How far every measure has come: sent, returned, proposed, decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from pipeline.departments.deciding.place_names import Names
from pipeline.departments.issued.asking import Asking, answering
from pipeline.model.correspondence import WRITING, Identity, Issue, Kind, Proposal, ReturnedSheet, Verdict
from pipeline.model.evaluation import Evaluation

COLUMNS = (Kind.CHANGE, Kind.QUESTION, Kind.CONFLICT, Kind.OUTSIDE, Kind.MISSING, Kind.COMMENT)
"""The kinds of proposals that are counted, in their order."""


class Mail(Struct, frozen=True):
    """What came back so far: the inputs, the last issue of every measure and workbook by their names, the returned
    files, and all proposals.
    """

    evaluation: Evaluation
    issues: Mapping[str, Issue]
    sheets: Sequence[ReturnedSheet]
    proposals: Sequence[Proposal]


class Standing(Struct, frozen=True):
    """The state of a measure, or of a workbook of figures; ``files`` are those that answer it.

    ``id`` is what proposals call it, ``title`` what people do; ``is_edited`` where any of the files proposes something.
    ``asked`` counts the fields that were to be filled in, ``blank`` those that no file filled in, ``emptied`` those
    that are needed and came back without what they said.
    """

    id: str
    title: str
    departments: tuple[str, ...]
    issue: Issue | None
    files: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    is_edited: bool
    in_workbook: bool = False
    asked: int = 0
    blank: int = 0
    emptied: int = 0
    counts: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def is_workbook(self) -> bool:
        """Return whether it is a workbook, and no measure."""
        return self.issue is not None and self.issue.identity.is_workbook

    @property
    def is_unsent(self) -> bool:
        """Return whether neither the sheet nor a workbook with its figures was sent."""
        return self.issue is None and not self.in_workbook

    @property
    def is_own(self) -> bool:
        """Return whether it comes back by itself, and not within a workbook."""
        return self.issue is not None or not self.in_workbook

    @property
    def sent(self) -> str:
        """Return which issue was sent."""
        if self.issue is None:
            return "記入表" if self.in_workbook else "未送付"
        return f"第{self.issue.identity.number}回"

    @property
    def returned(self) -> str:
        """Return what came back."""
        if not self.issue:
            return ""
        if not self.files:
            return "未回収"
        if self.blank or self.emptied:
            is_untouched = self.blank and self.blank == self.asked
            return f"{'記入なし' if is_untouched else f'{len(self.files)}件'}（空欄{self.blank + self.emptied}）"
        return f"{len(self.files)}件" if self.is_edited else "修正なし"

    @property
    def is_back(self) -> bool:
        """Return whether something came back of what is out."""
        return self.issue is not None and bool(self.files)

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
    """Return every measure's state, in the order of the strategy, then that of what else workbooks ask answers about,
    and of every workbook.
    """
    names = Names(mail.evaluation)
    asked = {answering(i, path) for i in mail.issues.values() if i.identity.is_workbook for path in i.values}
    measures = {m.id: m.departments for m in mail.evaluation.measures}
    above = dict.fromkeys(one.node for one in mail.evaluation.opinions if one.node in asked - measures.keys())
    owners = {**measures, **{node: _answering(node, mail.evaluation) for node in above}}
    nodes = (_standing(name, own, name in asked, mail, names) for name, own in owners.items())
    books = (i for i in mail.issues.values() if i.identity.is_workbook)
    return (*nodes, *(_standing(i.identity.measure, i.departments, False, mail, names) for i in books))


def _answering(node: str, evaluation: Evaluation) -> tuple[str, ...]:
    """Return the departments that answer opinions about a node; the planning division where none is named."""
    found = (one.department for one in evaluation.opinions if one.node == node and one.department)
    return tuple(dict.fromkeys(found)) or (evaluation.report.division,)


def _standing(name: str, departments: tuple[str, ...], in_workbook: bool, mail: Mail, names: Names) -> Standing:
    issue = mail.issues.get(name)
    sheets = [s for s in mail.sheets if s.identity and _answers(s.identity, name, issue)]
    proposals = tuple(p for p in mail.proposals if p.measure == name)
    files = tuple(sheet.file for sheet in sheets)
    return Standing(
        name,
        names.title(name),
        departments,
        issue,
        files,
        proposals,
        is_edited=any(p.file in files for p in mail.proposals),
        in_workbook=in_workbook,
        asked=max((sheet.asked for sheet in sheets), default=0),
        blank=len(set.intersection(*(set(sheet.blank) for sheet in sheets))) if sheets else 0,
        emptied=len({p.path for p in proposals if _is_emptied(p, mail.evaluation)}),
        counts=dict(Counter(p.kind for p in proposals)),
    )


def _is_emptied(proposal: Proposal, evaluation: Evaluation) -> bool:
    """Return whether a needed field is to lose what it says, and nobody decided that it shall not."""
    asking, path, decision = Asking(evaluation.form, evaluation.report.year), proposal.path, proposal.decision
    if path is None or proposal.kind not in WRITING or not proposal.old.strip() or proposal.new.strip():
        return False
    kept = decision.verdict is Verdict.REJECT or bool(decision.text)
    return not kept and asking.is_own(path, proposal.measure) and not asking.may_stay_empty(path)


def _answers(identity: Identity, name: str, issue: Issue | None) -> bool:
    """Return whether a file answers the last issue; answers to earlier ones are settled."""
    return identity.measure == name and (issue is None or identity == issue.identity)
