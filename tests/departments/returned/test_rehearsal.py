"""Every proposal is tried as if it were applied: when it is made, when it is answered, and when it is written."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document

from pipeline.cli import board
from pipeline.departments import deciding
from pipeline.departments.returned import comparing
from pipeline.departments.returned.edits import Findings
from pipeline.departments.returned.splice import splice
from pipeline.departments.returned.tree import Reading
from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Issue, Kind, Proposal, Value, ValueKind, Verdict
from pipeline.model.form import Form
from pipeline.workflows import collect, review, send
from tests.departments.deciding.test_walk import Script
from tests.departments.returned.post import (
    INDICATORS,
    INITIATIVES,
    TODAY,
    Post,
    Quiet,
    cell,
    sent_project,
    trimmed,
    write,
)
from tests.departments.returned.test_cases import ACTUAL, EVALUATION, RESULTS
from tests.project import BASE, MADE, copy_project

RADICAL = "認定は1件で、⽬標と同数であった。"


def edit(*cells: tuple[int, int, int, str]) -> Callable[[Document], None]:
    """Type texts over cells: table, row, place."""

    def typed(document: Document) -> None:
        for table, row, place, text in cells:
            write(cell(document, table, row, place), text)

    return typed


def actual(text: str) -> tuple[int, int, int, str]:
    return (INDICATORS, 2, 3, text)


def one(post: Post) -> Proposal:
    (proposal,) = post.collect()
    return proposal


def written(post: Post) -> object:
    return yaml.safe_load(post.inputs())["actuals"]["siting-designations"]["R2"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95（速報値）", {"number": 95, "preliminary": True}),
        ("９５件(速報)", {"number": 95, "preliminary": True}),
        ("95\n（速報値）", {"number": 95, "preliminary": True}),
        ("95.0", 95),
    ],
)
def test_what_sheets_print_is_read_and_written(post: Post, text: str, value: object) -> None:
    post.edited(edit(actual(text)))
    assert one(post).kind is Kind.CHANGE
    post.decide("accept")
    assert post.apply().paths == (ACTUAL,)
    assert written(post) == value
    post.collect()
    assert post.apply().paths == ()  # it is what the inputs say now


def test_a_preliminary_figure_becomes_a_plain_one(post: Post) -> None:
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace("{R2: 90}", "{R2: {number: 90, preliminary: true}}"), encoding="utf-8")
    order = send.Order(again=frozenset({"1-2"}))
    assert send.send(post.project, order, Quiet()).new
    post.edited(edit(actual("91")))
    assert (one(post).old, one(post).new) == ("90（速報値）", "91")
    post.decide("accept")
    post.apply()
    assert written(post) == 91


@pytest.mark.parametrize("text", ["集計中（9月頃確定）", "集計中\n※9月頃確定"])
def test_a_remark_on_a_pending_figure_is_told(post: Post, text: str) -> None:
    post.edited(edit(actual(text)))
    proposal = one(post)
    assert (proposal.kind, proposal.new) == (Kind.QUESTION, "集計中")
    assert "9月頃確定" in proposal.why
    post.decide("accept")
    post.apply()
    assert written(post) == "集計中"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("⽬標を超えた。", "「目」と打ち直して"),
        ("⻑期の計画", "「長」と打ち直して"),
        ("👍確認済み", "絵文字"),
        ("よくできた😀", "絵文字"),
        ("𛀁田町", "別の字"),
        ("見え\u200bない", "目に見えない"),
    ],
)
def test_a_text_that_cannot_be_printed_is_a_question_with_its_cure(post: Post, text: str, words: str) -> None:
    post.edited(edit((INITIATIVES, 1, 1, text)))
    proposal = one(post)
    assert (proposal.kind, proposal.new) == (Kind.QUESTION, text)
    assert words in proposal.why
    assert f"U+{ord(next(c for c in text if c in '⽬⻑₂👍😀𛀁' or ord(c) == 0x200B)):04X}" in proposal.why


def test_the_good_ones_are_written_and_the_others_named(post: Post) -> None:
    post.edited(edit(actual("95"), (INITIATIVES, 1, 1, "電話に改めた。"), (INITIATIVES, 1, 2, RADICAL)))
    found = {p.path: p for p in post.collect()}
    post.decide("accept")
    done = post.apply()
    assert set(done.paths) == {ACTUAL, RESULTS}
    (held,) = [d for d in done.diagnostics if d.severity is Severity.ERROR]
    assert found[EVALUATION].id in held.message
    assert "回答.docx" in held.message
    assert "進捗状況の評価" in held.message
    assert (held.place.line, held.place.file) == (0, f"{MADE}/returned/proposals.yaml")
    assert "⽬" not in post.inputs()
    assert "電話に改めた。" in post.inputs()
    assert written(post) == 95


def test_what_is_held_back_is_told_until_it_is_decided_anew(post: Post) -> None:
    post.edited(edit(actual("95"), (INITIATIVES, 1, 2, RADICAL)))
    post.collect()
    post.decide("accept")
    post.apply()
    found = collect.board(post.project, Quiet())
    assert [d.id for d in found.diagnostics if "書き込めません" in d.message] == ["glyph-missing"]
    assert not found.is_pending  # nothing is left that could be written
    assert "make review" in board.lines(found)[-1]
    script = Script(["e", "q"], typed="目標と同数であった。")
    review.review(post.project, TODAY, script, Quiet())
    assert post.apply().paths == (EVALUATION,)


@pytest.mark.parametrize(
    ("text", "finding"),
    [("95（見込み）", "kpi-actual-state-unexpected"), ("95.5", "kpi-actual-decimals"), ("", "kpi-actual-not-number")],
)
def test_a_decision_written_by_hand_is_told_by_its_id(post: Post, text: str, finding: str) -> None:
    post.edited(edit(actual("95")))
    proposal = one(post)
    post.decide({"text": text})
    told = [d for d in post.collected().diagnostics if proposal.id in d.message]
    assert [d.id for d in told] == [finding]
    assert post.apply().paths == ()
    assert written(post) == 90


def reviewed(post: Post, answers: list[str], typed: str | None = None) -> Script:
    script = Script(answers, typed=typed)
    review.review(post.project, TODAY, script, Quiet())
    return script


def test_an_edited_text_that_cannot_be_applied_is_refused_at_once_and_asked_again(post: Post) -> None:
    post.edited(edit((INITIATIVES, 1, 1, "電話に改めた。")))
    post.collect()
    script = reviewed(post, ["e", "a"], typed="電話👍に改めた。")
    assert "👍" in script.text
    assert one(post).decision.verdict is Verdict.ACCEPT
    assert one(post).decision.text is None  # the text was refused, what was proposed accepted


def test_a_cure_can_be_taken_where_a_proposal_is_refused(post: Post) -> None:
    post.edited(edit((INITIATIVES, 1, 2, RADICAL)))
    post.collect()
    reviewed(post, ["a", "n", "q"])
    assert one(post).decision.verdict is Verdict.OPEN
    reviewed(post, ["a", "y"])
    assert one(post).decision.text == RADICAL.replace("⽬", "目")
    assert post.apply().paths == (EVALUATION,)


def test_many_bad_ones_are_each_found(post: Post) -> None:
    """Whatever is wrong with some, the others are written; and every one of these is named."""
    bad = {(INITIATIVES, row, 1): f"⽬標{row}" for row in (1, 3)} | {
        (INDICATORS, 4, 3): "4.5",
        (INDICATORS, 6, 3): "約85",
    }
    good = {(INITIATIVES, row, 2): f"評価{row}" for row in (1, 2, 3)} | {(INDICATORS, 2, 3): "91"}
    post.edited(edit(*((*place, text) for place, text in {**bad, **good}.items())))
    found = post.collect()
    questions = {p.id for p in found if "書き込めません" in p.why}
    assert len(questions) == len(bad)
    post.decide("accept")
    done = post.apply()
    errors = [d.message for d in done.diagnostics if d.severity is Severity.ERROR]
    assert len(done.paths) == len(good)
    assert all(any(name in message for message in errors) for name in questions)


@pytest.fixture(scope="module")
def pending(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which this year's actuals of two indicators are not there yet; one is a milestone."""
    root = trimmed(copy_project(tmp_path_factory.mktemp("pending")))
    path = root / f"{BASE}/strategy.yaml"
    strategy = yaml.safe_load(path.read_text(encoding="utf-8"))
    by_id = {i["id"]: i for i in strategy["indicators"]}
    by_id["siting-designations"] |= {"kind": "milestone", "states": ["整備中", "完成"], "baseline": {"year": "R1"}}
    by_id["siting-designations"]["targets"] = {
        year: {"number": 2, "state": "完成"} for year in by_id["siting-designations"]["targets"]
    }
    by_id["new-hires"] |= {"unit": "%", "kind": "point", "baseline": {"year": "R1", "value": 80}}
    path.write_text(yaml.safe_dump(strategy, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for name, old in (
        ("3-2", "new-farmers: {R2: 24}"),
        ("1-2", "siting-designations: {R2: 90}"),
        ("1-2", "new-hires: {R2: 85}"),
    ):
        measure = root / f"{BASE}/measures/{name}.yaml"
        text = measure.read_text(encoding="utf-8")
        assert old in text
        key = old.partition(":")[0]
        measure.write_text(
            text.replace(old, f"{key}: {{{'R2: 集計中' if key == 'siting-designations' else ''}}}"), encoding="utf-8"
        )
    return sent_project(root)


@pytest.fixture
def late(pending: Path, tmp_path: Path) -> Post:
    shutil.copytree(pending, tmp_path / "project")
    return Post(tmp_path / "project")


def fill(post: Post, measure: str, indicator: str, text: str) -> Proposal:
    """Write the evaluated year's actual of an indicator; return what it proposes."""
    document = docx.Document(io.BytesIO(post.sheet(measure)))
    rows = [row for row in document.tables[INDICATORS].rows if row.cells[0].text.startswith(indicator)]
    paragraph = cell(document, INDICATORS, rows[1]._index, 3)
    write(paragraph, text) if paragraph.runs else paragraph.add_run(text)
    data = io.BytesIO()
    document.save(data)
    post.put(data.getvalue())
    (proposal,) = [proposal for proposal in post.collect() if proposal.path]  # beside what is still blank
    return proposal


@pytest.mark.parametrize(
    ("text", "kind"),
    [("24", Kind.CHANGE), ("27", Kind.CHANGE), ("222", Kind.QUESTION), ("2", Kind.QUESTION), ("▲24", Kind.QUESTION)],
)
def test_an_implausible_figure_is_a_question_when_it_comes(late: Post, text: str, kind: Kind) -> None:
    proposal = fill(late, "3-2", "認定新規就農者", text)
    assert proposal.kind is kind
    assert ("認定新規就農者数" in proposal.why) == (kind is Kind.QUESTION)


def test_more_than_all_is_a_question(late: Post) -> None:
    assert fill(late, "1-2", "市の支援制度", "85").kind is Kind.CHANGE
    proposal = fill(late, "1-2", "市の支援制度", "130")
    assert proposal.kind is Kind.QUESTION
    assert "100% を超えています" in proposal.why  # as the audit says it


@pytest.mark.parametrize("text", ["2（完成）", "２\n(完成)"])
def test_a_milestone_is_read_as_sheets_print_it(late: Post, text: str) -> None:
    assert fill(late, "1-2", "事業所等設置", text).kind is Kind.CHANGE
    late.decide("accept")
    assert late.apply().paths == (ACTUAL,)
    assert written(late) == {"number": 2, "state": "完成"}


def test_an_unknown_state_is_a_question(late: Post) -> None:
    proposal = fill(late, "1-2", "事業所等設置", "2（完了）")
    assert proposal.kind is Kind.QUESTION
    assert "段階ではありません" in proposal.why


def test_a_figure_without_its_state_is_told_as_sheets_have_it(late: Post) -> None:
    assert "2（完成） のように書いてください" in fill(late, "1-2", "事業所等設置", "2").why


def test_the_page_names_what_cannot_be_written(post: Post) -> None:
    post.edited(edit((INITIATIVES, 1, 2, RADICAL)))
    mail = post.collected().mail
    assert mail is not None
    assert "このままでは書き込めません" in deciding.render(mail)


NASTY = ["NaN", "sNaN", "-NaN", "Infinity", "-inf", "1e1000000", "-1E-999999999", "9" * 5000, "0." + "0" * 5000 + "1"]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_what_is_no_figure_is_an_ordinary_question(post: Post, text: str) -> None:
    """As a target, as a baseline and as an actual."""
    cells = [(INDICATORS, row, place, text) for row, place in ((1, 4), (2, 2), (2, 3))]
    post.edited(edit(*cells, (INITIATIVES, 1, 1, "電話に改めた。")))
    found = {p.path: p.kind for p in post.collect()}
    assert found.pop(RESULTS) is Kind.CHANGE
    assert list(found.values()) == [Kind.QUESTION] * 3


def test_a_fault_in_one_file_concerns_it_alone(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.edited(edit(actual("95")), name="良い.docx")
    post.edited(edit(actual("96")), name="悪い.docx")
    compare = comparing.compare

    def broken(sent: Reading, returned: Reading, issue: Issue, form: Form) -> Findings:
        if returned.name == "悪い.docx":
            raise ZeroDivisionError
        return compare(sent, returned, issue, form)

    monkeypatch.setattr(comparing, "compare", broken)
    found = {p.file: p for p in post.collect()}
    assert (found["良い.docx"].kind, found["良い.docx"].new) == (Kind.CHANGE, "95")
    assert (found["悪い.docx"].kind, "不具合" in found["悪い.docx"].why) == (Kind.REFUSED, True)
    record = (post.root / "outputs" / "error.txt").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in record
    assert "悪い.docx" in record


@pytest.mark.parametrize("text", ["2021-02-30", "9" * 5000, "0x" + "f" * 5000], ids=["date", "digits", "hex"])
def test_a_text_that_yaml_would_make_something_else_of_is_quoted(text: str) -> None:
    written = splice("name: 企業立地\n", {"name": Value(ValueKind.TEXT, text)})
    assert yaml.safe_load(written) == {"name": text}
