"""What a run shows on terminals of all kinds, in pipes, and when it is interrupted."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.cli.streams import speak_japanese
from tests.project import BASE, MADE, command, copy_project, environment
from tests.stages.validate.cases import SMALL

pytestmark = pytest.mark.slow

PLAIN = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project folder with the small example."""
    return copy_project(tmp_path, SMALL)


def on_terminal(project: Path, kind: str, *arguments: str) -> str:
    """Run on a terminal of a kind (TERM) and give all that it was sent."""
    terminal, end = pty.openpty()
    environ = {**environment(), "TERM": kind, "COLUMNS": "40"}
    process = subprocess.Popen(command(*arguments), cwd=project, env=environ, stdin=end, stdout=end, stderr=end)
    os.close(end)
    sent = b""
    while True:
        try:
            got = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            got = b""
        if not got:
            break
        sent += got
    os.close(terminal)
    assert process.wait(timeout=60) == 0
    return sent.decode()


def test_japanese_is_written_whatever_the_locale_says(tmp_path: Path) -> None:
    done = subprocess.run(
        command("--help"), cwd=tmp_path, env={**environment(), **PLAIN}, capture_output=True, check=True
    )
    assert "使い方" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(("before", "after"), [("ascii", "utf-8"), ("latin-1", "utf-8"), ("cp932", "cp932")])
def test_an_encoding_that_has_japanese_is_kept(before: str, after: str) -> None:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding=before)
    speak_japanese(stream)
    stream.write("使い方 é")
    stream.flush()
    assert data.getvalue() == "使い方 é".encode(after, "backslashreplace")


def test_a_dumb_terminal_gets_plain_lines(small: Path) -> None:
    sent = on_terminal(small, "dumb", "check")
    assert "入力の確認…" in sent
    assert "\x1b" not in sent


def test_a_terminal_gets_a_moving_bar_and_a_summary(small: Path) -> None:
    sent = on_terminal(small, "xterm", "sheets")
    assert "3/3" in sent
    assert "?" not in sent.replace("\x1b[?25", "")
    assert "評価シート" in sent.splitlines()[-6]


def test_a_reader_that_goes_does_not_stop_the_run(small: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command("charts"), cwd=small, env=environment(), stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
    assert (small / f"{MADE}/manifest.json").is_file()


def test_an_interrupt_is_told_in_one_line(small: Path) -> None:
    process = subprocess.Popen(
        # A test run in the background ignores interrupts, and hands that on.
        ["env", "--default-signal=INT", *command("report")],
        cwd=small,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert any("評価シート" in line for line in process.stdout)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3
    assert told == "中断しました。前回の出力は、そのまま残っています。\n"
    assert not (small / MADE).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["repot"], "「repot」は選べません（選べるのは"),
        (["check", "--year"], "--year: 値がありません"),
        (["check", "--colour"], "「--colour」は使えません"),
        ([], "ACTION がありません"),
    ],
)
def test_wrong_usage_is_told_in_japanese(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / BASE).mkdir(parents=True)
    with pytest.raises(SystemExit) as left:
        main(["--project", str(tmp_path), *arguments])
    assert left.value.code == 2
    assert words in capsys.readouterr().err
