"""Noticing that somebody saved an input, a template or a returned sheet.

The system tells of changes at once; where it does not (network drives, folders of Windows seen from WSL) a look at the
files' times every second finds them. What was only touched, or is none of the files, counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from pathlib import Path
from threading import Event

from watchfiles import watch

from pipeline.workflows.project import Project, year_before

Times = Mapping[str, tuple[int, int]]
"""When files were last written, in ns, and their sizes in bytes, by their paths."""
_ENDINGS = (".yaml", ".yml", ".docx")
_LOOK = 1000
"""Milliseconds between two looks at the files."""
_TOGETHER, _STEP = 300, 30
"""Milliseconds: for how long saves are taken together, and how quiet it must be before they are told."""


class Saved(Enum):
    """What was saved."""

    SOURCES = auto()
    """What a report is made of."""
    RETURNED = auto()
    """A sheet that came back."""


def saves(project: Project, over: Event) -> Iterator[set[Saved]]:
    """Yield what was saved, whenever something was; until it is over."""
    seen = _now(project)
    folders = [folder for folder in (project.root / "inputs", project.templates) if folder.is_dir()]
    for _ in watch(
        *folders,
        debounce=_TOGETHER,
        step=_STEP,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        stop_event=over,
        raise_interrupt=False,
    ):
        now = _now(project)
        if changed := {what for what in Saved if now[what] != seen[what]}:
            yield changed
        seen = now


def _now(project: Project) -> Mapping[Saved, Times]:
    years = [project.inputs, *([earlier.inputs] if (earlier := year_before(project)) else ())]
    folders = [*years, *(year / "measures" for year in years), project.root / "inputs" / "schemes", project.templates]
    paths = (path for folder in folders if folder.is_dir() for path in folder.iterdir())
    sources = (path for path in paths if path.suffix.lower() in _ENDINGS)
    return {
        Saved.SOURCES: _times(sources),
        Saved.RETURNED: _times((project.inputs / "returned").rglob("*")),
    }


def _times(paths: Iterable[Path]) -> Times:
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        try:
            about = path.lstat()
        except OSError:  # gone meanwhile
            continue
        found[str(path)] = about.st_mtime_ns, about.st_size
    return found
