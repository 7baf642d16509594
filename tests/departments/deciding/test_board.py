"""The board: needed fields that came back without what they said, and how fresh every figure is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.cli import board as terminal
from pipeline.departments.deciding import Mail, board, render
from pipeline.departments.deciding.place_names import Names
from pipeline.departments.deciding.rows import row
from pipeline.departments.returned import ProposalList
from pipeline.model.correspondence import (
    Decision,
    Identity,
    Issue,
    Kind,
    Proposal,
    ReturnedSheet,
    Value,
    ValueKind,
    Verdict,
)
from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence, Amount, Indicator
from pipeline.stages import validate
from pipeline.workflows.collect import Collected
from pipeline.workflows.department_files import Past
from tests.project import BASE, FIXTURES, copy_project

SHEET = ReturnedSheet("回答.docx", "", Identity("R3", "1-2", 1, "a1b2c3"))
ISSUE = Issue(SHEET.identity or Identity("", "", 0, ""), "商工課", "1-2.docx", "", (), {}, {})
RESULTS = "measures/1-2.yaml#initiatives.desk.results"
EMPTIED = Proposal("aa00000001", SHEET.file, "1-2", RESULTS, Kind.QUESTION, "相談に応じた。", "")


@pytest.fixture(scope="module")
def small() -> Evaluation:
    evaluation = validate.read(FIXTURES / "small" / BASE, FIXTURES / "small").value
    assert evaluation is not None
    return evaluation


def told(evaluation: Evaluation, *proposals: Proposal) -> Mapping[str, tuple[str, ...]]:
    mail = Mail(evaluation, {"1-2": ISSUE}, (SHEET,), proposals)
    return {one.what: one.which for one in board(mail).attentions}


def changed(evaluation: Evaluation, **figures: object) -> Evaluation:
    """Return the city three years on, with another indicator ``startups``."""

    def own(one: Indicator) -> Indicator:
        return replace(one, **figures) if one.id == "startups" else one

    return replace(
        evaluation,
        indicators=tuple(map(own, evaluation.indicators)),
        report=replace(evaluation.report, year="R3"),
    )


def test_a_needed_field_that_was_emptied_is_counted_as_blank(small: Evaluation) -> None:
    counted = board(Mail(small, {"1-2": ISSUE}, (SHEET,), (EMPTIED,)))
    row = next(row for group in counted.groups for row in group.rows if row.id == "1-2")
    assert row.returned == "1件（空欄1）"
    assert told(small, EMPTIED)["消された記入"] == ("1-2",)


@pytest.mark.parametrize(
    "other",
    [
        {"decision": Decision(Verdict.REJECT)},
        {"decision": Decision(Verdict.ACCEPT, "続けて応じた。")},
        {"new": "応じた。"},
        {"path": "measures/1-2.yaml#opinions"},  # the council's
        {"path": "measures/1-1.yaml#initiatives.dredging.results"},  # another department's
    ],
)
def test_what_keeps_a_text_or_is_not_the_departments_is_not(small: Evaluation, other: dict[str, object]) -> None:
    assert "消された記入" not in told(small, replace(EMPTIED, **other))


def test_earlier_years_that_are_not_settled_are_reminded_of(small: Evaluation) -> None:
    given = {"R2": Amount(Decimal(195), preliminary=True)}
    assert told(changed(small, actuals=given))["前年度までの速報値・集計中"][-1] == "創業した件数（R2 速報値）"
    pending = changed(small, actuals={"R2": Absence.PENDING})
    assert told(pending)["前年度までの速報値・集計中"][-1] == "創業した件数（R2 集計中）"


def test_every_indicator_has_its_owner_its_state_and_its_day_everywhere(small: Evaluation) -> None:
    days = {"R3": datetime.date(2022, 3, 31)}
    given = {"R2": Absence.PENDING, "R3": small.indicators[3].actuals["R2"]}
    now = changed(small, actuals=given, as_of=days)
    mail = Mail(now, {"1-2": ISSUE}, (), ())
    found = {one.name: one for one in board(mail).figures}
    fresh = found["創業した件数"]
    assert (fresh.owner, fresh.state, fresh.as_of, fresh.late) == ("商工課", "確定", "令和4年3月31日", ("R2 集計中",))
    assert (found["市内就業者数"].owner, found["市内就業者数"].state) == ("企画課", "未記入")
    assert '<td>商工課</td><th scope="row">創業した件数</th><td>確定</td><td>令和4年3月31日</td>' in render(mail)
    lines = terminal.lines(Collected((), now))
    assert next(line for line in lines if "創業した件数" in line and "令和4年3月31日" in line).split()[0] == "商工課"


WORKBOOK = replace(ISSUE, identity=Identity("R3", "実績-商工課", 1, "b1c2d3"))
UNREAD = Proposal("aa00000002", "壊れた\u202e.docx", "", None, Kind.REFUSED, "", "", why="開けません。")
SETTLED = replace(UNREAD, id="aa00000003", file="見た.docx", decision=Decision(Verdict.ACCEPT))


def test_nothing_hides_in_the_name_of_an_indicator(small: Evaluation) -> None:
    shown = board(Mail(changed(small, name="創業\u202eした件数"), {}, (), ()))
    assert "創業[U+202E]した件数" in {one.name for one in shown.figures}


@pytest.mark.parametrize(
    ("opinion", "is_told"),
    [
        ("{}", True),
        ("{answer: 付けた。, handling: 反映した}", False),
        ("{answer: 付けた。}", True),
        ("{department: 広報課}", False),
        ("{closed: R3}", False),
    ],
)
def test_it_is_told_where_answers_are_written_that_nobody_is_asked_for(
    tmp_path: Path, opinion: str, is_told: bool
) -> None:
    inputs = copy_project(tmp_path, FIXTURES / "small") / BASE
    written = "opinions:\n  all: [{id: terms, text: 用語を説明すること。, " + opinion.removeprefix("{") + "]\n"
    (inputs / "opinions.yaml").write_text(written, encoding="utf-8")
    checked = validate.read(inputs, tmp_path)
    assert checked.value is not None, checked.diagnostics
    told = board(Mail(checked.value, {}, (), ())).following
    wanted = "回答する課のない意見1件の「意見への回答」「対応区分」は、企画課が opinions.yaml に書きます。"
    assert (wanted in told) is is_told


def test_what_is_asked_in_a_workbook_alone_is_not_awaited_for_ever(small: Evaluation) -> None:
    filled = replace(WORKBOOK, values={"measures/1-2.yaml#actuals.startups.R2": Value(ValueKind.NUMBER, "195")})
    back = replace(SHEET, file="実績.xlsx", identity=WORKBOOK.identity)
    counted = board(Mail(small, {"実績-商工課": filled}, (back,), ()))
    assert next((g.all, g.back, len(g.rows)) for g in counted.groups if g.departments == "商工課") == (1, 1, 2)
    assert [(p.name, p.all, p.sent, p.back) for p in counted.progress] == [("施策", 2, 0, 0), ("記入表", 1, 1, 1)]


def test_terminal_list_and_desk_tell_the_same_counts(small: Evaluation) -> None:
    """Workbooks are counted apart from measures; a file that was seen to needs no attention."""
    found = Collected(
        (),
        small,
        Past((ISSUE, WORKBOOK)),
        (SHEET,),
        ProposalList({}, (EMPTIED, UNREAD, SETTLED)),
    )
    counted = found.board
    assert counted is not None
    assert [(p.name, p.all, p.sent, p.back) for p in counted.progress] == [("施策", 3, 1, 1), ("記入表", 1, 1, 0)]
    assert [(g.departments, g.all, g.back) for g in counted.groups] == [
        ("港湾課", 1, 0),
        ("商工課", 2, 1),
        ("観光課", 1, 0),
    ]
    assert (len(counted.following), counted.totals) == (1, (0, 1, 0, 0, 0, 0, 1))
    unread = next(one for one in counted.attentions if one.why)
    assert (unread.count, unread.which, unread.why) == (1, ("壊れた[U+202E].docx",), ("開けません。",))
    lines, page = terminal.lines(found), render(found.mail) if found.mail else ""
    assert {"送付 1/3施策、回収 1/1施策", "送付 1/1記入表、回収 0/1記入表", "商工課（回収 1/2）"} <= set(lines)
    assert "商工課（回収 1/2）" in page
    assert f"  → {counted.following[0]}" in lines
    for told in (counted.settled, counted.decided):
        assert told in lines
        assert told in page


def test_a_question_of_a_workbook_stands_under_the_workbook(small: Evaluation) -> None:
    asked, unread = (replace(UNREAD, kind=kind, measure="実績-商工課") for kind in (Kind.QUESTION, Kind.REFUSED))
    assert row(asked, Names(small))["measureName"] == "記入表（商工課）"
    assert row(unread, Names(small))["measureName"] == "読めなかったファイル"
