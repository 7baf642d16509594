"""Going through the open proposals: keys, saving, taking back, leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.text import Text

from pipeline.departments.deciding import Answers, Names, NewRow, RowWriter, Walked, summary, walk
from pipeline.diagnostics import Place, error
from pipeline.model.correspondence import OPEN, ROW_ADDED, Decision, Kind, Proposal, Refusal, Verdict
from pipeline.stages import validate
from pipeline.storage.outputs import Busy
from tests.project import CITY, INPUTS

RESULTS = "measures/1-2.yaml#initiatives.siting.results"
FIRST = Proposal("aa00000001", "回答.docx", "1-2", RESULTS, Kind.CHANGE, "支援する。", "支援した。", "山田")
RIVAL = replace(FIRST, id="aa00000002", file="再提出.docx", kind=Kind.CONFLICT, new="別の文。")
COMMENT = replace(FIRST, id="aa00000003", kind=Kind.COMMENT, new="速報値です。")
OUTSIDE = replace(FIRST, id="aa00000004", path=None, kind=Kind.OUTSIDE, place="表2の1行目1列目")
ROW = replace(OUTSIDE, id="aa00000011", place="表4の追加された行（4行目）", new="④ 相談会 | 3回", why=ROW_ADDED)
ACCEPT, REJECT = Decision(Verdict.ACCEPT), Decision(Verdict.REJECT)


@pytest.fixture(scope="module")
def names() -> Names:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    return Names(evaluation)


@dataclass
class Script:
    """A desk where the answers are known beforehand, and a file that keeps what is saved."""

    answers: list[str]
    typed: str | None = None
    shown: list[str] = field(default_factory=list)
    saved: dict[str, Decision] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    saves: int = 0
    held: int = 0
    lost: frozenset[str] = frozenset()

    def show(self, lines: Sequence[Text]) -> None:
        self.shown += [line.plain for line in lines]

    def ask(self, prompt: str) -> str | None:
        self.shown.append(prompt)
        return self.answers.pop(0) if self.answers else None

    def edit(self, text: str) -> str | None:
        self.begun.append(text)
        return self.typed

    def save(self, decisions: Mapping[str, Decision]) -> bool:
        if self.held:
            self.held -= 1
            raise Busy(Path("R3"), "")
        if self.lost & decisions.keys():
            return False
        self.saves += 1
        self.saved.update(decisions)
        return True

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


def walked(names: Names, script: Script, *proposals: Proposal) -> Walked:
    return walk(Answers(proposals, script.save), names, script)


def test_each_decision_is_saved_at_once(names: Names) -> None:
    script = Script(["a", "r", "様式のため。"])
    walked(names, script, FIRST, OUTSIDE)
    assert script.saved == {FIRST.id: ACCEPT, OUTSIDE.id: Decision(Verdict.REJECT, reason="様式のため。")}
    assert script.saves == 2


def test_who_is_held_up_by_another_run_goes_on_from_what_was_written(names: Names) -> None:
    script = Script(["e", "e"], typed="書いた。", held=1)
    walk(Answers([FIRST], script.save), names, script, lambda busy: "実行中です。")
    assert script.begun == [FIRST.new, "書いた。"]
    assert "実行中です。" in script.shown
    assert script.saved == {FIRST.id: Decision(Verdict.ACCEPT, "書いた。")}


def test_what_cannot_be_written_is_edited_on(names: Names) -> None:
    script = Script(["e", "e"], typed="外字の文。")
    refusal = Refusal(FIRST.id, "外字があります。")
    walk(Answers([FIRST], script.save, lambda _: refusal), names, script)
    assert script.begun == [FIRST.new, "外字の文。"]
    assert script.saved == {}


def test_taking_back_beside_another_run_is_done_later(names: Names) -> None:
    answers = Answers([FIRST], (script := Script([])).save)
    answers.record({FIRST.id: ACCEPT})
    script.held = 1
    with pytest.raises(Busy):
        answers.undo()
    assert answers.undo() == {FIRST.id: OPEN}


def test_what_two_files_say_alike_is_asked_once_and_taken_back_at_once(names: Names) -> None:
    twin = replace(FIRST, id="aa00000005", file="記入表.xlsx")
    script = Script(["a", "q"])
    walked(names, script, FIRST, twin, OUTSIDE)
    assert script.saved == {FIRST.id: ACCEPT, twin.id: ACCEPT}
    assert "2/3" not in script.text
    script = Script(["a", "u", "q"])
    walked(names, script, FIRST, twin)
    assert script.saved == {FIRST.id: OPEN, twin.id: OPEN}


def test_a_proposal_shows_place_texts_marks_and_comments(names: Names) -> None:
    script = Script(["q"])
    walked(names, script, FIRST, COMMENT)
    assert "1/2  1-2 企業立地の促進" in script.text
    assert "主な取組①「企業立地の促進」の令和2年度の取組・成果" in script.text
    assert "支援[-する-]。" in script.text
    assert "支援{+した+}。" in script.text
    assert "コメント（山田）  速報値です。" in script.text


@pytest.mark.parametrize("key", ["a", "A", "ａ", "あ", " a "])
def test_keys_may_come_from_an_input_method(names: Names, key: str) -> None:
    script = Script([key])
    walked(names, script, FIRST)
    assert script.saved == {FIRST.id: ACCEPT}


@pytest.mark.parametrize("answer", ["", "あとで", "accept", "y", "?"])
def test_anything_else_decides_nothing_and_explains(names: Names, answer: str) -> None:
    script = Script([answer])
    walked(names, script, FIRST)
    assert script.saved == {}
    assert "後で決める" in script.text


def test_a_text_can_be_written_instead(names: Names) -> None:
    script = Script(["e"], typed="直した文。")
    found = walked(names, script, FIRST)
    assert script.saved == {FIRST.id: Decision(Verdict.ACCEPT, "直した文。")}
    assert found.decided == 1


@pytest.mark.parametrize("typed", [None, "", " \n"])
def test_an_empty_or_abandoned_text_changes_nothing(names: Names, typed: str | None) -> None:
    script = Script(["e"], typed=typed)
    walked(names, script, FIRST)
    assert script.saved == {}


def test_what_has_no_place_cannot_be_rewritten(names: Names) -> None:
    script = Script(["e"], typed="文")
    walked(names, script, OUTSIDE)
    assert script.saved == {}
    assert "書き込む所がない" in script.text


def test_the_last_decision_can_be_taken_back_also_at_the_end(names: Names) -> None:
    script = Script(["a", "a", "u", "u", "r", ""])
    found = walked(names, script, FIRST, OUTSIDE)
    assert script.saved == {FIRST.id: REJECT, OUTSIDE.id: OPEN}
    assert found.decided == 1


def test_two_texts_for_one_place_are_not_both_accepted_unasked(names: Names) -> None:
    script = Script(["a", "a", "n", "a", "y"])
    walked(names, script, FIRST, RIVAL)
    assert "違う内容" in script.text
    assert script.saved == {FIRST.id: REJECT, RIVAL.id: ACCEPT}


def test_taking_back_brings_the_rival_back(names: Names) -> None:
    script = Script(["a", "a", "y", "u"])
    walked(names, script, FIRST, RIVAL)
    assert script.saved == {FIRST.id: ACCEPT, RIVAL.id: OPEN}


def test_later_and_back_move_without_deciding(names: Names) -> None:
    script = Script(["s", "b", "a"])
    walked(names, script, FIRST, OUTSIDE)
    assert script.saved == {FIRST.id: ACCEPT}


def test_what_is_decided_is_not_asked_again(names: Names) -> None:
    script = Script(["a"])
    walked(names, script, replace(FIRST, decision=ACCEPT), OUTSIDE)
    assert script.saved == {OUTSIDE.id: ACCEPT}


def test_a_proposal_that_vanished_meanwhile_is_said_and_passed(names: Names) -> None:
    script = Script(["a", "a"], lost=frozenset({FIRST.id}))
    found = walked(names, script, FIRST, OUTSIDE)
    assert script.saved == {OUTSIDE.id: ACCEPT}
    assert found.proposals[0].decision == OPEN
    assert "make collect" in script.text


def test_control_characters_do_not_reach_the_terminal(names: Names) -> None:
    hostile = "\x1b[2J\u202e\x07"
    script = Script(["v", "r", hostile])
    written = replace(FIRST, file=hostile, place=hostile, new=hostile, why=hostile, author=hostile, date=hostile)
    walked(names, script, written, replace(written, id="aa00000009", kind=Kind.COMMENT))
    assert not {"\x1b", "\u202e", "\x07"} & set(script.text)
    assert "[U+001B]" in script.text


def test_the_summary_says_what_comes_next(names: Names) -> None:
    script = Script(["a", "r", ""])
    lines = "\n".join(summary(walked(names, script, FIRST, OUTSIDE, COMMENT)))
    assert "採用・確認 1件、不採用 1件、まだのもの 1件" in lines
    for command in ("make apply", "make sendback", "make review"):
        assert command in lines


def test_an_answer_that_is_none_is_told_and_a_text_given_up_is_not_called_empty(names: Names) -> None:
    script = Script(["x", "e", "q"])
    walked(names, script, FIRST)
    assert "この答えは使えません" in script.text
    assert "取りやめました。" in script.shown
    assert "文章が空です" not in script.text


OTHER = replace(FIRST, id="aa00000005", path=RESULTS.replace("results", "evaluation"), new="続ける。")
BLANK = replace(OTHER, id="aa00000006", measure="1-3", path="measures/1-3.yaml#response", old="", new="検討する。")
ASKED = replace(OTHER, id="aa00000007", path="measures/1-2.yaml#response", kind=Kind.QUESTION, why="確かめてください。")


def test_the_rest_of_a_sheet_is_accepted_at_once_but_for_what_is_asked(names: Names) -> None:
    script = Script(["t", "y", "q"])
    walked(names, script, FIRST, OTHER, ASKED, BLANK)
    assert script.saved == {FIRST.id: ACCEPT, OTHER.id: ACCEPT}
    assert script.saves == 1
    assert "このシートの残りの修正 2件" in script.text
    assert "続ける。" in script.text
    assert script.text.count("── 3/4") == 1  # goes on with what is open


def test_all_of_a_kind_are_accepted_at_once_and_taken_back_at_once(names: Names) -> None:
    blank = replace(BLANK, id="aa00000008", measure="1-2", path=RESULTS.replace("results", "evaluation"))
    script = Script(["k", "y", "u", "q"])
    walked(names, script, blank, FIRST, BLANK)
    assert "空欄への記入 2件" in script.text
    assert script.saved == {blank.id: OPEN, BLANK.id: OPEN}
    assert script.saves == 2


def test_nothing_is_accepted_at_once_where_two_say_otherwise_or_it_cannot_be_written(names: Names) -> None:
    script = Script(["t", "q"])
    rival = replace(FIRST, id="aa00000009", file="再提出.docx", new="別の文。")
    refusals = {OTHER.id: Refusal("id", "書けません。")}
    walk(Answers((FIRST, rival, OTHER), script.save, lambda p: refusals.get(p.id)), names, script)
    assert "まとめて採用できるものはありません" in script.text
    assert script.saved == {}


def test_giving_up_leaves_all_open(names: Names) -> None:
    script = Script(["t", "n", "q"])
    walked(names, script, FIRST, OTHER)
    assert script.saved == {}


def test_both_texts_are_shown_where_an_earlier_acceptance_says_otherwise(names: Names) -> None:
    script = Script(["a", "a", "n", "q"])
    walked(names, script, FIRST, replace(RIVAL, kind=Kind.CHANGE))
    assert "回答.docx" in script.text
    assert "前の採用  [-支援した-]。" in script.text
    assert "これ  {+別の文+}。" in script.text


def test_what_could_not_be_saved_at_once_is_still_shown(names: Names) -> None:
    script = Script(["t", "y", "q"], lost=frozenset([OTHER.id]))
    walked(names, script, FIRST, OTHER)
    assert script.saved == {}
    assert script.text.count("── 1/2") == 1
    assert "保存できませんでした" in script.text
    script = Script(["t", "y", "s", "q"], lost=frozenset([OTHER.id]))
    walked(names, script, FIRST, OTHER)
    assert "── 2/2" in script.text


def adding(names: Names, answers: list[str], made: NewRow) -> tuple[Script, Walked, list[str]]:
    """Go through an added row that becomes what is ``made``."""
    script, written = Script(answers), list[str]()

    def write(proposal: Proposal) -> NewRow:
        written.append(proposal.id)
        return made

    rows = RowWriter(lambda proposal: made, write)
    return script, walk(Answers((ROW,), script.save, rows=rows), names, script), written


def test_an_added_row_is_written_on_one_decision_after_its_lines_are_shown(names: Names) -> None:
    made = NewRow((), "measures/1-2.yaml", ("  - id: added-1", "    name: 相談会"))
    script, found, written = adding(names, ["i", "y"], made)
    assert "i 新しい行として書き足す" in script.text
    assert "  +     name: 相談会" in script.text
    assert written == [ROW.id]
    assert (found.decided, found.proposals[0].decision) == (1, ACCEPT)
    assert adding(names, ["i", "n", "q"], made)[2] == []


def test_a_row_that_nobody_can_tell_is_left_with_the_reason(names: Names) -> None:
    script, found, _ = adding(
        names, ["い", "q"], NewRow((error("row-unclear", Place("1-2.yaml"), "分からない行です。"),))
    )
    assert "分からない行です。" in script.text
    assert found.proposals[0].decision == OPEN


def test_only_an_added_row_becomes_a_new_one(names: Names) -> None:
    script = Script(["i", "q"])
    walked(names, script, FIRST)
    assert "書き足された行ではない" in script.text
