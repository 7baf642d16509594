"""What was applied can be taken back, unless somebody changed it since."""

from __future__ import annotations

from docx.document import Document

from pipeline.model.correspondence import Kind, Verdict
from pipeline.workflows import apply
from pipeline.workflows.apply import Done
from tests.departments.returned.post import INITIATIVES, TODAY, Post, Quiet, cell, write
from tests.departments.returned.test_round_trip import RESULTS, change_results

EVALUATION = "measures/1-2.yaml#initiatives.siting.evaluation"


def change_evaluation(document: Document) -> None:
    write(cell(document, INITIATIVES, 1, 2), "評価を書き直した。")


def undo(post: Post) -> Done:
    return apply.undo(post.project, TODAY, Quiet())


def apply_all(post: Post) -> None:
    post.collect()
    post.decide("accept")
    assert post.apply().paths


def test_undo_brings_back_the_very_bytes_and_opens_the_proposal(post: Post) -> None:
    post.edited(change_results)
    before = post.inputs()
    apply_all(post)
    done = undo(post)
    assert (done.paths, done.stale) == ((RESULTS,), ("1-2",))
    assert post.inputs() == before
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.decision.verdict) == (Kind.CHANGE, Verdict.OPEN)


def test_undo_enters_a_line_and_never_takes_one_out(post: Post) -> None:
    post.edited(change_results)
    apply_all(post)
    undo(post)
    ledger = (post.project.inputs / "反映の記録.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[-2:] for line in ledger[1:]] == [["1", ""], ["2", "1"]]


def test_undoing_again_goes_further_back(post: Post) -> None:
    before = post.inputs()
    post.edited(change_results)
    apply_all(post)
    post.edited(change_evaluation, name="二つ目.docx")
    post.collect()
    post.decide("reject")
    content = post.proposals.read_text(encoding="utf-8").replace("decision: reject", "decision: open")
    post.proposals.write_text(content, encoding="utf-8")
    found = {p.path: p for p in post.collect()}
    text = post.proposals.read_text(encoding="utf-8")
    head, tail = text.split(f"id: {found[EVALUATION].id}", 1)
    post.proposals.write_text(
        f"{head}id: {found[EVALUATION].id}{tail.replace('decision: open', 'decision: accept', 1)}", encoding="utf-8"
    )
    assert post.apply().paths == (EVALUATION,)
    assert undo(post).paths == (EVALUATION,)
    assert undo(post).paths == (RESULTS,)
    assert undo(post).paths == ()
    assert post.inputs() == before


def test_what_was_changed_since_is_not_taken_back(post: Post) -> None:
    post.edited(change_results)
    apply_all(post)
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace("電話とWEB会議", "電話"), encoding="utf-8")
    after = post.inputs()
    assert [d.id for d in undo(post).diagnostics] == ["undo-moved"]
    assert post.inputs() == after


def test_a_change_elsewhere_in_the_file_does_not_hinder(post: Post) -> None:
    post.edited(change_results)
    before = post.inputs()
    apply_all(post)
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs() + "# 注\n", encoding="utf-8")
    assert undo(post).paths == (RESULTS,)
    assert post.inputs() == before + "# 注\n"


def test_what_was_taken_back_can_be_applied_again(post: Post) -> None:
    post.edited(change_results)
    apply_all(post)
    after = post.inputs()
    undo(post)
    post.decide("accept")
    assert post.apply().paths == (RESULTS,)
    assert post.inputs() == after
