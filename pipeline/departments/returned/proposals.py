"""proposals.yaml: written by ``collect``, decided on by people in an editor, read by ``collect`` and ``apply``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued.input_places import ABSENT
from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors
from pipeline.documents import yaml_reader
from pipeline.model.correspondence import OPEN, WRITING, Decision, Kind, Proposal, ReturnedSheet, Value, Verdict
from pipeline.stages.validate.syntax import explain

FILE = "proposals.yaml"
_LONG = 30
"""Characters of a number; what is longer is kept as a text, which other programs leave as it is."""
_HASH = 64
"""Characters of a hash."""
_HEAD = """\
# 各課から戻ったシートの修正の一覧です。decision を書き換えて、make apply で入力データに反映します。
#   decision: open            まだ決めていない
#   decision: accept          new の内容を反映する
#   decision: reject          反映しない
#   decision: {reject: 理由}  反映しない。理由は、make sendback で所管課に返すシートのコメントになる
#   decision: {text: 文章}    new の代わりに、この文章を反映する
# decision のほかは書き換えないでください。
"""


class ProposalList(Struct, frozen=True):
    """The file's content: proposals, and the hashes of the inputs' values that they were made from, by their paths."""

    sources: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()

    def tells_source(self, path: str | None) -> bool:
        """Return whether the whole hash of a place stands here: an editor may have cut off the end of the file."""
        return len(self.sources.get(path or "", "")) == _HASH


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as people do."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


class _Number(str):
    """A number, written as in the inputs."""


def _number(dumper: yaml.SafeDumper, number: _Number) -> yaml.Node:
    kind = "float" if "." in number else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Number, _number)


def to_yaml(table: ProposalList) -> str:
    """Write the file."""
    rows = "".join(map(_listed, table.proposals))
    sources = _dumped({"sources": dict(sorted(table.sources.items()))})
    return "".join((_HEAD, "proposals:\n" if rows else "proposals: []\n", rows, sources))


@lru_cache(maxsize=10_000)
def _listed(proposal: Proposal) -> str:
    """Return a proposal as it stands in the list; it is saved at every answer, to which most have not changed."""
    return _dumped([_row(proposal)])


def _dumped(content: object) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def _row(proposal: Proposal) -> dict[str, object]:
    return {
        "id": proposal.id,
        "file": proposal.file,
        "measure": proposal.measure or None,
        "path": proposal.path,
        "kind": proposal.kind.value,
        "place": proposal.place,
        "old": _value(proposal.old, proposal),
        "new": _value(proposal.new, proposal),
        "author": proposal.author,
        "date": proposal.date,
        "why": proposal.why,
        "issue": proposal.issue,
        "decision": _decision(proposal.decision),
    }


def _value(text: str, proposal: Proposal) -> object:
    keys = (proposal.path or "").partition("#")[2].split(".")
    figure = keys[0] == "actuals" or "targets" in keys or "baseline" in keys
    return _Number(text) if figure and _is_number(text) and proposal.kind is not Kind.COMMENT else text


def _is_number(text: str) -> bool:
    try:
        if not text.isascii() or len(text) > _LONG or any(c in text for c in "eE_ +"):
            return False
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def _decision(decision: Decision) -> object:
    if decision.text is not None:
        return {"text": decision.text}
    return {"reject": decision.reason} if decision.reason else decision.verdict.value


def parse(text: str, file: str) -> Checked[ProposalList]:
    """Read the file; what people wrote wrong is told with its line."""
    try:
        root, content = yaml_reader.compose(text), yaml_reader.texts(text)
    except yaml.YAMLError as fault:
        return Checked(None, (explain(fault, text, file),))
    if not isinstance(content, dict) or not isinstance(rows := content.get("proposals"), list) or root is None:
        return Checked(None, (error("proposals-syntax", Place(file), "proposals の一覧がありません。", _REDO),))
    places = _places(root, file)
    read = [_read(row, place) for row, place in zip(rows, places, strict=True)]
    found = (*(d for one in read for d in one.diagnostics), *_twice(root, rows, places, file))
    table = ProposalList(_sources(content), tuple(one.value for one in read if one.value is not None))
    return Checked(None if has_errors(found) else table, found)


_REDO = "直前に直した所を確かめてください。直せないときは、このファイルを消して make collect からやり直してください。"


def _sources(content: Mapping[str, Any]) -> dict[str, str]:
    sources = content.get("sources")
    return {str(k): str(v) for k, v in sources.items()} if isinstance(sources, dict) else {}


def _places(root: yaml.Node, file: str) -> list[Place]:
    """Return the place of every proposal's decision, or of the proposal where it has none."""
    return [_place(_decided(row), file) for row in _nodes(root)]


def _nodes(root: yaml.Node) -> list[yaml.Node]:
    return next(value.value for key, value in root.value if key.value == "proposals")


def _twice(root: yaml.Node, rows: Sequence[Any], places: Sequence[Place], file: str) -> Iterator[Diagnostic]:
    """Report what was decided twice: an entry that was copied, or a line decision too many."""
    seen: set[str] = set()
    for row, place in zip(rows, places, strict=True):
        name = str(row.get("id")) if isinstance(row, dict) else ""
        if name and name in seen:
            yield error("proposal-twice", place, f"修正 {name} が二つあります。", "どちらか一方を消してください。")
        seen.add(name)
    for entry in (entry for entry in _nodes(root) if isinstance(entry, yaml.MappingNode)):
        for key in [key for key, _ in entry.value if key.value == "decision"][1:]:
            message = "この修正に、decision が二つあります。"
            yield error("decision-twice", _place(key, file), message, "どちらか一方の行を消してください。")


def _decided(row: yaml.Node) -> yaml.Node:
    if not isinstance(row, yaml.MappingNode):
        return row
    return next((value for key, value in row.value if key.value == "decision"), row)


def _place(node: yaml.Node, file: str) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)


def _read(row: object, place: Place) -> Checked[Proposal]:
    if not isinstance(row, dict) or not row.get("id"):
        return Checked(None, (error("proposal-damaged", place, "修正の id がありません。", _REDO),))
    decision = _read_decision(row.get("decision", "open"))
    if decision is None:
        return Checked(None, (_unknown(row["decision"], place),))
    known = {kind.value for kind in Kind}
    if row.get("kind") not in known:
        return Checked(None, (error("proposal-damaged", place, "kind が書き換えられています。", _REDO),))
    return Checked(_proposal(row, decision))


def _unknown(written: object, place: Place) -> Diagnostic:
    """Return that a decision cannot be read; within brackets the commonest cause is a comma or colon of the text."""
    hint = "open、accept、reject、{reject: 理由}、{text: 文章} のどれかを書いてください。"
    if not isinstance(written, dict):
        return error("decision-unknown", place, f"decision の「{written}」は使えません。", hint)
    quoted = '文章に半角の「,」や「: 」などがあるときは、{reject: "理由"} のように「"」で囲みます。'
    return error("decision-unknown", place, "decision の書き方が違うため、読めません。", f"{hint}{quoted}")


def _proposal(row: Mapping[str, Any], decision: Decision) -> Proposal:
    text = {
        key: str(row.get(key) or "")
        for key in ("id", "file", "measure", "old", "new", "author", "date", "place", "why", "issue")
    }
    path = row.get("path")
    empty = path in (None, "", "null", "~")
    measure = "" if text["measure"] == "null" else text["measure"]
    return Proposal(
        id=text["id"],
        file=text["file"],
        measure=measure,
        path=None if empty else str(path),
        kind=Kind(row["kind"]),
        old=text["old"],
        new=text["new"],
        author=text["author"],
        date=text["date"],
        place=text["place"],
        why=text["why"],
        issue=text["issue"],
        decision=decision,
    )


def _read_decision(value: object) -> Decision | None:
    if isinstance(value, dict):
        match list(value.items()):
            case [("text", str(text))]:
                return Decision(Verdict.ACCEPT, text)
            case [("reject", str(reason))]:
                return Decision(Verdict.REJECT, reason=reason.strip())
        return None
    try:
        return Decision(Verdict(str(value).strip()))
    except ValueError:
        return None


def decided(sheets: Iterable[ReturnedSheet], before: ProposalList, now: Mapping[str, Value]) -> tuple[Proposal, ...]:
    """Carry decisions that still hold over to the same proposals of a new collection; ``now`` are the inputs' values.

    Return the proposals. The id says what was proposed, so it holds for the same words only.
    """
    known = {p.id: p.decision for p in before.proposals if p.decision != OPEN and holds(p, before, now)}
    found = (proposal for sheet in sheets for proposal in sheet.proposals)
    return tuple(replace(p, decision=known.get(p.id, p.decision)) for p in found)


def holds(proposal: Proposal, table: ProposalList, now: Mapping[str, Value]) -> bool:
    """Return whether the inputs still say what they said when the proposal was listed, so that its decision holds."""
    return not concerns_inputs(proposal) or table.sources.get(proposal.path or "") == source(proposal.path, now)


def concerns_inputs(proposal: Proposal) -> bool:
    """Return whether a proposal, if accepted, writes into the inputs; a comment may be answered with a text."""
    return proposal.path is not None and (proposal.kind in WRITING or proposal.decision.text is not None)


def sources(proposals: Iterable[Proposal], now: Mapping[str, Value]) -> dict[str, str]:
    """Return the hashes of the inputs' values at the places of proposals."""
    return {p.path: source(p.path, now) for p in proposals if p.path is not None}


def source(path: str | None, now: Mapping[str, Value]) -> str:
    """Return the hash of the inputs' value at a place."""
    return hashlib.sha256(now.get(path or "", ABSENT).text.encode()).hexdigest()
