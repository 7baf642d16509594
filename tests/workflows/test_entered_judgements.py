"""A further judgement that departments enter, of a scale from 1 to 5: asked for, of its year alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.stages import validate
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Quiet
from tests.project import FIXTURES, NEXT, YEAR, copy_project, run
from tests.stages.validate.cases import change

SCALE = """\
further_schemes:
- name: 達成度
  formula: fixed
  entered: true
  bands:
  - {code: one, label: "1", mark: ◎, tone: good}
  - {code: five, label: "5", mark: ▽, tone: poor}
  none: {mark: ―, label: 未記入}
explanation:
"""
FILE = "measures/1-2.yaml"
ENTERED = (
    "further_judgements:\n  達成度:\n    startups: {rating: one, reason: 相談が増えた。}\ninitiatives:\n- id: desk"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_project(tmp_path, FIXTURES / "small")
    change(root, "report.yaml", "explanation:\n", SCALE)
    change(root, FILE, "initiatives:\n- id: desk", ENTERED)
    return root


def test_last_years_judgement_is_none_of_the_new_year(root: Path) -> None:
    done = new_year.begin(Project(root, YEAR), Quiet())
    new = validate.read(root / "inputs" / NEXT, root)
    assert new.value is not None, new.diagnostics
    assert not any(one.judgements for one in new.value.indicators)
    assert any(one.actuals for one in new.value.indicators)
    assert done.emptied == 15


def test_one_that_is_still_to_be_entered_is_asked_for_though_no_figure_decides_it(root: Path) -> None:
    told = run(root, "check", "--format", "line").stdout
    asked = [line for line in told.splitlines() if "judgement-missing" in line]
    assert any("「観光客数」の「達成度」" in line for line in asked)
    assert any("measures/2-1.yaml" in line and "one（1）、five（5）" in line for line in asked)
    assert not any("「創業した件数」" in line for line in asked)


@pytest.mark.parametrize(("written", "meant"), [("1", "one"), ("◎", "one"), ("fiv", "five"), ("six", "")])
def test_what_may_be_written_is_told_with_the_words_of_the_sheet(root: Path, written: str, meant: str) -> None:
    change(root, FILE, "rating: one", f"rating: {written}")
    told = run(root, "check").stdout
    assert "[judgement-rating-unknown]" in told
    assert ("もしかして" in told) == bool(meant) and (not meant or f"「{meant}」" in told)
    assert "書けるのは one（1）、five（5） です" in told
