"""Random edits one after another: what a run makes that makes only what changed has the bytes of a clean run.

Clean runs are done by processes that were forked from one which has seen nothing but the city at first; the others by
turns in such a process (a command) and here, where memory stays from run to run (the desk).

``EDITS=1000`` takes so many steps, ``EDITS_SEED`` others, ``EDITS_TOLD=FILE`` notes them.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from pipeline.cli.console import PlainReporter
from pipeline.diagnostics import Diagnostic, to_json
from pipeline.storage import outputs
from pipeline.workflows import report
from pipeline.workflows.project import Project, years
from pipeline.workflows.report import Action
from tests.conftest import IN_PROJECT
from tests.project import NEXT
from tests.workflows import edits

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")]
STEPS = int(os.environ.get("EDITS", "8"))
SEED = int(os.environ.get("EDITS_SEED", "14"))
_FORK = get_context("fork")


class Came(NamedTuple):
    """What came of a run: what it tells, and whether it made anything."""

    told: tuple[Diagnostic, ...]
    made: bool


def run(root: Path, year: str, action: Action = Action.REPORT) -> Came:
    done = report.run(action, Project(root, year), PlainReporter(io.StringIO(), to_json))
    return Came(done.diagnostics, done.made is not None)


Result = tuple[Came, dict[str, str]]
"""What came of a run, and the digests of its outputs."""


@contextmanager
def processes(city: Path) -> Iterator[Connection]:
    """Give what answers orders (what ``run`` takes) each in a new process, which knows only what one run told it."""
    ours, theirs = _FORK.Pipe()
    server = _FORK.Process(target=_serve, args=(theirs, city))
    server.start()
    try:
        yield ours
    finally:
        ours.send(None)
        server.join()


def _serve(orders: Connection, city: Path) -> None:
    run(city, NEXT)
    gc.freeze()  # what is there stays in the pages of memory that the processes share
    while order := orders.recv():
        worker = _FORK.Process(target=lambda order=order: orders.send(run(*order)))
        worker.start()
        worker.join()
        if worker.exitcode:
            orders.send(worker.exitcode)


def ordered(processes: Connection, *order: object) -> Came:
    processes.send(order)
    came = processes.recv()
    assert isinstance(came, Came), "the process ended with a fault"
    return came


def made(root: Path, year: str) -> dict[str, str]:
    """Return the digests of what lies in a year's outputs."""
    folder = root / "outputs" / year
    return {path.relative_to(folder).as_posix(): outputs.sha256(path.read_bytes()) for path in outputs.found(folder)}


def edited(root: Path, chance: Random, states: list[dict[str, tuple[bytes, int]]]) -> list[str]:
    """Edit something, or play a backup back; return what."""
    before = edits.mine(root)
    if chance.random() < 0.1:
        edits.restore(root, chance.choice(states))
        return ["back"]
    names = chance.choices(sorted(edits.EDITS), k=chance.randint(1, 3))
    for name in names:
        with suppress(*edits.UNEDITABLE):
            edits.EDITS[name](root, chance)
    if chance.random() < 0.3:
        edits.untimed(root, before)
        names.append("times as before")
    return names


def clean(processes: Connection, root: Path, year: str, known: dict[str, Result]) -> Result:
    """Return what a clean run comes to, of each state once."""
    state = {name: data for name, (data, _) in edits.mine(root).items()}
    key = hashlib.sha256(pickle.dumps((year, sorted(state.items())))).hexdigest()
    if key not in known:
        apart = root.parent / "clean"
        shutil.copytree(root, apart, ignore=shutil.ignore_patterns(IN_PROJECT, "outputs"))
        known[key] = ordered(processes, apart, year), made(apart, year)
        shutil.rmtree(apart)
    return known[key]


def differing(result: Result, expected: Result) -> list[object]:
    """Return what a run told and made otherwise than a clean one, which may have made nothing."""
    (came, files), (clean, made) = result, expected
    told = [one for one in (*came.told, *clean.told) if (one in came.told) is not (one in clean.told)]
    names = [name for name in sorted({*files, *made}) if files.get(name) != made.get(name)] if clean.made else []
    return [*told, *names, *([] if came == clean else ["in another order, or nothing"])]


def test_random_edits_one_after_another(tmp_path: Path, own_store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    root = edits.city(tmp_path / "city")
    chance, states = Random(SEED), [edits.mine(root)]
    known: dict[str, Result] = {}
    failed: dict[int, object] = {}
    with processes(Path(shutil.copytree(root, tmp_path / "first"))) as others:
        for step in range(STEPS):
            names = edited(root, chance, states)
            year = chance.choice([NEXT, NEXT, NEXT, *years(root)])
            if chance.random() < 0.2:
                run(root, chance.choice(years(root)), chance.choice([Action.CHECK, Action.SHEETS, Action.REPORT]))
            came = ordered(others, root, year) if chance.random() < 0.5 else run(root, year)
            if wrong := differing((came, made(root, year)), clean(others, root, year, known)):
                failed[step] = names, year, wrong
            if came.made:
                states = [*states[-12:], edits.mine(root)]
            elif chance.random() < 0.6:
                edits.restore(root, chance.choice(states[-3:]))
            tell(SEED, step, year, came.made, names, failed.get(step, ""))
    assert failed == {}


def tell(*what: object) -> None:
    """Write down what was tried."""
    if path := os.environ.get("EDITS_TOLD"):
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(" ".join(map(str, what)) + "\n")
