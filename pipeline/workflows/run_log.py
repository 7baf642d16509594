"""What a run leaves behind: its diagnostics, the time of each stage, and word to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from time import perf_counter
from types import MappingProxyType
from typing import Protocol, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic, Place, Severity, error, has_errors
from pipeline.documents.docx.cures import PLAINLY
from pipeline.documents.docx.errors import DocxError
from pipeline.workflows.project import Project, locked

T = TypeVar("T")
NOTHING_REFUSED: Mapping[str, str] = MappingProxyType({})
TEMPLATES = "テンプレートの確認"
"""The title of the stage that inspects the templates."""


class Progress(Protocol):
    """Somebody who watches a run."""

    def stage(self, title: str, total: int | None = None) -> None:
        """A stage begins; ``total`` steps are to come, if known."""

    def step(self, label: str) -> None:
        """A step of the stage begins."""


class Halt(Exception):
    """A stage found errors; nothing after it may run."""


class TaskRecord(Struct, frozen=True):
    """A piece of work of a run: whether its result was kept by an earlier one, and what has changed since it was last
    done; None where that is not known.
    """

    name: str
    was_kept: bool
    changed: tuple[str, ...] | None


class Log:
    """What a run leaves behind: every diagnostic, the seconds each stage took, and the tasks that were done."""

    def __init__(self, progress: Progress, refused: Mapping[str, str] = NOTHING_REFUSED) -> None:
        """Begin; ``refused`` are the ids of warnings that are to stop the run, each with what to do then."""
        self.progress = progress
        self._refused = refused
        self.diagnostics: list[Diagnostic] = []
        self.seconds: dict[str, float] = {}
        self.tasks: list[TaskRecord] = []

    def stage(self, title: str, work: Callable[[], Checked[T]], total: int | None = None) -> T:
        """Run a stage, keep what it found, and give its value; raises ``Halt`` when it found errors."""
        self.progress.stage(title, total)
        checked = self.timed(title, lambda: _tolerant(work))
        found = [self._judged(one) for one in checked.diagnostics]
        self.diagnostics.extend(found)
        if checked.value is None or has_errors(found):
            raise Halt
        return checked.value

    def _judged(self, one: Diagnostic) -> Diagnostic:
        hint = self._refused.get(one.id)
        return one if hint is None else replace(one, severity=Severity.ERROR, hint=hint)

    def timed(self, title: str, work: Callable[[], T]) -> T:
        """Run work and add its time to a title; what nested work books under another title is not counted twice."""
        start, booked = perf_counter(), sum(self.seconds.values())
        try:
            return work()
        finally:
            nested = sum(self.seconds.values()) - booked
            self.seconds[title] = self.seconds.get(title, 0.0) + perf_counter() - start - nested


Hold: TypeAlias = Callable[[Project], AbstractContextManager[tuple[Diagnostic, ...]]]
"""Holds a year, and gives what is to be told of an interrupted run that was finished first."""


@contextmanager
def running(
    project: Project, progress: Progress, refused: Mapping[str, str] = NOTHING_REFUSED, hold: Hold = locked
) -> Iterator[Log]:
    """Hold the year for one run; its log begins with what is to be told of an interrupted one, which is finished first.

    Raises ``outputs.Busy`` when another run is at work.
    """
    log = Log(progress, refused)
    with hold(project) as finished:
        log.diagnostics.extend(finished)
        yield log


def _tolerant(work: Callable[[], Checked[T]]) -> Checked[T]:
    """Turn a Word file that cannot be read or drawn into a finding."""
    try:
        return work()
    except DocxError as refused:
        return Checked(None, (error("docx-refused", Place(refused.name), refused.message, refused.cure or PLAINLY),))
