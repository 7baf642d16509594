"""The city of the scenarios: indicators of all kinds in one department, fields that are columns, opinions."""

from __future__ import annotations

from pathlib import Path

from pipeline.stages.validate.join_form import standard_text
from tests.departments.returned.post import trimmed
from tests.project import YEAR, copy_project

ARCHIVE = Path(__file__).parent / "returned.tar.xz"
_COLUMNS = """\
- {id: cost, on: initiative, name: 決算額, kind: number, unit: 千円, decimals: 1, writer: department}
- {id: direction, on: initiative, name: 今後の方向性, kind: choice, choices: [拡充, 継続, 縮小], writer: department}
- {id: done, on: initiative, name: 完了日, kind: date, writer: department}
- {id: spent, on: initiative, name: 事業費, kind: series, unit: 千円, writer: department}
"""
_OPINIONS = """\
opinions:
  1-2:
  - {id: desk, text: 相談の窓口が分かりにくい。, said_by: 学識経験者, answer: 検討する。, handling: 今後検討する}
  - {id: figures, text: 経過も示してほしい。, answer: 3年後の継続率を示す。, handling: 反映した}
"""
FORM_TEXT = standard_text().replace("parts:", f"{_COLUMNS}parts:", 1)
_MEASURES = ("1-1", "1-2", "1-3", "2-1", "3-1")


def city(root: Path) -> Path:
    """Return a project whose workbook has all sorts of rows and columns."""
    trimmed(copy_project(root), _MEASURES)
    inputs = root / "inputs" / YEAR
    (inputs / "form.yaml").write_text(FORM_TEXT, encoding="utf-8")
    (inputs / "opinions.yaml").write_text(_OPINIONS, encoding="utf-8")
    strategy = inputs / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8").replace("【要記入】所管課名", "商工振興課")
    strategy.write_text(text, encoding="utf-8")
    return root
