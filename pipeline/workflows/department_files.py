"""What the way back works on, as it is now: input files, values, proposals; and their exchange in one step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.departments import returned
from pipeline.departments.issued import input_places, records
from pipeline.departments.returned import ledger
from pipeline.departments.returned.proposals import FILE
from pipeline.diagnostics import Checked, Place, Severity, error
from pipeline.model.correspondence import Issue, LedgerEntry, Value
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Form
from pipeline.stages import validate
from pipeline.storage import atomic, journal, outputs
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Log

RETURNED = "returned"
APPLIED = "applied"
_UNRECORDED = "この回に反映したときの控えがないか、壊れていて読めないため、取り消せません。"
_UNRECORDED_HINT = (
    "毎日の控え（バックアップ）から inputs の applied を戻してください。"
    "戻せないときは、反映の記録.csv の前の内容を見て、入力データを直接直してください。"
)
_SAVED = "実行している間に、このファイルが書き換えられました。何も書き込みませんでした。"
_SAVED_HINT = "このファイルの編集を終えて保存してから、make collect をもう一度実行してください。"
_STOPPED = "「{}」に書き込めず（{}）、書き込みの途中で止まりました。"
_STOPPED_HINT = (
    "原因（権限、ディスクの空き、ほかのプログラムで開いていること）を除いてから、もう一度実行してください。"
    "残りを書き込みます。"
)
_NOT_UTF8 = "ファイルの文字コードが UTF-8 ではありません。"
_NOT_UTF8_HINT = "エディターの「名前を付けて保存」で UTF-8 を選んでください。"


class Past(Struct, frozen=True):
    """What was sent, and what was written into the inputs."""

    issues: tuple[Issue, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()


def files(project: Project) -> dict[str, bytes]:
    """Return the input files by their names in the year's folder."""
    found = validate.files(project.inputs)
    return {path.relative_to(project.inputs).as_posix(): path.read_bytes() for path in found}


def texts(project: Project) -> dict[str, str]:
    """Return the input files' texts, line ends as on disk."""
    return {name: data.decode() for name, data in files(project).items()}


def form(project: Project) -> Form:
    """Return the form of the year's inputs."""
    return validate.read_form(project.inputs, project.root)


def hashes(project: Project) -> dict[str, str]:
    """Return the hashes of the input files."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files(project).items()}


def now(project: Project, issues: Sequence[Issue], paths: Sequence[str] = ()) -> dict[str, Value]:
    """Return the values that issues printed, and those at further places, as the inputs have them now."""
    wanted = [*(path for issue in issues for path in issue.values), *paths]
    return input_places.values(texts(project), list(dict.fromkeys(wanted)), form(project))


def proposals_of(project: Project) -> Path:
    """Name the file in which proposals are decided."""
    return project.outputs / RETURNED / FILE


def ledger_of(project: Project) -> str:
    """Name the ledger as messages do, from the project's folder."""
    return project.name_of(project.inputs / ledger.FILE)


def parsed(project: Project) -> Checked[returned.ProposalList]:
    """Read what was decided so far; an empty table where nothing was collected."""
    path = proposals_of(project)
    if not path.is_file():
        return Checked(returned.ProposalList())
    name = project.name_of(path)
    try:
        return returned.parse(path.read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError:
        return Checked(None, (error("file-not-utf8", Place(name), _NOT_UTF8, _NOT_UTF8_HINT),))


def decisions(project: Project, log: Log) -> returned.ProposalList:
    """Read what was decided so far; raises ``Halt`` where the file cannot be understood."""
    return log.stage("修正の一覧の確認", lambda: parsed(project))


def save(project: Project, table: returned.ProposalList) -> None:
    """Write what was decided. Within ``locked``."""
    outputs.put(project.outputs / RETURNED, {FILE: returned.to_yaml(table).encode()})


def returned_hashes(project: Project) -> dict[str, str]:
    """Return the hashes of the returned files that can be read."""
    return {one.name: one.sha256 for one in returned.deliveries(project.inputs) if not one.refusal}


def past(project: Project, log: Log) -> Past:
    """Read what was sent and applied before; raises ``Halt`` where a record is damaged."""
    return log.stage("送付と反映の記録の確認", lambda: _past(project))


def _past(project: Project) -> Checked[Past]:
    issues, entries = records.load(project.inputs, project.root), ledger.load(project.inputs, project.root)
    found = (*issues.diagnostics, *entries.diagnostics)
    if issues.value is None or entries.value is None:
        return Checked(None, found)
    return Checked(Past(issues.value, entries.value), found)


def record_of(project: Project, run: str) -> Path:
    """Name the file that has the input files before and after a run of ``apply`` or ``undo``."""
    return project.inputs / APPLIED / f"{run}.json"


def record(project: Project, run: str) -> Checked[Mapping[str, returned.Sides]]:
    """Read the input files of a run, before it and after it, by their names."""
    path = record_of(project, run)
    try:
        rows = json.loads(path.read_bytes())
        return Checked({name: returned.Sides(str(before), str(after)) for name, (before, after) in rows.items()})
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        place = Place(project.name_of(path))
        return Checked(None, (error("undo-unrecorded", place, _UNRECORDED, _UNRECORDED_HINT),))


def readable(project: Project, log: Log) -> Evaluation:
    """Read the inputs, if they can be read at all; raises ``Halt``. What is only odd in them is told afterwards."""
    checked = validate.read(project.inputs, project.root)
    errors = tuple(d for d in checked.diagnostics if d.severity is Severity.ERROR)
    return log.stage("入力の確認", lambda: Checked(checked.value, errors))


def books(project: Project, known: Past, paths: Sequence[str], date: str) -> returned.Books:
    """Return what proposals for places are applied to; ``date`` is today."""
    return returned.Books(
        texts(project),
        now(project, known.issues, paths),
        returned_hashes(project),
        date,
        ledger.next_run(known.entries),
        form(project),
        project.name_of(project.inputs),
    )


def write(project: Project, applied: returned.Applied, table: returned.ProposalList, log: Log) -> None:
    """Write new texts of the inputs, the ledger, and the decisions; raises ``Halt`` where a rule of the inputs would
    be broken. Within ``locked``.
    """
    if not applied.entries:
        return
    log.stage("反映した後の確認", lambda: rehearsed(project, applied.texts))
    refreshed = returned.refreshed(table, applied, form(project))
    changed = {
        **{project.inputs / file: text.encode() for file, text in applied.texts.items()},
        record_of(project, applied.entries[0].run): _sides(applied).encode(),
        project.inputs / ledger.FILE: ledger.appended(project.inputs, applied.entries),
        proposals_of(project): returned.to_yaml(refreshed).encode(),
    }
    log.stage("書き込み", lambda: _committed(project, applied.before, changed))


def _committed(project: Project, before: Mapping[str, str], changed: Mapping[Path, bytes]) -> Checked[bool]:
    """Write all files, or none where somebody has saved an input file since it was read, or a folder refuses.

    Where the machine refuses half way, the next run finishes it, and that is told.
    """
    folder = project.name_of(project.inputs)
    moved = [name for name, text in before.items() if (project.inputs / name).read_bytes() != text.encode()]
    if moved:
        places = (Place(f"{folder}/{name}") for name in moved)
        return Checked(None, tuple(error("inputs-moved", place, _SAVED, _SAVED_HINT) for place in places))
    for path, data in changed.items():
        atomic.try_out(path, data)
    files = {path.relative_to(project.root): data for path, data in changed.items()}
    try:
        journal.commit(project.inputs, project.root, files)
    except OSError as fault:
        if not (project.inputs / journal.FILE).is_file():
            raise
        message = _STOPPED.format(Path(str(fault.filename)).name, fault.strerror)
        return Checked(None, (error("apply-stopped", Place(folder), message, _STOPPED_HINT),))
    return Checked(True)


def _sides(applied: returned.Applied) -> str:
    """Return what ``undo`` needs to take a run back, byte by byte."""
    return json.dumps({name: [applied.before[name], text] for name, text in applied.texts.items()}, ensure_ascii=False)


def rehearsed(project: Project, new: Mapping[str, str]) -> Checked[Evaluation]:
    """Read the inputs as they would be; what breaks a rule of theirs is not written."""
    inputs = project.inputs.relative_to(project.root)
    shared = {project.name_of(path): path.read_bytes() for path in validate.ready(project.inputs)}
    changed = {f"{inputs.as_posix()}/{file}": text.encode() for file, text in {**texts(project), **new}.items()}
    changed |= shared
    with atomic.temporary(changed) as root:
        return validate.read(root / inputs, root)
