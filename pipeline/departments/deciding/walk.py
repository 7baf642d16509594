"""Going through the open proposals one by one: shows each, asks, and saves every decision at once.

In: the ``Answers`` to proposals, and an ``Interaction`` that shows and asks. Out: ``Walked``. Nothing is kept back: a
run that is killed loses no decision that was made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from rich.text import Text

from pipeline.departments.deciding import words
from pipeline.departments.deciding.answers import ACCEPTED, Answers, is_addable, start, written
from pipeline.departments.deciding.cards import LEGEND, brief, card, difference
from pipeline.departments.deciding.grouping import beside
from pipeline.departments.deciding.place_names import Names
from pipeline.departments.deciding.visible import plain
from pipeline.model.correspondence import Decision, Proposal, Verdict
from pipeline.storage.outputs import Busy

_KANA = str.maketrans("あえうい", "aeui")
"""What an input method makes of the keys where it was left switched on."""
_HELP = (
    "a  採用（入力データに書き込む所がないものは「確認した」）",
    "r  不採用（理由を書けます。理由は make sendback で所管課に返せます）",
    "e  提案の文章を直して採用",
    "i  所管課が書き足した行を、新しい行として入力データに書き足す",
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
_NO_ROW = "書き足された行ではないため、新しい行にはできません。"
_ROW_WRITTEN = "→ 新しい行を書き足しました。間違えたときは、make undo で戻せます。"
_EMPTY = "文章が空です。取りやめました。"
_GIVEN_UP = "取りやめました。"
_UNKNOWN = "この答えは使えません。次の文字のどれかで答えてください。"
_GONE = (
    "保存できませんでした。この修正が一覧からなくなったか、別の画面で答えが変わったか、一覧が読めません。"
    "make collect をもう一度実行してください。"
)

_AGAIN = "この内容では書き込めません。"
_WITH_CURE = "印刷できる文字に改めて、採用しますか（y/n）"
_NOT_TAKEN = "採用していません。e で文章を直すか、r で不採用にしてください。"

_TWO = ("前の採用", "これ")


class Interaction(Protocol):
    """Where somebody sits who decides."""

    def show(self, lines: Sequence[Text]) -> None:
        """Show lines."""

    def ask(self, prompt: str) -> str | None:
        """Ask for a line; None: nobody answers any more."""

    def edit(self, text: str) -> str | None:
        """Let a text be edited; None: it was given up."""


class Walked(Struct, frozen=True):
    """What came of it: all proposals with their decisions, and how many were decided now."""

    proposals: tuple[Proposal, ...]
    decided: int


def walk(answers: Answers, names: Names, user: Interaction, held: Callable[[Busy], str] = str) -> Walked:
    """Go through what is open, or accepted and not to be written, until the end or until the user leaves.

    ``held`` words that another run holds the year; the same is asked again then.
    """
    walker = _Walker(answers, names, user, held)
    walker.go([p.id for p in answers.waiting()])
    return Walked(tuple(answers.proposals.values()), answers.decided)


class _Walker:
    """The place in the list, what was decided, what can be taken back, and texts that were written and not taken."""

    def __init__(self, answers: Answers, names: Names, user: Interaction, held: Callable[[Busy], str]) -> None:
        self._answers, self._names, self._user, self._held = answers, names, user, held
        self._drafts: dict[str, str] = {}
        self._comments = beside(tuple(answers.proposals.values()))
        self._places: list[int] = []
        self._passed: set[str] = set()
        self._keys: Mapping[str, Callable[[Proposal, int], int]] = {
            "a": self._accept,
            "r": self._reject,
            "e": self._edit,
            "i": self._add_row,
            "s": lambda _, place: place + 1,
            "b": lambda _, place: max(place - 1, 0),
            "t": self._take_sheet,
            "k": self._take_kind,
            "v": self._view,
            "u": self._undo,
            "?": self._help,
        }

    def go(self, ids: Sequence[str]) -> None:
        """Show and ask, one after the other."""
        place, shown, is_back = 0, -1, False
        while ids:
            while not is_back and place < len(ids) and ids[place] in self._passed:
                place += 1
            at_end = place == len(ids)
            proposal = self._answers.proposals[ids[min(place, len(ids) - 1)]]
            if not at_end and place != shown:
                self._show(proposal, place, len(ids))
            answer = self._user.ask(_AT_END if at_end else _prompt(proposal))
            key = _key(answer)
            if answer is None or key == "q" or (at_end and key not in _BACK):
                return
            is_back = key in _BACK
            shown = -1 if is_back else place
            place = self._answered(key, proposal, place)

    def _answered(self, key: str, proposal: Proposal, place: int) -> int:
        try:
            return self._keys.get(key, self._unknown)(proposal, place)
        except Busy as busy:
            self._say(self._held(busy))
            return place

    def _show(self, proposal: Proposal, place: int, count: int) -> None:
        self._say("", self._heading(proposal, place, count))
        self._user.show(card(proposal, self._names, self._comments.get(proposal.id, ())))

    def _heading(self, proposal: Proposal, place: int, count: int) -> str:
        name = self._names.title(proposal.measure)
        left = self._answers.open
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
        text = self._user.edit(self._drafts.get(proposal.id) or start(proposal))
        if text is None or not text.strip():
            self._say(_GIVEN_UP if text is None else _EMPTY)
            return place
        self._drafts[proposal.id] = text
        self._user.show(difference(proposal.old, text, ("今", "採用")))
        return self._take(proposal, Decision(Verdict.ACCEPT, text), place)

    def _add_row(self, proposal: Proposal, place: int) -> int:
        if not is_addable(proposal):
            self._say(_NO_ROW)
            return place
        planned = self._answers.rows.preview(proposal)
        if planned.file:
            self._say(f"{planned.file} に、次の行を書き足します。", *(f"  + {plain(line)}" for line in planned.lines))
            if _key(self._user.ask("書き足しますか（y/n）")) != "y":
                self._say(_GIVEN_UP)
                return place
            planned = self._answers.add_row(proposal)
        if not planned.file:
            self._say(*(plain(f"{found.message}{found.hint}") for found in planned.diagnostics))
            return place
        self._passed.add(proposal.id)
        self._say(_ROW_WRITTEN)
        return place + 1

    def _take_sheet(self, proposal: Proposal, place: int) -> int:
        return self._take_many(self._answers.of_sheet(proposal), "このシートの残りの修正", place)

    def _take_kind(self, proposal: Proposal, place: int) -> int:
        name = "記入済みの欄の修正" if proposal.old else "空欄への記入"
        return self._take_many(self._answers.of_kind(proposal), name, place)

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
        self._record({p.id: ACCEPTED for p in proposals}, place)
        self._passed |= {p.id for p in proposals if self._answers.proposals[p.id].decision == ACCEPTED}
        return place

    def _take(self, proposal: Proposal, decision: Decision, place: int) -> int:
        """Accept what can be written; what was accepted before in the same place, and says otherwise, gives way if
        the user says so.
        """
        writable = self._writable(proposal, decision)
        if writable is None:
            return place
        decision = writable
        rivals = self._answers.rivals(proposal, decision)
        if rivals:
            said = "、".join(f"{p.id}（{plain(p.file)}）" for p in rivals)
            self._say(f"同じ所に、違う内容の {said} を採用しています。")
            for p in rivals:
                self._user.show(difference(written(p, p.decision) or "", written(proposal, decision) or "", _TWO))
            if _key(self._user.ask("前の採用を不採用に変えて、これを採用しますか（y/n）")) != "y":
                self._say(_GIVEN_UP)
                return place
        return self._record({**{p.id: Decision(Verdict.REJECT) for p in rivals}, proposal.id: decision}, place)

    def _writable(self, proposal: Proposal, decision: Decision) -> Decision | None:
        """Return the decision if it can be written, or with a text that can if the user says so; else None."""
        refusal = self._answers.refusal(proposal, decision)
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
        taken = self._answers.with_alike(decisions)
        if not self._answers.record(taken):
            self._say(_GONE)
            return place + 1
        self._places.append(place)
        self._passed |= taken.keys() - decisions.keys()
        made = plain(words.decision(self._answers.proposals[list(decisions)[-1]]))
        self._say(f"→ {made}（{f'{len(taken)}件、' if len(taken) > 1 else ''}保存しました。取り消すときは u）")
        return place + 1

    def _undo(self, proposal: Proposal, place: int) -> int:
        if not self._places:
            self._say("取り消す決定はありません。")
            return place
        before, back = self._answers.undo(), self._places.pop()
        if before is None:
            self._say(_GONE)
            return place
        self._passed -= before.keys()
        self._say("取り消しました。")
        return back


def _prompt(proposal: Proposal) -> str:
    accept = "採用" if words.writes(proposal.kind, proposal.path) else "確認した"
    edit = " / e 文章を直す" if proposal.path else ""
    row = " / i 新しい行として書き足す" if is_addable(proposal) else ""
    return f"a {accept} / r 不採用{edit}{row} / t このシートの残り / s 後で / b 前に戻る / q 終わる / ? 説明"


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
