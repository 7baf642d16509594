"""The next year's inputs: what stays, what is emptied, and that last year's own records are left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.diagnostics import has_errors
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from pipeline.wording.era import after
from pipeline.workflows import new_year
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project
from tests.departments.returned.post import Quiet
from tests.project import NEXT, YEAR, run, started


def begun(root: Path) -> Begun:
    return new_year.begin(Project(root, YEAR), Quiet())


def read(root: Path, year: str) -> Evaluation:
    checked = validate.read(root / "inputs" / year, root)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def test_figures_stay_and_what_was_written_of_the_year_is_emptied(project: Path) -> None:
    done = begun(project)
    old, new = read(project, YEAR), read(project, NEXT)
    texts = [
        text
        for measure in new.measures
        for initiative in measure.initiatives
        for text in (*initiative.fields.values(), measure.fields["opinions"], measure.fields["response"])
    ]
    assert set(texts) == {""}
    own = {
        (i.id, f) for m in old.measures for i in m.initiatives if not i.repeated_from for f in ("results", "evaluation")
    }
    assert done.emptied == len(own)
    assert (new.report.year, new.report.evaluated_in, new.report.edition, new.report.date) == (
        YEAR,
        NEXT,
        "draft",
        None,
    )
    figures = [
        [(s.indicator.id, s.indicator.targets, s.indicator.actuals) for m in year.measures for s in m.indicators]
        for year in (old, new)
    ]
    assert figures[0] == figures[1]


def test_the_files_stay_as_they_were_written(project: Path) -> None:
    old = project / "inputs" / YEAR / "measures" / "1-2.yaml"
    old.write_bytes(old.read_bytes().replace(b"R2: 90}", b"R2: 90}  # checked").replace(b"\n", b"\r\n"))
    begun(project)
    made = (project / "inputs" / NEXT / "measures" / "1-2.yaml").read_bytes()
    assert b"R2: 90}  # checked\r\n" in made
    assert made.count(b"\r\n") == made.count(b"\n")
    assert [p.name for p in sorted((project / "inputs" / NEXT).iterdir())] == [
        p.name for p in sorted((project / "inputs" / YEAR).iterdir())
    ]


def test_the_records_of_what_was_sent_and_came_back_stay_behind(project: Path) -> None:
    for name in ("issued/1-2.yaml", "returned/1-2.docx", "反映の記録.csv"):
        path = project / "inputs" / YEAR / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("last year", encoding="utf-8")
    begun(project)
    assert {p.name for p in (project / "inputs" / NEXT).iterdir()}.isdisjoint({"issued", "returned", "反映の記録.csv"})


def test_lines_that_speak_of_the_year_before_are_told(project: Path) -> None:
    done = begun(project)
    text = (project / "inputs" / NEXT / "report.yaml").read_text(encoding="utf-8").splitlines()
    assert done.before == "令和2年度"
    assert done.lines
    assert all("令和2年度" in text[at - 1] for at in done.lines)


def test_a_year_that_is_there_is_not_touched(project: Path) -> None:
    folder = project / "inputs" / NEXT
    folder.mkdir()
    (folder / "report.yaml").write_text("mine", encoding="utf-8")
    done = new_year.begin(Project(project, YEAR), Quiet())
    assert done.project is None
    assert [d.id for d in done.diagnostics] == ["year-exists"]
    assert [p.read_text(encoding="utf-8") for p in folder.iterdir()] == ["mine"]


@pytest.mark.parametrize("damage", ["initiatives: [", "results: &text x"])
def test_inputs_that_are_wrong_make_no_new_year(project: Path, damage: str) -> None:
    path = project / "inputs" / YEAR / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8") + damage, encoding="utf-8")
    done = begun(project)
    assert has_errors(done.diagnostics)
    assert {p.name for p in (project / "inputs").iterdir()} == {YEAR, "schemes"}


@pytest.mark.slow
def test_on_the_command_line_it_says_what_is_left_to_do(project: Path) -> None:
    done = started(project, "newyear")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"inputs/{NEXT}/ を作りました" in done.stdout
    assert "make check" in done.stdout
    assert yaml.safe_load((project / f"inputs/{NEXT}/report.yaml").read_text(encoding="utf-8"))["evaluated_in"] == NEXT
    assert run(project, "check").returncode == 0
    assert run(project, "newyear", "--year", YEAR).returncode == 1


def test_a_second_time_makes_no_further_year_unasked(project: Path) -> None:
    assert run(project, "newyear").returncode == 0
    again = run(project, "newyear")
    assert again.returncode == 1
    assert "year-not-ended" in again.stdout
    assert f"inputs/{NEXT}/" in again.stdout and f"YEAR={NEXT}" in again.stdout
    assert {p.name for p in (project / "inputs").iterdir()} == {YEAR, NEXT, "schemes"}


def test_a_year_that_is_named_is_made(project: Path) -> None:
    assert run(project, "newyear").returncode == 0
    assert run(project, "newyear", "--year", NEXT).returncode == 0
    assert (project / "inputs" / after(NEXT) / "report.yaml").is_file()


def test_a_year_with_one_actual_is_still_being_evaluated(project: Path) -> None:
    begun(project)
    _write_actuals(project / "inputs" / NEXT, "siting-designations")
    done = new_year.begin(Project(project, NEXT), Quiet(), named=False)
    assert done.project is None
    assert [d.id for d in done.diagnostics] == ["year-not-ended"]
    assert not (project / "inputs" / after(NEXT)).exists()


def test_a_year_of_which_every_actual_is_written_or_told_absent_leads_on_to_the_next(project: Path) -> None:
    begun(project)
    _write_actuals(project / "inputs" / NEXT)
    assert new_year.begin(Project(project, NEXT), Quiet(), named=False).project == Project(project, after(NEXT))


def _write_actuals(inputs: Path, only: str = "") -> None:
    """Write 集計中 as the new year's actual of one indicator, or of all."""
    for file in inputs.rglob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for identifier, actuals in data.get("actuals", {}).items():
            if only in ("", identifier):
                actuals[YEAR] = "集計中"
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
