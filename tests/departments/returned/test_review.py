"""``review`` on a real terminal, and without one."""

from __future__ import annotations

import os
import pty
import subprocess
import time
import unicodedata

import pytest
import yaml

from pipeline.cli import board
from pipeline.workflows import collect
from tests.departments.returned.post import Post, Quiet
from tests.departments.returned.test_round_trip import change_results
from tests.project import command, environment, run

pytestmark = pytest.mark.slow


def reviewed(post: Post, kind: str, keys: bytes, **more: str) -> str:
    """Answer with keys on a terminal of a kind (TERM), and give what it showed."""
    terminal, end = pty.openpty()
    environ = {**environment(), "TERM": kind, "EDITOR": "", "VISUAL": "", **more}
    process = subprocess.Popen(command("review"), cwd=post.root, env=environ, stdin=end, stdout=end, stderr=end)
    os.close(end)
    sent, answered = b"", False
    while True:
        try:
            got = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        sent += got
        if not answered and "説明".encode() in sent:
            os.write(terminal, keys)
            answered = True
    os.close(terminal)
    assert process.wait(timeout=60) == 0
    return sent.decode()


def decisions(post: Post) -> list[object]:
    return [p["decision"] for p in yaml.safe_load(post.proposals.read_text(encoding="utf-8"))["proposals"]]


@pytest.mark.parametrize("kind", ["dumb", "xterm-256color"])
def test_a_decision_on_a_terminal_is_saved(post: Post, kind: str) -> None:
    post.edited(change_results)
    post.collect()
    shown = reviewed(post, kind, "r\n速報値のため。\n\n".encode())
    assert decisions(post) == [{"reject": "速報値のため。"}]
    assert "[-" in shown
    assert ("\x1b[" in shown.replace("\x1b[?2004", "")) == (kind != "dumb")
    assert "不採用 1件" in shown
    assert "━" not in shown  # a bar would move over what is typed


def test_an_edit_starts_from_the_proposed_text(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    reviewed(post, "xterm-256color", "e\nなお続ける。\n.\n\n".encode())
    assert decisions(post) == [{"text": "訪問による意見交換を、電話とWEB会議に改めた。なお続ける。"}]


def test_an_editor_writes_the_text(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    reviewed(post, "dumb", b"e\n\n", EDITOR="sed -i s/WEB/ウェブ/")
    assert decisions(post) == [{"text": "訪問による意見交換を、電話とウェブ会議に改めた。"}]


def test_a_killed_review_keeps_what_was_decided(post: Post) -> None:
    post.edited(change_results)
    post.edited(change_results, measure="1-3", name="別の回答.docx")
    post.collect()
    terminal, end = pty.openpty()
    process = subprocess.Popen(command("review"), cwd=post.root, env=environment(), stdin=end, stdout=end, stderr=end)
    os.close(end)
    sent = b""
    while "保存しました".encode() not in sent:
        if sent.count("説明".encode()) == 1 and b"a\r\n" not in sent:
            os.write(terminal, b"a\n")
            time.sleep(0.2)
        sent += os.read(terminal, 65536)
    process.kill()
    process.wait()
    os.close(terminal)
    assert sorted(map(str, decisions(post))) == ["accept", "open"]


def test_without_a_terminal_it_says_what_to_do(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    done = run(post.root, "review")
    assert done.returncode == 2
    assert "端末" in done.stderr
    assert decisions(post) == ["open"]


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_a_board_fits_the_terminal(post: Post, columns: int) -> None:
    post.edited(change_results)
    post.put(b"%PDF-1.4", "間違い.pdf")
    lines = board.lines(post.collected(), columns)
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("施策 ")) :]
    widths = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in table]
    assert max(widths[: table.index("")]) <= columns
    assert "! 読めなかったファイル 1件" in lines


def test_a_board_says_what_comes_next(post: Post) -> None:
    post.edited(change_results)

    def following() -> list[str]:
        post.collect()
        lines = board.lines(collect.board(post.project, Quiet()))
        return [line.split()[2] for line in lines if line.startswith("  → make")]

    assert following() == ["review"]
    post.decide("accept")
    assert following() == ["apply"]
    post.apply()
    assert following() == []
