"""What goes wrong is said clearly, and the last good outputs stay as they were."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.cli import arguments
from pipeline.cli.parser import parser
from pipeline.storage.outputs import sha256
from tests.project import BASE, YEAR, command, copy_project, environment, run


@pytest.fixture
def good(reported: Path, tmp_path: Path) -> Path:
    """A project folder with the outputs of a good run."""
    project = copy_project(tmp_path / "project")
    shutil.copytree(reported / "outputs", project / "outputs")
    return project


def state(project: Path) -> dict[str, str]:
    folder = project / "outputs"
    return {p.relative_to(folder).as_posix(): sha256(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_template(path: Path, old: str, new: str) -> None:
    """Replace text in a Word file's body, as a slip of the hand in Word would."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode("utf-8")
    assert old in body
    parts["word/document.xml"] = body.replace(old, new, 1).encode("utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_broken_yaml_is_named_with_its_line(good: Path) -> None:
    before = state(good)
    edit(good / f"{BASE}/measures/1-2.yaml", "initiatives:", "initiatives")
    done = run(good, "report")
    assert done.returncode == 1
    assert re.search(rf"{BASE}/measures/1-2\.yaml:\d+:\d+: エラー", done.stdout)
    assert "前回の出力は、そのまま残っています" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert state(good) == before


def test_everything_wrong_is_said_in_one_run_also_as_json(good: Path) -> None:
    edit(good / f"{BASE}/measures/1-2.yaml", "measure: 1-2", "mesure: 1-2")
    edit(good / f"{BASE}/strategy.yaml", "direction: increase", "direction: increse")
    found = json.loads(run(good, "check", "--format", "json").stdout)["diagnostics"]
    errors = [d for d in found if d["severity"] == "error"]
    assert {d["file"] for d in errors} >= {f"{BASE}/measures/1-2.yaml", f"{BASE}/strategy.yaml"}
    assert all(d["line"] and d["column"] and d["message"] for d in errors)


@pytest.mark.parametrize("template", ["sheet.docx", "summary.docx"])
def test_a_misspelt_variable_in_a_template_is_named_with_its_cure(good: Path, template: str) -> None:
    before = state(good)
    path = good / "templates" / template
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode("utf-8")
    name = re.search(r"\{\{ (\w+)\.", body)
    assert name is not None
    edit_template(path, f"{{{{ {name[1]}.", f"{{{{ {name[1]}々.")
    done = run(good, "report")
    assert done.returncode == 1
    assert f"templates/{template}" in done.stdout
    assert f"{name[1]}々" in done.stdout and "もしかして" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert state(good) == before


def test_an_outputs_folder_that_cannot_be_written(project: Path) -> None:
    (project / "outputs").write_text("a file where a folder should be")
    done = run(project, "report")
    assert done.returncode == 3
    assert "読み書きできませんでした" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (project / "outputs").read_text() == "a file where a folder should be"


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.8, 2.0, 3.5])
def test_a_run_killed_half_way_leaves_the_last_good_outputs(good: Path, seconds: float) -> None:
    before = state(good)
    process = subprocess.Popen(command("report"), cwd=good, env=environment(), stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = {path: digest for path, digest in state(good).items() if not path.startswith(".")}
    assert after == {path: digest for path, digest in before.items() if not path.startswith(".")}
    assert run(good, "check").returncode == 0


def test_wrong_usage_has_its_own_exit_code_and_says_what_is_possible(project: Path) -> None:
    done = run(project, "report", "--year", "R9")
    assert done.returncode == 2
    assert f"選べる年度: {YEAR}" in done.stderr
    assert run(project, "repot").returncode == 2


def test_a_folder_without_a_year_is_named_with_how_to_choose_another(tmp_path: Path) -> None:
    with pytest.raises(arguments.Usage, match=f"{tmp_path} の inputs/ に.*PROJECT="):
        arguments.project(parser().parse_args(["--project", str(tmp_path), "check"]))


def test_help_is_japanese_and_lists_every_action(project: Path) -> None:
    text = run(project, "--help").stdout
    assert "使い方" in text
    assert all(action in text for action in ("report", "sheets", "charts", "check"))
    assert "評価シート" in run(project, "report", "--help").stdout
