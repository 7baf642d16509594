"""Slips that leave a file in order: somebody is told of nearly all of them, and of nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.diagnostics import Severity
from tests.project import BASE, YEAR
from tests.stages.validate import silent
from tests.stages.validate.cases import change, lay_out, read

ALWAYS = {
    "actual {}",
    "evaluated year out",
    "baseline: negative",
    "actual: 20 to 10^6 times",
    "states reversed",
    "band tenfold",
    "band negative",
    "goals of one name",
    "measures of one name",
    "UTF-7",
}
"""The kinds of which somebody is always told."""

MEASURES = ("1-1", "1-2", "1-3", "3-2")
"""Where slips are made: all is read again for each, and a few measures have every kind of figure."""

LEAST = 0.85
"""So many of all slips are told; what is left looks like figures that may well be."""


@pytest.fixture(scope="module")
def silences(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bool]]:
    """Of each kind, whether nobody is told of a slip: one of each this year, one of some in the year after."""
    root = tmp_path_factory.mktemp("cities")
    found: dict[str, list[bool]] = {}
    for of, previous, each in (
        (silent.this_year(root / "this", MEASURES), None, 1),
        (silent.year_after(root / "after", MEASURES), YEAR, 1),
    ):
        before = silent.standing(of, previous)
        for slip in silent.slips(of, each, seed=2021):
            if previous is None or slip.kind.startswith(("evaluated", "actual", "direction", "target: ")):
                found.setdefault(slip.kind, []).append(not silent.told(of, slip, previous, before))
    return found


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_somebody_is_always_told(silences: dict[str, list[bool]], kind: str) -> None:
    assert silences[kind]
    assert not any(silences[kind])


def test_of_nearly_all_slips_somebody_is_told(silences: dict[str, list[bool]]) -> None:
    every = [silent for kind in silences.values() for silent in kind]
    assert len(every) > 30
    assert every.count(False) >= LEAST * len(every)


def test_nothing_is_told_of_figures_where_there_is_no_slip(tmp_path: Path) -> None:
    told = {
        (name, d.id, d.place.line)
        for name, of, previous in silent.cities(tmp_path)
        for d in silent.warnings(of.root, of.year, previous)
        if d.id.startswith(("figure-", "direction-", "states-", "target", "history-", "actual-", "name-", "band-"))
        and d.id not in ("figure-differs", "figure-parts-differ")
    }
    assert {(name, identifier) for name, identifier, _ in told} == {
        ("this year", "target-falls-back"),  # 13,100 and then 13,000, as the strategy has it
        ("year after", "target-falls-back"),
    }


@pytest.mark.parametrize(("edition", "severity"), [("draft", Severity.WARNING), ("final", Severity.ERROR)])
def test_an_absence_is_a_word(tmp_path: Path, edition: str, severity: Severity) -> None:
    root = lay_out(tmp_path)
    change(root, "report.yaml", "edition: draft", f"edition: {edition}")
    change(root, "report.yaml", "year: R2\n", "year: R3\n")
    change(root, "measures/1-2.yaml", "startups: {R2: 195}", "startups: {}")
    (found,) = (d for d in read(root).diagnostics if d.id == "actual-missing" and "創業" in d.message)
    assert (found.severity, found.place.line) == (severity, 3)
    assert "startups: {R2: 集計中, R3: 集計中} の形で、R2、R3 の所に" in found.hint


def test_what_is_shown_to_write_keeps_what_is_written(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "report.yaml", "year: R2\n", "year: R3\n")
    hints = {d.message.split("」")[0][3:]: d.hint for d in read(root).diagnostics if d.id == "actual-missing"}
    assert hints["創業した件数"].startswith("startups: {R2: 195, R3: 集計中} の形で")
    assert hints["航路の整備"].startswith(
        "routes: {R2: {number: 2, state: 整備中}, R3: {number: 1, state: 完成}} の形で"
    )
    assert hints["市内就業者数"].startswith("workers: {R2: 集計中, R3: 集計中} の形で")


def test_a_preliminary_figure_is_shown_as_it_is_written(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "report.yaml", "year: R2\n", "year: R3\n")
    change(root, "measures/1-2.yaml", "{R2: 195}", "{R2: {number: 195, preliminary: true}}")
    hints = [d.hint for d in read(root).diagnostics if d.id == "actual-missing"]
    assert any("{R2: {number: 195, preliminary: true}, R3: 集計中}" in hint for hint in hints)


@pytest.mark.parametrize(
    ("limit", "told"), [("800", True), ("-80", True), ("8", True), ("80", False), ("120", False), ("200", False)]
)
def test_a_limit_is_a_rate_that_there_is(tmp_path: Path, limit: str, told: bool) -> None:
    root = lay_out(tmp_path)
    change(root, "report.yaml", "at_least: 80", f"at_least: {limit}")
    change(root, "report.yaml", "  - {code: partly, label: 一部達成, mark: ◆, tone: near, at_least: 50}\n", "")
    found = [d.place.line for d in read(root).diagnostics if d.id == "band-limit-unlikely"]
    assert bool(found) is told


def test_an_initiative_of_the_same_name_is_told_and_a_repeated_one_is_not(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "measures/1-2.yaml", "name: 融資", "name: 創業の相談")
    (found,) = read(root).diagnostics
    assert (found.id, found.message) == (
        "name-twice",
        "取組「loans」の名称「創業の相談」が、「desk」（6行目）と同じです",
    )


@pytest.mark.parametrize(("end", "told"), [("", True), ("\n", False), ("\n\n", False)])
def test_a_list_that_ends_amid_a_line_may_be_cut_off(tmp_path: Path, end: str, told: bool) -> None:
    root = lay_out(tmp_path)
    text = "words:\n- {spellings: [取組, 取り組み]}"
    (root / BASE / "words.yaml").write_text(text + end, encoding="utf-8")
    assert [d.id for d in read(root).diagnostics] == ["file-cut-off"] * told


@pytest.mark.parametrize(("text", "told"), [("速い+MGs-", False), ("C+++-", False), ("+TwFpbXrLVzA", True)])
def test_utf_7_is_no_text(tmp_path: Path, text: str, told: bool) -> None:
    root = lay_out(tmp_path)
    (root / BASE / "goals.yaml").write_text(f"# {text}\nactuals: {{workers: {{R2: 47000}}}}\n", encoding="utf-8")
    assert ("file-not-utf8" in [d.id for d in read(root).diagnostics]) is told


def test_the_year_of_a_late_baseline_is_owed_no_actual(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(
        root, "strategy.yaml", "{year: R1, value: 163}\n  targets: {R2: 180, ", "{year: R2, value: 163}\n  targets: {"
    )
    change(root, "measures/1-2.yaml", "startups: {R2: 195}", "startups: {}")
    assert read(root).diagnostics == ()


@pytest.mark.parametrize("name", ["港の整備", "港の 整備", "港の　整備"])
def test_a_blank_tells_no_names_apart(tmp_path: Path, name: str) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "name: 創業の支援", f"name: {name}")
    assert "name-twice" in [d.id for d in read(root).diagnostics]


def test_a_baseline_may_be_of_a_year_before_the_plan(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "{year: R1, value: 163}", "{year: H30, value: 163}")
    assert read(root).diagnostics == ()


@pytest.mark.parametrize(
    ("year", "identifier"),
    [
        ("R7", "kpi-baseline-year-unknown"),
        ("2018", "kpi-baseline-year-unknown"),
        ("H20", "kpi-baseline-year-far"),
        ("R3", "kpi-baseline-year-late"),
    ],
)
def test_a_baseline_of_an_odd_year_is_told_once(tmp_path: Path, year: str, identifier: str) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "{year: R1, value: 163}", f"{{year: {year}, value: 163}}")
    assert [d.id for d in read(root).diagnostics] == [identifier]


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        ("{R6: 30}", []),
        ("{R2: 10, R3: 15, R5: 25, R6: 30}", ["kpi-target-missing"]),
        ("{R2: 10}", ["kpi-target-missing"]),
    ],
)
def test_a_target_for_the_last_year_alone_is_whole_and_a_gap_is_told(
    tmp_path: Path, targets: str, found: list[str]
) -> None:
    root = lay_out(tmp_path)
    text = (root / BASE / "strategy.yaml").read_text(encoding="utf-8")
    at = text.index("- id: startups")
    old = text[text.index("targets: ", at) :].split("\n")[0]
    change(root, "strategy.yaml", old, f"targets: {targets}")
    assert [d.id for d in read(root).diagnostics] == found
