"""Accepted proposals -> new texts of the input files, and the lines of the ledger. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued import input_places
from pipeline.departments.issued.asking import answering
from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.input_places import ABSENT, by_file, kind_of, split
from pipeline.departments.returned import values
from pipeline.departments.returned.identifying import is_untouched
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.departments.returned.proposals import ProposalList, concerns_inputs, holds, sources
from pipeline.departments.returned.splice import splice
from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.model.correspondence import Issue, LedgerEntry, Proposal, Value, Verdict
from pipeline.model.form import Form

_UNSAID = "反映しませんでした。"
_AGAIN = "make collect をもう一度実行し、make review で、今の内容を見て決め直してください。"
_CUT = (
    "一覧の終わりが消えています。毎日の控え（バックアップ）から戻すか、"
    "make collect で一覧を作り直し、make review で決め直してください。"
)
_EDITED = "make collect で一覧を元に戻してください。文章を直して採用するときは、decision: {text: 文章} と書きます。"
_NO_PLACE = "decision を accept（確認した）か reject にし、必要なら入力データを直接直してください。"


class Books(Struct, frozen=True):
    """What proposals are applied to: files, values now, hashes of what came back, today, the number of
    this run, and the form. ``folder`` names the year's inputs in messages.
    """

    texts: Mapping[str, str]
    now: Mapping[str, Value]
    returned: Mapping[str, str]
    date: str
    run: str
    form: Form
    folder: str = "inputs"

    def place(self, name: str) -> Place:
        """Return the place of an input file."""
        return Place(f"{self.folder}/{name}")

    def place_of(self, path: str) -> Place:
        """Return the place of a value in its input file, or that of the file where it has none."""
        name, keys = split(path)
        line, column = input_places.position(self.texts[name], keys) if name in self.texts else (0, 0)
        return replace(self.place(name), line=line, column=column)


class Applied(Struct, frozen=True):
    """The input files that change, with their new texts, and the ledger's new lines; ``before`` are their texts so far.

    ``held`` says of each value that was left alone why, and what to do.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[LedgerEntry, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)
    held: tuple[Diagnostic, ...] = ()


_Writing = tuple[Proposal, Value]


def apply(table: ProposalList, books: Books, file: str) -> Applied:
    """Write the accepted proposals into the texts, all that can be; ``file`` names proposals.yaml for messages.

    Return the new texts; each proposal that cannot be written is held back by itself.
    """
    wanted = [p for p in table.proposals if p.decision.verdict is Verdict.ACCEPT]
    obstacles = {p.id: found for p in wanted if (found := _obstacle(p, table, books, Place(file)))}
    free = [(p, value_of(p, books)) for p in wanted if p.id not in obstacles and concerns_inputs(p)]
    disputed = _contradictions(free, Place(file))
    writing = [(p, value) for p, value in free if p.path not in disputed and value != books.now.get(p.path or "")]
    texts, refused = _spliced(writing, books)
    entries = tuple(ledger_entry(p, value.text, books) for p, value in writing if p.path not in refused)
    held = (*obstacles.values(), *disputed.values(), *refused.values())
    return Applied(texts, _once(entries), {name: books.texts[name] for name in texts}, held)


def _obstacle(proposal: Proposal, table: ProposalList, books: Books, place: Place) -> Diagnostic | None:
    """Return why an accepted proposal is not written, if so."""
    name = f"修正 {proposal.id}"
    if not is_untouched(proposal):  # it would be written on the department's word
        return error("proposal-edited", place, f"{name} は、decision のほかが書き換えられています。{_UNSAID}", _EDITED)
    if proposal.path is None and proposal.decision.text is not None:
        return error("decision-without-place", place, f"{name} には、入力データに書き込む所がありません。", _NO_PLACE)
    if concerns_inputs(proposal) and not table.tells_source(proposal.path):
        message = f"{name} は、一覧の終わりの sources に控えがないか、途中で切れています。{_UNSAID}"
        return error("proposal-source-missing", place, message, _CUT)
    if not holds(proposal, table, books.now):
        message = f"{name} は、一覧を作った後に、入力データの「{proposal.path}」が変わっています。{_UNSAID}"
        return error("inputs-moved", books.place_of(proposal.path or ""), message, _AGAIN)
    return None


def _contradictions(free: Sequence[_Writing], place: Place) -> dict[str, Diagnostic]:
    """Return the places for which accepted proposals want different things, with what is to be told."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for proposal, value in free:
        wanted[proposal.path or ""].setdefault(value.text, proposal.id)
    hint = "どれか一つだけを accept にしてください。"
    message = "「{}」に、違う内容が二つ以上 accept されています（修正 {}）。" + _UNSAID
    return {
        path: error("decisions-contradict", place, message.format(path, "、".join(texts.values())), hint)
        for path, texts in wanted.items()
        if len(texts) > 1
    }


def _spliced(writing: Sequence[_Writing], books: Books) -> tuple[dict[str, str], dict[str, Diagnostic]]:
    """Return the new texts of the files, and of places that cannot be written why."""
    texts: dict[str, str] = {}
    refused: dict[str, Diagnostic] = {}
    for name, changes in by_file({one[0].path or "": one for one in writing}).items():
        text, reasons = written(books.texts.get(name, ""), {keys: value for keys, (_, value) in changes.items()})
        if len(reasons) < len(changes):
            texts[name] = text
        refused |= {f"{name}#{keys}": _refusal(changes[keys][0], reason, books) for keys, reason in reasons.items()}
    return texts, refused


def written(text: str, changes: Mapping[str, Value]) -> tuple[str, dict[str, str]]:
    """Write all values at once or, where that fails, one by one; return the text, and why the others were not."""
    try:
        return splice(text, changes), {}
    except CannotWrite as fault:
        if len(changes) == 1:
            return text, dict.fromkeys(changes, str(fault))
    reasons: dict[str, str] = {}
    for keys, value in changes.items():
        text, failed = written(text, {keys: value})
        reasons |= failed
    return text, reasons


def _refusal(proposal: Proposal, reason: str, books: Books) -> Diagnostic:
    message = f"修正 {proposal.id} は、入力データの「{proposal.path}」に書き込めません。{reason}"
    return error("apply-refused", books.place_of(proposal.path or ""), message, _BY_HAND)


_BY_HAND = (
    "入力データを手で直してから、make collect をもう一度実行してください。"
    "取りやめた施策など、書く所がないものは、make review で不採用にしてください。"
)


def value_of(proposal: Proposal, books: Books) -> Value:
    """Return what is to be written for a proposal: the text that was decided, or else what it proposes."""
    decided = proposal.decision.text
    text = (proposal.new if decided is None else decided).rstrip("\n")  # a block ends in a line break, and no text does
    path = proposal.path or ""
    now, field = books.now.get(path, ABSENT), field_at(books.form, path)
    return values.meant(text, now, kind_of(field)) if field else values.meant(text, now)


def ledger_entry(proposal: Proposal, new: str, books: Books) -> LedgerEntry:
    """Return the ledger's line for a text that is written on a proposal's word."""
    return LedgerEntry(
        date=books.date,
        path=proposal.path or "",
        old=books.now.get(proposal.path or "", ABSENT).text,
        new=new,
        file=proposal.file,
        sha256=books.returned.get(proposal.file, ""),
        issue=proposal.issue,
        author=proposal.author,
        edited=proposal.date,
        proposal=proposal.id,
        run=books.run,
    )


def _once(entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Several returned sheets may want the same; each is a witness, and stays."""
    return tuple(dict.fromkeys(entries))


def stale(issues: Sequence[Issue], paths: Sequence[str]) -> tuple[str, ...]:
    """Return the measures whose sheets print any of the places, or are asked for them in a workbook."""
    printed = (answering(issue, path) for path in paths for issue in issues if path in issue.values)
    return tuple(filter(None, dict.fromkeys(printed)))


def refreshed(table: ProposalList, applied: Applied, form: Form) -> ProposalList:
    """Return the proposals after values were written by ``apply`` or ``undo`` itself: decisions on them hold on."""
    paths = {entry.path for entry in applied.entries}
    now = input_places.values(applied.texts, sorted(paths), form)
    written = sources((p for p in table.proposals if p.path in paths), now)
    return replace(table, sources={**table.sources, **written})
