"""Rejected proposals go back as comments in Word, and the sheet with them comes back like any other."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document

from pipeline.model.correspondence import Kind, Verdict
from pipeline.workflows import send
from pipeline.workflows.send import Order, Sent
from tests.departments.returned.post import INITIATIVES, TODAY, Post, Quiet, cell, trimmed, write
from tests.departments.returned.test_round_trip import change_results
from tests.project import BASE

pytestmark = pytest.mark.slow


def change_two(document: Document) -> None:
    change_results(document)
    write(cell(document, INITIATIVES, 1, 2), "評価を書き直した。")
    document.add_paragraph("欄の外の文。")


def back(post: Post) -> Sent:
    return send.sendback(post.project, Order(), TODAY, Quiet())


def decide(post: Post, results: object, others: object) -> None:
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    for proposal in content["proposals"]:
        proposal["decision"] = results if str(proposal["path"]).endswith("siting.results") else others
    post.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def sent_back(post: Post) -> None:
    post.edited(change_two)
    post.collect()
    decide(post, "accept", {"reject": "速報値のため。"})
    assert post.apply().paths
    assert [i.identity.number for i in back(post).new] == [2]


def test_each_rejected_proposal_has_a_comment_at_its_field(post: Post) -> None:
    sent_back(post)
    document = docx.Document(io.BytesIO(post.sheet()))
    comments = {c.comment_id: c for c in document.comments}
    assert [c.author for c in comments.values()] == ["周南市企画課"] * 2
    assert all("理由: 速報値のため。" in c.text for c in comments.values())
    field = cell(document, INITIATIVES, 1, 2)
    (reference,) = field._p.xpath(".//w:commentReference/@w:id")
    assert "評価を書き直した。" in comments[int(reference)].text
    assert cell(document, INITIATIVES, 1, 1).text.startswith("訪問による意見交換を、電話と")


def test_the_new_sheet_comes_back_without_confusion(post: Post) -> None:
    sent_back(post)
    before = post.collect()
    assert {(p.kind is Kind.REFUSED, p.decision.verdict) for p in before} == {
        (False, Verdict.ACCEPT),
        (False, Verdict.REJECT),
    }
    post.edited(lambda document: write(cell(document, INITIATIVES, 1, 2), "もう一度直した。"), name="再提出.docx")
    new = [p for p in post.collect() if p.file == "再提出.docx"]
    assert [(p.kind, p.new, p.decision.verdict) for p in new] == [(Kind.CHANGE, "もう一度直した。", Verdict.OPEN)]


def test_another_file_for_the_old_sheet_is_refused(post: Post) -> None:
    post.edited(change_results, name="遅れた回答.docx")
    late = (post.inbox / "遅れた回答.docx").read_bytes()
    (post.inbox / "遅れた回答.docx").unlink()
    sent_back(post)
    post.put(late, "遅れた回答.docx")
    assert [p.kind for p in post.collect() if p.file == "遅れた回答.docx"] == [Kind.REFUSED]


def test_an_undecided_sheet_is_not_sent_back(post: Post) -> None:
    post.edited(change_two)
    post.collect()
    decide(post, {"reject": "速報値のため。"}, "open")
    assert [d.id for d in back(post).diagnostics] == ["sendback-undecided"]


def test_what_is_accepted_must_be_applied_before(post: Post) -> None:
    post.edited(change_two)
    post.collect()
    decide(post, "accept", "reject")
    assert [d.id for d in back(post).diagnostics] == ["sendback-unapplied"]


def test_sending_back_twice_sends_once(post: Post) -> None:
    sent_back(post)
    assert back(post).new == ()


def test_without_a_rejection_nothing_is_sent_back(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    assert back(post).new == ()
    assert not list((post.project.inputs / "issued").glob("*-02-*"))


def laid_out(post: Post) -> set[str]:
    folder = post.project.outputs / "send"
    return {path.name for path in folder.rglob("*.docx")}


def letter(post: Post) -> str:
    (path,) = (post.project.outputs / "send").rglob("送付状.docx")
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_only_what_goes_back_lies_in_the_folder(post: Post) -> None:
    sent_back(post)
    assert laid_out(post) == {"1-2_企業立地の促進.docx", "送付状.docx"}


def test_only_what_is_named_lies_in_the_folder(post: Post) -> None:
    send.send(post.project, Order(frozenset({"1-3"}), datetime.date(2021, 8, 6)), Quiet())
    assert {name.partition("_")[0] for name in laid_out(post)} == {"1-3", "送付状.docx"}
    assert "令和3年8月6日" in letter(post)


def test_a_new_deadline_goes_to_those_who_have_not_answered(post: Post) -> None:
    post.put(post.sheet())
    sent = send.send(post.project, Order(deadline=datetime.date(2021, 8, 6)), Quiet())
    assert (sent.new, sent.answered) == ((), ("1-2",))
    assert {name.partition("_")[0] for name in laid_out(post)} == {"1-3", "3-2", "送付状.docx"}


def test_a_letter_asks_for_nothing_that_has_come_in(project: Path) -> None:
    root = trimmed(project)
    path = root / f"{BASE}/measures/1-2.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    results = content["initiatives"][0]["results"]
    content["initiatives"][0]["results"] = ""
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    post = Post(root)
    send.send(post.project, Order(), Quiet())
    post.put(post.sheet("1-3"), "1-3.docx")
    post.put(post.sheet("3-2"), "3-2.docx")
    send.send(post.project, Order(), Quiet())
    assert "取組1の取組・成果" in letter(post)
    content["initiatives"][0]["results"] = results
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    send.send(post.project, Order(), Quiet())
    assert "取組1の取組・成果" not in letter(post)
