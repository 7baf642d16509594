"""Plans of any length and any way of counting: a city of eight calendar years, and plans of one to ten years."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import docx
import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.documents.docx.markup import W, parse
from pipeline.model.strategy import Amount
from pipeline.stages import validate
from pipeline.stages.compute.indicator_year import elapsed, indicator_year
from pipeline.wording import era
from pipeline.workflows import apply, collect, new_year, send
from pipeline.workflows.new_plan import replanned
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order
from tests.departments.returned.post import Quiet
from tests.examples import tried
from tests.project import BASE, FIXTURES, copy_project, run

MIO, SMALL = FIXTURES / "mio", FIXTURES / "small"
EVALUATED_IN = "2027"
HEADS = ["2023", "2025", "2026", "2027", "2028", "2029", "2030", "2031", "2032"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("mio"), MIO)
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def rows(data: bytes) -> list[list[str]]:
    (table,) = (t for t in docx.Document(io.BytesIO(data)).tables if t.rows[0].cells[0].text == "指標（KPI）")
    return [[cell.text for cell in row.cells] for row in table.rows]


def sheet(root: Path, measure: str) -> bytes:
    (path,) = (root / "outputs" / EVALUATED_IN / "sheets").glob(f"{measure}_*.docx")
    return path.read_bytes()


def test_every_year_of_the_plan_has_its_column_and_a_baseline_its_own_year(made: Path) -> None:
    head, *body = rows(sheet(made, "1-1"))
    assert [text.split("\n")[0] for text in head[2:-2]] == HEADS
    assert [row[2] for row in body[1::2]] == ["12,840", "4\n（2019）", "31"]
    assert body[0][3:-2] == ["―"] * 7 + ["21,000"]
    assert rows(sheet(made, "1-2"))[2][2] == "1,520\n（2025）"


def test_the_columns_of_the_years_are_alike_and_fill_the_table(made: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(made, "1-1"))) as package:
        document = parse(package.read("word/document.xml"), "", "")
    for table in document.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans) == len(grid)
        if len(grid) == len(HEADS) + 4:
            assert max(grid[2:-2]) - min(grid[2:-2]) <= 1


def test_rates_go_by_the_last_target_and_nothing_is_asked_for(made: Path) -> None:
    folder = made / "outputs" / EVALUATED_IN
    told = json.loads((folder / "achievement.json").read_text(encoding="utf-8"))
    shown = {i["id"]: i for measure in told["measures"] for i in measure["indicators"]}
    assert told["year"] == "2026"
    assert (shown["piers"]["baseline"], shown["piers"]["progress"]) == ({"year": "2019", "value": "4"}, "25.0")
    checks = json.loads((folder / "checks.json").read_text(encoding="utf-8"))["diagnostics"]
    assert {d["id"] for d in checks} == {"initiative-results-empty", "initiative-evaluation-empty"}


def test_a_sheet_goes_out_and_comes_back_and_the_year_after_follows(tmp_path: Path) -> None:
    root = copy_project(tmp_path, MIO)
    project = Project(root, EVALUATED_IN)
    assert send.send(project, Order(), Quiet()).folder is not None
    (out,) = (project.outputs / "send").glob("*/1-2_*.docx")
    document = docx.Document(str(out))
    for paragraph in (p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs):
        if paragraph.text == "集計中":
            paragraph.runs[0].text = "1,730"
    (project.inputs / "returned").mkdir()
    document.save(str(project.inputs / "returned" / "1-2.docx"))
    (proposal,) = (p for p in collect.collect(project, Quiet()).proposals if p.path and "#actuals." in p.path)
    assert proposal.path == "measures/1-2.yaml#actuals.passengers.2026"
    listed = project.outputs / "returned" / "proposals.yaml"
    content = yaml.safe_load(listed.read_text(encoding="utf-8"))
    for one in content["proposals"]:
        one["decision"] = "accept" if one.get("path") == proposal.path else "reject"
    listed.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert apply.apply(project, "2027-07-01", Quiet()).paths == (proposal.path,)
    begun = new_year.begin(project, Quiet())
    assert begun.project == Project(root, "2028"), begun.diagnostics
    assert validate.read(root / "inputs" / "2028", root).value is not None


def ended(root: Path) -> Project:
    """Evaluate the plan's last year."""
    folder = root / "inputs" / EVALUATED_IN
    strategy = folder / "strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8").replace("2032", "2026"), encoding="utf-8")
    return Project(root, EVALUATED_IN)


def test_a_plan_that_has_ended_goes_on_as_a_new_one(tmp_path: Path) -> None:
    root = copy_project(tmp_path, MIO)
    project = ended(root)
    (found,) = new_year.begin(project, Quiet()).diagnostics
    assert (found.id, found.hint.count("PLAN=2027-2031")) == ("plan-ended", 1)
    assert run(root, "newyear", "--plan", "2026-2029").returncode == 1
    assert run(root, "newyear", "--plan", "2027から").returncode == 2
    done = run(root, "newyear", "--plan", "2027-2036")
    assert done.returncode == 0, done.stdout + done.stderr
    new = root / "inputs" / "2028"
    strategy = new / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8")
    assert "years: {baseline: 2026, last: 2036}" in text
    assert text.startswith("# 8年間の計画")
    checked = validate.read(new, root)
    assert {d.id for d in checked.diagnostics if d.severity == "error"} == {"kpi-target-not-number"}
    strategy.write_text(text.replace("【要記入】", "25000"), encoding="utf-8")
    evaluation = validate.read(new, root).value
    assert evaluation is not None
    starts = {i.id: (i.baseline_year, i.baseline) for i in evaluation.indicators}
    assert starts["visitors"] == ("2026", Amount(Decimal(14290)))
    assert starts["passengers"] == ("2025", Amount(Decimal(1520)))
    assert not any(i.actuals for i in evaluation.indicators)
    ids = {d["id"] for d in json.loads(run(root, "check", "--format", "json").stdout)["diagnostics"]}
    assert not ids & {"history-changed", "history-lost", "unit-changed"}


def test_a_state_becomes_part_of_a_baseline_whatever_it_is_called() -> None:
    evaluation = validate.read(SMALL / BASE, SMALL).value
    assert evaluation is not None
    routes = next(i for i in evaluation.indicators if i.states)
    reached = replace(routes, actuals={"R2": Amount(Decimal(2), "整備: 1期, 終わり")})
    ended = replace(evaluation, indicators=(reached,))
    text = (SMALL / BASE / "strategy.yaml").read_text(encoding="utf-8")
    new = yaml.safe_load(replanned({"strategy.yaml": text}, ended, ["R7", "R11"])["strategy.yaml"])
    (baseline,) = (i["baseline"] for i in new["indicators"] if i["id"] == routes.id)
    assert baseline == {"year": "R2", "value": {"number": 2, "state": "整備: 1期, 終わり"}}


def test_one_year_has_one_name(tmp_path: Path) -> None:
    root = copy_project(tmp_path, FIXTURES / "small")
    folder = root / "inputs" / "R3"
    shutil.move(folder, root / "inputs" / "H31")
    assert "report-folder-differs" in run(root, "check", "--year", "R1").stdout
    strategy = root / "inputs" / "H31" / "strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8").replace("R1", "H31"), encoding="utf-8")
    evaluation = validate.read(root / "inputs" / "H31", root).value
    assert evaluation is not None
    assert evaluation.years[0] == "R1"
    assert {i.baseline_year for i in evaluation.indicators} == {"R1"}


@pytest.mark.slow
@tried(6, [HealthCheck.function_scoped_fixture])
@given(
    length=st.integers(1, era.LONGEST),
    first=st.sampled_from(["H28", "R2", "R7", "2015", "2030"]),
    at=st.integers(0, era.LONGEST - 1),
    gap=st.integers(1, 4),
)
def test_a_plan_of_any_length_is_printed_whole(
    tmp_path_factory: pytest.TempPathFactory, length: int, first: str, at: int, gap: int
) -> None:
    root = copy_project(tmp_path_factory.mktemp("plan"), MIO)
    plan = [era.alike(str(era.gregorian(first) + n), first) for n in range(length)]
    start = era.alike(str(era.gregorian(first) - gap), first)
    year = plan[at % length]
    folder = root / "inputs" / EVALUATED_IN
    _replan(folder, start, plan, year)
    shutil.move(folder, root / "inputs" / era.after(year))
    evaluation = validate.read(root / "inputs" / era.after(year), root)
    assert evaluation.value is not None, evaluation.diagnostics
    assert evaluation.value.years == (start, *plan)
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    head, *body = rows(next((root / "outputs" / era.after(year) / "sheets").glob("1-1_*.docx")).read_bytes())
    assert [text.split("\n")[0] for text in head[2:-2]] == [start, *plan]
    assert body[0][-3] == "21,000"
    judged = indicator_year(
        evaluation.value.indicators[0], year, evaluation.value.years, evaluation.value.report.scheme
    )
    assert elapsed(judged) == Fraction(plan.index(year) + 1, length)


def _replan(folder: Path, start: str, plan: list[str], year: str) -> None:
    """Give the city's files another plan: a baseline before it, targets for its last year alone."""
    strategy = yaml.safe_load((folder / "strategy.yaml").read_text(encoding="utf-8"))
    strategy["years"] = {"baseline": start, "first": plan[0], "last": plan[-1]}
    for indicator in strategy["indicators"]:
        indicator["baseline"]["year"] = start
        indicator["targets"] = {plan[-1]: next(iter(indicator["targets"].values()))}
    _write(folder / "strategy.yaml", strategy)
    report = yaml.safe_load((folder / "report.yaml").read_text(encoding="utf-8"))
    _write(folder / "report.yaml", report | {"year": year, "evaluated_in": era.after(year), "date": "未定"})
    for path in (folder / "goals.yaml", *(folder / "measures").iterdir()):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        written["actuals"] = {identifier: {year: 7} for identifier in written["actuals"]}
        _write(path, written)


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
