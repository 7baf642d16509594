"""Proposals as if they were applied: which of them could not be written, and which would give reason to doubt.

All are written into copies of the texts at once and read by all rules. Only where that fails it is found out, by the
places of the findings, and else by halves, on which of them it fails. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.issued.input_places import Found, find, split
from pipeline.departments.returned.applying import Books, value_of
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.departments.returned.proposals import concerns_inputs
from pipeline.departments.returned.splice import splice
from pipeline.departments.returned.values import LONGEST
from pipeline.diagnostics import Diagnostic, Place, Severity, shorten
from pipeline.documents import fonts
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import FIGURES, OPEN, Kind, Proposal, Refusal, Value, Verdict

Texts = Mapping[str, str]
_TOO_LONG = Refusal("figure-too-long", "数値として長すぎます。")
_STAGED = re.compile(r"\{number: ([^,}]+), state: ([^,}]+)\}")
_MOST = 3
"""Findings that are told of one text."""


class Wish(Struct, frozen=True):
    """A value that is to be written at a place."""

    path: str
    value: Value


class Stage(Struct, frozen=True):
    """Where texts are rehearsed: the inputs' texts and their folder in messages, and all rules.

    ``findings`` gives what the rules say of the inputs with new texts of some files; ``known`` is what they say now.
    """

    texts: Texts
    folder: str
    findings: Callable[[Texts], Sequence[Diagnostic]]
    known: Sequence[Diagnostic] = ()


class Rehearsal:
    """What came of trying proposals; what was not tried beforehand is tried when it is asked for."""

    def __init__(self, books: Books, stage: Stage) -> None:
        self._books, self._stage = books, stage
        self._tried: dict[Wish, Refusal | None] = {}
        self._doubts: dict[Wish, str] = {}

    def prepare(self, proposals: Iterable[Proposal]) -> None:
        """Try proposals together, as they are decided (open: as they are)."""
        self._try([wish for p in proposals if (wish := self._wish(p)) is not None])

    def refusal(self, proposal: Proposal) -> Refusal | None:
        """Return why a proposal cannot be written as it is decided (open: as it is); None where it can."""
        wish = self._wish(proposal)
        if wish is None:
            return None
        self._try([wish])
        return self._tried[wish]

    def asked(self, proposal: Proposal) -> Proposal:
        """Return a proposal, as a question where it cannot be written as it is, or is to be doubted."""
        refusal = self.refusal(replace(proposal, decision=OPEN))
        wish = self._wish(replace(proposal, decision=OPEN))
        doubt = "" if wish is None else self._doubts.get(wish, "")
        reason = refusal.reason if refusal and f"「{shorten(proposal.new)}」" not in proposal.why else ""  # said once
        why = f"このままでは書き込めません。{reason}" if refusal else doubt
        if not why:
            return proposal
        kind = Kind.QUESTION if proposal.kind is Kind.CHANGE else proposal.kind
        return replace(proposal, kind=kind, why=f"{why}{proposal.why}")

    def _wish(self, proposal: Proposal) -> Wish | None:
        """Return what a proposal changes in the inputs once it is accepted; None: nothing."""
        now = self._books.now.get(proposal.path or "")
        if now is None or proposal.decision.verdict is Verdict.REJECT or not concerns_inputs(proposal):
            return None
        value = value_of(proposal, self._books)
        return None if value == now else Wish(proposal.path or "", value)

    def _try(self, wishes: Iterable[Wish]) -> None:
        """Try what was not tried yet; a text that cannot be written is tried once more with its cure."""
        new = [wish for wish in dict.fromkeys(wishes) if wish not in self._tried]
        refused = {wish: _TOO_LONG for wish in new if _is_too_long(wish)}
        refused |= self._together(wish for wish in new if wish not in refused)
        cures = {wish: cure for wish in refused if (cure := _cure(wish)) is not None}
        failed = self._together(dict.fromkeys(cures.values()))
        for wish in new:
            refusal, cure = refused.get(wish), cures.get(wish)
            if refusal and cure and cure not in failed:
                refusal = replace(refusal, cure=cure.value.text)
            self._tried[wish] = refusal

    def _together(self, wishes: Iterable[Wish]) -> dict[Wish, Refusal]:
        """Try wishes beside each other; those for one place by turns."""
        by_place: dict[str, list[Wish]] = {}
        for wish in wishes:
            by_place.setdefault(wish.path, []).append(wish)
        refused: dict[Wish, Refusal] = {}
        for turn in zip_longest(*by_place.values()):
            copy = _Copy(self._stage)
            copy.take([wish for wish in turn if wish is not None])
            refused |= copy.refused
            self._doubts |= copy.doubts()
        return refused


def _is_too_long(wish: Wish) -> bool:
    return wish.value.kind in FIGURES and len(wish.value.text) > LONGEST


def _cure(wish: Wish) -> Wish | None:
    """Return a wish with characters that can be printed, where there are such."""
    text = fonts.cured(wish.value.text)
    is_text = wish.value.kind not in FIGURES
    return Wish(wish.path, Value(wish.value.kind, text)) if is_text and text != wish.value.text else None


class _Copy:
    """A copy of the inputs: wishes for different places that are written into it, and those that cannot be."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.refused: dict[Wish, Refusal] = {}
        self._kept: list[Wish] = []
        self._texts: Texts = {}
        self._found: Sequence[Diagnostic] = ()

    def take(self, wishes: Sequence[Wish]) -> None:
        """Take what can be written beside what was taken before; halve what fails where no finding names a place."""
        wishes = self._written(wishes)
        if not wishes:
            return
        texts = self._with([*self._kept, *wishes])
        found = self._stage.findings(texts)
        errors = [d for d in found if d.severity is Severity.ERROR]
        if not errors:
            self._kept, self._texts, self._found = [*self._kept, *wishes], texts, found
            return
        blamed = self._blamed(wishes, texts, errors)
        if len(wishes) == 1:
            blamed = {wishes[0]: blamed.get(wishes[0], errors)}
        if blamed:
            self.refused |= {wish: _refusal(told) for wish, told in blamed.items()}
            self.take([wish for wish in wishes if wish not in blamed])
        else:
            middle = len(wishes) // 2
            self.take(wishes[:middle])
            self.take(wishes[middle:])

    def doubts(self) -> Mapping[Wish, str]:
        """Return what the rules say of what was taken, and did not say before."""
        known = {(d.id, d.message) for d in self._stage.known}
        odd = [d for d in self._found if d.severity is Severity.WARNING and (d.id, d.message) not in known]
        return {wish: _said(told) for wish, told in self._blamed(self._kept, self._texts, odd).items()}

    def _written(self, wishes: Sequence[Wish]) -> Sequence[Wish]:
        """Return the wishes that can be spliced beside each other; the others are refused."""
        try:
            self._with([*self._kept, *wishes])
        except CannotWrite as reason:
            if len(wishes) == 1:
                self.refused[wishes[0]] = Refusal("apply-refused", str(reason))
                return ()
            middle = len(wishes) // 2
            return [*self._written(wishes[:middle]), *self._written(wishes[middle:])]
        return wishes

    def _with(self, wishes: Iterable[Wish]) -> Texts:
        """Return the new texts of files; raises ``CannotWrite``."""
        by_file: dict[str, list[Wish]] = {}
        for wish in wishes:
            by_file.setdefault(split(wish.path)[0], []).append(wish)
        return {
            file: splice(self._stage.texts[file], {split(wish.path)[1]: wish.value for wish in own})
            for file, own in by_file.items()
        }

    def _blamed(
        self, wishes: Iterable[Wish], texts: Texts, found: Iterable[Diagnostic]
    ) -> dict[Wish, list[Diagnostic]]:
        """Return the findings that stand where a wish is written."""
        by_file: dict[str, list[Diagnostic]] = {}
        for finding in found:
            by_file.setdefault(finding.place.file, []).append(finding)
        blamed: dict[Wish, list[Diagnostic]] = {}
        for file, text in texts.items():
            told = by_file.get(f"{self._stage.folder}/{file}", ())
            root = compose(text) if told else None
            if root is None:
                continue
            for wish in (w for w in wishes if split(w.path)[0] == file):
                found_at = find(root, split(wish.path)[1])
                own = [d for d in told if _is_within(d.place, found_at)]
                blamed |= {wish: own} if own else {}
        return blamed


def _is_within(place: Place, found: Found | None) -> bool:
    """Return whether a finding stands at a value or its key."""
    if found is None:
        return False
    start, end = (found.key or found.node).start_mark, found.node.end_mark
    return (start.line, start.column) <= (place.line - 1, place.column - 1) < (end.line, end.column)


def _refusal(found: Sequence[Diagnostic]) -> Refusal:
    return Refusal(found[0].id, _said(found))


def _said(found: Sequence[Diagnostic]) -> str:
    """Return what was found, without its place: that is in texts that were never written.

    A figure with its state stands as in sheets, by which it is read again.
    """
    said = (f"{_closed(d.message)}{_closed(d.hint)}" for d in found)
    told = dict.fromkeys(_STAGED.sub(r"\1（\2）", one) for one in said)
    rest = len(told) - _MOST
    return "".join([*list(told)[:_MOST], *([f"ほか{rest}件。"] if rest > 0 else [])])


def _closed(sentence: str) -> str:
    return f"{sentence.rstrip('。')}。" if sentence else ""
