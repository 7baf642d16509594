"""A loss of power at any time, and any call that the machine refuses: nothing disagrees, and the next run finishes it.

Every command that writes is recorded once. From that, every state that a file system may be left in (``Disk.losses``)
is laid out, and the command run again. And the calls that it makes are refused: each by itself, with what may befall a
call in turn, and all from each on, as on a disk that is full, read-only or gone, also those by which the program then
clears up and tells of it. Calls are those that look into, open, make, rename, remove, wait for and change files and
folders of the project, its store and the folder of temporary files, and both halves of what is written; what the
system says about a file (``stat``) is not refused. One process does all the work, so that the calls of every run are
the same, and call ``n`` is reached with what those before it did: refusing ``n`` once for each ``n`` leaves none out.

``make test-slow`` refuses some (``STEPS``), ``CALLS=all`` every one; ``CALLS_TOLD=FILE`` notes them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from pipeline.storage import outputs, store
from pipeline.workflows import faults
from tests.conftest import IN_PROJECT, Shared
from tests.project import YEAR
from tests.storage.disk import Disk, lay
from tests.storage.refusals import LASTING, NOTHING, ONCE, Refusal
from tests.workflows import writing
from tests.workflows.writing import AT_AN_END, COMMANDS, run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="names of open files")]

_ASIDE = re.compile(r"\.([^/]+)\.previous/")
EVERY_CALL = os.environ.get("CALLS") == "all"
STEPS = {"figures": 17, "remind": 29, **dict.fromkeys(("report", "sheets", "issue", "word", "web"), 139)}
"""Which calls are refused, the first and then every so many."""


@pytest.fixture(scope="module")
def city(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "FOLDER", IN_PROJECT)
            writing.reported_city(folder)

    return shared("crashes", make)


@pytest.fixture
def begun(city: Path, tmp_path: Path, action: str) -> Path:
    """A project in which the action has something to do."""
    return writing.begun(action, city, tmp_path / "begun")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls have an order only where nothing is done beside."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})


def state(root: Path) -> dict[str, bytes]:
    """Return all files that are anybody's."""
    return {name: data for name, data in contents(root).items() if data is not None}


def contents(root: Path) -> dict[str, bytes | None]:
    """Return all files and (as None) folders but for what is temporary, kept or says who is at work."""
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*"))}
    apart = (IN_PROJECT, "tmp")
    return {
        name: path.read_bytes() if path.is_file() else None
        for name, path in found.items()
        if name.partition("/")[0] not in apart and path.suffix != ".lock"
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def half_written(root: Path) -> list[str]:
    """Return the outputs of which the record of their run says otherwise."""
    found = []
    for record in (root / "outputs" / YEAR).rglob(outputs.MANIFEST):
        if any(part.startswith(".") for part in record.relative_to(root).parts):  # on its way out
            continue
        listed = outputs.read_manifest(record.parent).get("outputs")
        assert isinstance(listed, dict), record
        files = {record.parent / name: digest for name, digest in listed.items()}
        found += [str(f) for f, digest in files.items() if not f.is_file() or outputs.sha256(f.read_bytes()) != digest]
    return found


def is_brought_to_its_end(action: str, root: Path) -> bool:
    return run(action, root) or run(action, root) or action in AT_AN_END


@pytest.mark.parametrize("action", COMMANDS)
def test_after_a_loss_of_power_the_next_run_brings_all_to_its_end(begun: Path, tmp_path: Path, action: str) -> None:
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    disk = Disk(whole)
    with disk.watched():
        assert run(action, whole)
    expected, tried = state(whole), 0
    for tried, files in enumerate(disk.losses(), 1):
        root = lay(files, tmp_path / f"{tried}")
        assert half_written(root) == []
        assert is_brought_to_its_end(action, root)
        assert differing(state(root), expected) == []
        shutil.rmtree(root)
    assert tried > 1, "nothing was written"
    tell("loss", action, tried)


def watching(root: Path, refusal: Refusal = NOTHING) -> Disk:
    """Return a disk that refuses calls; a returned file that cannot be read is told in the list of what came back."""
    return Disk(root, refusal, spared=root / "inputs" / YEAR / "returned")


@contextmanager
def watched(root: Path, disk: Disk) -> Iterator[None]:
    """Watch what is done within; temporary files lie on the same disk."""
    with pytest.MonkeyPatch.context() as patch, disk.watched():
        patch.setattr(tempfile, "tempdir", str(root / "tmp"))
        yield


def refusals(disk: Disk, step: int) -> Iterator[Refusal]:
    """Yield what may be refused of the calls that were made, every so many."""
    for number in range(1, len(disk.calls) + 1, step):
        yield Refusal(number, ONCE[number % len(ONCE)])
        fault, kinds = [*LASTING.values()][number % len(LASTING)]
        if disk.calls[number - 1] in kinds:
            yield Refusal(number, fault, kinds)


def attempt(action: str, root: Path, refusal: Refusal) -> tuple[bool, str]:
    """Do it while calls are refused; return whether it says that it is done, and what is told of the machine."""
    with watched(root, watching(root, refusal)):
        try:
            return run(action, root), ""
        except OSError as fault:
            return False, faults.reason(fault, root)


@dataclass(frozen=True)
class Trial:
    """A command that is done again and again while calls are refused; ``finished`` are the states gone on from."""

    action: str
    begun: Path
    expected: Mapping[str, bytes]
    finished: set[str] = field(default_factory=set)

    def wrong(self, root: Path, refusal: Refusal) -> Iterator[str]:
        """Do it in a new folder; yield what is not as it should be."""
        shutil.copytree(self.begun, root)
        done, told = attempt(self.action, root, refusal)
        left = contents(root)
        yield from half_written(root)
        aside = {_ASIDE.sub(r"\1/", name) for name in left if _ASIDE.search(name)}
        lost = self.begun_outputs & self.expected.keys() - left.keys()
        yield from (f"lost: {name}" for name in lost if name not in aside or ".previous" not in told)
        if done:  # what it could not clear away, the next run does
            yield from (f"done: {name}" for name in differing(state(root), self.expected) if "/." not in name)
        if (key := digest(left)) not in self.finished:
            yield from () if is_brought_to_its_end(self.action, root) else ["not brought to its end"]
            yield from (f"at the end: {name}" for name in differing(state(root), self.expected))
            self.finished.add(key)
        shutil.rmtree(root)

    @cached_property
    def begun_outputs(self) -> frozenset[str]:
        return frozenset(name for name in state(self.begun) if name.startswith("outputs/"))


@pytest.mark.parametrize("action", COMMANDS)
def test_what_the_machine_refuses_is_told_and_the_next_run_does_it(
    begun: Path, tmp_path: Path, action: str, own_store: None
) -> None:
    (begun / "tmp").mkdir()
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    disk = watching(whole)
    with watched(whole, disk):
        run(action, whole)
    trial = Trial(action, begun, state(whole))
    tried = {one: [*trial.wrong(tmp_path / f"{n}", one)] for n, one in enumerate(refusals(disk, step_of(action)))}
    failed = {refusal: wrong for refusal, wrong in tried.items() if wrong}
    tell("refused", action, len(disk.calls), len(tried), len(failed), failed)
    assert failed == {}


def step_of(action: str) -> int:
    return 1 if EVERY_CALL else STEPS.get(action, 59)


def digest(files: Mapping[str, bytes | None]) -> str:
    found = hashlib.sha256()
    for name, data in files.items():
        found.update(name.encode() + b"\0" + hashlib.sha256(data or b"").digest() + bytes([data is None]))
    return found.hexdigest()


def tell(*what: object) -> None:
    """Write down what was tried."""
    if path := os.environ.get("CALLS_TOLD"):
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(" ".join(map(str, what)) + "\n")
