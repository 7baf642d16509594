"""What is shown now, and the runs that change it: one at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Lock

from pipeline.desk.news import News
from pipeline.desk.watching import Saved, saves
from pipeline.diagnostics import Diagnostic
from pipeline.model.results import Results
from pipeline.workflows import faults, report, view
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action
from pipeline.workflows.view import View


@dataclass(frozen=True, slots=True)
class Shown:
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

    def __init__(self, project: Project) -> None:
        """Show what an earlier run left."""
        self.project = project
        self.news = News()
        self.shown = Shown(view.of_outputs(project))
        self._writing = Lock()
        self._over = Event()
        self._mail = 0
        self._tell("")

    def watch(self) -> None:
        """Make the report, and again whenever something is saved, until the desk is left."""
        self.make()
        for saved in saves(self.project, self._over):
            if Saved.RETURNED in saved:
                self._mail += 1
                self._tell("")
            if Saved.SOURCES in saved:
                self.make()

    def leave(self) -> None:
        """Let go of browsers and files; what is being written is finished."""
        self._over.set()
        self.news.end()
        with self._writing:
            pass

    def make(self) -> None:
        """Make the report, as ``make report`` does."""
        begun = time.perf_counter()
        with self.writing("報告書の作成"):
            made = self._made()
        self.shown = replace(made, number=self.shown.number + 1, seconds=time.perf_counter() - begun)
        self._tell("")

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Do what writes: one at a time, and all browsers are told."""
        with self._writing:
            self._tell(what)
            try:
                yield
            finally:
                self._tell("")

    def stage(self, title: str, total: int | None = None) -> None:
        """Tell of a stage of a run."""
        self._tell(title)

    def step(self, label: str) -> None:
        """Tell nothing of a step: browsers show stages."""

    def _made(self) -> Shown:
        try:
            run = report.run(Action.REPORT, self.project, self)
        except Exception as fault:  # the desk stays, and says what became of the run
            return replace(self.shown, is_current=False, fault=faults.reason(fault, self.project.root))
        if run.made is None:
            return replace(self.shown, is_current=False, diagnostics=run.diagnostics, fault="")
        return Shown(view.of_run(run.made), 0, True, run.diagnostics, run.made.results)

    def _tell(self, working: str) -> None:
        self.news.say({"number": self.shown.number, "mail": self._mail, "working": working})
