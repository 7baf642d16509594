"""The audit of this year's report: the figures that agree, and the slips that the source itself has."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Place
from pipeline.model.audit import Text
from pipeline.model.results import Results
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from pipeline.stages.audit import CHECKS, audit
from tests.project import CITY, INPUTS


@pytest.fixture(scope="module")
def results() -> Results:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    computed = achievement.compute(evaluation).value
    assert computed is not None
    return computed


@pytest.fixture(scope="module")
def findings(results: Results) -> tuple[Diagnostic, ...]:
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
            line = (CITY / finding.place.file).read_text(encoding="utf-8").split("\n")[finding.place.line - 1]
            assert line[finding.place.column - 1 :].startswith(finding.message[1:].partition("」")[0])


def changed(text: Text, place: Place, old: str, new: str) -> Text:
    """The text with the figure at a place replaced."""
    lines = text.value.split("\n")
    for row, (line, start) in enumerate(zip(lines, text.lines, strict=True)):
        if (start.file, start.line) == (place.file, place.line):
            index = place.column - start.column
            lines[row] = line[:index] + line[index:].replace(old, new, 1)
    return replace(text, value="\n".join(lines))


def test_each_figure_that_agrees_would_be_warned_of_if_it_were_a_little_off(
    results: Results, findings: tuple[Diagnostic, ...]
) -> None:
    for finding in findings:
        if finding.id != "figure-confirmed" or "内訳" in finding.message:
            continue
        old = finding.message[1:].partition("」")[0]
        number = re.match(r"[\d.]+", old)
        assert number
        new = old.replace(number[0], str(Decimal(number[0]) + (Decimal("0.2") if "." in number[0] else 1)))
        texts = tuple(changed(text, finding.place, old, new) for text in results.evaluation.texts)
        given = replace(results, evaluation=replace(results.evaluation, texts=texts))
        warned = {
            d.place: d for d in audit(given, None).diagnostics if d.id in ("figure-differs", "figure-parts-differ")
        }
        assert f"「{new}」" in warned[finding.place].message


def test_every_check_is_a_named_function_that_says_what_it_holds() -> None:
    assert all(check.__doc__ and not check.__name__.startswith("_") for check in CHECKS)
