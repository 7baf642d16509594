"""Accepted proposals -> new texts of the input files, and the lines of the ledger. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.departments.issued.address import split
from pipeline.departments.returned import values
from pipeline.departments.returned.identifying import is_untouched
from pipeline.departments.returned.proposals import Table
from pipeline.departments.returned.splice import CannotWrite, splice
from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors
from pipeline.model.correspondence import Entry, Issue, Kind, Proposal, Value, ValueKind, Verdict

_AGAIN = "make collect をもう一度実行してから、make apply を実行してください。決めた内容は引き継がれます。"


@dataclass(frozen=True, slots=True)
class Books:
    """What proposals are applied to: files, values now, hashes of what came back, last issues, today,
    and the number of this run. ``folder`` names the year's inputs in messages.
    """

    texts: Mapping[str, str]
    hashes: Mapping[str, str]
    now: Mapping[str, Value]
    returned: Mapping[str, str]
    issues: Mapping[str, str]
    date: str
    run: str
    folder: str = "inputs"

    def place(self, name: str) -> Place:
        """Give the place of an input file."""
        return Place(f"{self.folder}/{name}")


@dataclass(frozen=True, slots=True)
class Applied:
    """The input files that change, with their new texts, and the ledger's new lines."""

    texts: Mapping[str, str]
    entries: tuple[Entry, ...]


def apply(table: Table, books: Books, file: str) -> Checked[Applied]:
    """Write the accepted proposals into the texts; ``file`` names proposals.yaml for messages."""
    wanted = [p for p in table.proposals if p.decision.verdict is Verdict.ACCEPT]
    checks = (_edited, _misplaced, _contradictions)
    found = [*(d for check in checks for d in check(wanted, file)), *_moved(table, wanted, books)]
    if has_errors(found):
        return Checked(None, tuple(found))
    writing = [(p, _value(p, books)) for p in wanted if _is_written(p)]
    writing = [(p, value) for p, value in writing if value != books.now[p.path or ""]]
    texts: dict[str, str] = {}
    for name in dict.fromkeys(split(p.path or "")[0] for p, _ in writing):
        changes = {split(p.path or "")[1]: value for p, value in writing if split(p.path or "")[0] == name}
        try:
            texts[name] = splice(books.texts[name], changes)
        except CannotWrite as reason:
            found.append(
                error("apply-refused", books.place(name), str(reason), f"{_ids(writing, name)}を手で反映してください。")
            )
    entries = tuple(_entry(p, value, books) for p, value in writing)
    return Checked(None if has_errors(found) else Applied(texts, _once(entries)), tuple(found))


def _is_written(proposal: Proposal) -> bool:
    if proposal.path is None:
        return False
    if proposal.kind in (Kind.CHANGE, Kind.QUESTION, Kind.CONFLICT):
        return True
    return proposal.decision.text is not None  # a comment on a field may be answered with a text


def _edited(wanted: Sequence[Proposal], file: str) -> list[Diagnostic]:
    """Something beside the decision was written over: it would be written on the department's word."""
    message = "修正 {} は、decision のほかが書き換えられています。何も書き込みませんでした。"
    hint = "make collect で一覧を元に戻してください。文章を直して採用するときは、decision: {text: 文章} と書きます。"
    return [error("proposal-edited", Place(file), message.format(p.id), hint) for p in wanted if not is_untouched(p)]


def _misplaced(wanted: Sequence[Proposal], file: str) -> list[Diagnostic]:
    """A text was written for what has no place in the inputs."""
    return [
        error(
            "decision-without-place", Place(file), f"修正 {p.id} には、入力データに書き込む所がありません。", _NO_PLACE
        )
        for p in wanted
        if p.path is None and p.decision.text is not None
    ]


_NO_PLACE = "decision を accept（確認した）か reject にし、必要なら入力データを直接直してください。"


def _contradictions(wanted: Sequence[Proposal], file: str) -> list[Diagnostic]:
    """Two accepted proposals want different things in one place."""
    texts: dict[str, set[str]] = {}
    for proposal in filter(_is_written, wanted):
        texts.setdefault(proposal.path or "", set()).add(proposal.decision.text or proposal.new)
    hint = "どれか一つだけを accept にしてください。"
    return [
        error("decisions-contradict", Place(file), f"「{path}」に、違う内容が二つ以上 accept されています。", hint)
        for path, versions in texts.items()
        if len(versions) > 1
    ]


def _moved(table: Table, wanted: Sequence[Proposal], books: Books) -> list[Diagnostic]:
    """An input file was changed after the proposals were made."""
    files = dict.fromkeys(split(p.path)[0] for p in wanted if p.path)
    message = "修正の一覧を作った後に、入力データが変わっています。何も書き込みませんでした。"
    return [
        error("inputs-moved", books.place(name), message, _AGAIN)
        for name in files
        if table.sources.get(name) != books.hashes.get(name)
    ]


def _value(proposal: Proposal, books: Books) -> Value:
    """Give what is to be written; a text that was typed for a number is read as one."""
    text = proposal.decision.text if proposal.decision.text is not None else proposal.new
    now = books.now[proposal.path or ""]
    kind = ValueKind.NUMBER if now.kind is ValueKind.ABSENT else now.kind
    return Value(kind, values.read(text, kind).text)


def _entry(proposal: Proposal, value: Value, books: Books) -> Entry:
    return Entry(
        date=books.date,
        path=proposal.path or "",
        old=books.now[proposal.path or ""].text,
        new=value.text,
        file=proposal.file,
        sha256=books.returned.get(proposal.file, ""),
        issue=books.issues.get(proposal.measure, ""),
        author=proposal.author,
        edited=proposal.date,
        proposal=proposal.id,
        run=books.run,
    )


def _once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Several returned sheets may want the same; each is a witness, and stays."""
    return tuple(dict.fromkeys(entries))


def _ids(writing: Sequence[tuple[Proposal, Value]], name: str) -> str:
    return "、".join(p.id for p, _ in writing if split(p.path or "")[0] == name)


def stale(issues: Sequence[Issue], paths: Sequence[str]) -> tuple[str, ...]:
    """Give the measures whose sheets print any of the places."""
    return tuple(dict.fromkeys(i.identity.measure for i in issues if any(path in i.values for path in paths)))


def refreshed(table: Table, hashes: Mapping[str, str]) -> Table:
    """Give the proposals with the hashes of files that ``apply`` itself has changed."""
    return replace(table, sources={**table.sources, **hashes})
