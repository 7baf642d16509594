"""The tree of the plan: what a city of three levels is told where its nodes, numbers or counts do not fit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.wording import plan
from tests.project import BASE, FIXTURES
from tests.stages.validate.cases import change, read

STRATEGY, FORM = "strategy.yaml", "form.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "hibari", tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_nodes_know_what_they_stand_below(root: Path) -> None:
    evaluation = read(root).value
    assert evaluation is not None
    assert [(m.id, [node.id for node in evaluation.above(m)]) for m in evaluation.measures] == [
        ("1-1-1", ["1", "1-1"]),
        ("1-1-2", ["1", "1-1"]),
        ("1-2-1", ["1", "1-2"]),
        ("A2", ["2", "2-1"]),
    ]
    assert [goal.number for goal in (*evaluation.goals, *evaluation.groups)] == ["Ⅰ", "Ⅱ", "1-1", "1-2", "2-1"]


def test_a_number_of_its_own_is_printed_as_it_is(root: Path) -> None:
    change(root, STRATEGY, "  number: 1-1-2\n", "")
    change(root, STRATEGY, "  number: 1-2-1\n", "  number: （7）\n")
    evaluation = read(root).value
    assert evaluation is not None
    assert [(plan.label(m), plan.place(m, evaluation)) for m in evaluation.measures] == [
        ("1-1-1", "1-1-1"),
        ("（2）", "1-1-（2）"),
        ("（7）", "（7）"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "identifier", "words"),
    [
        (STRATEGY, "  goal: 2-1", "  goal: 2-9", "measure-goal-unknown", "個別施策「A2」の基本施策「2-9」"),
        (STRATEGY, "  goal: 2-1", '  goal: "2"', "measure-level", "基本目標 ＞ 基本施策 ＞ 個別施策"),
        (STRATEGY, "- {id: 1-1, name", "- {id: 3-1, name", "group-goal-unknown", "基本施策「3-1」"),
        (STRATEGY, "- {id: 1-2, name", '- {id: "1", name', "node-id-alike", "識別名「1」"),
        (STRATEGY, "- id: 1-2-1", "- id: 1_2_1", "measure-id-malformed", "16字以内"),
        (FORM, "name: 個別施策, short: 施策, sheet: true", "name: 個別施策", "form-levels-sheet", "個別施策"),
        (FORM, "rows: {name: 主な事業, short: 事業, least: 0}", "", "measure-initiatives-empty", "least: 0"),
        (FORM, "indicators: {least: 0}", "", "measure-indicators-empty", "indicators: {least: 0}"),
        (FORM, "- {id: policy, name: 基本施策}\n", "", "strategy-groups-surplus", "2段"),
    ],
)
def test_what_does_not_fit_is_told_with_its_cure(  # noqa: PLR0917
    root: Path, file: str, old: str, new: str, identifier: str, words: str
) -> None:
    change(root, file, old, new)
    found = [d for d in read(root).diagnostics if d.id == identifier]
    assert found
    assert any(words in f"{d.message}{d.hint}" for d in found)


def test_a_measure_out_of_its_order_is_told(root: Path) -> None:
    path = root / BASE / STRATEGY
    text = path.read_text(encoding="utf-8")
    first, second = text.index("- id: 1-2-1"), text.index("- id: A2")
    third = text.index("indicators:\n- id")
    path.write_text(text[:first] + text[second:third] + text[first:second] + text[third:], encoding="utf-8")
    assert [d.id for d in read(root).diagnostics if d.id.startswith("measure-")] == ["measure-order"]
