"""The audit of this year's report: the figures that agree, and the slips that the source itself has."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import achievement, inputs
from pipeline.audit import CHECKS, audit
from pipeline.diagnostics import Diagnostic
from tests.project import ROOT


@pytest.fixture(scope="module")
def findings() -> tuple[Diagnostic, ...]:
    evaluation = inputs.read(ROOT / "inputs" / "R3", ROOT).value
    assert evaluation is not None
    results = achievement.compute(evaluation).value
    assert results is not None
    return audit(results, None).diagnostics


def at(findings: tuple[Diagnostic, ...], identifier: str) -> list[tuple[str, str]]:
    """The files and figures of all findings of an id."""
    found = (d for d in findings if d.id == identifier)
    return [(Path(d.place.file).stem, d.message[1:].partition("」")[0]) for d in found if "内訳" not in d.message]


def test_the_two_slips_are_warnings(findings: tuple[Diagnostic, ...]) -> None:
    assert at(findings, "figure-differs") == [("1-3", "3件"), ("4-2", "60.9%")]
    messages = [d.message for d in findings if d.id == "figure-differs"]
    assert "目標R2 − 実績R1 = 15 − 13 = 2 と違います" in messages[0]
    assert "実績R2 ÷ 実績R1 = 100.0 ÷ 165.0 = 60.6% と違います" in messages[1]


def test_the_figures_that_agree_are_recorded(findings: tuple[Diagnostic, ...]) -> None:
    assert sorted(at(findings, "figure-confirmed")) == sorted(
        [
            ("1-2", "23件"),
            ("1-2", "11件"),
            ("1-2", "1件"),
            ("1-2", "1件"),
            ("1-3", "4件"),
            ("1-3", "32人"),
            ("1-3", "27人"),
            ("1-4", "1件"),
            ("2-3", "100%"),
            ("2-3", "37.7%"),
            ("2-3", "45.7%"),
            ("2-3", "50%"),
            ("3-3", "6世帯"),
            ("5-4", "1件"),
        ]
    )


def test_every_finding_stands_where_its_words_are(findings: tuple[Diagnostic, ...]) -> None:
    for finding in findings:
        if finding.id.startswith("figure-"):
            line = (ROOT / finding.place.file).read_text(encoding="utf-8").split("\n")[finding.place.line - 1]
            assert line[finding.place.column - 1 :].startswith(finding.message[1:].partition("」")[0])


def test_every_check_is_a_named_function_that_says_what_it_holds() -> None:
    assert all(check.__doc__ and not check.__name__.startswith("_") for check in CHECKS)
