"""A decision holds for the two texts it was made on: what the inputs say, and what is proposed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from docx.document import Document
from msgspec.structs import replace

from pipeline.cli import apply, board
from pipeline.departments import returned
from pipeline.model.correspondence import OPEN, Decision, Kind, Proposal, ReturnedSheet, Value, ValueKind, Verdict
from pipeline.workflows import review, send
from pipeline.workflows.send import Order
from tests.departments.deciding.test_walk import Script
from tests.departments.returned.post import INDICATORS, INITIATIVES, OPINIONS, TODAY, Post, Quiet, cell, write
from tests.departments.returned.test_round_trip import ACTUAL, RESULTS, change_results
from tests.departments.returned.test_undo import EVALUATION, change_evaluation
from tests.project import BASE

pytestmark = pytest.mark.slow

NEW = "訪問による意見交換を、電話とWEB会議に改めた。"
Edit = Callable[[Document], None]


def change_opinions(document: Document) -> None:
    write(cell(document, OPINIONS, 1, 0), "戦略会議の意見を書いた。")


def change_actual(document: Document) -> None:
    write(cell(document, INDICATORS, 2, 3), "95")


def change_both(document: Document) -> None:
    change_results(document)
    change_evaluation(document)


PLACES = [
    (change_results, RESULTS, NEW, "手で直した。"),
    (change_opinions, "measures/1-2.yaml#opinions", "戦略会議の意見を書いた。", "手で直した意見。"),
    (change_actual, ACTUAL, "{R2: 95}", "{R2: 94}"),
]


def by_hand(post: Post, old: str, new: str, name: str = "measures/1-2.yaml") -> None:
    """Correct an input file as a clerk would, in an editor."""
    text = post.inputs(name)
    assert old in text
    (post.project.inputs / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def applied(post: Post, edit: Edit) -> str:
    """Send an edit back, accept and apply it; give the file as it was before."""
    before = post.inputs()
    post.edited(edit)
    post.collect()
    post.decide("accept")
    assert post.apply().paths
    return before


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("between", [True, False])
def test_a_correction_by_hand_opens_what_was_applied(
    post: Post, place: tuple[Edit, str, str, str], between: bool
) -> None:
    edit, path, written, corrected = place
    applied(post, edit)
    if between:
        assert [p.decision.verdict for p in post.collect()] == [Verdict.ACCEPT]
    by_hand(post, written, corrected)
    found = post.collected()
    (proposal,) = found.proposals
    assert (proposal.path, proposal.kind, proposal.decision) == (path, Kind.CONFLICT, OPEN)
    assert "  → make review で、一件ずつ決めます。" in board.lines(found)
    assert not found.is_pending
    after = post.inputs()
    assert (post.apply().paths, post.inputs()) == ((), after)


def test_what_was_taken_back_by_hand_is_open_again(post: Post) -> None:
    before = applied(post, change_results)
    post.collect()
    (post.project.inputs / "measures/1-2.yaml").write_text(before, encoding="utf-8")
    assert [(p.kind, p.decision) for p in post.collect()] == [(Kind.CHANGE, OPEN)]
    assert (post.apply().paths, post.inputs()) == ((), before)


@pytest.mark.parametrize("decision", ["accept", "reject", {"reject": "速報値のため。"}, {"text": "別の文章。"}])
def test_every_decision_is_open_again_when_the_inputs_change(post: Post, decision: object) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    post.decide(decision)
    by_hand(post, proposal.old, "手で直した。")
    assert [(p.kind, p.decision) for p in post.collect()] == [(Kind.CONFLICT, OPEN)]
    assert post.apply().paths == ()


def test_what_nobody_decided_is_not_accepted_when_the_inputs_change_back(post: Post) -> None:
    before = post.inputs()
    post.edited(change_results)
    (proposal,) = post.collect()
    by_hand(post, proposal.old, NEW)
    assert [p.decision.verdict for p in post.collect()] == [Verdict.ACCEPT]  # the inputs say so already
    (post.project.inputs / "measures/1-2.yaml").write_text(before, encoding="utf-8")
    assert [p.decision for p in post.collect()] == [OPEN]
    assert (post.apply().paths, post.inputs()) == ((), before)


@pytest.mark.parametrize("decision", ["accept", "reject", {"text": "別の文章。"}])
def test_a_decision_on_a_conflict_holds_while_both_texts_do(post: Post, decision: object) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    by_hand(post, proposal.old, "手で直した。")
    post.collect()
    post.decide(decision)
    first, second = post.collect()[0], post.collect()[0]
    assert first.decision == second.decision != OPEN
    assert bool(post.apply().paths) == (decision != "reject")
    third = post.collect()[0]
    assert third.decision == first.decision
    assert post.apply().paths == ()


def test_another_text_that_was_applied_is_not_asked_about_again(post: Post) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    post.decide({"text": f"{proposal.old}二つ目の文を足した。"})
    assert post.apply().paths == (RESULTS,)
    (again,) = post.collect()
    assert (again.kind, again.decision.text) == (Kind.CHANGE, f"{proposal.old}二つ目の文を足した。")
    by_hand(post, "二つ目の文を足した。", "手で直した。")
    assert [p.decision for p in post.collect()] == [OPEN]
    assert post.apply().paths == ()


def test_a_text_in_a_block_of_the_list_is_applied_once(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    post.decide({"text": "一つ目の段落。\n二つ目の段落。\n"})
    assert post.apply().paths == (RESULTS,)
    assert post.apply().paths == ()
    assert not post.collected().is_pending


def test_only_what_was_changed_by_hand_is_held_back_and_named(post: Post) -> None:
    post.edited(change_both)
    found = {p.path: p for p in post.collect()}
    post.decide("accept")
    by_hand(post, found[RESULTS].old, "手で直した。")
    done = post.apply()
    assert done.paths == (EVALUATION,)
    (held,) = [d for d in done.diagnostics if d.id == "inputs-moved"]
    assert (found[RESULTS].id in held.message, "make collect" in held.hint) == (True, True)
    head, first = post.inputs().splitlines()[held.place.line - 1 :][:2]
    assert (held.place.file, head[held.place.column - 1 :]) == (f"{BASE}/measures/1-2.yaml", "|-")
    assert first.strip() == "手で直した。"
    assert "評価を書き直した。" in post.inputs() and "手で直した。" in post.inputs()
    said = apply.applied(done, post.project)
    assert "入力データの1件を反映しました。" in said
    assert any("エラー1件" in line for line in said)
    assert post.apply().paths == ()  # what was held back is not taken along by the run that wrote the rest
    assert {p.path: p.decision == OPEN for p in post.collect()} == {RESULTS: True, EVALUATION: False}


def test_a_hand_edit_of_one_measure_does_not_hinder_the_others(post: Post) -> None:
    post.edited(change_results)
    post.edited(change_results, measure="1-3", name="別の回答.docx")
    old = {p.measure: p.old for p in post.collect()}
    post.decide("accept")
    by_hand(post, old["1-3"], "手で直した。", "measures/1-3.yaml")
    by_hand(post, "measure: 1-2", "measure: 1-2  # 確かめた")
    assert post.apply().paths == (RESULTS,)


def test_an_edited_entry_does_not_hinder_the_others(post: Post) -> None:
    post.edited(change_both)
    found = {p.path: p for p in post.collect()}
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    for row in content["proposals"]:
        row["decision"] = "accept"
        row["new"] = "所管課が書いていない文。" if row["path"] == RESULTS else row["new"]
    post.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    done = post.apply()
    assert done.paths == (EVALUATION,)
    assert [d.id for d in done.diagnostics if found[RESULTS].id in d.message] == ["proposal-edited"]


def test_contradicting_entries_do_not_hinder_the_others(post: Post) -> None:
    post.edited(change_both)
    post.edited(lambda document: write(cell(document, INITIATIVES, 1, 1), "別の文。"), name="二つ目.docx")
    rivals = [p.id for p in post.collect() if p.path == RESULTS]
    post.decide("accept")
    done = post.apply()
    assert done.paths == (EVALUATION,)
    (held,) = [d for d in done.diagnostics if d.id == "decisions-contradict"]
    assert [name in held.message for name in rivals] == [True, True]


def reviewed(post: Post, *answers: str) -> tuple[Script, review.Reviewed]:
    script = Script([*answers])
    return script, review.review(post.project, TODAY, script, Quiet())


def test_a_review_does_not_ask_on_a_text_that_is_no_longer_there(post: Post) -> None:
    post.edited(change_both)
    found = {p.path: p for p in post.collect()}
    by_hand(post, found[RESULTS].old, "手で直した。")
    script, done = reviewed(post, "a", "q")
    warned = [d for d in done.diagnostics if d.id == "review-inputs-moved"]
    assert [found[RESULTS].id in d.message for d in warned] == [True]
    assert f"{found[RESULTS].id}  " not in script.text
    assert post.apply().paths == (EVALUATION,)


def test_a_review_saves_no_answer_on_a_text_it_did_not_show(post: Post) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()

    class Late(Script):
        def ask(self, prompt: str) -> str | None:
            if self.answers:  # in another window, the value is corrected and everything collected anew
                by_hand(post, proposal.old, "手で直した。")
                post.collect()
            return super().ask(prompt)

    script = Late(["a"])
    review.review(post.project, TODAY, script, Quiet())
    assert "保存できませんでした" in script.text
    assert [p.decision for p in post.collect()] == [OPEN]


def sent_back(post: Post) -> None:
    """Apply one of two edits, reject the other, and send the sheet back."""
    post.edited(change_both)
    post.collect()
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    for row in content["proposals"]:
        row["decision"] = "accept" if row["path"] == RESULTS else {"reject": "速報値のため。"}
    post.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert post.apply().paths == (RESULTS,)
    assert send.sendback(post.project, Order(), TODAY, Quiet()).new


def test_an_answer_to_an_older_sheet_never_writes_its_words_again(post: Post) -> None:
    sent_back(post)
    by_hand(post, NEW, "手で直した。")
    after = post.inputs()
    found = post.collected()
    assert [(p.path, p.decision.verdict) for p in found.proposals] == [(EVALUATION, Verdict.REJECT)]
    assert not found.is_pending
    assert (post.apply().paths, post.inputs()) == ((), after)


def test_sending_back_waits_for_what_is_open_again(post: Post) -> None:
    post.edited(change_both)
    found = {p.path: p for p in post.collect()}
    post.decide({"reject": "速報値のため。"})
    by_hand(post, found[RESULTS].old, "手で直した。")
    told = send.sendback(post.project, Order(), TODAY, Quiet())
    assert ([d.id for d in told.diagnostics], told.new) == (["sendback-undecided"], ())


COMMENT = Proposal("aa00000001", "回答.docx", "1-2", RESULTS, Kind.COMMENT, "文章", "速報値です。")


@pytest.mark.parametrize(
    ("proposal", "decision", "holds"),
    [
        (COMMENT, Decision(Verdict.ACCEPT), True),  # a comment that was read stays read
        (COMMENT, Decision(Verdict.REJECT, reason="確定値です。"), True),
        (COMMENT, Decision(Verdict.ACCEPT, "確定値で書き直した。"), False),  # this would write
        (replace(COMMENT, kind=Kind.OUTSIDE, path=None), Decision(Verdict.ACCEPT), True),
        (replace(COMMENT, kind=Kind.MISSING), Decision(Verdict.ACCEPT), True),
        (replace(COMMENT, kind=Kind.CONFLICT), Decision(Verdict.REJECT), False),
    ],
)
def test_what_writes_nothing_holds_whatever_the_inputs_say(proposal: Proposal, decision: Decision, holds: bool) -> None:
    before, after = ({RESULTS: Value(ValueKind.TEXT, text)} for text in ("前の文。", "手で直した。"))
    listed = (replace(proposal, decision=decision),)
    table = returned.ProposalList(returned.sources(listed, before), listed)
    sheets = [ReturnedSheet("回答.docx", "", None, (proposal,))]
    assert returned.decided(sheets, table, before)[0].decision == decision
    assert (returned.decided(sheets, table, after)[0].decision == decision) is holds


@pytest.mark.parametrize("end", [r"sources:.*", r".{40}\n$"], ids=["whole", "within-a-hash"])
def test_a_list_whose_end_is_cut_off_decides_nothing_and_says_so(post: Post, end: str) -> None:
    post.edited(change_results)
    post.collect()
    text = post.proposals.read_text(encoding="utf-8").replace("decision: open\nsources", "decision: accept\nsources")
    post.proposals.write_text(re.sub(end, "", text, flags=re.DOTALL), encoding="utf-8")
    done = post.apply()
    assert (done.paths, [d.id for d in done.diagnostics if d.id.startswith(("proposal", "inputs"))]) == (
        (),
        ["proposal-source-missing"],
    )


def test_no_sheet_is_replaced_while_a_decision_on_its_answers_is_open_again(post: Post) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    post.decide("accept")
    by_hand(post, proposal.old, "手で直した。")
    told = send.send(post.project, Order(frozenset({"1-2"})), Quiet())
    assert ("send-undecided" in {d.id for d in told.diagnostics}, told.new) == (True, ())
