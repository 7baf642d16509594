"""Splicing changes one value and nothing else, whatever the text and however the file is written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.departments.issued.input_places import value_at
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.departments.returned.splice import splice
from pipeline.model.correspondence import Value, ValueKind
from tests.project import INPUTS
from tests.stages.compute.examples import FORM

MEASURE = (INPUTS / "measures/1-2.yaml").read_text(encoding="utf-8")
STYLES = """\
# 頭の注
plain: はじめの文章      # 行の注
single: 'はじめの文章'
double: "はじめの文章"
empty:
literal: |-   # 塊の注
  一行目
  二行目

# 間の注
clipped: |
  一行目
folded: >-
  一行目
  続き
flow: {a: 始め, b: 1}   # 括弧の注
items:
- 一つ目   # 項目の注
- {id: two, name: 二つ目}
- {repeat: 1-3/x/y}
last: 終わり
"""
PLACES = ["plain", "single", "double", "empty", "literal", "clipped", "folded", "flow.a", "items.two.name", "last"]
TEXTS = st.text(
    st.one_of(
        st.sampled_from("あ漢、。：；:#-'\"\\{}[],&*!|>%@` \n0"), st.characters(codec="utf-8", exclude_characters="\r")
    ),
    max_size=40,
)
FILE = "measures/1-2.yaml"


def text(value: str) -> Value:
    return Value(ValueKind.TEXT, value)


def without(data: Any, path: str) -> object:  # noqa: ANN401 - whatever YAML holds
    """Return the data with the value at the path taken out."""
    keys = path.split(".")
    holder = data
    for key in keys[:-1]:
        entries = (entry for entry in holder if isinstance(entry, dict) and entry.get("id") == key)
        holder = holder[key] if isinstance(holder, dict) else next(entries)
    holder[keys[-1]] = None
    return data


@given(place=st.sampled_from(PLACES), new=TEXTS, windows=st.booleans())
def test_any_text_reads_back_and_nothing_else_changes(place: str, new: str, windows: bool) -> None:
    source = STYLES.replace("\n", "\r\n") if windows else STYLES
    try:
        result = splice(source, {place: text(new)})
    except CannotWrite:
        return
    read = value_at(yaml.compose(result, Loader=yaml.SafeLoader), f"{FILE}#{place}", FORM)
    assert read.text == new.rstrip("\n")
    assert without(yaml.safe_load(result), place) == without(yaml.safe_load(source), place)
    assert [c for c in "頭間" if f"{c}の注" not in result] == []
    assert (result.count("\n") == result.count("\r\n")) is windows


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "new", ["改めた文章。", "一行目\n二行目", "はい: いいえ # ではない", "null", "12", "- 項目", "'引用'"]
)
def test_ordinary_texts_are_always_written(place: str, new: str) -> None:
    result = splice(STYLES, {place: text(new)})
    assert value_at(yaml.compose(result, Loader=yaml.SafeLoader), f"{FILE}#{place}", FORM).text == new
    assert result.count("の注") == STYLES.count("の注")


def test_only_the_value_itself_is_replaced() -> None:
    result = splice(MEASURE, {"actuals.siting-designations.R2": Value(ValueKind.NUMBER, "91")})
    assert result == MEASURE.replace("{R2: 90}", "{R2: 91}")


def test_a_missing_actual_is_added_to_its_indicator() -> None:
    source = MEASURE.replace("{R2: 90}", "{}")
    result = splice(source, {"actuals.siting-designations.R2": Value(ValueKind.NUMBER, "91")})
    assert result == MEASURE.replace("{R2: 90}", "{R2: 91}")


def test_entries_are_changed_added_and_taken_away_by_themselves() -> None:
    new = "一つ目を改めた\n二つ目を改めた\n→1-3/x/y\n四つ目"
    result = splice(STYLES, {"items": Value(ValueKind.LIST, new)})
    assert yaml.safe_load(result)["items"] == [
        "一つ目を改めた",
        {"id": "two", "name": "二つ目を改めた"},
        {"repeat": "1-3/x/y"},
        "四つ目",
    ]
    assert "# 項目の注" in result


def test_a_repeated_entry_is_not_changed_here() -> None:
    with pytest.raises(CannotWrite, match="再掲"):
        splice(STYLES, {"items": Value(ValueKind.LIST, "一つ目\n二つ目\n改めた再掲")})


def test_a_comment_is_never_lost() -> None:
    with pytest.raises(CannotWrite):
        splice(STYLES, {"items": Value(ValueKind.LIST, "二つ目\n→1-3/x/y")})


def test_a_milestones_number_and_state() -> None:
    source = "actuals:\n  routes:\n    R2: {number: 2, state: 整備中}  # 注\n"
    result = splice(source, {"actuals.routes.R2": Value(ValueKind.STATE, "3（完成）")})
    assert result == source.replace("2, state: 整備中", "3, state: 完成")


def test_notations_that_share_values_are_left_alone() -> None:
    with pytest.raises(CannotWrite):
        splice("a: &x 文章\nb: *x\n", {"a": text("別")})


@pytest.mark.parametrize("changes", [{"R1": "31"}, {"R1": "31", "H30": "29"}])
def test_a_year_is_written_over_as_the_file_has_it(changes: dict[str, str]) -> None:
    source = "actuals:\n  library: {H30: 28, H31: 30}   # 冊\n"
    values = {f"actuals.library.{year}": Value(ValueKind.NUMBER, new) for year, new in changes.items()}
    expected = f"actuals:\n  library: {{H30: {changes.get('H30', '28')}, H31: 31}}   # 冊\n"
    assert splice(source, values) == expected


def test_a_year_that_is_taken_out_goes_by_either_name() -> None:
    gone = Value(ValueKind.ABSENT, "")
    assert splice("actuals: {H30: 28, H31: 30}\n", {"actuals.R1": gone}) == "actuals: {H30: 28}\n"
