"""The audit as a whole: the settings' files, what is counted, what a run of a project prints."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.stages.audit import CHECKS, TITLES, audit
from pipeline.workflows import report
from pipeline.workflows.project import Project
from tests.project import BASE, CITY, INPUTS, ROOT, YEAR
from tests.stages.validate.cases import change, lay_out, read

FILES = sorted((ROOT / "pipeline/stages/audit").rglob("*.py"))
SOURCE = "".join(path.read_text(encoding="utf-8") for path in FILES)


def test_every_warning_has_a_title_and_none_is_left_over() -> None:
    assert set(re.findall(r'(?:warn\(|Doubt\(|_mixture\(\s*material, )\s*"([a-z0-9-]+)"', SOURCE)) == set(TITLES)


def test_checks_are_listed_once() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


def test_a_city_without_settings_is_audited_too(tmp_path: Path) -> None:
    evaluation = read(lay_out(tmp_path)).value
    assert evaluation is not None
    results = achievement.compute(evaluation).value
    assert results is not None
    audited = audit(results, None)
    assert audited.value is not None
    assert sum(count for _, count in audited.value.warnings) == len(audited.diagnostics)


def test_settings_are_checked_like_any_input(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    (root / BASE / "audit.yaml").write_text("far_below: 600\nsilence:\n- {id: x, at: goals.yaml}\n", encoding="utf-8")
    (root / BASE / "words.yaml").write_text(
        "words:\n- {spellings: [取組]}\n- {spellings: [取組, 取組]}\n", encoding="utf-8"
    )
    assert sorted(d.id for d in read(root).diagnostics) == [
        "audit-far-below-out-of-range",
        "silence-reason-missing",
        "spelling-spellings-empty",
        "spelling-twice",
        "spelling-twice",
    ]


class Nobody:
    """Watches nothing."""

    def stage(self, title: str, total: int | None = None) -> None: ...

    def step(self, label: str) -> None: ...


def test_the_year_before_is_read_where_it_is_there(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    shutil.copytree(ROOT / "templates", root / "templates")
    change(root, "measures/1-2.yaml", "相談に応じた。", "市内の事業者から寄せられた相談に応じ、" * 3 + "支えた。")
    before = root / "inputs" / "R2"
    shutil.copytree(root / BASE, before)
    done = report.run(report.Action.CHECK, Project(root, YEAR), Nobody())
    (unchanged,) = (d for d in done.diagnostics if d.id == "narrative-unchanged")
    assert str(unchanged.place) == f"{BASE}/measures/1-2.yaml:8:12"
    assert unchanged.message == "前年度の文章とほとんど同じです：「創業の相談」の取組・成果"


def test_what_is_silenced_is_in_the_record_with_its_reason() -> None:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    results = achievement.compute(evaluation).value
    assert results is not None
    audited = audit(results, None)
    silenced = [d.message for d in audited.diagnostics if d.id == "audit-silenced"]
    assert len(silenced) == len(evaluation.rules.silences)
    assert all("（省いた理由：" in message for message in silenced)
    assert audited.value is not None
    assert audited.value.silenced == len(silenced)
