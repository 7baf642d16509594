"""``issue`` and ``changes``: keep the edition that is handed out; tell what changed since one, or since last year.

In: a project, today's date. Out: a new folder under ``inputs/<year>/editions/``; a Word file and a PDF under
``outputs/<year>/changes/``. ``cli`` calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error, in_order, warning
from pipeline.model.release import Changes, Release
from pipeline.model.results import Results
from pipeline.publication import releases
from pipeline.publication.changes import compare, document
from pipeline.publication.changes.document import TEMPLATE
from pipeline.publication.releases import Kept
from pipeline.storage import atomic, naming, outputs
from pipeline.wording.era import before, in_text, is_year
from pipeline.workflows import report
from pipeline.workflows.project import Project, locked, of_year
from pipeline.workflows.publications import computed, write
from pipeline.workflows.report import PDF, Action
from pipeline.workflows.run_log import Halt, Log, Progress, running

FOLDER = "changes"
_HANDED_OUT = (PDF, "sheets/", "achievement.", "manifest.json")
"""What belongs to an edition, of all that a run makes."""
_ANEW = "冊子が、今の入力データからできたものではありませんでしたので、作り直しました。控えは取っていません。"
_ANEW_HINT = "配る冊子がこの新しい report.pdf でよいかを確かめ、もう一度 make issue を実行してください。"
_SAVED = "版を控えている間に、このファイルが保存されました。控えは取っていません。"
_SAVED_HINT = "保存した内容を冊子に入れるかどうかを決めてから、もう一度 make issue を実行してください。"
_SAME = "{}と同じ内容です。控えは増やしていません。"
_NONE = "比べる版がありません。"
_NONE_HINT = "配る前に make issue で版を控えると、その後の変更を一覧にできます。"
_UNKNOWN_HINT = "控えた版は、{}です。前の年度と比べるときは、FROM=R2 のように指定してください。"


class Issued(Struct, frozen=True):
    """What was kept: the new edition and its folder; None where nothing was. ``all`` are the year's editions."""

    diagnostics: tuple[Diagnostic, ...]
    release: Release | None = None
    folder: Path | None = None
    all: tuple[Release, ...] = ()


class Compared(Struct, frozen=True):
    """What changed since ``since``, and the files that tell it."""

    diagnostics: tuple[Diagnostic, ...]
    changes: Changes | None = None
    since: str = ""
    files: tuple[Path, ...] = ()


def issue(project: Project, date: str, name: str, progress: Progress) -> Issued:
    """Keep the book as it is handed out, with its sheets and inputs. What is kept is what the inputs give now.

    Where the book that is there is another, it is made anew and nothing is kept: somebody has to look at it first.
    Raises ``outputs.Busy`` and ``OSError``.
    """
    handed_out = _digest(project)
    made = report.run(Action.REPORT, project, progress)
    if made.made is None:
        return Issued(made.diagnostics)
    edition, read, log = made.made.results.evaluation.report.edition, made.made.of["inputs"], Log(progress)
    with locked(project):
        try:
            earlier = log.stage("控えた版の確認", lambda: releases.load(project.inputs, project.root))
            log.stage("冊子の確認", lambda: _as_handed_out(project, handed_out))
            inputs = log.stage("入力データの確認", lambda: _read(project, read))
            files = {**_made(project), **inputs}
            return _kept(project, releases.release(earlier, date, name, edition, files), files, earlier)
        except Halt:
            return Issued(in_order(log.diagnostics))


def _digest(project: Project) -> str:
    path = project.outputs / PDF
    return outputs.sha256(path.read_bytes()) if path.is_file() else ""


def _as_handed_out(project: Project, before: str) -> Checked[bool]:
    if _digest(project) == before:
        return Checked(True)
    place = Place(project.name_of(project.outputs / PDF))
    return Checked(None, (error("edition-anew", place, _ANEW, _ANEW_HINT),))


def _kept(project: Project, new: Release, files: Mapping[str, bytes], earlier: tuple[Kept, ...]) -> Issued:
    """Keep an edition, unless the last one is the same."""
    before = tuple(kept.release for kept in earlier)
    if before and before[-1].files == new.files:
        place = Place(project.name_of(earlier[-1].folder))
        same = warning("edition-same", place, _SAME.format(before[-1].called))
        return Issued((same,), all=before)
    folder = releases.keep(project.inputs, new, files)
    return Issued((), new, folder, (*before, new))


def _made(project: Project) -> dict[str, bytes]:
    """Return what the run made that is handed out."""
    found = sorted(path for path in outputs.found(project.outputs) if path.is_file())
    named = {path.relative_to(project.outputs).as_posix(): path for path in found}
    return {name: atomic.read(path) for name, path in named.items() if name.startswith(_HANDED_OUT)}


def _read(project: Project, digests: Mapping[str, str]) -> Checked[dict[str, bytes]]:
    """Return the files that the run read, as long as they are as they were then."""
    files = {name: atomic.read(project.root / name) for name in digests}
    saved = [name for name, data in files.items() if outputs.sha256(data) != digests[name]]
    found = tuple(error("edition-saved", Place(name), _SAVED, _SAVED_HINT) for name in saved)
    return Checked(None if saved else files, found)


def changes(project: Project, since: str, progress: Progress) -> Compared:
    """Write what changed since an edition (its number; empty: the last), or since another year's inputs.

    Raises ``outputs.Busy`` and ``OSError``.
    """
    with running(project, progress) as log:
        try:
            return _changes(project, since, log)
        except Halt:
            return Compared(in_order(log.diagnostics))


def _changes(project: Project, since: str, log: Log) -> Compared:
    earlier = log.stage("控えた版の確認", lambda: releases.load(project.inputs, project.root))
    base, called = log.stage("比べる版の確認", lambda: _base(project, since, earlier))
    after = computed(project, log)
    before = computed(base, log)
    found = compare(before.results, after.results)
    docx = log.stage("新旧対照表の作成", lambda: _document(project, found, after.results, called))
    name = naming.safe(f"新旧対照表（{called}から）")
    files = write(project, after, FOLDER, name, docx)
    return Compared(in_order(log.diagnostics), found, called, files)


def _base(project: Project, since: str, earlier: tuple[Kept, ...]) -> Checked[tuple[Project, str]]:
    """Return the inputs to compare with, and what they are called."""
    if is_year(since):
        year = of_year(project.root, since)
    else:
        kept = next((kept for kept in reversed(earlier) if since in ("", str(kept.release.number))), None)
        if kept is not None:
            return Checked((Project(kept.folder, project.year), kept.release.called))
        year = None if since else of_year(project.root, before(project.year))
    if year is not None:
        return Checked((year, f"{in_text(year.year)}の入力データ"))
    known = "、".join(f"{kept.release.number}（{kept.release.name}）" for kept in earlier)
    place = Place(project.name_of(project.inputs / releases.FOLDER))
    hint = _UNKNOWN_HINT.format(known) if known else _NONE_HINT
    return Checked(None, (error("edition-unknown", place, _NONE, hint),))


def _document(project: Project, found: Changes, after: Results, since: str) -> Checked[bytes]:
    evaluation = after.evaluation
    return document(found, evaluation.form.comparison, evaluation.report, since, project.holding(TEMPLATE))
