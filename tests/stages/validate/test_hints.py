"""Whoever does what a hint says is not refused for it: suggested words are put in, and the folder is read again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.stages import validate
from pipeline.stages.validate.problems import problem
from tests.project import BASE, FIXTURES
from tests.stages.validate.cases import REJECTED, change, lay_out, read
from tests.stages.validate.test_slips import SLIPS

MEANT = re.compile(
    r"もしかして「([^」（]+)(?:（[^」]*）)?」(?:ではありませんか|ですか)|合っていれば、.*?半角で (\S+) と書いて"
)
TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\[\]{}:：]+")
VALUES = ["未", "予定", "集計", "未測", "調査中", "l95", "１９５", "終了済"]
TARGETS = ["未定", "未測定", "集計中", "１８０"]


def errors(root: Path) -> list[Diagnostic]:
    return [d for d in read(root).diagnostics if d.severity is Severity.ERROR]


def refused_after_hints(root: Path) -> list[str]:
    """Follow every hint that suggests a word; return the hints after which the line is still refused."""
    failed = []
    for found in read(root).diagnostics:
        meant, path = MEANT.search(found.hint), root / found.place.file
        if not (meant and found.place.column and path.is_file()):
            continue
        before = path.read_text(encoding="utf-8")
        lines = before.split("\n")
        line, column = lines[found.place.line - 1], found.place.column - 1
        token = TOKEN.match(line, column)
        if token is None:
            continue
        word = meant[1] or meant[2]
        lines[found.place.line - 1] = line[:column] + word + line[token.end() :]
        path.write_text("\n".join(lines), encoding="utf-8")
        at = [d for d in errors(root) if (d.place.file, d.place.line) == (found.place.file, found.place.line)]
        failed += [f"{found.place} {found.hint} -> {d.message}" for d in at if d.place.column == found.place.column]
        path.write_text(before, encoding="utf-8")
    return failed


@pytest.mark.parametrize("name", REJECTED)
def test_what_a_hint_suggests_is_not_refused_next(name: str, tmp_path: Path) -> None:
    assert refused_after_hints(lay_out(tmp_path, name)) == []


@pytest.mark.parametrize("slip", [slip for slip in SLIPS if "もしかして" in slip[6]], ids=lambda slip: slip[2])
def test_what_a_slips_hint_suggests_is_not_refused_next(
    slip: tuple[str, str, str, str, int, int, str], tmp_path: Path
) -> None:
    root = lay_out(tmp_path)
    change(root, *slip[:3])
    assert refused_after_hints(root) == []


@pytest.mark.parametrize("written", VALUES)
@pytest.mark.parametrize(("file", "old"), [("measures/1-2.yaml", "{R2: 195}"), ("goals.yaml", "{R2: 集計中}")])
def test_a_word_suggested_for_an_actual_is_not_refused(file: str, old: str, written: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, file, old, f"{{R2: {written}}}")
    assert refused_after_hints(root) == []


@pytest.mark.parametrize("written", TARGETS)
def test_a_word_suggested_for_a_target_is_not_refused(written: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "{R2: 180, R3: 200,", f"{{R2: {written}, R3: 200,")
    assert refused_after_hints(root) == []


def test_the_example_for_numbers_of_goals_is_one_that_any_strategy_has(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "sdgs: [9]", "sdgs:")
    (found,) = errors(root)
    (example,) = re.findall(r"sdgs: \[.*?\]", found.hint)
    path = root / BASE / "strategy.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[found.place.line - 1] = f"  {example}"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert errors(root) == []


def test_a_year_that_has_not_come_is_to_be_taken_out_not_filled_in(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "measures/1-2.yaml", "{R2: 195}", "{R2: 195, R3: 未定}")
    (found,) = errors(root)
    assert "もしかして" not in found.hint
    assert "その年度を消してください" in found.hint
    change(root, "measures/1-2.yaml", "{R2: 195, R3: 未定}", "{R2: 195}")
    assert errors(root) == []


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("率と、推移を見ます。\n所管課も評価します。", "1行ずつ、次の行から「- 」を付けて並べてください"),
        ("相談、説明会", "[相談,説明会] のように、半角の [ ] で囲んでください"),
    ],
)
def test_sentences_are_not_cut_at_their_commas(text: str, cure: str) -> None:
    assert problem({"type": "list_type", "input": text, "loc": (), "msg": ""})[2] == cure


def test_a_part_without_its_text_is_told_what_to_write(tmp_path: Path) -> None:
    (found,) = read(lay_out(tmp_path, "part-without-its-text")).diagnostics
    assert "何も書いてありません" in found.message
    assert "targets: と書き、次の行から字下げして title と note を書いて" in found.hint


ACTUALS = """actuals:
  visitors: {2025: 13105, 2026: 14290}
  piers: {2025: 5, 2026: 6}
  accidents: {2025: 28, 2026: 24}
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("report.yaml", "edition: draft", "edition: final", "date: 2027-08-01"),
        ("measures/1-1.yaml", ACTUALS, "", "actuals: と書き、次の行から「  指標の識別名: {2026: 90}」"),
    ],
)
def test_examples_are_of_the_years_of_the_report(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    folder = Path(shutil.copytree(FIXTURES / "mio" / "inputs" / "2027", tmp_path / "inputs" / "2027"))
    for path, before, after in [(file, old, new), ("report.yaml", "date: 2027-08-02", "date: 未定")]:
        (folder / path).write_text((folder / path).read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert any(told in found.hint for found in validate.read(folder, tmp_path).diagnostics)
