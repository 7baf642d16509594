"""The list of goal-level targets has each figure under its year."""

from __future__ import annotations

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.model.strategy import Amount, Goal, Shown
from tests.stages.book import samples
from tests.stages.book.samples import kpi
from tests.stages.compute import examples


@pytest.mark.parametrize("kind", ["目標", "実績"])
def test_one_year_named_under_every_year_is_an_error(tmp_path: Path, kind: str) -> None:
    targets = {f"R{n}": Amount(Decimal(100 + n)) for n in range(2, 7)}
    one = replace(kpi("a", 90), targets=targets)
    results = samples.computed(examples.evaluation((Goal("1", "目標", (Shown(one, "売上"),)),), ()))
    assert samples.bind(results).diagnostics == ()
    templates = Path(shutil.copytree(samples.TEMPLATES, tmp_path / "templates"))
    _rename(templates / "targets.docx", f"年.{kind}", f"指標.{kind}.一年目")
    found = samples.bind(results, templates=templates).diagnostics
    assert [(d.id, d.place.file) for d in found] == [("book-targets-year-wrong", "templates/targets.docx")]


def _rename(file: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(file) as usual:
        parts = {name: usual.read(name) for name in usual.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        f"{{{{ {old} }}}}".encode(), f"{{{{ {new} }}}}".encode()
    )
    with zipfile.ZipFile(file, "w") as own:
        for name, data in parts.items():
            own.writestr(name, data)


@pytest.mark.parametrize("of_measure", [90, None])
def test_where_no_target_can_be_judged_words_say_so(of_measure: int | None) -> None:
    goal = Goal("1", "目標", (Shown(kpi("a", None), "売上"),))
    city = samples.city(goals=1, measures=1, actuals=(of_measure,)).evaluation
    told = samples.text(samples.book(samples.computed(replace(city, goals=(goal,)))), "targets")
    assert "令和2年度に判定できる指標は、まだありません。" in told
    assert "0指標" not in told
