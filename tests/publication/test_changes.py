"""What changed between two editions: each piece once, by the names people know, in the city's convention."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.documents.docx.markup import W, parse, text_of
from pipeline.documents.docx.parts import DOCUMENT, unpacked
from pipeline.model.evaluation import Opinion
from pipeline.model.form import Convention, Hand, Unchanged, Underlined
from pipeline.model.release import Change, Changes
from pipeline.model.results import Results
from pipeline.publication.changes import compare, document
from pipeline.stages import compute, validate
from tests.project import FIXTURES, ROOT, YEAR

STANDARD = Convention(Hand.LEFT, "新", "旧", Underlined.BOTH, "（新設）", "（削る）", False, Unchanged.WHOLE)


def results(root: Path) -> Results:
    evaluation = validate.read(root / "inputs" / YEAR, root)
    assert evaluation.value is not None, evaluation.diagnostics
    computed = compute.compute(evaluation.value)
    assert computed.value is not None
    return computed.value


@pytest.fixture(scope="module")
def before() -> Results:
    return results(FIXTURES / "small")


@pytest.fixture
def changed(tmp_path: Path, before: Results) -> Callable[..., Changes]:
    """Return what changed when texts of files are replaced."""

    def compared(*edits: tuple[str, str, str]) -> Changes:
        shutil.copytree(FIXTURES / "small" / "inputs", tmp_path / "inputs")
        for file, old, new in edits:
            path = tmp_path / "inputs" / YEAR / file
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return compare(before, results(tmp_path))

    return compared


def test_nothing_changed(before: Results) -> None:
    assert compare(before, before) == Changes((), ())


def test_opinions_and_their_answers_are_told(before: Results) -> None:
    evaluation = before.evaluation
    answered = {"answer": "検討する。"}
    given = Opinion("bus", 1, "1-1", "バスを増やす。", "", "", YEAR, "", answered, Place("opinions.yaml"))
    after = replace(before, evaluation=replace(evaluation, opinions=(given,)))
    found = compare(before, after).texts
    told = [("意見1", "バスを増やす。"), ("意見1の意見への回答", "検討する。")]
    assert [(one.item, one.after) for one in found] == told
    assert {one.node for one in found} == {"施策1-1　港の整備"}


def test_rates_of_different_years_say_which_year_each_is_of(before: Results, changed: Callable[..., Changes]) -> None:
    """A correction of the year before was told as what had taken away the next one's rating."""
    edits = (("report.yaml", "year: R2", "year: R3"), ("report.yaml", "evaluated_in: R3", "evaluated_in: R4"))
    [change] = changed(*edits, ("measures/1-1.yaml", "plan: {R2: 1}", "plan: {R2: 0}")).figures
    assert change.remark == "R2は100.0% ● 達成 → R3は― ― 判定なし"


def test_a_figure_tells_what_became_of_rate_and_rating(changed: Callable[..., Changes]) -> None:
    found = changed(("measures/1-1.yaml", "plan: {R2: 1}", "plan: {R2: 0}"))
    assert found.texts == ()
    [change] = found.figures
    assert (change.node, change.item) == ("施策1-1　港の整備", "構想の策定（件）の令和2年度の実績")
    assert (change.before, change.after) == ("1", "0")
    assert change.remark == "100.0% ● 達成 → ― ■ 未達成"


def test_texts_are_named_as_people_know_them(changed: Callable[..., Changes]) -> None:
    found = changed(("measures/1-1.yaml", "工事を始めた。", "工事を終えた。"))
    [change] = found.texts
    assert change.item == "主な取組①の取組・成果"
    assert change.after == "12:30から説明会を開いた。\n翌月に工事を終えた。"


def test_a_renamed_initiative_is_one_change(changed: Callable[..., Changes]) -> None:
    [change] = changed(("measures/1-1.yaml", "name: 航路の整備", "name: 航路の維持")).texts
    assert (change.item, change.before, change.after) == ("主な取組①の名称", "航路の整備", "航路の維持")


def test_what_was_empty_is_new_and_what_is_emptied_is_gone(before: Results, changed: Callable[..., Changes]) -> None:
    [change] = changed(("measures/1-1.yaml", 'response: ""', "response: 検討する。")).texts
    assert (change.before, change.after) == (None, "検討する。")


def filled(change: Change, convention: Convention, before: Results) -> list[list[tuple[str, str]]]:
    """Return the last row of the table of texts: the runs of its cells, each with its style."""
    report = before.evaluation.report
    made = document(Changes((), (change,)), convention, report, "第1号「第1回会議」", ROOT / "templates")
    assert made.value is not None, made.diagnostics
    root = parse(unpacked(made.value, "x")[DOCUMENT], DOCUMENT, "x")
    rows = list(root.iter(f"{W}tr"))
    return [
        [
            (text_of(run), "Changed" if run.find(f"{W}rPr/{W}rStyle") is not None else "")
            for run in cell.iter(f"{W}r")
            if text_of(run)
        ]
        for cell in rows[-1].iter(f"{W}tc")
    ]


CHANGE = Change("施策1", "概要", "港を造る。", "港を直す。")


def test_new_stands_left_with_both_sides_underlined(before: Results) -> None:
    item, new, old = filled(CHANGE, STANDARD, before)
    assert item == [("概要", "")]
    assert new == [("港を", ""), ("直す", "Changed"), ("。", "")]
    assert old == [("港を", ""), ("造る", "Changed"), ("。", "")]


def test_the_convention_is_the_citys(before: Results) -> None:
    own = replace(STANDARD, new=Hand.RIGHT, underline=Underlined.NEW, remarks=True)
    _, old, new, remark = filled(CHANGE, own, before)
    assert [style for _, style in old] == ["", "", ""]
    assert ("直す", "Changed") in new
    assert remark == []


@pytest.mark.parametrize("underline", Underlined)
def test_lines_are_spoken_of_where_there_are_any(before: Results, underline: Underlined) -> None:
    own, report = replace(STANDARD, underline=underline), before.evaluation.report
    made = document(Changes((), (CHANGE,)), own, report, "第1号「第1回会議」", ROOT / "templates").value
    said = text_of(parse(unpacked(made or b"", "x")[DOCUMENT], DOCUMENT, "x"))
    assert ("下線は" in said) == (underline is not Underlined.NONE)


def test_what_is_new_or_gone_is_said_and_not_underlined(before: Results) -> None:
    _, new, old = filled(replace(CHANGE, before=None), STANDARD, before)
    assert (new, old) == ([("港を直す。", "")], [("（新設）", "")])
    _, new, old = filled(replace(CHANGE, after=None), STANDARD, before)
    assert (new, old) == ([("（削る）", "")], [("港を造る。", "")])


def test_what_stayed_can_be_left_out(before: Results) -> None:
    long = replace(CHANGE, before=f"{'あ' * 90}造る。", after=f"{'あ' * 90}直す。")
    _, new, _ = filled(long, replace(STANDARD, unchanged=Unchanged.OMITTED), before)
    assert new[0] == ("（略）", "")
    assert ("直す", "Changed") in new
