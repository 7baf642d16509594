"""What came of inputs is found again for the same inputs alone, whatever of them changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.diagnostics import Diagnostic
from pipeline.stages.validate import reading
from pipeline.storage import atomic
from pipeline.storage.store import Store
from pipeline.workflows import assessing
from pipeline.workflows.assessing import Assessed, assessed
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log
from tests.departments.returned.post import Quiet
from tests.project import BASE, FIXTURES, YEAR

pytestmark = pytest.mark.usefixtures("own_store")


def outcome(root: Path) -> tuple[Assessed | None, list[Diagnostic]]:
    log = Log(Quiet())
    try:
        return assessed(Project(root, YEAR), log), log.diagnostics
    except Halt:
        return None, log.diagnostics


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A year with the one before and a ready scheme, once read."""
    shutil.copytree(FIXTURES / "small" / "inputs", tmp_path / "inputs")
    shutil.copytree(tmp_path / BASE, tmp_path / "inputs" / "R2")
    shutil.copytree(FIXTURES / "city" / "inputs" / "schemes", tmp_path / "inputs" / "schemes")
    outcome(tmp_path)
    return tmp_path


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / "inputs" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def added(name: str, text: str = "") -> Callable[[Path], None]:
    return lambda root: atomic.write(root / "inputs" / name, text.encode())


CHANGES: dict[str, Callable[[Path], None]] = {
    "a figure": replaced("R3/strategy.yaml", "R1, value: 47383", "R1, value: 47384"),
    "an actual": replaced("R3/measures/1-2.yaml", "R2: 195", "R2: 196"),
    "a sentence": replaced("R3/measures/1-2.yaml", "results: ", "results: 前年度の2倍の9,999人である。"),
    "a mistake": replaced("R3/measures/1-2.yaml", "results: ", "result: "),
    "the year before": replaced("R2/strategy.yaml", "R1, value: 47383", "R1, value: 47000"),
    "a mistake in the year before": replaced("R2/measures/1-2.yaml", "results: ", "result: "),
    "a copy that lies about": added("R3/measures/1-2 (1).yaml"),
    "a rule of the audit": added("R3/audit.yaml", "vocabulary:\n- {use: 企業, instead_of: [会社]}\n"),
    "a field of the form": added("R3/form.yaml", "fields:\n- {id: results, on: initiative, name: 成果}\n"),
    "another form": added("R3/form.yaml", "parts: [sheets, summary]\n"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_is_read_anew(root: Path, what: str) -> None:
    before = outcome(root)
    CHANGES[what](root)
    reading._read.cache_clear()  # as a process that knows what was kept, and nothing else
    found = outcome(root)
    Store(root).clear()
    reading._read.cache_clear()
    assert found == outcome(root)
    assert found != before


def test_a_scheme_is_read_where_it_lies(root: Path) -> None:
    report, scheme = root / BASE / "report.yaml", root / "inputs" / "schemes" / "年度達成率.yaml"
    before, _, rest = report.read_text(encoding="utf-8").partition("scheme:")
    report.write_text(f"{before}scheme: 年度達成率\n{rest[rest.index('explanation:') :]}", encoding="utf-8")
    found, _ = outcome(root)
    assert found is not None
    assert scheme in found.files
    scheme.write_text("name: [", encoding="utf-8")
    assert outcome(root)[0] is None


def test_the_same_inputs_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = outcome(root)
    for stage in ("_read", "_computed", "_audited"):
        monkeypatch.delattr(assessing, stage)
    assert outcome(root) == before


def test_what_is_saved_meanwhile_is_not_taken_for_what_was_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = root / BASE / "measures" / "1-2.yaml", assessing._read
    CHANGES["a sentence"](root)
    saved = path.read_bytes()

    def interrupted(project: Project) -> object:
        path.write_bytes(saved.replace(b"R2: 195", b"R2: 196"))
        return read(project)

    with monkeypatch.context() as patch:
        patch.setattr(assessing, "_read", interrupted)
        meanwhile = outcome(root)
    path.write_bytes(saved)
    assert outcome(root) != meanwhile


def test_a_store_that_is_damaged_is_made_anew(root: Path) -> None:
    before = outcome(root)
    for path in [path for path in (root / ".cache").rglob("*") if path.is_file()]:
        path.write_bytes(path.read_bytes()[:40])
    assert outcome(root) == before
