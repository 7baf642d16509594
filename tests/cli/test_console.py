"""How findings are shown: to people with the line they are about, to editors in one line each."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pipeline.cli.console import diagnostic_lines
from pipeline.diagnostics import Place, error, info, to_lines, warning
from tests.project import ROOT

FOUND = (
    error("kpi-unit-unknown", Place("a.yaml", 2, 7), "「个」は使えません", "もしかして「個」\nではありませんか"),
    info("noted", Place("a.yaml", 3, 1), "覚え書き"),
    warning("file-extra", Place("b.yaml"), "このファイルは読み込まれません", "消してください"),
)


def test_people_see_files_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: x\nunit: 个\n", encoding="utf-8")
    assert [str(line) for line in diagnostic_lines(FOUND, tmp_path)] == [
        "",
        "■ a.yaml（エラー1件、注意0件）",
        "a.yaml:2:7: エラー: 「个」は使えません [kpi-unit-unknown]",
        "      2 | unit: 个",
        "        |       ^^",
        "    → もしかして「個」",
        "    → ではありませんか",
        "",
        "■ b.yaml（エラー0件、注意1件）",
        "b.yaml: 注意: このファイルは読み込まれません [file-extra]",
        "    → 消してください",
    ]


def test_people_see_the_first_findings_of_a_sort_and_how_many_more_there_are(tmp_path: Path) -> None:
    many = [error("yaml-alias", Place("a.yaml", line, 1), f"{line}番目", "消してください") for line in range(1, 92)]
    other = error("yaml-anchor", Place("a.yaml", 95, 1), "目印", "消してください")
    shown = [str(line) for line in diagnostic_lines([*many, other], tmp_path)]
    assert [line.split(":")[1] for line in shown if "エラー: " in line] == [*map(str, range(1, 11)), "95"]
    assert shown[1] == "■ a.yaml（エラー92件、注意0件）"
    assert "ほかに81件" in shown[-1]


def test_editors_see_one_line_each() -> None:
    assert to_lines(FOUND).splitlines() == [
        "a.yaml:2:7: [error] 「个」は使えません。もしかして「個」 ではありませんか (kpi-unit-unknown)",
        "b.yaml:1:1: [warning] このファイルは読み込まれません。消してください (file-extra)",
    ]
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]["regexp"]
    assert all(re.match(pattern, line) for line in to_lines(FOUND).splitlines())
