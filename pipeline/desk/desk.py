"""What is shown now, and the runs that change it: one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, RLock

from msgspec import Struct
from msgspec.structs import replace

from pipeline.desk.news import News
from pipeline.desk.watching import Saved, saves
from pipeline.diagnostics import Checked, Diagnostic
from pipeline.model.results import Results
from pipeline.workflows import collect, faults, report, review, view
from pipeline.workflows.collect import Collected
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action
from pipeline.workflows.review import Review
from pipeline.workflows.view import View

_AGAIN = 1.0
"""Seconds after which a year that another run holds is asked for again."""


class Shown(Struct, frozen=True):
    """The book as it is in ``outputs``, and what the last run found; ``number`` counts the runs.

    ``is_current`` tells that the book is of the inputs as they were last read: errors in them leave the book of before.
    ``results`` are those of the book; ``fault`` says why the last run could not go on.
    """

    view: View
    number: int = 0
    is_current: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    results: Results | None = None
    fault: str = ""
    seconds: float = 0


class Desk:
    """One project's year on one desk."""

    def __init__(self, project: Project, today: Callable[[], str]) -> None:
        """Show what an earlier run left; ``today`` gives the date of what is written."""
        self.project = project
        self.today = today
        self.news = News()
        self.shown = Shown(view.of_outputs(project))
        self._year, self._list = RLock(), review.alone()  # taken in this order, as in ``outputs``
        self._works: list[str] = []
        self._review: Checked[Review] | None = None
        self._collected: Collected | None = None
        self._over = Event()
        self._mail = 0
        self._tell()

    def watch(self) -> None:
        """Make the report, and again whenever something is saved, until the desk is left."""
        self.make()
        for saved in saves(self.project, self._over):
            self.forget()
            if Saved.SOURCES in saved:
                self.make()

    def leave(self) -> None:
        """Let go of browsers and files; what is being written is finished."""
        self._over.set()
        self.news.end()
        with self._year, self._list:
            pass

    def make(self) -> None:
        """Make the report, as ``make report`` does; where another run holds the year, after that."""
        begun = time.perf_counter()
        while (made := self._made()) is None:
            if self._over.wait(_AGAIN):
                return
        self.shown = replace(made, number=self.shown.number + 1, seconds=time.perf_counter() - begun)
        self._tell()

    def review(self) -> Checked[Review]:
        """Return what may be decided on, with the answers given here so far."""
        with self.deciding():
            if self._review is None:
                with self._at("修正の一覧の読み取り"):
                    self._review = review.begin(self.project, self.today(), self)
            return self._review

    def collected(self) -> Collected:
        """Return what came back, as the board has it."""
        with self.deciding():
            if self._collected is None:
                with self._at("戻ったシートの読み取り"):
                    self._collected = collect.board(self.project, self)
            return self._collected

    def forget(self) -> None:
        """Read anew what came back when it is asked for next, and tell browsers to ask."""
        self._review = self._collected = None
        self._mail += 1
        self._tell()

    @contextmanager
    def deciding(self) -> Iterator[None]:
        """Read and answer what came back: beside the making of a report, and beside nothing else that writes."""
        with self._list:
            yield

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Do what writes and takes a while: one at a time, and all browsers are told."""
        with self._year, self._list, self._at(what):
            yield

    @contextmanager
    def _at(self, what: str) -> Iterator[None]:
        """Tell all browsers what is being done."""
        self._works.append(what)
        self._tell()
        try:
            yield
        finally:
            self._works.remove(what)
            self._tell()

    def stage(self, title: str, total: int | None = None) -> None:
        """Tell of a stage of a run."""
        self._tell(title)

    def step(self, label: str) -> None:
        """Tell nothing of a step: browsers show stages."""

    def _made(self) -> Shown | None:
        """Make the report; None where another run holds the year."""
        try:
            with self._year, self._at("報告書の作成"):
                run = report.run(Action.REPORT, self.project, self)
        except Exception as fault:  # the desk stays, and says what became of the run
            if faults.is_busy(fault):
                return None
            return replace(self.shown, is_current=False, fault=faults.reason(fault, self.project.root))
        if run.made is None:
            return replace(self.shown, is_current=False, diagnostics=run.diagnostics, fault="")
        return Shown(view.of_run(run.made), 0, True, run.diagnostics, run.made.results)

    def _tell(self, stage: str = "") -> None:
        working = stage or "".join(self._works[-1:])
        self.news.say({"number": self.shown.number, "mail": self._mail, "working": working})
