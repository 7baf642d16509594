"""Two at once on one year, in processes of their own: one writes, the other is told who, and no answer is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from pipeline.storage import outputs
from tests.departments.returned.post import Post
from tests.desk.desks import served
from tests.desk.test_deciding import changed, decisions
from tests.project import MADE, command, environment, run

_HOLDING = """
import sys
from pathlib import Path
from pipeline.storage import outputs
with getattr(outputs, sys.argv[2])(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
_FORKING = """
import os, sys, time
from pathlib import Path
from threading import Event, Thread
from pipeline.storage import outputs
from tests.desk.desks import served

is_answered, is_forking, deciding = Event(), Event(), outputs.deciding

def slow(folder):
    is_answered.set()
    is_forking.wait()
    time.sleep(0.2)  # until whoever forks waits for this answer
    return deciding(folder)

with served(Path(sys.argv[1])) as desk:
    desk.get("/proposals")
    outputs.deciding = slow
    os.register_at_fork(before=is_forking.set)  # the first that a fork does
    answering = Thread(target=desk.post, args=("/decide", {"id": sys.argv[2], "verdict": "accept"}), daemon=True)
    answering.start()
    is_answered.wait()
    if not (forked := os.fork()):
        os._exit(0)
    os.waitpid(forked, 0)
    answering.join()
"""


@contextmanager
def held(folder: Path, how: str = "locked") -> Iterator[None]:
    """Hold a year in another process."""
    arguments = [sys.executable, "-c", _HOLDING, str(folder), how]
    other = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
    assert other.stdin is not None and other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        other.stdin.close()
        other.wait(20)


@pytest.fixture
def office(post: Post) -> Post:
    """A project with a proposal that is accepted, and one that is open."""
    post.edited(changed("修正した文章。", "二つめの文章。"))
    post.collect()
    return post


def test_who_holds_the_year_is_told(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "PATIENCE", 0.1)
    with served(office.root) as desk, held(office.root / MADE):
        told = desk.post("/decide", {"id": next(iter(decisions(office))), "verdict": "accept"})
        assert told.status == 409
        assert "使っている人: " in told.text
        assert "から）" in told.text
        done = run(office.root, "apply")
        assert "使っている人: " in done.stdout + done.stderr
    assert set(decisions(office).values()) == {"open"}
    assert not list((office.root / "outputs").glob(".*.holder.lock"))


def test_decisions_are_saved_while_a_report_is_made(office: Post) -> None:
    with served(office.root) as desk, held(office.root / MADE, "making"):
        first, second = decisions(office)
        assert desk.post("/decide", {"id": first, "verdict": "accept"}).data["saved"]
        desk.desk.forget()  # as when an input was saved: the list is read anew meanwhile
        assert desk.post("/decide", {"id": second, "verdict": "reject"}).data["saved"]
    assert list(decisions(office).values()) == ["accept", "reject"]


def test_what_is_decided_while_a_report_is_published_is_not_lost(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange, is_built = outputs._exchange, Event()

    def slow(folder: Path, staging: Path) -> None:
        is_built.set()  # with the list as it is
        time.sleep(0.3)
        exchange(folder, staging)

    monkeypatch.setattr(outputs, "_exchange", slow)
    with served(office.root) as desk:
        making = Thread(target=desk.desk.make)
        making.start()
        assert is_built.wait(60)
        for identifier in decisions(office):
            assert desk.post("/decide", {"id": identifier, "verdict": "accept"}).data["saved"]
        making.join(60)
        assert desk.get("/state").data["isCurrent"]
    assert list(decisions(office).values()) == ["accept", "accept"]


def test_the_book_is_made_when_the_other_run_has_ended(office: Post) -> None:
    with served(office.root) as desk:
        with held(office.root / MADE):
            making = Thread(target=desk.desk.make)
            making.start()
            making.join(2)
            assert making.is_alive()
        making.join(60)
        assert not making.is_alive()
        assert desk.get("/state").data["isCurrent"]


def test_an_answer_of_another_desk_is_not_overwritten(office: Post) -> None:
    with served(office.root) as one, served(office.root) as other:
        first, second = (row["id"] for row in one.get("/proposals").data["rows"])
        assert other.get("/proposals").data["open"] == 2
        one.post("/decide", {"id": first, "verdict": "accept"})
        told = other.post("/decide", {"id": first, "verdict": "reject"}).data
        assert "別の画面で変わっています" in told["message"]
        assert [row["verdict"] for row in told["rows"]] == ["accept", "open"]
        assert other.post("/decide", {"id": second, "verdict": "reject"}).data["saved"]
        assert list(decisions(office).values()) == ["accept", "reject"]


def test_the_desk_and_the_terminal_apply_at_once(office: Post) -> None:
    office.decide("accept")
    before = office.inputs()
    with served(office.root) as desk:
        terminal = subprocess.Popen(command("apply"), cwd=office.root, env=environment(), stdout=subprocess.PIPE)
        told = desk.post("/apply")
        said = terminal.communicate(timeout=60)[0].decode()
    assert told.status in (200, 409)
    written = [told.status == 200 and "2か所" in told.text, terminal.returncode == 0 and "2" in said]
    assert any(written)
    assert office.inputs() != before
    ledger = (office.project.inputs / "反映の記録.csv").read_text(encoding="utf-8-sig")
    assert len(ledger.splitlines()) == 3


def test_a_report_forks_beside_an_answer_that_is_being_saved(office: Post) -> None:
    arguments = [sys.executable, "-c", _FORKING, str(office.root), next(iter(decisions(office)))]
    subprocess.run(arguments, env=environment(), timeout=120, check=True)  # else each would wait for the other for ever
    assert list(decisions(office).values()) == ["accept", "open"]
