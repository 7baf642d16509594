"""Edits -> proposals: what an edit means for the inputs as they are now, and what has to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued.asking import Asking, answering, owner
from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.figure_text import number
from pipeline.departments.issued.input_places import ABSENT, indicator_of
from pipeline.departments.issued.references import share
from pipeline.departments.returned import typed, values
from pipeline.departments.returned.alignment import plain
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.identifying import identifier
from pipeline.departments.returned.merging import State, merge
from pipeline.model.correspondence import Decision, Issue, Kind, LedgerEntry, Proposal, Value, ValueKind, Verdict
from pipeline.model.form import Field, Writer
from pipeline.storage.naming import OPINIONS

_FOREIGN = "所管課が直す欄ではありません。"
_MUCH = 20
"""Per cent of a text from which it is told that they are last year's."""
_DONE = "入力データは既にこの内容です。"
_STATES = {
    State.MERGED: "送付した後に入力データも変わっています。両方の変更を合わせました。読んで確かめてください。",
    State.CONFLICT: "送付した後に入力データの同じ所も変わっています。どちらにするかを決めてください。",
}


class IssueContext(Struct, frozen=True):
    """What a returned file is judged by: its issue, its hash, the inputs' values now, and what was written into them
    before.

    ``staged`` are the indicators whose figures come with a state.
    """

    issue: Issue
    sha256: str
    now: Mapping[str, Value]
    asking: Asking
    ledger: Sequence[LedgerEntry]
    staged: Set[str] = frozenset()


class _Outcome(Struct, frozen=True):
    """What an edit came to."""

    kind: Kind
    old: str
    new: str
    why: tuple[str, ...]


def proposals(edits: Iterable[Edit], file: str, context: IssueContext) -> list[Proposal]:
    """Return a proposal for every edit; edits of one place that agree are one."""
    judged = [_judge(edit, file, context) for edit in _once(list(edits), context.issue)]
    return _numbered([one for one in judged if one is not None])


def left_as_sent(edits: Sequence[Edit], context: IssueContext) -> list[Edit]:
    """Ask about fields that another return of the same issue has changed since, and this one leaves as they were sent;
    what is not applied yet is asked about there (``collecting``).

    The department may not have known of the change, or may have taken it back. A field that was empty when it was sent
    and is empty still says nothing; neither does any where several departments answer one sheet, as each leaves in its
    file what another changes in its own, nor what was changed in a sheet and not in the workbook beside it.
    """
    if len(context.issue.departments) > 1:
        return []
    touched = {edit.path for edit in edits}
    found: dict[str, Edit] = {}
    for entry in context.ledger:
        base = context.issue.values.get(entry.path)
        other = entry.issue == str(context.issue.identity) and entry.sha256 != context.sha256
        if base is None or not base.text or not other or entry.path in touched or context.now.get(entry.path) == base:
            continue
        why = (
            f"「{entry.file}」から反映した修正が、このファイルでは送付したときのままです。元に戻すか確かめてください。"
        )
        found[entry.path] = Edit(Kind.QUESTION, "", entry.path, base.text, base.text, (), (why,))
    return list(found.values())


def _once(edits: list[Edit], issue: Issue) -> list[Edit]:
    """A place that is shown several times must have been changed alike everywhere; else it is asked about."""
    shown = Counter(path for spot in issue.spots for path in spot.paths)
    kept: list[Edit] = []
    for edit in edits:
        if edit.path is None or edit.kind not in (Kind.CHANGE, Kind.QUESTION) or shown.get(edit.path, 1) == 1:
            kept.append(edit)
            continue
        same = [other for other in edits if other.path == edit.path and other.kind in (Kind.CHANGE, Kind.QUESTION)]
        if len(same) < shown[edit.path]:
            why = f"シートの{shown[edit.path]}か所に印刷された項目のうち、{len(same)}か所だけが変えられています。"
            kept.append(edit.asked(why))
        elif len({plain(other.new) for other in same}) > 1:
            kept.append(edit.asked("同じ項目が、シートの場所によって違う内容に変えられています。"))
        elif edit is same[0]:
            kept.append(edit)
    return kept


def _judge(edit: Edit, file: str, context: IssueContext) -> Proposal | None:
    if edit.path is None or edit.kind not in (Kind.CHANGE, Kind.QUESTION):
        return _proposal(edit, file, context, _Outcome(edit.kind, edit.old, edit.new, edit.why))
    base, now = context.issue.values.get(edit.path, ABSENT), context.now.get(edit.path, ABSENT)
    staged = indicator_of(edit.path) in context.staged
    edit = _without_prompt(edit, base)
    field = field_at(context.asking.form, edit.path or "")
    read = typed.read(field, edit.new) if field else values.read(edit.new, base.kind, staged=staged)
    edit = _with_share(_with_odd_unit(edit, read.unit), context.issue)
    known = (one.text for one in (base, now) if values.is_same(read.text, one) or _is_alike(field, read.text, one))
    theirs = next(known, read.text)
    if theirs == base.text and not edit.why:
        return None  # only written otherwise: １１ for 11
    merged = merge(base.text, theirs, now.text, base.kind)
    if merged.state is State.SAME or _stands(edit, now, context):
        done = _proposal(edit, file, context, _Outcome(Kind.CHANGE, base.text, theirs, (_DONE,)))
        return replace(done, decision=Decision(Verdict.ACCEPT))
    why = (*edit.why, *_doubts(edit, base, theirs, context), *read.why, *_needed(edit, base, theirs, context))
    if merged.state in _STATES:
        why = (*why, _STATES[merged.state], *_from(edit.path, now, context))
    kind = Kind.CONFLICT if merged.state is State.CONFLICT else Kind.QUESTION if why else Kind.CHANGE
    new = theirs if merged.state is State.KEEP else merged.text
    return _proposal(edit, file, context, _Outcome(kind, now.text, new, why))


def _from(path: str | None, now: Value, context: IssueContext) -> Iterator[str]:
    """Say from which file came what stands in the inputs, where a file brought it."""
    files = [entry.file for entry in context.ledger if entry.path == path and entry.new == now.text]
    if files:
        yield f"今の内容は、「{files[-1]}」から反映したものです。"


def _is_alike(field: Field | None, text: str, value: Value) -> bool:
    return field is not None and typed.is_same(field, text, value.text)


def _stands(edit: Edit, now: Value, context: IssueContext) -> bool:
    """Return whether the inputs say what was written on this file's word, be it another text than the proposed."""
    mine = (entry for entry in context.ledger if entry.sha256 == context.sha256 and entry.path == edit.path)
    return any(entry.new == now.text for entry in mine)


def _without_prompt(edit: Edit, base: Value) -> Edit:
    """Take away what the sheet asked with, where somebody wrote beside it instead of over it."""
    if base.text or not edit.old.strip() or edit.old not in edit.new:
        return edit
    why = "記入の案内の文字が残っていたので、除きました。"
    return replace(edit, new=edit.new.replace(edit.old, "").strip(), why=(*edit.why, why))


def _with_odd_unit(edit: Edit, unit: str) -> Edit:
    """Ask about a unit that is not the one of the row: a number of another row may have come here."""
    if not unit or values.is_unit_of(unit, edit.place):
        return edit
    return replace(edit, why=(*edit.why, f"「{unit}」は、この欄の単位ではありません。"))


def _with_share(edit: Edit, issue: Issue) -> Edit:
    """Say how much of an answer is the text of the year before, which stood beside it, where that is not little."""
    marks = (mark for spot in issue.spots for mark in spot.marks)
    reference = next((mark.reference for mark in marks if mark.path == edit.path), "")
    same = share(edit.new, reference) if reference else 0
    note = (f"文章の約{same}%が、前年度の文章と同じです。",) if same >= _MUCH else ()
    return replace(edit, notes=(*edit.notes, *note))


def _doubts(edit: Edit, base: Value, theirs: str, context: IssueContext) -> Iterable[str]:
    if not context.asking.is_own(edit.path or "", answering(context.issue, edit.path)):
        yield _FOREIGN + _whose(edit.path or "", context)
    if base.kind is ValueKind.ABSENT and not context.asking.expects(edit.path or ""):
        yield "入力データにまだない項目です。"
    if _leaps(base.text, theirs):
        yield "値が5割を超えて変わります。"
    if base.kind is ValueKind.TEXT and base.text != theirs and _lines(base.text) == _lines(theirs):
        yield "全角と半角又は空白だけが変わっています。"
    if any(entry.path == edit.path and entry.old == theirs for entry in context.ledger):
        yield "前に反映した修正を、元に戻す内容です。"


def _needed(edit: Edit, base: Value, theirs: str, context: IssueContext) -> Iterable[str]:
    """Say of a field that loses what it said that no final edition goes out without it."""
    path, own = edit.path or "", answering(context.issue, edit.path)
    is_emptied = bool(base.text.strip()) and not theirs.strip()
    if is_emptied and context.asking.is_own(path, own) and not context.asking.may_stay_empty(path):
        yield "必要な欄です。空のままでは、確定版が作れません。"


def _whose(path: str, context: IssueContext) -> str:
    """Return whose a place is, and in which file it stands."""
    file, field = path.partition("#")[0], field_at(context.asking.form, path)
    if field and field.writer is not Writer.DEPARTMENT:
        return f"{field.name}は、取りまとめの課が {file} に書きます。"
    if file == OPINIONS and field is None:
        return f"意見の文は、取りまとめの課が {file} に書きます。"
    measure, own = owner(path), answering(context.issue, path)
    return f"{measure}のシートの所管課が直す欄です（{file}）。" if measure not in ("", own) else ""


def _lines(text: str) -> list[str]:
    return [plain(line) for line in text.split("\n")]


def _leaps(before: str, after: str) -> bool:
    """Return whether one figure is more than half away from another; what is unlikely beside others is rehearsed."""
    old, new = number(before), number(after)
    return old is not None and new is not None and bool(old) and abs(new - old) > abs(old) / 2


def _proposal(edit: Edit, file: str, context: IssueContext, outcome: _Outcome) -> Proposal:
    authors = "、".join(dict.fromkeys(r.author for r in edit.revisions if r.author))
    dates = sorted(r.date for r in edit.revisions if r.date)
    return Proposal(
        id="",
        file=file,
        measure=answering(context.issue, edit.path) or context.issue.identity.measure,
        path=edit.path,
        kind=outcome.kind,
        old=outcome.old,
        new=outcome.new,
        author=authors,
        date=dates[-1] if dates else "",
        place=edit.place,
        why="".join((*outcome.why, *edit.notes)),
        issue=str(context.issue.identity),
    )


def _numbered(found: list[Proposal]) -> list[Proposal]:
    """Return every proposal an id that stays the same as long as its file, place and words do."""
    taken: set[str] = set()
    made: list[Proposal] = []
    for proposal in found:
        made.append(replace(proposal, id=identifier(proposal, taken)))
        taken.add(made[-1].id)
    return made
