"""A city's project: its folders, its years, and the lock that one run at a time holds on a year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Diagnostic
from pipeline.storage import atomic, journal, outputs
from pipeline.wording.era import after, before, gregorian, is_year

PACKAGE = Path(__file__).resolve().parents[1]
DEFAULT_TEMPLATES = (PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent) / "templates"
"""Within the package where it is installed, beside it in a checkout."""


_WRITTEN = ("measures", "issued", "applied", "editions")
"""Folders of a year's inputs that runs write into; a killed one may have left something half built there."""


class Project(Struct, frozen=True):
    """Where things are: the project's folder and the year of the evaluation (R3)."""

    root: Path
    year: str

    @property
    def inputs(self) -> Path:
        """The year's input folder."""
        return self.root / "inputs" / self.year

    @property
    def outputs(self) -> Path:
        """The year's output folder."""
        return self.root / "outputs" / self.year

    @property
    def templates(self) -> Path:
        """The folder of the Word templates: the project's own, or the program's where it has none."""
        own = self.root / "templates"
        return own if own.is_dir() else DEFAULT_TEMPLATES

    def holding(self, name: str) -> Path:
        """Return the folder of a template of the book or beside it: the project's own, or the program's where the
        project is older than the template.
        """
        return self.templates if (self.templates / name).exists() else DEFAULT_TEMPLATES

    def name_of(self, path: Path) -> str:
        """Return a path as messages and records have it: from the project's folder on."""
        return path.relative_to(self.root).as_posix()


def years(root: Path) -> tuple[str, ...]:
    """List the evaluation years under inputs/, oldest first."""
    folders = (p.name for p in atomic.listed(root / "inputs") if p.is_dir() and is_year(p.name))
    return tuple(sorted(folders, key=gregorian))


def of_year(root: Path, year: str) -> Project | None:
    """Return the project of a year that has a folder, however that is named (H31 is R1); None where it has none."""
    named = (name for name in years(root) if is_year(year) and gregorian(name) == gregorian(year))
    return next((Project(root, name) for name in sorted(named, key=lambda name: name != year)), None)


def year_before(project: Project) -> Project | None:
    """Return the project of the year before; None where that has no folder."""
    return of_year(project.root, before(project.year))


@contextmanager
def locked(project: Project) -> Iterator[tuple[Diagnostic, ...]]:
    """Hold the year for one run, as ``outputs.locked``; first finish, and clear, what an interrupted run left.

    Gives what is to be told of that.
    """
    with outputs.locked(project.outputs):
        yield _healed(project)


@contextmanager
def reporting(project: Project) -> Iterator[tuple[Diagnostic, ...]]:
    """Hold the year as ``locked``, for a run that writes nothing but what it publishes: meanwhile, others decide."""
    with outputs.making(project.outputs):
        with outputs.deciding(project.outputs):
            finished = _healed(project)
        yield finished


def healed(project: Project) -> tuple[Diagnostic, ...]:
    """Finish what an interrupted run left, and return what is to be told of that; a report that is being made has done
    so. Raises ``outputs.Busy`` where inputs or decisions are being written.
    """
    try:
        with locked(project) as finished:
            return finished
    except outputs.Busy:
        with outputs.deciding(project.outputs):
            return ()


def _healed(project: Project) -> tuple[Diagnostic, ...]:
    for folder in (project.inputs, *(project.inputs / name for name in _WRITTEN), project.outputs / "returned"):
        atomic.clear(folder)
    atomic.clear(project.root / "inputs", after(project.year))
    return journal.healed(project.inputs, project.root)
