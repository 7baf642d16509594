"""What the way back works on, as it is now: input files, values, proposals; and their exchange in one step."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline import inputs, outputs, returned
from pipeline.build import Project
from pipeline.diagnostics import Checked
from pipeline.issued import address, records
from pipeline.log import Log
from pipeline.model.correspondence import Issue, Value
from pipeline.model.evaluation import Evaluation
from pipeline.returned import ledger
from pipeline.returned.proposals import FILE

RETURNED = "returned"


def files(project: Project) -> dict[str, bytes]:
    """Give the input files by their names in the year's folder."""
    found = inputs.files(project.inputs)
    return {path.relative_to(project.inputs).as_posix(): path.read_bytes() for path in found}


def texts(project: Project) -> dict[str, str]:
    """Give the input files' texts, line ends as on disk."""
    return {name: data.decode() for name, data in files(project).items()}


def hashes(project: Project) -> dict[str, str]:
    """Give the hashes of the input files."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files(project).items()}


def now(project: Project, issues: Sequence[Issue], paths: Sequence[str] = ()) -> dict[str, Value]:
    """Give the values that issues printed, and those at further places, as the inputs have them now."""
    wanted = [*(path for issue in issues for path in issue.values), *paths]
    return address.values(texts(project), list(dict.fromkeys(wanted)))


def proposals_of(project: Project) -> Path:
    """Name the file in which proposals are decided."""
    return project.outputs / RETURNED / FILE


def parsed(project: Project) -> Checked[returned.Table]:
    """Read what was decided so far; an empty table where nothing was collected."""
    path = proposals_of(project)
    if not path.is_file():
        return Checked(returned.Table())
    name = path.relative_to(project.root).as_posix()
    return returned.parse(path.read_text(encoding="utf-8-sig"), name)


def decisions(project: Project, log: Log) -> returned.Table:
    """Read what was decided so far; raises ``Halt`` where the file cannot be understood."""
    return log.stage("修正の一覧の確認", lambda: parsed(project))


def save(project: Project, table: returned.Table) -> None:
    """Write what was decided. Within ``outputs.locked``."""
    outputs.put(project.outputs / RETURNED, {FILE: returned.to_yaml(table).encode()})


def returned_hashes(project: Project) -> dict[str, str]:
    """Give the hashes of the returned files."""
    return {delivery.name: delivery.sha256 for delivery in returned.deliveries(project.inputs)}


def _replace(path: Path, data: bytes) -> None:
    """Exchange an input file in one step; a kill leaves the old one or the new one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        stream.write(data)
    Path(stream.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    Path(stream.name).replace(path)


def books(project: Project, issues: Sequence[Issue], paths: Sequence[str], date: str) -> returned.Books:
    """Give what proposals for places are applied to; ``date`` is today."""
    last = {measure: str(issue.identity) for measure, issue in records.latest(issues).items()}
    return returned.Books(
        texts(project),
        hashes(project),
        now(project, issues, paths),
        returned_hashes(project),
        last,
        date,
        ledger.next_run(ledger.load(project.inputs)),
    )


def write(project: Project, applied: returned.Applied, table: returned.Table, log: Log) -> None:
    """Write new texts of the inputs, the ledger, and the decisions; raises ``Halt`` where a rule of the inputs would
    be broken. Within ``outputs.locked``.
    """
    log.stage("反映した後の確認", lambda: _rehearsed(project, applied.texts))
    for file, text in applied.texts.items():
        _replace(project.inputs / file, text.encode())
    if applied.entries:
        _replace(project.inputs / ledger.FILE, ledger.appended(project.inputs, applied.entries))
        new = {file: digest for file, digest in hashes(project).items() if file in applied.texts}
        save(project, returned.refreshed(table, new))


def _rehearsed(project: Project, new: Mapping[str, str]) -> Checked[Evaluation]:
    """Read the inputs as they would be; what breaks a rule of theirs is not written."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / project.inputs.relative_to(project.root)
        for file, text in {**texts(project), **new}.items():
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_bytes(text.encode())
        return inputs.read(copy, Path(name))
