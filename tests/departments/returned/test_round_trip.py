"""From the sheet that was sent to the YAML, and back."""

from __future__ import annotations

import pytest
import yaml
from docx.document import Document

from pipeline.model.correspondence import Kind
from tests.departments.returned.post import INDICATORS, INITIATIVES, TODAY, Post, cell, write
from tests.project import BASE

RESULTS = "measures/1-2.yaml#initiatives.siting.results"
ACTUAL = "measures/1-2.yaml#actuals.siting-designations.R2"


def change_results(document: Document) -> None:
    write(cell(document, INITIATIVES, 1, 1), "訪問による意見交換を、電話とWEB会議に改めた。")


def test_a_sheet_sent_back_as_it_was_proposes_nothing(post: Post) -> None:
    post.put(post.sheet())
    found = post.collected()
    assert found.proposals == ()
    assert [s.identity.measure for s in found.sheets if s.identity] == ["1-2"]


def test_a_changed_text_is_proposed_for_its_place(post: Post) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path, proposal.measure) == (Kind.CHANGE, RESULTS, "1-2")
    assert proposal.new == "訪問による意見交換を、電話とWEB会議に改めた。"
    assert proposal.old == yaml.safe_load(post.inputs())["initiatives"][0]["results"]


def test_an_accepted_change_is_spliced_and_entered_in_the_ledger(post: Post) -> None:
    post.edited(change_results)
    before = post.inputs()
    (proposal,) = post.collect()
    post.decide("accept")
    done = post.apply()
    assert done.paths == (RESULTS,)
    assert set(done.stale) == {"1-2"}
    assert post.inputs() == before.replace(proposal.old, proposal.new, 1)
    ledger = (post.project.inputs / "反映の記録.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(ledger) == 2
    assert ledger[1].startswith(f"{TODAY},{RESULTS},")


def test_applying_twice_writes_once(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    post.decide("accept")
    post.apply()
    after = post.inputs()
    assert post.apply().paths == ()
    post.collect()
    assert post.apply().paths == ()
    assert post.inputs() == after


def test_nothing_is_written_without_a_decision(post: Post) -> None:
    post.edited(change_results)
    before = post.inputs()
    post.collect()
    assert post.apply().paths == ()
    assert post.inputs() == before


def test_another_text_can_be_written_instead(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    post.decide({"text": "別の文章にした。\n二つ目の段落。"})
    assert post.apply().paths == (RESULTS,)
    assert yaml.safe_load(post.inputs())["initiatives"][0]["results"] == "別の文章にした。\n二つ目の段落。"


def test_inputs_that_moved_are_not_written(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    post.decide("accept")
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace("これまで訪問等により", "手で直した。", 1), encoding="utf-8")
    done = post.apply()
    assert [(d.id, d.place.file) for d in done.diagnostics] == [("inputs-moved", f"{BASE}/measures/1-2.yaml")]
    assert done.paths == ()


def test_decisions_stay_when_sheets_are_collected_again(post: Post) -> None:
    post.edited(change_results)
    (first,) = post.collect()
    post.decide("reject")
    (second,) = post.collect()
    assert second.id == first.id
    assert second.decision.verdict == "reject"


def test_a_number_in_full_width_is_read(post: Post) -> None:
    post.edited(lambda document: write(cell(document, INDICATORS, 2, 3), "１２０．５件"))
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path, proposal.new) == (Kind.QUESTION, ACTUAL, "120.5")  # no decimals are allowed
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    assert content["proposals"][0]["new"] == 120.5


def test_what_breaks_a_rule_of_the_inputs_is_not_written(post: Post) -> None:
    post.edited(lambda document: write(cell(document, INDICATORS, 2, 3), "１２０．５件"))
    post.collect()
    post.decide("accept")
    before = post.inputs()
    assert "kpi-actual-decimals" in [d.id for d in post.apply().diagnostics]
    assert post.inputs() == before


def test_collecting_writes_the_page(post: Post) -> None:
    post.edited(change_results)
    (proposal,) = post.collect()
    assert f'id="p-{proposal.id}"' in post.proposals.with_name("proposals.html").read_text(encoding="utf-8")


def test_a_reason_for_a_rejection_stays(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    post.decide({"reject": "速報値のため。"})
    assert post.apply().paths == ()
    assert post.collect()[0].decision.reason == "速報値のため。"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("new: 95", "new: 950", "proposal-edited"),
        ("path: measures/1-2.yaml#actuals.siting-designations.R2", "path: report.yaml#city", "proposal-edited"),
        ("decision: accept", "decision: accept\n  decision: reject", "decision-twice"),
        ("decision: accept", "decision: 採用", "decision-unknown"),
        ("decision: accept", "decision: {reject: 12,150千円です。}", "decision-unknown"),
        ("decision: accept", "decision：accept", "yaml-colon"),
    ],
)
def test_mistakes_in_the_list_are_told_and_nothing_is_written(post: Post, old: str, new: str, finding: str) -> None:
    post.edited(lambda document: write(cell(document, INDICATORS, 2, 3), "95"))
    post.collect()
    text = post.proposals.read_text(encoding="utf-8").replace("decision: open\n  ", "", 1)
    head, tail = text.split("\nproposals:")
    tail = tail.replace("decision: open", "decision: accept").replace(old, new, 1)
    post.proposals.write_text(f"{head}\nproposals:{tail}", encoding="utf-8")
    before = post.inputs()
    told = {d.id: d for d in post.apply().diagnostics}
    assert finding in told
    assert "{'" not in told[finding].message  # nothing of Python's
    assert post.inputs() == before


def test_an_entry_that_was_copied_is_told(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    content["proposals"] *= 2
    post.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert "proposal-twice" in {d.id for d in post.apply().diagnostics}


@pytest.mark.parametrize("number", ["95", "95.50", "1,198.0", "−3"])
def test_a_list_that_a_program_wrote_anew_is_as_it_was(post: Post, number: str) -> None:
    post.edited(lambda document: write(cell(document, INDICATORS, 2, 3), number))
    post.collect()
    post.decide("accept")
    assert "proposal-edited" not in {d.id for d in post.apply().diagnostics}
