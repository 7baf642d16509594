"""From the inputs to results that were looked over: read, computed, audited; found again where the inputs are the same.

In: a project. Out: ``Assessed``, the results, the audit and the files made of them. ``report`` and others that begin
with results call. The stages are loaded only where they have something to do: loading them takes as long as their
work.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.diagnostics import Checked, Place, warning
from pipeline.model.audit import Audited
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Results
from pipeline.storage import atomic
from pipeline.storage.store import Store
from pipeline.workflows import kept
from pipeline.workflows.project import Project, year_before, years
from pipeline.workflows.run_log import Log

_OPENED = ".yaml"
"""The ending, in any case, of all inputs that are opened; of whatever else lies there the name alone is looked at."""


class Assessed(Struct, frozen=True):
    """What came of the inputs, and the files of them that were read."""

    results: Results
    audited: Audited
    files: tuple[Path, ...]


def assessed(project: Project, log: Log) -> Assessed:
    """Read, compute and audit a year, or find what came of the same inputs; raises ``Halt`` where there are errors."""
    store, before = Store(project.root), basis(project)
    key = kept.digest((kept.program(), "点検", before))
    known, names = kept.find(store, key) or ((), ())
    ahead, done = iter(known), []

    def stage(title: str, work: Callable[[], Checked[Any]]) -> Any:  # noqa: ANN401 - of each stage its own
        def result() -> Checked[Any]:
            done.append(next(ahead, None) or work())
            return done[-1]

        return log.stage(title, result)

    evaluation: Evaluation = stage("入力の確認", lambda: _read(project))
    results: Results = stage("達成率の計算", lambda: _computed(evaluation))
    audited: Audited = stage("点検", lambda: _audited(project, results))
    if not known:
        names = tuple(project.name_of(path) for path in read_files(project, results))
        if basis(project) == before:  # else somebody saved meanwhile
            kept.keep(store, key, (tuple(done), names))
    return Assessed(results, audited, tuple(project.root / name for name in names))


def basis(project: Project) -> object:
    """Return all that the results, and what is said of them, can rest on: the inputs of every year, beside each other.

    What somebody writes anywhere else, and what was returned or handed out, is none of it.
    """
    folders = (project.root / "inputs" / name for name in years(project.root))
    read = (*(one for folder in folders for one in (folder, folder / "measures")), project.root / "inputs" / "schemes")
    return project.year, [(folder.name, _looked_at(folder)) for folder in read]


def _looked_at(folder: Path) -> list[tuple[str, bool, bool, bytes | None]] | None:
    """Return what lies in a folder: the name, whether it is a file, whether a link, and what it says; None where nobody
    may look, which whoever reads it tells.
    """
    try:
        return [
            (path.name, path.is_file(), path.is_symlink(), content(path) if path.suffix.lower() == _OPENED else None)
            for path in atomic.listed(folder)
        ]
    except OSError:
        return None


def content(path: Path) -> bytes | None:
    """Return what a file holds; None where it is none that can be read, which whoever needs it tells."""
    try:
        return atomic.read(path)
    except OSError:
        return None


def read_files(project: Project, results: Results) -> tuple[Path, ...]:
    """List the input files that were read: the year's folder, and the ready schemes that it names."""
    from pipeline.stages import validate  # noqa: PLC0415 - late, as said above

    schemes = {project.root / scheme.place.file for scheme in results.evaluation.report.schemes}
    return tuple(sorted({*validate.files(project.inputs), *schemes}))


def _read(project: Project) -> Checked[Evaluation]:
    from pipeline.stages import validate  # noqa: PLC0415 - late, as said above

    return validate.read(project.inputs, project.root, kept.Memory(Store(project.root)))


def _computed(evaluation: Evaluation) -> Checked[Results]:
    from pipeline.stages import compute  # noqa: PLC0415 - late, as said above

    return compute.compute(evaluation)


def _audited(project: Project, results: Results) -> Checked[Audited]:
    """Audit, beside the evaluation of the year before where its folder is there and without errors."""
    from pipeline.stages import audit  # noqa: PLC0415 - late, as said above

    earlier = year_before(project)
    if earlier is None:
        return audit.audit(results, None)
    read = _read(earlier)
    audited = audit.audit(results, read.value)
    if read.value:
        return audited
    place = Place(earlier.inputs.relative_to(earlier.root).as_posix())
    message = "前年度のフォルダーに誤りがあるため、前年度の値や文章と比べていません"
    hint = f"make check YEAR={earlier.year} で誤りを確かめ、直してください"
    return Checked(audited.value, (*audited.diagnostics, warning("previous-unread", place, message, hint)))
