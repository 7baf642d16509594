"""An indicator without a unit (合計特殊出生率): nothing that is made has its brackets, its label or its なし."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.workflows import kpi_list
from tests.project import BASE, FIXTURES, MADE, copy_project, run
from tests.workflows.test_new_city_from_a_list import ROW, YEARS, sheet

INDICATOR = re.compile(r"- id: outflow\n.*?(?=^sdgs)", re.DOTALL | re.MULTILINE)
BIRTHS = """- id: outflow
  name: 合計特殊出生率
  unit: なし
  direction: increase
  kind: point
  decimals: 2
  baseline: {year: R1, value: 1.31}
  targets: {R2: 1.33, R3: 1.35, R4: 1.40, R5: 1.45, R6: 1.50}
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city with such an indicator, as a KPI and as a goal's target, and all that is made of it."""
    root = copy_project(tmp_path_factory.mktemp("unitless"), FIXTURES / "small")
    strategy, measure = root / BASE / "strategy.yaml", root / BASE / "measures" / "2-1.yaml"
    text = INDICATOR.sub(BIRTHS, strategy.read_text(encoding="utf-8"))
    strategy.write_text(text.replace("[workers]", "[workers, outflow]"), encoding="utf-8")
    given = measure.read_text(encoding="utf-8").replace("{R2: 未測定}", "{R2: 1.29}")
    measure.write_text(given, encoding="utf-8")
    for command in (("report",), ("explain", "--all"), ("opendata",), ("web",), ("digest",), ("figures",)):
        done = run(root, *command)
        assert done.returncode == 0, (command, done.stdout + done.stderr)
    return root


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every text that is made, a line for each paragraph, row or element of a drawing."""
    for path in sorted((root / MADE).rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as parts:
                named = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
            yield from ((f"{path.name}/{name}", _lines(xml)) for name, xml in named.items())
        elif path.suffix in (".html", ".svg", ".csv", ".json"):
            yield path.name, _lines(path.read_text(encoding="utf-8-sig"))


def _lines(xml: str) -> str:
    alternatives = re.findall(r'(?:descr|alt)="([^"]*)"', xml)
    return "\n".join([*alternatives, re.sub(r"<[^>]*>", "", re.sub(r"</(?:w:p|si|text|title|t[hd])>", "\n", xml))])


def test_its_name_and_figures_stand_alone_in_all_that_is_made(city: Path) -> None:
    made = dict(texts(city))
    assert {name: line for name, text in made.items() for line in text.split("\n") if "（）" in line} == {}
    told = "\n".join(made.values())
    assert re.findall(r"(?:1\.29|1\.33) ?(?:―|なし)|合計特殊出生率（?(?:―|なし)", told) == []
    assert "令和2年度の目標は1.33、実績は1.29です。" in told
    assert "実績 1.29 は、評価年度の目標 1.33 より小さい" in told


def test_its_chart_has_no_line_of_a_unit_where_others_have(city: Path) -> None:
    charts = city / MADE / "charts" / "2-1"
    assert ["単位" in (charts / f"{name}.svg").read_text(encoding="utf-8") for name in ("visitors", "outflow")] == [
        True,
        False,
    ]


def test_its_unit_is_an_empty_field_in_data(city: Path) -> None:
    (path,) = (city / MADE / "opendata").glob("指標の目標と実績*.csv")
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert {row["単位"] for row in rows if "合計特殊出生率" in row.values()} == {""}
    data = json.loads((city / MADE / "achievement.json").read_text(encoding="utf-8"))
    assert '"unit": ""' in json.dumps(data, ensure_ascii=False)


def test_an_empty_unit_is_told_how_to_have_none(city: Path, tmp_path: Path) -> None:
    root = copy_project(tmp_path, city)
    path = root / BASE / "strategy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("unit: なし", "unit:"), encoding="utf-8")
    done = run(root, "check")
    assert (done.returncode, "unit: 件（単位のない指標は unit: なし）と書いてください" in done.stdout) == (1, True)


def test_a_list_in_excel_has_it_as_the_inputs_do() -> None:
    row = (*ROW[:3], "合計特殊出生率", "なし", "大きいほど良い", "時点", "R6", 1.31, 1.35)
    read = kpi_list.read(sheet(row)[0], "一覧.xlsx", YEARS)
    assert read.value, read.diagnostics
    assert read.value.indicators[0].unit == "なし"
