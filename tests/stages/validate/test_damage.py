"""Damaged files: whatever is lost or mistyped, there is a finding or a valid evaluation, and no exception.

Damages of the small example are hypothesis's, those of this year's inputs come from ``damage``, always the same.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.diagnostics import has_errors
from tests.examples import tried
from tests.project import BASE, CITY, YEAR, run
from tests.stages.validate import damage
from tests.stages.validate.cases import SMALL, change, lay_out, read

FILES = sorted(path.relative_to(SMALL / BASE) for path in (SMALL / BASE).rglob("*.yaml"))
TYPED = st.sampled_from(
    [*"-:,[]{}#&*!|>'\"%@`?~. \t\n\\/", "　", "：", "１", "𠮷", "ー", "a", "9", "R", "\x00", "\x85"]
)


def holds(file: Path, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        (root / BASE / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        checked = read(root)
    assert (checked.value is None) == has_errors(checked.diagnostics)
    for diagnostic in checked.diagnostics:
        lines = text.split("\n") if diagnostic.place.file.endswith(file.as_posix()) else []
        assert diagnostic.place.line >= 0
        assert not lines or diagnostic.place.line <= len(lines) + 1
        assert diagnostic.message
        assert diagnostic.hint


@tried(40)
@given(st.sampled_from(FILES), st.data())
def test_lines_may_be_lost(file: Path, data: st.DataObject) -> None:
    lines = (SMALL / BASE / file).read_text(encoding="utf-8").split("\n")
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=3))
    holds(file, "\n".join(line for number, line in enumerate(lines) if number not in lost))


@tried(60)
@given(st.sampled_from(FILES), st.data())
def test_characters_may_be_mistyped(file: Path, data: st.DataObject) -> None:
    text = (SMALL / BASE / file).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        kept = data.draw(st.booleans())
        text = text[:at] + data.draw(TYPED) + text[at + (not kept) :]
    holds(file, text)


@tried(25)
@given(st.sampled_from(FILES), st.data())
def test_lines_may_be_swapped_or_doubled(file: Path, data: st.DataObject) -> None:
    lines = (SMALL / BASE / file).read_text(encoding="utf-8").split("\n")
    number = st.integers(0, len(lines) - 1)
    first, second = data.draw(number), data.draw(number)
    lines[first], lines[second] = lines[second], lines[second if data.draw(st.booleans()) else first]
    holds(file, "\n".join(lines))


@tried(40)
@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_a_file_may_be_anything_at_all(file: Path, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        (root / BASE / file).write_bytes(content)
        assert read(root).value is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This year's inputs, to be damaged and mended."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(CITY / BASE, root / BASE)
    return root


@pytest.mark.parametrize("seed", range(15))
def test_this_years_inputs_may_be_damaged(seed: int, whole: Path) -> None:
    before = damage.state(whole)
    file = sorted(before)[seed * 7 % len(before)]
    (whole / file).write_bytes(next(damage.damages(seed, before[file].decode())).data)
    try:
        assert list(damage.faults(whole, file, damage.read(whole))) == []
        assert {name for name, data in damage.state(whole).items() if data != before[name]} <= {file}
    finally:
        (whole / file).write_bytes(before[file])


def test_a_damaged_file_stops_the_run_and_nothing_is_written(project: Path) -> None:
    path = project / BASE / "measures" / "1-2.yaml"
    path.write_bytes(path.read_bytes()[:-300])
    before = damage.state(project)
    done = run(project, "report", "--format", "line")
    assert done.returncode == 1
    assert "measures/1-2.yaml:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert {name for name in damage.state(project) if name not in before} <= {
        f"outputs/.{YEAR}.lock",
        f"outputs/.{YEAR}.list.lock",
    }


TRAPS = [
    # what is written, what is mistyped instead, the finding and its column, a part of the cure
    ("{R2: 195}", "{R2: 1,950}", "kpi-actual-read-as", 18, "1950"),
    ("{R2: 195}", "{R2: １９５}", "kpi-actual-read-as", 18, "195"),
    ("{R2: 195}", "{R2: １，９５０}", "kpi-actual-read-as", 18, "1950"),
    ("{R2: 195}", "{R2: 12:30}", "kpi-actual-not-number", 18, "1つの数字だけ"),
    ("{R2: 195}", "{R2: 0195}", "kpi-actual-not-number", 18, "195"),
    ("{R2: 195}", "{R2: 1_950}", "kpi-actual-not-number", 18, "1950"),
    ("{R2: 195}", "{R2: 1e3}", "kpi-actual-not-number", 18, "1つの数字だけ"),
    ("{R2: 195}", "{R2: 1,95}", "kpi-actual-not-year", 20, "R7"),
    ("{R2: 195}", "{R2: .inf}", "kpi-actual-not-number", 18, "未測定、集計中"),
    ("{R2: 195}", "{R2: no}", "kpi-actual-not-number", 18, "未測定、集計中"),
    ("{R2: 195}", "{R2: 20万}", "kpi-actual-not-number", 18, "数字だけを、この欄の単位で"),
    ("{R2: 195}", "{R2: 2021-08-01}", "kpi-actual-not-number", 18, "1つの数字だけ"),
    ("{R2: 195}", "{R2:195}", "yaml-colon", 16, "半角の空白"),
    ("{R2: 195}", "{Ｒ２: 195}", "kpi-actual-not-year", 14, "もしかして「R2」"),
    ("{R2: 195}", "{令和2年度: 195}", "kpi-actual-not-year", 14, "もしかして「R2」"),
    ("{R2: 195}", "{2020年度: 195}", "kpi-actual-not-year", 14, "西暦で数える総合戦略では「2020」"),
    ("{R2: 195}", "{2020: 195}", "kpi-actual-year-unknown", 14, "R2 と書いて"),
    ("{R2: 195}", "{R2: 195", "yaml-syntax", 13, "括弧の対応"),
    ("{R2: 195}", "R2: 195", "yaml-brackets", 13, "{R2: 90}"),
    ("{R2: 195}", "｛R2: 195｝", "yaml-bracket-wide", 13, "半角の [ ] や { }"),
    ("{R2: 195}", "195", "kpi-actual-not-mapping", 13, "{R2: 90}"),
    ("  startups: {R2: 195}", "　startups: {R2: 195}", "yaml-wide-space", 1, "半角の空白"),
    ("  startups: {R2: 195}", "\tstartups: {R2: 195}", "yaml-tab", 1, "タブを消し"),
    ("  startups: {R2: 195}", "  start-up: {R2: 195}", "kpi-unknown", 3, "もしかして「startups」"),
    ("measure: 1-2", "measure：1-2", "yaml-colon", 8, "半角の「:」"),
    ("measure: 1-2", "measure:1-2", "yaml-colon", 8, "半角の空白"),
    ("measure: 1-2", "measure:　1-2", "yaml-colon", 9, "半角の空白"),
    ("measure: 1-2", "measure 1-2", "yaml-colon", 8, "半角の「:」"),
    ("measure: 1-2", "施策: 1-2", "measure-key-unknown", 1, "もしかして「measure（施策の番号）」"),
    ("measure: 1-2", "measure: １-２", "measure-measure-malformed", 10, "もしかして「1-2」"),
    ("measure: 1-2", "measure: !!python/name:os.system 1-2", "yaml-tag", 10, "この語を消して"),
    ("measure: 1-2", "measure: 1-2\n<<: *x", "yaml-merge", 1, "この語を消して"),
    ("measure: 1-2", "measure: 1-2\n...\nx: 1", "yaml-syntax", 1, "「...」"),
    ("name: 創業の相談", "nmae: 創業の相談", "initiative-key-unknown", 3, "もしかして「name（名称）」"),
    ("name: 創業の相談", "name: 創業: 相談", "yaml-syntax", 11, "全角の「：」"),
    ("name: 創業の相談", 'name: "創業"の相談', "yaml-text-after", 13, "値全体を"),
    ("name: 創業の相談", "name: [新]創業の相談", "yaml-text-after", 12, "値全体を"),
    ("name: 創業の相談", 'name: "創業の相談', "yaml-quote", 9, "同じ引用符"),
    ("name: 創業の相談", "name: @創業の相談", "yaml-special", 9, '" "'),
    ("name: 創業の相談", "name: `創業の相談", "yaml-special", 9, '" "'),
    ("name: 創業の相談", "name: %創業の相談", "yaml-special", 9, '" "'),
    ("name: 創業の相談", "name: !創業の相談", "yaml-special", 9, '" "'),
    ("name: 創業の相談", "name: >創業の相談", "yaml-block-text", 9, "次の行から"),
    ("  activities: [相談窓口の設置]", "activities: [相談窓口の設置]", "yaml-indent", 1, "縦にそろえて"),
    ("results: 相談に応じた。", "results: |- 相談に応じた。", "yaml-block-text", 12, "次の行から"),
    ("results: 相談に応じた。", "results: 相談 #1に応じた。", "text-comment", 15, "＃"),
    (
        "activities: [相談窓口の設置]",
        "activities: 相談窓口の設置",
        "initiative-activities-not-list",
        15,
        "[相談窓口の設置]",
    ),
    ("activities: [相談窓口の設置]", "activities:\n  -相談窓口", "yaml-dash", 3, "半角の空白"),
    ("activities: [相談窓口の設置]", "activities:\n  －相談窓口", "yaml-dash", 3, "半角の「-」"),
    ("activities: [相談窓口の設置]", "activities:\n- 相談窓口", "yaml-indent", 1, "字下げ"),
    (
        "activities: [相談窓口の設置]",
        "activities:\n  - 窓口: 設置",
        "initiative-activities-not-text",
        5,
        "全角の「：」",
    ),
]


@pytest.mark.parametrize("trap", TRAPS, ids=[trap[1] for trap in TRAPS])
def test_one_slip_is_told_once_at_its_own_spot(trap: tuple[str, str, str, int, str], tmp_path: Path) -> None:
    old, new, identifier, column, cure = trap
    root = lay_out(tmp_path)
    text = change(root, "measures/1-2.yaml", old, new).read_text(encoding="utf-8")
    (found,) = read(root).diagnostics
    first = text[: text.index(new)].count("\n") + 1
    assert (found.id, found.place.file) == (identifier, f"{BASE}/measures/1-2.yaml")
    assert first <= found.place.line <= first + new.count("\n")
    assert found.place.column == column
    assert cure in found.message + found.hint
