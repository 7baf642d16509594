"""``rate`` and ``explain`` as a planner uses them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.project import BASE, CITY, MADE, ROOT, YEAR, copy_project, run
from tests.stages.validate.cases import SMALL, change

GUIDE = (ROOT / "docs" / "評価方式.md").read_text(encoding="utf-8")
TABLE = next(block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("year:"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder with the small example, the ready schemes, and the guide's table."""
    copy_project(tmp_path, SMALL)
    shutil.copytree(CITY / "inputs" / "schemes", tmp_path / "inputs" / "schemes")
    (tmp_path / "表.yaml").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_the_guides_table_is_rated_step_by_step(folder: Path) -> None:
    done = run(folder, "rate", "表.yaml", "--scheme", "年度達成率")
    assert done.returncode == 0
    assert "■ 相談件数（件）　達成率 108.3%　◎ A" in done.stdout
    assert "計算　　　130 ÷ 120 × 100 ＝ 約108.3333%" in done.stdout
    assert "（表.yaml:4）" in done.stdout
    assert "R2 61.2%（速報値）" in done.stdout
    assert "■ 調査による割合（%）　― 判定なし" in done.stdout
    assert not (folder / "outputs").exists()


def test_another_scheme_says_otherwise_and_json_says_the_same(folder: Path) -> None:
    done = run(folder, "rate", "表.yaml", "--scheme", "inputs/schemes/進捗率.yaml", "--format", "json")
    content = json.loads(done.stdout)
    assert content["rate_name"] == "進捗率"
    assert [one["rate"] for one in content["indicators"]] == ["150.0", "150.0", "46.7", None]
    assert [one["rating"] for one in content["indicators"]] == ["on-track", "on-track", "effort", None]
    step = next(step for step in content["indicators"][0]["steps"] if step["name"] == "実績")
    assert step == {"name": "実績", "text": "R2 130件", "file": "表.yaml", "line": 4}


def test_a_years_folder_can_be_rated_by_another_scheme(folder: Path) -> None:
    done = run(folder, "rate", BASE, "--scheme", "評点")
    assert done.returncode == 0
    assert "◆ 全体の評点" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("direction: decrease", "direction: decrese", "表.yaml:5:"),
        ("actual: 130", "actual: 1,30", "表.yaml:4:"),
        ("year: R2", "year: R9", "table-year-unknown"),
        ("actual: 25", "actual: 25, actuals: {R2: 25}", "table-actual-twice"),
        ("years: {baseline: R1, last: R6}", "", "table-years-missing"),
        ("unit: 件", "units: 件", "もしかして「unit（単位）」"),
    ],
)
def test_a_mistake_in_a_table_is_told_at_its_place(folder: Path, old: str, new: str, told: str) -> None:
    path = folder / "表.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    done = run(folder, "rate", "表.yaml", "--scheme", "年度達成率")
    assert done.returncode == 1
    assert told in done.stdout
    as_json = json.loads(run(folder, "rate", "表.yaml", "--scheme", "年度達成率", "--format", "json").stdout)
    assert as_json["diagnostics"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("inputs", "[rate-folder]"),
        ("表.csv", "[table-not-yaml]"),
        ("表.xlsx", "[table-not-yaml]"),
        ("空.yaml", "[yaml-empty]"),
    ],
)
def test_what_is_no_table_is_told(folder: Path, table: str, told: str) -> None:
    for name in ("表.csv", "表.xlsx", "空.yaml"):
        (folder / name).write_bytes(b"")
    done = run(folder, "rate", table, "--scheme", "年度達成率")
    assert done.returncode == 1
    assert told in done.stdout


def test_a_years_folder_may_lie_elsewhere(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(SMALL / "inputs", elsewhere / "inputs")
    (elsewhere / "inputs" / YEAR / "audit.yaml").unlink(missing_ok=True)
    done = run(folder, "rate", str(elsewhere / "inputs" / YEAR), "--scheme", "年度達成率")
    assert done.returncode == 0


def test_what_was_read_otherwise_is_told_to_programs_too(folder: Path) -> None:
    path = folder / "表.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("actual: 130", "actual: １３０"), encoding="utf-8")
    content = json.loads(run(folder, "rate", "表.yaml", "--scheme", "年度達成率", "--format", "json").stdout)
    assert content["indicators"][0]["rate"] == "108.3"
    assert [(one["severity"], one["line"]) for one in content["diagnostics"]] == [("warning", 4)]


def test_who_reads_only_the_beginning_gets_no_error(folder: Path) -> None:
    shown = (
        f"{shlex.quote(sys.executable)} -m pipeline rate 表.yaml --scheme 年度達成率 | head -1; exit ${{PIPESTATUS[0]}}"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", shown], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("決め方")


def test_a_scheme_that_looks_ahead_needs_the_plan(folder: Path) -> None:
    text = "year: R2\nindicators:\n- {name: 相談件数, direction: increase, target: 120, actual: 130}\n"
    (folder / "表.yaml").write_text(text, encoding="utf-8")
    done = run(folder, "rate", "表.yaml", "--scheme", "経過割合")
    assert done.returncode == 1
    assert "[table-years-missing]" in done.stdout


def test_an_unknown_scheme_is_told_with_the_nearest(folder: Path) -> None:
    done = run(folder, "rate", "表.yaml", "--scheme", "進歩率")
    assert done.returncode == 1
    assert "もしかして「進捗率」ではありませんか" in done.stdout


def test_explain_leads_from_the_line_to_the_rating(folder: Path) -> None:
    done = run(folder, "explain", "1-2/startups")
    assert done.returncode == 0
    assert re.search(rf"実績.*{BASE}/measures/1-2.yaml:\d+", done.stdout)
    assert re.search(rf"決め方.*{BASE}/report.yaml:\d+", done.stdout)
    compared = json.loads(run(folder, "explain", "1-2/startups", "--format", "json").stdout)
    assert all(step["text"] in done.stdout for step in compared["steps"])


def test_explain_suggests_the_nearest_indicator(folder: Path) -> None:
    done = run(folder, "explain", "1-2/startup")
    assert done.returncode == 1
    assert "もしかして「1-2/startups」ではありませんか" in done.stdout


def test_explain_all_writes_a_word_file_and_a_table(folder: Path) -> None:
    assert run(folder, "explain", "--all").returncode == 0
    made = folder / "outputs" / YEAR / "explain"
    document = Document(str(made / "判定の説明.docx"))
    told = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    rows = list(csv.DictReader(io.StringIO((made / "判定の説明.csv").read_text(encoding="utf-8-sig"))))
    assert rows
    assert all(row["内容"].lstrip("'") in told for row in rows)
    assert not any("{" in text for text in told)


def test_a_report_names_its_scheme_and_the_manifest_hashes_it(folder: Path) -> None:
    report = folder / "inputs" / YEAR / "report.yaml"
    text = report.read_text(encoding="utf-8")
    start, end = text.index("scheme:"), text.index("explanation:")
    report.write_text(f"{text[:start]}scheme: 目標と基準値の比較\n{text[end:]}", encoding="utf-8")
    done = run(folder, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((folder / f"{MADE}/manifest.json").read_text(encoding="utf-8"))
    assert "inputs/schemes/目標と基準値の比較.yaml" in manifest["inputs"]
    for sheet in (folder / f"{MADE}/sheets").glob("*.docx"):
        body = Document(str(sheet)).element.body
        assert "達成率" not in "".join(t.text or "" for t in body.iter("{*}t"))


def test_an_unknown_scheme_in_a_report_is_told_at_its_line(folder: Path) -> None:
    report = folder / "inputs" / YEAR / "report.yaml"
    text = report.read_text(encoding="utf-8")
    start, end = text.index("scheme:"), text.index("explanation:")
    report.write_text(f"{text[:start]}scheme: 評点表\n{text[end:]}", encoding="utf-8")
    done = run(folder, "check")
    assert done.returncode == 1
    assert f"{BASE}/report.yaml:11:9" in done.stdout
    assert "もしかして「評点」ではありませんか" in done.stdout


def test_a_letter_that_the_scheme_has_not_stops_the_report(folder: Path) -> None:
    report = folder / "inputs" / YEAR / "report.yaml"
    text = report.read_text(encoding="utf-8")
    start, end = text.index("scheme:"), text.index("explanation:")
    report.write_text(f"{text[:start]}scheme: 所管課の判定\n{text[end:]}", encoding="utf-8")
    change(
        folder, "measures/1-2.yaml", "initiatives:", "judgements:\n  startups: {rating: z, reason: 理由}\ninitiatives:"
    )
    assert "judgement-rating-unknown" in run(folder, "check").stdout


def test_what_is_not_published_may_be_left_blank(folder: Path) -> None:
    scheme = (folder / "inputs/schemes/年度達成率.yaml").read_text(encoding="utf-8")
    (folder / "空欄.yaml").write_text(
        scheme.replace("{mark: ―, label: 未公表}", '{mark: "", label: ""}'), encoding="utf-8"
    )
    table = folder / "表.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("未測定", "集計中"), encoding="utf-8")
    done = run(folder, "rate", "表.yaml", "--scheme", "空欄.yaml")
    assert "■ 調査による割合（%）　空欄" in done.stdout
    last = json.loads(run(folder, "rate", "表.yaml", "--scheme", "空欄.yaml", "--format", "json").stdout)["indicators"][
        -1
    ]
    assert (last["mark"], last["label"], last["reason"]) == ("", "", "実績が集計中のため")
