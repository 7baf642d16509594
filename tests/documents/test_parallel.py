"""Work shared out over processes: nothing lost, order kept, faults and lost workers told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from pipeline.documents import parallel
from pipeline.documents.parallel import WorkerLost, each
from tests.project import environment

HERE = os.getpid()


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_processors", lambda items: max(1, min(items, 3)))


def test_results_come_in_the_order_of_the_items_and_each_is_told_once() -> None:
    told: list[int] = []
    assert each(lambda n: n * n, range(20), lambda n, square: told.extend([n, square])) == [n * n for n in range(20)]
    assert told == [number for n in range(20) for number in (n, n * n)]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_items(count: int) -> None:
    assert each(str, range(count), lambda *_: None) == [str(n) for n in range(count)]


def test_large_results_do_not_block() -> None:
    results = each(lambda n: bytes([n]) * 3_000_000, range(6), lambda *_: None)
    assert [len(r) for r in results] == [3_000_000] * 6


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_a_fault_elsewhere_is_raised_here() -> None:
    def work(n: int) -> int:
        if n == 4:
            raise ValueError("four")
        return n

    with pytest.raises(ValueError, match="four"):
        each(work, range(6), lambda *_: None)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_a_worker_that_is_killed_is_noticed() -> None:
    def work(n: int) -> int:
        if os.getpid() != HERE:
            os._exit(9)
        return n

    with pytest.raises(WorkerLost):
        each(work, range(6), lambda *_: None)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_workers_end_with_the_first_process(tmp_path: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from pipeline.documents import parallel
parallel._processors = lambda items: 3
first = os.getpid()
def work(n):
    if os.getpid() == first:
        while len(list(Path({str(tmp_path)!r}).iterdir())) < 2:
            pass
        os.kill(first, signal.SIGKILL)
    (Path({str(tmp_path)!r}) / str(os.getpid())).touch()
    return bytes(3_000_000)
parallel.each(work, range(9), print)
"""
    subprocess.run([sys.executable, "-c", script], env=environment(), check=False, timeout=20)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    for _ in range(100):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.05)
    assert [is_running(worker) for worker in workers] == [False, False]


def is_running(process: int) -> bool:
    """Return whether a process works on; one that ended may still be listed until somebody asks for it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


INTERRUPTED_AT_THE_FORK = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from pipeline.documents import parallel
parallel._processors = lambda items: 2
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
try:
    parallel.each(str, range(2))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")
def test_an_interrupt_at_the_very_fork_is_not_lost() -> None:
    """Python drops what is raised in the hooks that run at a fork; a lock's library has some."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT_THE_FORK],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "interrupted\n", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_nothing_is_forked_beside_whoever_holds_an_unforked_lock() -> None:
    lock, made = parallel.unforked(), Queue[list[int]]()
    with lock:
        Thread(target=lambda: made.put(each(abs, range(3))), daemon=True).start()
        with pytest.raises(Empty):
            made.get(timeout=0.3)
    assert made.get(timeout=20) == [0, 1, 2]
