"""Editions that were handed out: kept whole, told apart from the next, and never changed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.report import Edition
from pipeline.publication import releases
from pipeline.publication.releases import Kept

FILES = {"report.pdf": b"%PDF", "inputs/R3/report.yaml": b"year: R2\n"}


def keep(inputs: Path, name: str = "", files: dict[str, bytes] = FILES) -> Path:
    earlier = releases.load(inputs, inputs.parent).value
    assert earlier is not None
    return releases.keep(inputs, releases.release(earlier, "2021-08-20", name, Edition.DRAFT, files), files)


def load(inputs: Path) -> tuple[Kept, ...]:
    checked = releases.load(inputs, inputs.parent)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def test_what_was_kept_is_read_back_in_order(tmp_path: Path) -> None:
    for number in range(1, 12):
        keep(tmp_path / "R3", f"第{number}回")
    found = load(tmp_path / "R3")
    assert [one.release.number for one in found] == list(range(1, 12))
    assert found[-1].release.called == "第11号「第11回」"
    assert (found[0].folder / "report.pdf").read_bytes() == b"%PDF"


def test_an_edition_without_a_name_is_called_what_it_is(tmp_path: Path) -> None:
    assert keep(tmp_path / "R3").name == "1_2021-08-20_案"


def test_a_name_that_leads_elsewhere_stays_in_the_folder(tmp_path: Path) -> None:
    folder = keep(tmp_path / "R3", "../../第1回: 午後")
    assert folder.parent == tmp_path / "R3" / releases.FOLDER
    assert load(tmp_path / "R3")[0].release.name == "../../第1回: 午後"


@pytest.mark.parametrize("harm", ["changed", "gone", "record"])
def test_an_edition_that_was_touched_is_an_error(tmp_path: Path, harm: str) -> None:
    folder = keep(tmp_path / "R3")
    match harm:
        case "changed":
            (folder / "report.pdf").write_bytes(b"%PDF other")
        case "gone":
            (folder / "inputs/R3/report.yaml").unlink()
        case "record":
            (folder / releases.RECORD).write_text("[]", encoding="utf-8")
    checked = releases.load(tmp_path / "R3", tmp_path)
    assert checked.value is None
    assert {d.id for d in checked.diagnostics} == {"edition-unreadable" if harm == "record" else "edition-touched"}


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "R3" / releases.FOLDER / "メモ").mkdir(parents=True)
    assert load(tmp_path / "R3") == ()
