"""YAML as the inputs mean it: exact numbers, and words that stay words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.diagnostics import Place
from pipeline.stages.validate.tree import MANY, Keys, Scalar, find, parse, plain, without


def value(written: str) -> object:
    tree = parse(f"a: {written}\n", "x.yaml").value
    assert isinstance(tree, Keys)
    node = tree.nodes["a"]
    assert isinstance(node, Scalar)
    return node.value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_is_exactly_what_is_written(number: Decimal) -> None:
    read = value(f"{number:f}")
    assert isinstance(read, Decimal)
    assert str(read) == f"{number:f}"


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "off", "12:30", "2021-08-01", "1,234", "１２", "1e3", "0x1F", "007", "+5", "R2", "1-2", ".5"],
)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert value(word) == word


@pytest.mark.parametrize(
    ("word", "meaning"), [("true", True), ("false", False), ("null", None), ("~", None), ("", None)]
)
def test_four_words_have_a_meaning(word: str, meaning: bool | None) -> None:
    assert value(word) is meaning


@pytest.mark.parametrize("written", ['"90"', "'true'", '""', "|-\n  90"])
def test_what_is_quoted_is_text(written: str) -> None:
    assert isinstance(value(written), str)


def test_places_count_characters_from_one() -> None:
    tree = parse("目標: [一, {二: 三}]\n", "x.yaml").value
    assert tree is not None
    node = find(tree, ("目標", 1, "二"))
    assert node is not None
    assert node.place == Place("x.yaml", 1, 13)


def test_a_part_can_be_left_out() -> None:
    tree = parse("a: [1, 2, {b: 3, c: 4}]\n", "x.yaml").value
    assert tree is not None
    assert plain(without(tree, ("a", 2, "b"))) == {"a": [Decimal(1), Decimal(2), {"c": Decimal(4)}]}
    assert plain(without(tree, ("a", 0))) == {"a": [Decimal(2), {"b": Decimal(3), "c": Decimal(4)}]}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_gives_a_tree_or_a_finding(text: str) -> None:
    checked = parse(text, "x.yaml")
    assert checked.value is not None or checked.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n}: {n}\n" for n in range(MANY + 1)),
        "".join(f"- {n}\n" for n in range(MANY + 1)),
        "a: {" + ", ".join(f"k{n}: {n}" for n in range(MANY + 1)) + "}\n",
    ],
)
def test_more_entries_than_anybody_writes_are_told_where_they_begin_to_be_too_many(text: str) -> None:
    checked = parse(text, "x.yaml")
    assert checked.value is None
    assert [found.id for found in checked.diagnostics] == ["yaml-too-many"]
    assert parse(text.replace(f"k{MANY}: {MANY}", "").removesuffix(f"- {MANY}\n"), "x.yaml").value is not None
