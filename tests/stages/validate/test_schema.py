"""The JSON Schemas that editors use say the same as the shapes that a run checks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from pipeline.cli.main import main
from pipeline.stages.validate import read_form
from pipeline.stages.validate.schema import kinds, schemas
from pipeline.stages.validate.shapes import fit
from pipeline.stages.validate.tree import Plain, parse, plain
from tests.project import BASE, FIXTURES, INPUTS, ROOT
from tests.stages.compute.examples import FORM
from tests.stages.validate.cases import REJECTED, SMALL, lay_out, rejected

FOLDER = ROOT / "inputs" / "schema"
FILES = sorted(INPUTS.rglob("*.yaml"))
SMALL_INPUTS = sorted((SMALL / BASE).rglob("*.yaml"))

ONLY_A_RUN_TELLS = {
    "date-impossible": "a pattern does not know how many days a month has",
}
"""Faults of shape that the schema lets pass, and why."""


def kind(path: Path) -> str:
    return "measure" if path.parent.name == "measures" else path.stem


def numbers(value: Plain) -> object:
    """Return the data as a JSON reader would."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case list():
            return [numbers(child) for child in value]
        case dict():
            return {key: numbers(child) for key, child in value.items()}
    return value


@cache
def made() -> Mapping[str, str]:
    """Return the schemas; made once, as every file is held to them."""
    return schemas(FORM)


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(made()[f"{name}.schema.json"]))


def faults(path: Path) -> tuple[list[str], list[str]] | None:
    """Return what the schema and the shape say of a file; None where it is no YAML."""
    tree = parse(path.read_text(encoding="utf-8"), path.name)
    if tree.value is None:
        return None
    told = [error.message for error in validator(kind(path)).iter_errors(numbers(plain(tree.value)))]
    return told, [found.id for found in fit(path.name, kinds(FORM)[kind(path)], tree.value)[1]]


def test_the_files_in_the_repository_are_fresh() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == schemas(FORM)


def test_the_action_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "inputs" / "schema").iterdir()}
    assert written == schemas(FORM)


@pytest.mark.parametrize("name", sorted(made()))
def test_everything_has_a_title_and_a_description_in_japanese(name: str) -> None:
    schema = json.loads(made()[name])
    Draft7Validator.check_schema(schema)
    for shape in (schema, *schema.get("$defs", {}).values()):
        assert re.search("[ぁ-んァ-ヶ一-龠A-Z]", shape["title"])
        for key, field in shape["properties"].items():
            assert field["title"] != key, key
            assert re.search("[ぁ-ん]", field["description"]), key


def test_editors_can_complete_what_stands_under_a_year() -> None:
    """Editors offer the values of additional properties, not those of patterns of keys."""
    values = json.loads(made()["goals.schema.json"])["properties"]["actuals"]["additionalProperties"]
    assert "未測定" in json.dumps(values["additionalProperties"], ensure_ascii=False)
    assert "R7、R8 のように" in values["propertyNames"]["patternErrorMessage"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(INPUTS).as_posix())
def test_a_citys_files_hold_to_the_schema_they_name(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    up = "../" * len(path.relative_to(INPUTS).parts)
    assert named[1] == f"{up}schema/{kind(path)}.schema.json"
    assert faults(path) == ([], [])


@pytest.mark.parametrize("path", SMALL_INPUTS, ids=lambda p: p.name)
def test_the_small_example_holds(path: Path) -> None:
    assert faults(path) == ([], [])


@pytest.mark.parametrize("name", sorted(set(REJECTED) - ONLY_A_RUN_TELLS.keys()))
def test_schema_and_shape_refuse_the_same(name: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, name)
    for file in rejected(name).files:
        found = faults(root / file)
        assert found is None or bool(found[0]) == bool(found[1]), found


def test_titles_say_what_the_form_calls_its_levels() -> None:
    city = FIXTURES / "hibari"
    made = schemas(read_form(city / "inputs" / "R3", city))
    strategy, measure = (json.loads(made[f"{kind}.schema.json"]) for kind in ("strategy", "measure"))
    titles = {key: strategy["properties"][key]["title"] for key in ("goals", "groups", "measures")}
    assert titles == {"goals": "基本目標", "groups": "基本施策", "measures": "個別施策"}
    assert measure["properties"]["initiatives"]["title"] == "主な事業"
    assert measure["$defs"]["InitiativeShape"]["title"] == "事業"
    assert "個別施策の名称です" in strategy["$defs"]["MeasureShape"]["properties"]["name"]["description"]
