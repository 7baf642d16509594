"""Whatever ``check`` lets pass can be written to: no reader of YAML refuses what another took.

``python -m tests.departments.returned.test_readers 1000`` tries as many edits of the inputs, and prints what failed.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline.departments.issued.input_places import value_at
from pipeline.departments.returned.scalars import is_plain, strict
from pipeline.departments.returned.splice import splice
from pipeline.diagnostics import has_errors
from pipeline.documents.yaml_reader import compose, texts
from pipeline.model.correspondence import Value, ValueKind
from pipeline.stages import validate
from tests.project import BASE, CITY
from tests.stages.compute.examples import FORM
from tests.stages.validate.cases import change, lay_out, read
from tests.stages.validate.damage import damages

MEASURE = "measures/1-2.yaml"
TYPED = [
    "\t",
    "\t",
    "\t\t",
    " \t",
    "\t#",
    "\t# 注",
    ":\t",
    "?",
    "? ",
    " ",
    "  ",
    "　",
    "\ufeff",
    "|",
    "- ",
    " #",
    "%",
    "'",
    "=",
]
FILE = "measures/1-2.yaml"


def typed(chance: random.Random, text: str) -> bytes:
    """Return the text with something typed into it, often in brackets or at the end of a line."""
    lines = text.split("\n")
    brackets = [n for n, line in enumerate(lines) if "{" in line or "[" in line]
    at = chance.choice(brackets) if brackets and chance.random() < 0.4 else chance.randrange(len(lines))
    column = len(lines[at]) if chance.random() < 0.4 else chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + chance.choice(TYPED) + lines[at][column:]
    return chance.choice(["\n", "\n", "\r\n"]).join(lines).encode()


def places(node: yaml.Node, keys: tuple[str, ...] = ()) -> Iterator[str]:
    """Return the keys of every single value that has an address, but the ids that make it."""
    if isinstance(node, yaml.ScalarNode):
        yield from () if keys[-1] == "id" else (".".join(keys),)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from places(value, (*keys, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                identifier = next((value.value for name, value in item.value if name.value == "id"), None)
                yield from places(item, (*keys, identifier)) if identifier else ()


def other(value: Value) -> Value:
    """Return another value of the kind."""
    return Value(
        value.kind, "12345" if value.kind is ValueKind.NUMBER else "改めた文章。\nその続き: 次年度も #1 から始める。"
    )


def faults(text: str, chance: random.Random) -> Iterator[str]:
    """Return what cannot be done with a text that passed."""
    if texts(text.removeprefix("\ufeff")) != strict(text.removeprefix("\ufeff")):
        yield "the readers differ"
    root = compose(text)
    known = list(places(root)) if root else []
    for place in chance.sample(known, min(4, len(known))):
        try:
            made = splice(text, {place: other(value_at(root, f"{FILE}#{place}", FORM))})
        except Exception as fault:
            yield f"{place}: {fault!r}"
        else:
            if value_at(compose(made), f"{FILE}#{place}", FORM) != other(value_at(root, f"{FILE}#{place}", FORM)):
                yield f"{place}: another value"


def tried(root: Path, files: list[Path], seeds: range) -> Iterator[tuple[str, bool]]:
    """Do an edit for every seed; return what failed after it (nothing if all went well), and whether it passed."""
    for seed in seeds:
        chance = random.Random(seed)
        path = chance.choice(files)
        before = path.read_bytes()
        edited = chance.random() < 0.7
        path.write_bytes(typed(chance, before.decode()) if edited else next(damages(seed, before.decode())).data)
        passed = not has_errors(validate.read(root / BASE, root).diagnostics)
        found = list(faults(path.read_bytes().decode(), chance)) if passed else []
        path.write_bytes(before)
        yield f"{seed} {path.name}: {found}" if found else "", passed


def test_whatever_passes_can_be_written_to(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    results = list(tried(root, sorted((root / BASE).rglob("*.yaml")), range(50)))
    assert [fault for fault, _ in results if fault] == []
    assert sum(passed for _, passed in results) > 7


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_blanks_at_the_end_of_a_block_do_not_hinder(ending: str, tmp_path: Path) -> None:
    change(lay_out(tmp_path), MEASURE, "results: 相談に応じた。", "results: |-\n    応じた。  \n \n\n")
    source = (tmp_path / BASE / MEASURE).read_text(encoding="utf-8").replace("\n", ending)
    assert not has_errors(read(tmp_path).diagnostics)
    made = splice(source, {"initiatives.desk.results": Value(ValueKind.TEXT, "改めた。")})
    assert made == source.replace("応じた。  ", "改めた。")


def test_blanks_after_a_value_do_not_hinder_a_longer_one() -> None:
    made = splice("a: 始め  \nb: 1\n", {"a": Value(ValueKind.TEXT, "一行目\n二行目")})
    assert made == "a: |-\n  一行目\n  二行目\nb: 1\n"


def test_a_byte_order_mark_stays_where_it_is() -> None:
    source = "\ufeffa: はじめ\nb: |-\n  一行目\n"
    assert splice(source, {"b": Value(ValueKind.TEXT, "次")}) == "\ufeffa: はじめ\nb: |-\n  次\n"


@pytest.mark.parametrize("text", ["2021-99-99", "0x_", "0001-01-01T00:00:00+23:59", "=", "12:30", "a?b"])
def test_a_text_that_looks_like_something_else_is_written_as_a_text(text: str) -> None:
    source = "a: {b: 始め, c: 1}\n"
    made = splice(source, {"a.b": Value(ValueKind.TEXT, text)})
    assert texts(made) == {"a": {"b": text, "c": "1"}}
    assert not is_plain(text, flow=True)


@pytest.mark.parametrize("text", ["2021-99-99", "0x_", "="])
def test_a_text_that_looks_like_something_else_hinders_nothing_beside_it(text: str) -> None:
    source = f"a: {text}\nb: 始め\n"
    assert splice(source, {"b": Value(ValueKind.TEXT, "次")}) == source.replace("始め", "次")


def main(count: int) -> None:
    """Try edits of this year's inputs; print what failed."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CITY / "inputs", Path(folder) / "inputs")
        files = sorted((Path(folder) / BASE).rglob("*.yaml"))
        results = list(tried(Path(folder), files, range(count)))
    print(*(fault for fault, _ in results if fault), sep="\n")  # noqa: T201
    print(f"{count} edits, {sum(passed for _, passed in results)} passed")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
