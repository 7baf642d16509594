"""Independent work on many items, on all processors. ``workflows`` call; knows nothing of what the work is."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


class WorkerLost(Exception):
    """A worker process ended without its results (killed, or out of memory)."""


class Each(Protocol):
    """Does work on every item, in any order or at once, and returns the results in the items' order."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Do the work on the items."""


class Task(Protocol):
    """A piece of work; ``str`` names it for users."""

    @property
    def basis(self) -> Mapping[str, object]:
        """All that the work rests on, by names for users."""


TTask = TypeVar("TTask", bound=Task)


class EachOnce(Protocol):
    """Does every task as ``Each``, and once only: the work rests on a task's basis and on what is ``shared``, and where
    both are as they were in an earlier run, so is the result.
    """

    def __call__(self, work: Callable[[TTask], R], tasks: Sequence[TTask], shared: Mapping[str, object]) -> list[R]:
        """Do the work on the tasks."""


def unforked() -> RLock:
    """Return a lock beside whose holder no process is forked: what the holder has locked, the fork could never unlock.

    ``functools.cached_property`` locks for all objects of a class (until Python 3.12), PDFium for all documents.
    """
    lock = RLock()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    return lock


def each(
    work: Callable[[T], R], items: Sequence[T], done: Callable[[T, R], None] = lambda item, result: None
) -> list[R]:
    """Do the work on every item and give the results in the items' order; ``done`` is called with each in that order.

    Where the system forks safely (Linux) other processes take their share; results come back pickled, and an exception
    is raised here. Whatever else the work changes there stays there. Raises ``WorkerLost``.
    """
    count = _processors(len(items))
    shares = [range(first, len(items), count) for first in range(count)]
    workers = [_Worker(work, items, share) for share in shares[1:]]
    results: dict[int, R] = {}
    reported = 0
    for position in shares[0]:
        results[position] = work(items[position])
        for worker in workers:
            worker.collect(results, wait=False)
        reported = _report(items, results, reported, done)
    for worker in workers:
        worker.collect(results, wait=True)
        reported = _report(items, results, reported, done)
    return [results[position] for position in range(len(items))]


def _report(items: Sequence[T], results: Mapping[int, R], reported: int, done: Callable[[T, R], None]) -> int:
    """Report the results whose turn it is; return how many have been reported."""
    while reported in results:
        done(items[reported], results[reported])
        reported += 1
    return reported


def _processors(items: int) -> int:
    if sys.platform != "linux" or items < 2:
        return 1
    from multiprocessing import current_process  # noqa: PLC0415 - late, as most have nothing to share out

    if current_process().daemon:  # a worker has no workers of its own
        return 1
    return min(items, len(os.sched_getaffinity(0)))


class _Worker(Generic[T, R]):
    """A process that works on a share of the items; it dies with this one."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], share: Sequence[int]) -> None:
        from multiprocessing import get_context  # noqa: PLC0415 - late, as above

        context = get_context("fork")
        self._open = list(share)
        self._results, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(work, items, share, sender, self._results), daemon=True)
        with _uninterrupted():
            self._process.start()
        sender.close()

    def collect(self, results: dict[int, R], *, wait: bool) -> None:
        """Take over the results that are there, or with ``wait`` all that are open."""
        while self._open and (wait or self._results.poll()):
            try:
                result = self._results.recv()
            except EOFError as ended:
                raise WorkerLost from ended
            if isinstance(result, BaseException):
                raise result
            results[self._open.pop(0)] = result
        if wait:
            self._process.join()


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let the keyboard interrupt afterwards: what it raises in the hooks that run at a fork, Python drops."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    work: Callable[[T], R], items: Sequence[T], share: Sequence[int], sender: Connection, inherited: Connection
) -> None:
    """Work in the other process; nobody listens any more once the first process is gone.

    The listening end that came along with the fork is closed, or this process would wait for itself for ever. The
    keyboard interrupts only the first process, which then ends this one.
    """
    inherited.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        try:
            for position in share:
                sender.send(work(items[position]))
        except Exception as fault:
            sender.send(fault)
