"""The figures as open data: rows that programs read, the same bytes on every run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from pipeline.documents import xlsx
from tests.project import FIXTURES, MADE, YEAR, copy_project, run

DATA = "指標の目標と実績_R2"


def made(root: Path) -> Path:
    copy_project(root, FIXTURES / "small")
    done = run(root, "--project", str(root), "opendata")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / MADE / "opendata"


def test_every_figure_has_a_row_and_every_gap_its_reason(tmp_path: Path) -> None:
    folder = made(tmp_path)
    rows = list(csv.DictReader(io.StringIO((folder / f"{DATA}.csv").read_bytes().decode("utf-8-sig"))))
    found = {(r["施策番号"], r["指標ID"], r["年度"], r["区分"]): r for r in rows}
    visitors = found["2-1", "visitors", "R2", "計画"]
    assert (visitors["目標値"], visitors["実績値"], visitors["西暦年度"]) == ("71.5", "70.15", "2020")
    assert found["1-1", "routes", "R3", "計画"]["目標の備考"] == "未設定"
    assert found["2-1", "outflow", "R2", "計画"]["実績の備考"] == "未測定"
    assert found["2-1", "outflow", "R1", "基準値"]["実績値"] == "143"


def test_workbook_and_table_say_the_same(tmp_path: Path) -> None:
    folder = made(tmp_path)
    table = list(csv.reader(io.StringIO((folder / f"{DATA}.csv").read_bytes().decode("utf-8-sig"))))
    book = xlsx.read((folder / f"{DATA}.xlsx").read_bytes(), "data.xlsx")
    data, told = book.sheets
    assert told.cells[0, 0].text == "項目"
    shown = [
        [data.cells[r, c].text if (r, c) in data.cells else "" for c in range(len(table[0]))] for r in range(len(table))
    ]
    assert [[plain(cell) for cell in line] for line in table] == [[plain(cell) for cell in line] for line in shown]


def plain(cell: str) -> str:
    bare = cell.removeprefix("'")
    return bare.rstrip("0").rstrip(".") if "." in bare and bare.replace(".", "").isdigit() else bare


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (made(tmp_path / name) for name in ("a", "b"))
    names = sorted(path.name for path in one.iterdir() if path.suffix in (".csv", ".xlsx"))
    assert len(names) == 3
    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_achievement_tells_reasons_apart(tmp_path: Path) -> None:
    copy_project(tmp_path, FIXTURES / "small")
    assert run(tmp_path, "--project", str(tmp_path), "sheets").returncode == 0
    content = json.loads((tmp_path / f"outputs/{YEAR}/achievement.json").read_text(encoding="utf-8"))
    found = {i["id"]: i for m in content["measures"] for i in m["indicators"]}
    assert found["outflow"]["absences"] == {"actuals": {"R2": "未測定"}}
    assert found["outflow"]["actuals"]["R2"] is None
    assert "absences" not in found["visitors"]
