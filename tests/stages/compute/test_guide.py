"""The guide 評価方式.md: every worked example comes out as it says, every scheme in it can be used."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pipeline.model.strategy import Direction, Kind, Shown
from pipeline.stages.compute.assess import assess
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.tree import parse, plain
from tests.project import CITY
from tests.stages.compute.examples import YEARS, indicator
from tests.stages.compute.schemes import BLOCKS, GUIDE, READY, ready, written
from tests.stages.validate.test_schema import numbers, validator

EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.partition("## 計算の例")[2].partition("## 気を付けること")[0].splitlines()
    if line.startswith("| ") and not line.startswith(("| 例", "|---"))
]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row[0]}-{row[1]}-{row[6]}")
def test_a_worked_example_comes_out_as_written(row: list[str]) -> None:
    _, name, direction, baseline, target, last, actual, rate, label, _ = row
    given = indicator(
        baseline,
        {"R2": target, "R6": last},
        {"R2": actual},
        direction=Direction.DECREASE if direction == "小さい" else Direction.INCREASE,
        kind=Kind.CUMULATIVE if direction == "累計" else Kind.POINT,
    )
    found = assess(Shown(given, given.name), "R2", ready(name), YEARS)
    assert found.rate == (None if rate == "なし" else Decimal(rate))
    printed = found.rating or found.unrated
    assert printed is not None
    assert printed.label == label


def test_the_guide_works_examples_of_every_scheme_without_letters() -> None:
    assert {row[1] for row in EXAMPLES} == set(READY) - {"評点", "所管課の判定"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_a_scheme_of_the_guide_can_be_used(block: str) -> None:
    assert written(block).name in block


def test_the_guide_lists_every_ready_scheme_and_every_key() -> None:
    assert all(f"| `{name}` |" in GUIDE for name in READY)
    assert len(READY) == 6
    told = {*SchemeShape.model_fields} - {"name", "rate_name", "none", "entered"}
    assert {key for key in told if f"`{key}`" not in GUIDE} == set()


@pytest.mark.parametrize("name", READY)
def test_a_ready_scheme_says_whose_practice_it_follows(name: str) -> None:
    text = (ready(name).place.file, name)
    assert text[0] == f"inputs/schemes/{name}.yaml"
    head = GUIDE.partition(f"| `{name}` |")[2].splitlines()[0]
    assert re.search(r"ある(県|市|町)", head)


@pytest.mark.parametrize("name", READY)
def test_a_ready_scheme_holds_to_the_schema_that_it_names(name: str) -> None:
    text = (CITY / "inputs" / "schemes" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/scheme.schema.json\n")
    tree = parse(text, name)
    assert tree.value is not None
    told = validator("scheme").iter_errors(numbers(plain(tree.value)))
    assert [error.message for error in told] == []
