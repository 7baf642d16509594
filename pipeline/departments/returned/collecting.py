"""The files that lie in inputs/<year>/returned/ -> what each of them proposes."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking
from pipeline.departments.returned import judging
from pipeline.departments.returned.answers import Answer, opened
from pipeline.departments.returned.blanks import blanks, filled_together
from pipeline.departments.returned.foreign import Convert
from pipeline.departments.returned.guards import Refused
from pipeline.departments.returned.identifying import identifier
from pipeline.departments.returned.inbox import Delivery, deliveries
from pipeline.departments.returned.proposals import ProposalList, holds
from pipeline.departments.returned.witnesses import Outdated, identify
from pipeline.diagnostics import shorten
from pipeline.model.correspondence import (
    OPEN,
    WRITING,
    Decision,
    Issue,
    Kind,
    LedgerEntry,
    Proposal,
    ReturnedSheet,
    Value,
    Verdict,
)

_FAULT = (
    "読んでいる途中で、プログラムの不具合が起きました（詳しい記録は outputs/error.txt）。"
    "このファイルは手で確かめてください。ほかのファイルは読んでいます。"
)
_OTHER_KIND = "整理番号（{}）の送付とは違う種類のファイルです。送った「{}」に記入してもらってください。"
_LATER = "後で保存された{}では、送付したときのまま（「{}」）です。取り消したのか確かめてください。"
_QUOTED = 60
"""Characters of another file's text that are quoted."""


class CollectContext(Struct, frozen=True):
    """What returned files are judged by: the year, what departments write, issues, the inputs now, and the ledger.

    ``convert`` turns files of other programs into docx; ``before`` is what was listed and decided so far.
    ``staged`` are the indicators whose figures come with a state.
    """

    folder: Path
    year: str
    asking: Asking
    issues: Sequence[Issue]
    now: Mapping[str, Value]
    ledger: Sequence[LedgerEntry]
    convert: Convert
    before: ProposalList = field(default_factory=ProposalList)
    staged: Set[str] = frozenset()


def collect(context: CollectContext) -> tuple[ReturnedSheet, ...]:
    """Read every returned file; the same file a second time is refused."""
    seen: dict[str, str] = {}
    opened = [_opened(delivery, seen, context) for delivery in deliveries(context.folder)]
    return tuple(_contested(_left_by_others(filled_together(opened), context.issues)))


def _opened(delivery: Delivery, seen: dict[str, str], context: CollectContext) -> ReturnedSheet:
    if delivery.refusal:
        return _refused(delivery.name, delivery.sha256, delivery.refusal)
    first = seen.setdefault(delivery.sha256, delivery.name)
    if first != delivery.name:
        return _refused(delivery.name, delivery.sha256, f"「{first}」と同じファイルです。")
    try:
        return _sheet(delivery.data, delivery.name, context)
    except Refused as reason:
        return _refused(delivery.name, delivery.sha256, str(reason))
    except Exception as fault:  # concerns this file alone
        if isinstance(fault, OSError) and fault.filename:  # but for a record that the machine does not give
            raise
        record = "".join((f"{delivery.name}\n", *traceback.format_exception(fault)))
        return replace(_refused(delivery.name, delivery.sha256, _FAULT), fault=record)


def _sheet(data: bytes, name: str, context: CollectContext) -> ReturnedSheet:
    digest = hashlib.sha256(data).hexdigest()
    try:
        answer = opened(data, name, context.convert)
        issue = identify(answer.witnesses(), context.issues, context.year)
    except Outdated as reason:
        return _settled(answer, name, digest, reason.issue, context) or _refused(name, digest, str(reason))
    if not answer.answers(issue):
        return _refused(name, digest, _OTHER_KIND.format(issue.identity, issue.file))
    ground, sent = _ground(issue, digest, context), records.sent(context.folder, issue)
    edits = answer.edits(issue, sent, context.asking.form)
    left = blanks(edits, issue, context.asking, context.now, lambda spot: answer.place(issue, sent, spot))
    older = judging.left_as_sent(edits, ground) if digest != issue.file_sha256 else ()
    proposals = judging.proposals([*edits, *older, *left.edits()], name, ground)
    noted = _noted(proposals, answer.note)
    return ReturnedSheet(name, digest, issue.identity, noted, left.asked, tuple(left.left), saved=answer.saved)


def _settled(answer: Answer, name: str, digest: str, issue: Issue, context: CollectContext) -> ReturnedSheet | None:
    """Return a file that answers an older issue, if all it proposes was decided while that issue was the last one.

    What was applied and has been overtaken since is no proposal any more: it would write the older words again.
    """
    if not answer.answers(issue):
        return None
    edits = answer.edits(issue, records.sent(context.folder, issue), context.asking.form)
    proposals = judging.proposals(edits, name, _ground(issue, digest, context))
    known = {p.id: p for p in context.before.proposals if p.decision != OPEN}
    settled = [(p, _settlement(p, known.get(p.id), context)) for p in proposals]
    applied = {entry.path for entry in context.ledger if entry.sha256 == digest}
    if not proposals or any(decision == OPEN and p.path not in applied for p, decision in settled):
        return None
    kept = tuple(replace(p, decision=decision) for p, decision in settled if decision != OPEN)
    return ReturnedSheet(name, digest, issue.identity, kept)


def _settlement(proposal: Proposal, before: Proposal | None, context: CollectContext) -> Decision:
    """Return the decision on a proposal where it stands: it holds for what the inputs say now, or it writes nothing."""
    if before is None:
        return OPEN
    stands = before.decision.verdict is Verdict.REJECT or holds(before, context.before, context.now)
    return before.decision if stands else proposal.decision


def _ground(issue: Issue, digest: str, context: CollectContext) -> judging.IssueContext:
    return judging.IssueContext(issue, digest, context.now, context.asking, context.ledger, context.staged)


def _noted(proposals: list[Proposal], note: str) -> tuple[Proposal, ...]:
    return tuple(replace(proposal, why=proposal.why + note) for proposal in proposals)


def _refused(name: str, digest: str, why: str) -> ReturnedSheet:
    proposal = Proposal("", name, "", None, Kind.REFUSED, "", "", why=why)
    return ReturnedSheet(name, digest, None, (replace(proposal, id=identifier(proposal, set())),))


def _left_by_others(sheets: Sequence[ReturnedSheet], issues: Sequence[Issue]) -> list[ReturnedSheet]:
    """Ask about what a later return of the same issue leaves as it was sent: its department may have taken it back.

    What was applied already is asked about in that other return (``judging.left_as_sent``).
    """
    found = list(sheets)
    for issue in (issue for issue in issues if len(issue.departments) == 1):
        returns = [sheet for sheet in sheets if sheet.identity == issue.identity]
        for sheet in returns if len(returns) > 1 else ():
            later = [one for one in returns if one.saved > sheet.saved > "" and _says_all(one)]
            doubted = tuple(_doubted(proposal, later, issue.values) for proposal in sheet.proposals)
            found[sheets.index(sheet)] = replace(sheet, proposals=doubted)
    return found


def _says_all(sheet: ReturnedSheet) -> bool:
    """Return whether nothing of a file is gone."""
    return all(p.kind is not Kind.MISSING for p in sheet.proposals)


def _doubted(proposal: Proposal, later: Sequence[ReturnedSheet], base: Mapping[str, Value]) -> Proposal:
    sent = base[proposal.path].text if proposal.path and proposal.path in base else ""
    files = [one.file for one in later if proposal.path not in {p.path for p in one.proposals}]
    if not files or not sent or not _writes(proposal):
        return proposal
    told = "、".join(f"「{file}」" for file in files)
    why = _LATER.format(told, shorten(sent, _QUOTED))
    kind = Kind.QUESTION if proposal.kind is Kind.CHANGE else proposal.kind
    return replace(proposal, kind=kind, why=f"{proposal.why}{why}")


def _contested(sheets: Sequence[ReturnedSheet]) -> list[ReturnedSheet]:
    """Ask about a place for which several files propose different things."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    for proposal in (p for sheet in sheets for p in sheet.proposals if _writes(p)):
        wanted.setdefault(proposal.path or "", set()).add((proposal.file, proposal.new))
    return [
        replace(sheet, proposals=tuple(_asked(p, wanted.get(p.path or "", set())) for p in sheet.proposals))
        for sheet in sheets
    ]


def _writes(proposal: Proposal) -> bool:
    """Return whether a proposal wants to write something that the inputs do not say already."""
    changes = proposal.path is not None and proposal.new != proposal.old
    return changes and proposal.decision == OPEN and proposal.kind in WRITING


def _asked(proposal: Proposal, wanted: Set[tuple[str, str]]) -> Proposal:
    others = sorted((file, new) for file, new in wanted if file != proposal.file and new != proposal.new)
    if not _writes(proposal) or not others:
        return proposal
    told = "、".join(f"「{file}」は「{shorten(new, _QUOTED)}」" for file, new in others)
    why = f"{proposal.why}同じ項目に、ほかのファイルが違う内容を提案しています（{told}）。"
    return replace(proposal, kind=Kind.CONFLICT, why=why)
