"""A run on a terminal: colours, and a bar that moves (rich)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.text import Text

from pipeline.cli.console import TextReporter
from pipeline.cli.streams import Line, silence
from pipeline.cli.terminal import shown
from pipeline.diagnostics import harmless


class _Console(Console):
    """A console whose reader may go without stopping the run."""

    def on_broken_pipe(self) -> None:
        """Say nothing more."""
        self.quiet = True
        silence(self.file)


class ScreenReporter(TextReporter):
    """Reports on a terminal; ``still`` where a moving bar would be in the way."""

    def __init__(self, stream: TextIO, *, still: bool) -> None:
        super().__init__(stream)
        self._console = _Console(file=stream, highlight=False, soft_wrap=True)
        self._progress = None if still or self._console.is_dumb_terminal else _bar(self._console)
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def stage(self, title: str, total: int | None = None) -> None:
        """Name the stage that begins."""
        if self._progress is None:
            super().stage(title, total)
            return
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(title, total=total, count="", label="")

    def step(self, label: str) -> None:
        """Move the bar on."""
        if self._progress is not None and self._task is not None:
            task = next(task for task in self._progress.tasks if task.id == self._task)
            count = f"{task.completed + 1:.0f}/{task.total:.0f}" if task.total else ""
            self._progress.update(self._task, advance=1, count=count, label=harmless(label))

    def say(self, lines: Sequence[str | Line]) -> None:
        """Print lines."""
        for line in lines:
            parts = line.parts if isinstance(line, Line) else (line,)
            self._console.print(shown(Text.assemble(*parts)))


def _bar(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(24),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[label]}"),
    )
    return Progress(*columns, console=console, transient=True)
