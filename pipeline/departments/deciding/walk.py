"""Going through the open proposals one by one: shows each, asks, and saves every decision at once.

In: proposals and an ``Interaction`` that shows and asks. Out: ``Walked``. Nothing is kept back: a run that is
killed loses no decision that was made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rich.text import Text

from pipeline.departments.deciding import words
from pipeline.departments.deciding.cards import LEGEND, brief, card, difference
from pipeline.departments.deciding.grouping import beside, together
from pipeline.departments.deciding.places import Names
from pipeline.departments.deciding.visible import plain
from pipeline.model.correspondence import OPEN, Decision, Kind, Proposal, Refusal, Verdict

_KANA = str.maketrans("あえう", "aeu")
"""What an input method makes of the keys where it was left switched on."""
_HELP = (
    "a  採用（入力データに書き込む所がないものは「確認した」）",
    "r  不採用（理由を書けます。理由は make sendback で所管課に返せます）",
    "e  提案の文章を直して採用",
    "t  このシートの残りの修正を、まとめて採用（質問や競合は残ります）",
    "k  残りのシートも含めて、これと同じ種類（空欄への記入、又は記入済みの欄の修正）を、まとめて採用",
    "s  後で決める（次へ）",
    "b  前に戻る",
    "v  長い文章を全部見る",
    "u  直前の決定を取り消す",
    "q  終わる（決めたものは保存されています）",
)
_AT_END = "最後まで進みました。b 前に戻る / u 取り消す / Enter 終わる"
_BACK = ("b", "u")
_UNWRITABLE = "入力データに書き込む所がないため、文章は直せません。必要なら、入力データを直接直してください。"
_EMPTY = "文章が空です。取りやめました。"
_GIVEN_UP = "取りやめました。"
_UNKNOWN = "この答えは使えません。次の文字のどれかで答えてください。"
_GONE = (
    "保存できませんでした。この修正が一覧からなくなったか、一覧が読めません。make collect をもう一度実行してください。"
)

_AGAIN = "この内容では書き込めません。"
_WITH_CURE = "印刷できる文字に改めて、採用しますか（y/n）"
_NOT_TAKEN = "採用していません。e で文章を直すか、r で不採用にしてください。"

_TWO = ("前の採用", "これ")
_ACCEPTED = Decision(Verdict.ACCEPT)

Save = Callable[[Mapping[str, Decision]], bool]
"""Saves decisions by id; False where a proposal is no longer in the file."""
Try = Callable[[Proposal], Refusal | None]
"""Tells why a proposal, as it is decided, cannot be written into the inputs; None where it can."""


class Interaction(Protocol):
    """Where somebody sits who decides."""

    def show(self, lines: Sequence[Text]) -> None:
        """Show lines."""

    def ask(self, prompt: str) -> str | None:
        """Ask for a line; None: nobody answers any more."""

    def edit(self, text: str) -> str | None:
        """Let a text be edited; None: it was given up."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of it: all proposals with their decisions, and how many were decided now."""

    proposals: tuple[Proposal, ...]
    decided: int


def walk(
    proposals: Sequence[Proposal],
    names: Names,
    user: Interaction,
    save: Save,
    refusal: Try = lambda proposal: None,
) -> Walked:
    """Go through what is open, or accepted and not to be written, until the end or until the user leaves."""
    order = [p for measure in _measures(proposals) for p in together(q for q in proposals if q.measure == measure)]
    walker = _Walker({p.id: p for p in order}, names, user, save, refusal)
    walker.go([p.id for p in order if p.decision == OPEN or (_is_accepted(p) and refusal(p))])
    return Walked(tuple(walker.proposals[p.id] for p in proposals), walker.decided)


def _is_accepted(proposal: Proposal) -> bool:
    return proposal.decision.verdict is Verdict.ACCEPT


def _measures(proposals: Sequence[Proposal]) -> list[str]:
    return list(dict.fromkeys(p.measure for p in proposals))


class _Walker:
    """The place in the list, what was decided, and what can be taken back."""

    def __init__(
        self, proposals: dict[str, Proposal], names: Names, user: Interaction, save: Save, refusal: Try
    ) -> None:
        self.proposals, self._names, self._user, self._save, self._refusal = (
            proposals,
            names,
            user,
            save,
            refusal,
        )
        self._comments = beside(tuple(proposals.values()))
        self._done: list[tuple[int, Mapping[str, Decision]]] = []
        self._passed: set[str] = set()
        self._keys: Mapping[str, Callable[[Proposal, int], int]] = {
            "a": self._accept,
            "r": self._reject,
            "e": self._edit,
            "s": lambda _, place: place + 1,
            "b": lambda _, place: max(place - 1, 0),
            "t": self._take_sheet,
            "k": self._take_kind,
            "v": self._view,
            "u": self._undo,
            "?": self._help,
        }

    @property
    def decided(self) -> int:
        """Count the proposals decided in this walk."""
        return len({key for _, before in self._done for key in before if self.proposals[key].decision != OPEN})

    def go(self, ids: Sequence[str]) -> None:
        """Show and ask, one after the other."""
        place, shown, is_back = 0, -1, False
        while ids:
            while not is_back and place < len(ids) and ids[place] in self._passed:
                place += 1
            at_end = place == len(ids)
            proposal = self.proposals[ids[min(place, len(ids) - 1)]]
            if not at_end and place != shown:
                self._show(proposal, place, len(ids))
            answer = self._user.ask(_AT_END if at_end else _prompt(proposal))
            key = _key(answer)
            if answer is None or key == "q" or (at_end and key not in _BACK):
                return
            is_back = key in _BACK
            shown = -1 if is_back else place
            place = self._keys.get(key, self._unknown)(proposal, place)

    def _show(self, proposal: Proposal, place: int, count: int) -> None:
        self._say("", self._heading(proposal, place, count))
        self._user.show(card(proposal, self._names, self._comments.get(proposal.id, ())))

    def _heading(self, proposal: Proposal, place: int, count: int) -> str:
        name = self._names.title(proposal.measure)
        left = sum(p.decision == OPEN for p in self.proposals.values())
        return f"── {place + 1}/{count}  {name}（まだ決めていないもの {left}件） ──"

    def _say(self, *lines: str) -> None:
        self._user.show([Text(line) for line in lines])

    def _help(self, proposal: Proposal, place: int) -> int:
        self._say(*_HELP, LEGEND)
        return place

    def _unknown(self, proposal: Proposal, place: int) -> int:
        self._say(_UNKNOWN)
        return self._help(proposal, place)

    def _view(self, proposal: Proposal, place: int) -> int:
        self._user.show(card(proposal, self._names, self._comments.get(proposal.id, ()), whole=True))
        return place

    def _accept(self, proposal: Proposal, place: int) -> int:
        return self._take(proposal, Decision(Verdict.ACCEPT), place)

    def _reject(self, proposal: Proposal, place: int) -> int:
        reason = self._user.ask("不採用の理由（なければ Enter、やめるときは b）")
        if reason is None or _key(reason) == "b":
            return place
        return self._record({proposal.id: Decision(Verdict.REJECT, reason=reason.strip())}, place)

    def _edit(self, proposal: Proposal, place: int) -> int:
        if proposal.path is None:
            self._say(_UNWRITABLE)
            return place
        start = proposal.new if words.writes(proposal.kind, proposal.path) else proposal.old
        text = self._user.edit(proposal.decision.text or start)
        if text is None or not text.strip():
            self._say(_GIVEN_UP if text is None else _EMPTY)
            return place
        self._user.show(difference(proposal.old, text, ("今", "採用")))
        return self._take(proposal, Decision(Verdict.ACCEPT, text), place)

    def _take_sheet(self, proposal: Proposal, place: int) -> int:
        alike = [p for p in self._plain() if p.measure == proposal.measure]
        return self._take_many(alike, "このシートの残りの修正", place)

    def _take_kind(self, proposal: Proposal, place: int) -> int:
        alike = [p for p in self._plain() if bool(p.old) is bool(proposal.old)]
        return self._take_many(alike, "記入済みの欄の修正" if proposal.old else "空欄への記入", place)

    def _plain(self) -> Iterator[Proposal]:
        """Yield the open proposals that ask nothing: they can be written, and nobody else says otherwise."""
        texts: dict[str | None, set[str]] = {}
        for p in self.proposals.values():
            texts.setdefault(p.path, set()).add(p.new)
        for p in self.proposals.values():
            is_alone = p.kind is Kind.CHANGE and p.decision == OPEN and len(texts[p.path]) == 1
            if is_alone and self._refusal(replace(p, decision=_ACCEPTED)) is None:
                yield p

    def _take_many(self, proposals: Sequence[Proposal], name: str, place: int) -> int:
        """List proposals, and accept all of them if the user says so; one undo takes all back."""
        if not proposals:
            self._say(f"{name}で、まとめて採用できるものはありません。")
            return place
        for p in proposals:
            self._user.show(brief(p, self._names))
        if _key(self._user.ask(f"{name} {len(proposals)}件を、まとめて採用しますか（y/n）")) != "y":
            self._say(_GIVEN_UP)
            return place
        self._record({p.id: _ACCEPTED for p in proposals}, place)
        self._passed |= {p.id for p in proposals if self.proposals[p.id].decision == _ACCEPTED}
        return place

    def _take(self, proposal: Proposal, decision: Decision, place: int) -> int:
        """Accept what can be written; what was accepted before in the same place, and says otherwise, gives way if
        the user says so.
        """
        writable = self._writable(proposal, decision)
        if writable is None:
            return place
        decision = writable
        rivals = [p for p in self.proposals.values() if p.id != proposal.id and _contradicts(p, proposal, decision)]
        if rivals:
            said = "、".join(f"{p.id}（{plain(p.file)}）" for p in rivals)
            self._say(f"同じ所に、違う内容の {said} を採用しています。")
            for p in rivals:
                self._user.show(difference(_written(p, p.decision) or "", _written(proposal, decision) or "", _TWO))
            if _key(self._user.ask("前の採用を不採用に変えて、これを採用しますか（y/n）")) != "y":
                self._say(_GIVEN_UP)
                return place
        return self._record({**{p.id: Decision(Verdict.REJECT) for p in rivals}, proposal.id: decision}, place)

    def _writable(self, proposal: Proposal, decision: Decision) -> Decision | None:
        """Return the decision if it can be written, or with a text that can if the user says so; else None."""
        refusal = self._refusal(replace(proposal, decision=decision))
        if refusal is None:
            return decision
        self._say(f"{proposal.id} は、{_AGAIN}", f"  {plain(refusal.reason)}")
        if refusal.cure:
            told = proposal.new if decision.text is None else decision.text
            self._user.show(difference(told, refusal.cure, ("記入", "改めた文章")))
            if _key(self._user.ask(_WITH_CURE)) == "y":
                return Decision(Verdict.ACCEPT, refusal.cure)
        self._say(_NOT_TAKEN)
        return None

    def _record(self, decisions: Mapping[str, Decision], place: int) -> int:
        before = {key: self.proposals[key].decision for key in decisions}
        if not self._save(decisions):
            self._say(_GONE)
            return place + 1
        self._set(decisions)
        self._done.append((place, before))
        made = plain(words.decision(self.proposals[list(decisions)[-1]]))
        self._say(f"→ {made}（{f'{len(decisions)}件、' if len(decisions) > 1 else ''}保存しました。取り消すときは u）")
        return place + 1

    def _undo(self, proposal: Proposal, place: int) -> int:
        if not self._done:
            self._say("取り消す決定はありません。")
            return place
        back, before = self._done.pop()
        if not self._save(before):
            self._say(_GONE)
            return place
        self._set(before)
        self._passed -= before.keys()
        self._say("取り消しました。")
        return back

    def _set(self, decisions: Mapping[str, Decision]) -> None:
        for key, decision in decisions.items():
            self.proposals[key] = replace(self.proposals[key], decision=decision)


def _contradicts(other: Proposal, proposal: Proposal, decision: Decision) -> bool:
    if other.path is None or other.path != proposal.path or other.decision.verdict is not Verdict.ACCEPT:
        return False
    taken = _written(other, other.decision)
    return taken is not None and taken != (_written(proposal, decision) or taken)


def _written(proposal: Proposal, decision: Decision) -> str | None:
    """Return what a decision writes; None: nothing."""
    if decision.text is not None:
        return decision.text
    return proposal.new if words.writes(proposal.kind, proposal.path) else None


def _prompt(proposal: Proposal) -> str:
    accept = "採用" if words.writes(proposal.kind, proposal.path) else "確認した"
    edit = " / e 文章を直す" if proposal.path else ""
    return f"a {accept} / r 不採用{edit} / t このシートの残り / s 後で / b 前に戻る / q 終わる / ? 説明"


def _key(answer: str | None) -> str:
    """Read a key, also in full width or as an input method wrote it."""
    return unicodedata.normalize("NFKC", answer or "").strip().lower().translate(_KANA)


def summary(walked: Walked) -> list[str]:
    """Return what was decided, and what comes next."""
    made = [p.decision for p in walked.proposals]
    accepted = sum(d.verdict is Verdict.ACCEPT for d in made)
    rejected = sum(d.verdict is Verdict.REJECT for d in made)
    left = len(made) - accepted - rejected
    lines = [
        f"今回決めたもの {walked.decided}件",
        f"全部で{len(made)}件のうち、採用・確認 {accepted}件、不採用 {rejected}件、まだのもの {left}件",
    ]
    if left:
        lines.append("  → make review で、続きから決められます。")
    if accepted:
        lines.append("  → make apply で、採用したものを入力データに書き込みます。")
    if rejected:
        lines.append("  → make sendback で、不採用の理由をコメントに付けたシートを作ります。")
    return lines
