"""Damages done to input files as people and programs do them: seeded, each a small change of one file's bytes.

``python -m tests.inputs.damage 3000`` does as many to this year's inputs and prints what came of them.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.cli.console import diagnostic_lines
from pipeline.diagnostics import Checked, Severity, has_errors, to_json, to_lines
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from tests.project import BASE, CITY

TYPED = [*"-:,[]{}#&*!|>'\"%@`?~. \t\n\\/", "　", "：", "１", "𠮷", "ー", "△", "a", "9", "R", "\x00", "\x85", "\ufeff"]
VALUES = ["", "yes", "no", "null", "12:30", "1,234", "１２３", "010", "1e3", ".inf", "2021-08-01", "[]", "{}", "[a, b]"]
VALUES += ["{a: b}", "*a", "&a", "!b c", "@x", "`x", "- x", "a: b", "a #b", '"x', "'x", "|", "true", "R2", "x" * 2000]
ENCODINGS = ["cp932", "euc_jp", "utf-16", "utf-16-le", "utf-8-sig", "iso2022_jp"]


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to a file: its bytes after, and the line it was done in (0 where it is no one line)."""

    kind: str
    data: bytes
    line: int


Way = Callable[[random.Random, list[str]], tuple[str, int]]


def _lost(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.randrange(len(lines))
    return "\n".join(lines[:at] + lines[at + 1 :]), at + 1


def _doubled(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.randrange(len(lines))
    return "\n".join(lines[: at + 1] + lines[at:]), at + 1


def _indented(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.randrange(len(lines))
    by = chance.choice([" ", "  ", "\t", "　", "   "])
    moved = by + lines[at] if chance.random() < 0.5 else lines[at].removeprefix(" ").removeprefix(" ")
    return "\n".join([*lines[:at], moved, *lines[at + 1 :]]), at + 1


def _swapped(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines), 0


def _typed(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.randrange(len(lines))
    column = chance.randrange(len(lines[at]) + 1)
    kept = chance.random() < 0.5
    lines[at] = lines[at][:column] + chance.choice(TYPED) + lines[at][column + (not kept) :]
    return "\n".join(lines), at + 1


def _another_value(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.choice([n for n, line in enumerate(lines) if ": " in line])
    lines[at] = f"{lines[at].split(': ')[0]}: {chance.choice(VALUES)}"
    return "\n".join(lines), at + 1


def _another_key(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    at = chance.choice([n for n, line in enumerate(lines) if ":" in line and not line.startswith("#")])
    column = chance.randrange(lines[at].index(":")) if lines[at].index(":") else 0
    lines[at] = lines[at][:column] + chance.choice("xyz１：") + lines[at][column + 1 :]
    return "\n".join(lines), at + 1


def _cut_off(chance: random.Random, lines: list[str]) -> tuple[str, int]:
    text = "\n".join(lines)
    return text[: chance.randrange(len(text))], 0


WAYS: tuple[Way, ...] = (_lost, _doubled, _indented, _swapped, _typed, _another_value, _another_key, _cut_off)


def damages(seed: int, text: str) -> Iterator[Damage]:
    """Yield damages of a text without end."""
    chance = random.Random(seed)
    while True:
        way = chance.choice((*WAYS, None))
        if way is None:
            yield _bytes(chance, text)
        else:
            made, line = way(chance, text.split("\n"))
            yield Damage(way.__name__.strip("_"), made.encode("utf-8"), line)


def _bytes(chance: random.Random, text: str) -> Damage:
    if chance.random() < 0.5:
        encoding = chance.choice(ENCODINGS)
        return Damage("encoding", text.encode(encoding, "replace"), 0)
    data = bytearray(text.encode())
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return Damage("bytes", bytes(data), 0)


def state(root: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def read(root: Path) -> Checked[Evaluation]:
    """Read a damaged folder and show what was found in every form."""
    checked = validate.read(root / BASE, root)
    diagnostic_lines(checked.diagnostics, root)
    to_json(checked.diagnostics)
    to_lines(checked.diagnostics)
    return checked


def faults(root: Path, file: str, checked: Checked[Evaluation]) -> Iterator[str]:
    """Yield what must never be so after one file was damaged."""
    errors = [d for d in checked.diagnostics if d.severity is Severity.ERROR]
    if (checked.value is None) != has_errors(checked.diagnostics):
        yield "neither errors nor a value"
    for d in checked.diagnostics:
        path = root / d.place.file
        if not (d.place.file and d.message and d.hint):
            yield f"nothing said: {d}"
        if d.place.line and path.is_file() and d.place.line > path.read_bytes().replace(b"\r", b"\n").count(b"\n") + 1:
            yield f"no such line: {d.place}"
    if errors and not any(d.place.file == file or file in d.message + d.hint for d in errors):
        stem = Path(file).stem
        if not any(stem in d.message + d.hint for d in errors):
            yield f"{file} is not named: {[str(d.place) + d.id for d in errors[:3]]}"


def main(count: int, seed: int) -> None:
    """Do ``count`` damages to this year's inputs; print figures."""
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path in (CITY / BASE).rglob("*.yaml"):
            copy = root / path.relative_to(CITY)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        before = state(root)
        chance = random.Random(seed)
        for number in range(count):
            file = chance.choice(sorted(before))
            damage = next(damages(seed + number, before[file].decode()))
            (root / file).write_bytes(damage.data)
            try:
                checked = read(root)
            except Exception as problem:
                print(f"!! {damage.kind} seed {seed + number} {file}: {problem!r}")  # noqa: T201
                figures["traceback"] += 1
                checked = None
            if checked is not None:
                figures += _told(file, damage, checked)
                for fault in faults(root, file, checked):
                    figures["fault"] += 1
                    print(f"?? {damage.kind} seed {seed + number} {file}:{damage.line}: {fault}")  # noqa: T201
            changed = {name for name, data in state(root).items() if before.get(name) != data} - {file}
            figures["written"] += bool(changed)
            (root / file).write_bytes(before[file])
    for name, number in sorted(figures.items()):
        print(f"{number:6} {name}")  # noqa: T201


def _told(file: str, damage: Damage, checked: Checked[Evaluation]) -> Counter[str]:
    """Count what was told of a damage, and where; show what was told elsewhere or more than once."""
    errors = [d for d in checked.diagnostics if d.severity is Severity.ERROR]
    if not errors:
        return Counter({"damages": 1, "accepted": 1})
    figures = Counter({"damages": 1, "refused": 1, f"errors told: {min(len(errors), 6)}": 1})
    if damage.line:
        near = min(abs(d.place.line - damage.line) if d.place.file == file else 999 for d in errors)
        where = ("right", "next")[near] if near < 2 else "far"
        figures.update([f"line: {where}", f"{damage.kind}: {where}"])
        if near > 1 or len(errors) > 1:
            lines = damage.data.decode().split("\n")
            shown = lines[damage.line - 1][:50] if damage.line <= len(lines) else ""
            told = [f"{d.place.file[-10:]}:{d.place.line} {d.id}" for d in errors[:5]]
            print(f"-- {len(errors)} {damage.kind} {file[10:]}:{damage.line} {shown!r} {told}")  # noqa: T201
    return figures


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
