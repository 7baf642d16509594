"""What came of files that are as they were is found again: the same model and findings, without reading them anew."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

from pipeline.diagnostics import Checked
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from pipeline.stages.validate import reading
from pipeline.stages.validate.base import Shape
from pipeline.storage.store import Store
from pipeline.workflows import kept
from tests.project import BASE, CITY
from tests.stages.validate.cases import REJECTED, change, lay_out, lay_out_final, read

pytestmark = pytest.mark.usefixtures("own_store")
FIELDS = """fields:
- {id: results, on: initiative, name: 取組・成果, needed: draft, each_year: true}
- {id: evaluation, on: initiative, name: 進捗状況の評価, needed: final, each_year: true}
- {id: cost, on: initiative, name: 決算額, kind: number, unit: 千円}
"""


def again(root: Path) -> Checked[Evaluation]:
    """Read a year as a process does that has read nothing yet."""
    reading._read.cache_clear()
    return validate.read(root / BASE, root, kept.Memory(Store(root)))


def refuse(*_: object) -> Never:
    raise AssertionError("a file was read anew")


@pytest.mark.parametrize("name", ["", *REJECTED])
def test_a_file_that_is_as_it_was_is_not_read_anew(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay_out(tmp_path, name)
    fresh = read(root)
    assert again(root) == fresh
    monkeypatch.setattr(reading, "_checked", refuse)
    assert again(root) == fresh


def test_of_a_whole_city_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "inputs").symlink_to(CITY / "inputs")
    assert again(tmp_path) == again(tmp_path) == read(tmp_path)


def test_another_edition_reads_anew_what_differs_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(lay_out(tmp_path))
    root, anew, checked = lay_out_final(tmp_path), list[str](), reading._checked

    def noted(text: Checked[str], file: str, shape: type[Shape]) -> reading.Read[Shape]:
        anew.append(file)
        return checked(text, file, shape)

    monkeypatch.setattr(reading, "_checked", noted)
    found = again(root)
    assert f"{BASE}/report.yaml" in anew
    assert f"{BASE}/strategy.yaml" not in anew
    assert found == read(root)


def test_files_are_read_anew_for_another_form(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    again(root)
    (root / BASE / "form.yaml").write_text(FIELDS, encoding="utf-8")
    found = again(root)
    assert found == read(root)
    assert found.value is None
    change(root, "measures/1-2.yaml", "- id: desk\n", "- id: desk\n  cost: 1200\n")
    assert again(root) == read(root)
