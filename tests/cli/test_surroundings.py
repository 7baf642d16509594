"""Where the program is run: what is in its way is said plainly, with exit code 3, and never ends in a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import MADE, YEAR, command, copy_project, environment, run
from tests.stages.validate.cases import SMALL

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}

pytestmark = [
    pytest.mark.slow,  # every one starts the program anew
    pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and limits of POSIX"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project", SMALL)


def shell(project: Path, line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``pipeline`` stands for the program."""
    text = line.replace("pipeline", shlex.join(command()), 1)
    return subprocess.run(
        text, shell=True, cwd=project, env={**environment(), **more}, capture_output=True, timeout=60, check=False
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    text = (done.stdout + done.stderr).decode()
    assert "Traceback" not in text
    return text


def test_a_circle_of_links_is_named(project: Path) -> None:
    (project / "outputs").mkdir()
    (project / "outputs" / YEAR).symlink_to(YEAR)
    done = run(project, "charts")
    assert done.returncode == 3
    assert MADE in done.stderr
    assert "リンク" in done.stderr
    assert not (project / "outputs" / "error.txt").exists()


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_template_that_is_no_file_is_not_waited_for(kind: str, project: Path) -> None:
    template = project / "templates" / "cover.docx"
    template.unlink()
    make = {"pipe": lambda: os.mkfifo(template), "device": lambda: template.symlink_to("/dev/zero")}
    make.get(kind, template.mkdir)()
    done = run(project, "check", "--format", "json")
    (found,) = [d for d in json.loads(done.stdout)["diagnostics"] if d["severity"] == "error"]
    assert (found["id"], found["file"]) == ("template-unreadable", "templates/cover.docx")
    assert "ファイルでない" in found["message"]


@pytest.mark.parametrize("line", ["pipeline check", "pipeline board", "pipeline explain 1-2/x", "pipeline 無い"])
def test_a_locale_without_japanese_stops_nothing(line: str, project: Path) -> None:
    done = shell(project, line, **ASCII)
    assert done.returncode in (0, 1, 2)
    assert said(done)


def test_names_of_files_are_japanese_in_any_locale(project: Path) -> None:
    assert shell(project, "pipeline convert templates/cover.docx 表紙.pdf", **ASCII).returncode in (0, 1)
    done = shell(project, "pipeline explain --all", **ASCII)
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize("line", ["pipeline check --format json >&-", "pipeline check >&-", "pipeline board >&- 2>&-"])
def test_a_closed_output_stops_nothing(line: str, project: Path) -> None:
    done = shell(project, line)
    assert done.returncode == 0
    assert said(done) == ""


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = shell(tmp_path / "gone", "rmdir ../gone; pipeline check")
    assert done.returncode == 3
    assert "作業中のフォルダーがありません" in said(done)


@pytest.mark.parametrize("kilobytes", [60_000, 120_000, 200_000])
def test_too_little_memory_to_begin_is_told(kilobytes: int, project: Path) -> None:
    done = shell(project, f"ulimit -v {kilobytes}; pipeline check")
    assert done.returncode == 3
    assert "メモリーが足りない" in said(done)


@pytest.mark.parametrize("form", ["text", "line", "json"])
def test_nothing_printed_steers_the_terminal(form: str, project: Path) -> None:
    (project / "inputs" / YEAR / "measures" / "9-9\x1b]0;x\x07\x9b31m\u202e.yaml").write_text("a: \x1b[31mb\n")
    (project / "inputs" / YEAR / "strategy.yaml").open("a").write("x\x1b[2J\x9b: 1\n")
    done = run(project, "check", "--format", form)
    printed = done.stdout + done.stderr
    assert done.returncode == 1
    assert [c for c in printed if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c == "\u202e")] == []
    assert ("U+001B" in printed) or ("\\u001b" in printed)
    if form == "json":
        assert any("\x1b" in d["file"] for d in json.loads(done.stdout)["diagnostics"])


def test_wrong_usage_does_not_steer_the_terminal_either(project: Path) -> None:
    done = run(project, "convert", "無い\x1b[31m.docx", "x.pdf")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "<U+001B>" in done.stderr


@pytest.mark.parametrize("seconds", [10_000_000_000, 1e30])
def test_a_clock_that_nothing_can_count_is_told(seconds: float, tmp_path: Path) -> None:
    late = f"import time\nreal = time.localtime\ntime.localtime = lambda *_: real({seconds!r})\n"
    (tmp_path / "sitecustomize.py").write_text(late)
    done = shell(tmp_path, "pipeline check", PYTHONPATH=f"{tmp_path}:{environment()['PYTHONPATH']}")
    assert done.returncode == 3
    assert "時計" in said(done)
