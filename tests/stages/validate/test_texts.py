"""Where every written text stands, to the character."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.audit import Text
from pipeline.stages import validate
from tests.project import BASE, CITY, INPUTS
from tests.stages.compute.examples import RESULTS
from tests.stages.validate.cases import change, lay_out, read


def texts(root: Path) -> tuple[Text, ...]:
    evaluation = read(root).value
    assert evaluation is not None
    return evaluation.texts


def test_every_line_of_this_year_stands_at_its_place() -> None:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    found = [text for text in evaluation.texts if text.exact]
    for text in found:
        for line, place in zip(text.value.split("\n"), text.lines, strict=True):
            row = (CITY / place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
            assert row[place.column - 1 :].startswith(line)
    assert len(evaluation.texts) - len(found) == 2  # two names are folded with a backslash


@pytest.mark.parametrize(
    ("written", "line", "column", "exact"),
    [
        ("  results: 相談に応じた。", 8, 12, True),
        ('  results: "相談に応じた。"', 8, 13, True),
        ("  results: |-\n    相談に応じた。", 9, 5, True),
        ("  results: |\n\n      相談に応じた。", 9, 7, True),
        ('  results: "相談に\\\n    応じた。"', 8, 12, False),
        ("  results: >-\n    相談に応じた。", 9, 5, True),
    ],
)
def test_a_text_is_found_however_it_is_written(
    written: str, line: int, column: int, exact: bool, tmp_path: Path
) -> None:
    root = lay_out(tmp_path)
    change(root, "measures/1-2.yaml", "  results: 相談に応じた。", written)
    (text,) = (t for t in texts(root) if t.part == RESULTS and t.initiative == "desk")
    assert text.value.strip() == "相談に応じた。"
    assert text.exact == exact
    assert (text.lines[0].file, text.lines[0].line, text.lines[0].column) == (f"{BASE}/measures/1-2.yaml", line, column)
