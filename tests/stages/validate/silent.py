"""Slips that leave a file in order and its figures wrong: each changes one thing as a hand or a paste would.

``python -m tests.stages.validate.silent 12`` makes up to 12 of each kind in each city and prints how many nobody sees.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.model.evaluation import Evaluation
from pipeline.stages import audit, validate
from pipeline.stages import compute as achievement
from pipeline.stages.validate.sources import Sources, load
from pipeline.stages.validate.strategy_file import AmountShape
from pipeline.stages.validate.views import actual_documents, items, word
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Progress
from tests.departments.returned.post import trimmed
from tests.project import CITY, NEXT, YEAR
from tests.stages.validate.cases import lay_out, lay_out_final

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TIMES = (20, 50, 500, 5_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Slip:
    """What was done: its kind, a word for where, and the texts of the files it changed."""

    kind: str
    where: str
    texts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class City:
    """A year's folder in a project of its own, with its files as text and its sources."""

    root: Path
    year: str
    sources: Sources

    @property
    def folder(self) -> Path:
        """The year's folder."""
        return self.root / "inputs" / self.year

    def text(self, file: str) -> str:
        """The text of a file as places name it."""
        return (self.root / file).read_text(encoding="utf-8")


Make = Callable[[City, random.Random], Iterator[Slip]]


def city(root: Path, year: str) -> City:
    """Open a city."""
    return City(root, year, load(root / "inputs" / year, root)[0])


def warnings(root: Path, year: str, previous: str | None) -> tuple[Diagnostic, ...]:
    """Return what a person is told of a year's folder: by the inputs, and by the audit where it comes so far."""
    checked = validate.read(root / "inputs" / year, root)
    found = checked.diagnostics
    if checked.value is not None:
        results = achievement.compute(checked.value)
        found = (*found, *results.diagnostics)
        if results.value is not None:
            before = _read(root, previous) if previous else None
            found = (*found, *audit.audit(results.value, before).diagnostics)
    return tuple(d for d in found if d.severity is not Severity.INFO)


@cache
def _read(root: Path, year: str) -> Evaluation | None:
    """Read a year in which nobody slips."""
    return validate.read(root / "inputs" / year, root).value


def at(text: str, place: Place, old: re.Pattern[str], new: Callable[[str], str]) -> str | None:
    """Change what stands at a place; None where something else stands there."""
    lines = text.split("\n")
    line = lines[place.line - 1]
    match = old.match(line, place.column - 1)
    if match is None or new(match[0]) == match[0]:
        return None
    lines[place.line - 1] = line[: match.start()] + new(match[0]) + line[match.end() :]
    return "\n".join(lines)


def _to(new: str) -> Callable[[str], str]:
    return lambda _: new


def _changed(of: City, kind: str, place: Place, old: re.Pattern[str], new: Callable[[str], str]) -> Iterator[Slip]:
    text = at(of.text(place.file), place, old, new)
    if text is not None:
        yield Slip(kind, str(place), {place.file: text.encode()})


def _figures(of: City, stem: str) -> Iterator[tuple[str, Place]]:
    """Yield the places of the numbers of a sort: of every baseline, target or actual, a milestone's number inside."""
    document = of.sources.strategy
    for index, shape in enumerate(document.given().indicators):
        at = ("indicators", index)
        if stem == "baseline" and shape.baseline.value is not None:
            path: tuple[str | int, ...] = (*at, "baseline", "value")
            yield shape.id, document.at(*path, *(("number",) if shape.states else ()))
        for year in shape.targets if stem == "target" else ():
            yield shape.id, document.at(*at, "targets", year, *(("number",) if shape.states else ()))
    for actuals in actual_documents(of.sources).values():
        for identifier, years in actuals.given().actuals.items() if stem == "actual" else ():
            last = list(years)[-1]
            at_number = actuals.at("actuals", identifier, last, "number")
            yield identifier, at_number


def _each(kind: str, stem: str, new: Callable[[str, random.Random], str]) -> Make:
    def make(of: City, chance: random.Random) -> Iterator[Slip]:
        for _, place in _figures(of, stem):
            yield from _changed(of, kind, place, NUMBER, lambda old: new(old, chance))

    return make


def _digit_lost(old: str, chance: random.Random) -> str:
    """Lose one of the digits before the point: not of a single one, nor so that a 0 leads."""
    whole, point, rest = old.partition(".")
    if len(whole) < 2:
        return old
    lost = chance.randrange(len(whole))
    return str(int(whole[:lost] + whole[lost + 1 :])) + point + rest


def _thousands_lost(old: str, _: random.Random) -> str:
    return old[:-1] if len(old) > 4 and old.endswith("0") and "." not in old else old


def _times(factor: int) -> Callable[[str, random.Random], str]:
    return lambda old, _: str(Decimal(old) * factor)


def _negative(old: str, _: random.Random) -> str:
    return f"-{old}" if Decimal(old) > 0 else old


def _many_times(old: str, chance: random.Random) -> str:
    return str(Decimal(old) * chance.choice(TIMES))


def _actual_out(of: City, _: random.Random) -> Iterator[Slip]:
    for document in actual_documents(of.sources).values():
        for identifier in document.given().actuals:
            place = document.key("actuals", identifier)
            yield from _changed(of, "actual {}", place, re.compile(r".*"), _to(f"{identifier}: {{}}"))


def _evaluated_out(of: City, _: random.Random) -> Iterator[Slip]:
    year = of.sources.report.given().year
    for document in actual_documents(of.sources).values():
        for identifier, years in document.given().actuals.items():
            if len(years) > 1:
                place = document.key("actuals", identifier)
                old = re.compile(rf".*?, {year}: .*\}}")
                yield from _changed(
                    of, "evaluated year out", place, old, lambda line: re.sub(rf", {year}: .*", "}", line)
                )


def _turned(of: City, _: random.Random) -> Iterator[Slip]:
    document = of.sources.strategy
    other = {"increase": "decrease", "decrease": "increase"}
    for index, _shape in enumerate(document.given().indicators):
        place = document.at("indicators", index, "direction")
        yield from _changed(of, "direction turned", place, re.compile(r"\w+"), lambda old: other.get(old, old))


def _states_turned(of: City, _: random.Random) -> Iterator[Slip]:
    document = of.sources.strategy
    for index, shape in enumerate(document.given().indicators):
        if shape.states:
            place = document.at("indicators", index, "states")
            new = f"[{', '.join(reversed(shape.states))}]"
            yield from _changed(of, "states reversed", place, re.compile(r"\[.*?\]"), _to(new))


def _bands(of: City, _: random.Random) -> Iterator[Slip]:
    scheme = of.sources.scheme
    file = scheme.at().file
    text = of.text(file)
    for match in re.finditer(r"at_least: (\d+)", text):
        for kind, new in (("band tenfold", f"{match[1]}0"), ("band negative", f"-{match[1]}")):
            made = f"{text[: match.start(1)]}{new}{text[match.end(1) :]}"
            yield Slip(kind, f"{file}:{match.start()}", {file: made.encode()})


def _alike(of: City, _: random.Random) -> Iterator[Slip]:
    document = of.sources.strategy
    for part in ("goals", "measures", "indicators"):
        nodes = items(document.tree, part)
        for index in range(1, len(nodes)):
            name, other = word(nodes[index], "name"), word(nodes[index - 1], "name")
            if name and other:
                yield from _changed(of, f"{part} of one name", name.place, re.compile(r"[^,}\"\s]+"), _to(other.text))


def _exchanged(of: City, chance: random.Random) -> Iterator[Slip]:
    figures = list(_figures(of, "actual"))
    chance.shuffle(figures)
    for (_, first), (_, second) in zip(figures[::2], figures[1::2], strict=False):
        texts = {file: of.text(file) for file in {first.file, second.file}}
        ours, theirs = (NUMBER.match(texts[p.file].split("\n")[p.line - 1], p.column - 1) for p in (first, second))
        if ours is None or theirs is None or first.line == second.line or ours[0] == theirs[0]:
            continue
        for place, new in ((first, theirs[0]), (second, ours[0])):
            made = at(texts[place.file], place, NUMBER, _to(new))
            assert made is not None
            texts[place.file] = made
        yield Slip("actuals exchanged", f"{first} {second}", {file: text.encode() for file, text in texts.items()})


def _texts_exchanged(of: City, _: random.Random) -> Iterator[Slip]:
    for document in of.sources.measures.values():
        text = of.text(document.file)
        for match in re.finditer(r"(?m)^  results: (\|-\n(?:    .*\n)+)  evaluation: (\|-\n(?:    .*\n)+)", text):
            made = f"{text[: match.start()]}  results: {match[2]}  evaluation: {match[1]}{text[match.end() :]}"
            where = f"{document.file}:{match.start()}"
            yield Slip("results and evaluation exchanged", where, {document.file: made.encode()})


def _pasted(of: City, chance: random.Random) -> Iterator[Slip]:
    document = of.sources.strategy
    shapes = [(n, s) for n, s in enumerate(document.given().indicators) if not s.states]
    text = of.text(document.file)
    for index, shape in shapes:
        other = chance.choice([s for n, s in shapes if n != index and s.targets != shape.targets])
        targets = ", ".join(f"{y}: {v}" for y, v in other.targets.items())
        place = document.at("indicators", index, "targets")
        made = at(text, place, re.compile(r"\{.*?\}"), _to(f"{{{targets}}}"))
        if made is not None:
            yield Slip("targets of another", f"{shape.id} has {other.id}'s", {document.file: made.encode()})


def _cut_off(of: City, chance: random.Random) -> Iterator[Slip]:
    for name in ("words.yaml", "audit.yaml"):
        path = of.folder / name
        data = path.read_bytes() if path.exists() else b""
        for _ in range(20 if data else 0):
            file = path.relative_to(of.root).as_posix()
            cut = data[: chance.randrange(1, len(data) - 1)]
            yield Slip(f"{name} cut off", f"{len(cut)} of {len(data)}", {file: cut})


def _utf_7(of: City, _: random.Random) -> Iterator[Slip]:
    for path in sorted(of.folder.rglob("*.yaml")):
        file = path.relative_to(of.root).as_posix()
        yield Slip("UTF-7", file, {file: of.text(file).encode("utf-7")})


KINDS: tuple[Make, ...] = (
    _actual_out,
    _evaluated_out,
    _turned,
    _each("baseline: digit lost", "baseline", _digit_lost),
    _each("baseline: tenfold", "baseline", _times(10)),
    _each("baseline: negative", "baseline", _negative),
    _each("target: digit lost", "target", _digit_lost),
    _each("target: last digit lost", "target", _thousands_lost),
    _each("target: tenfold", "target", _times(10)),
    _each("target: negative", "target", _negative),
    _each("actual: digit lost", "actual", _digit_lost),
    _each("actual: tenfold", "actual", _times(10)),
    _each("actual: 20 to 10^6 times", "actual", _many_times),
    _each("actual: negative", "actual", _negative),
    _states_turned,
    _bands,
    _alike,
    _exchanged,
    _texts_exchanged,
    _pasted,
    _cut_off,
    _utf_7,
)


def slips(of: City, most: int, seed: int) -> Iterator[Slip]:
    """Yield up to ``most`` slips of each kind, always the same of a seed."""
    chance = random.Random(seed)
    made: dict[str, list[Slip]] = defaultdict(list)
    for make in KINDS:
        for slip in make(of, chance):
            made[slip.kind].append(slip)
    for kind in made.values():
        yield from chance.sample(kind, min(most, len(kind)))


def told(of: City, slip: Slip, previous: str | None, before: frozenset[tuple[str, Place]]) -> list[Diagnostic]:
    """Make a slip, give what is told of it that was not told before, and take it back."""
    kept = {file: (of.root / file).read_bytes() for file in slip.texts}
    try:
        for file, data in slip.texts.items():
            (of.root / file).write_bytes(data)
        return [d for d in warnings(of.root, of.year, previous) if (d.id, d.place) not in before]
    finally:
        for file, data in kept.items():
            (of.root / file).write_bytes(data)


def standing(of: City, previous: str | None) -> frozenset[tuple[str, Place]]:
    """Return what is told of a city without slips."""
    return frozenset((d.id, d.place) for d in warnings(of.root, of.year, previous))


def this_year(root: Path, measures: Collection[str] = ()) -> City:
    """Copy this year's inputs into a folder: the whole city, or some measures of it."""
    shutil.copytree(CITY / "inputs", root / "inputs", dirs_exist_ok=True)
    if measures:
        trimmed(root, measures)
    return city(root, YEAR)


def year_after(root: Path, measures: Collection[str] = ()) -> City:
    """Begin the year after this one as a clerk would, each actual a year ahead of its target."""
    this_year(root, measures)
    begun = new_year.begin(Project(root, YEAR), _Quiet())
    assert begun.project is not None
    of = city(root, NEXT)
    aims = {s.id: s.targets for s in of.sources.strategy.given().indicators}
    for document in actual_documents(of.sources).values():
        text = of.text(document.file)
        for identifier in document.given().actuals:
            aim = aims[identifier][NEXT]
            shown = f"{{number: {aim.number}, state: {aim.state}}}" if isinstance(aim, AmountShape) else str(aim)
            told = "未測定" if shown == "未設定" else shown
            text = re.sub(rf"(?m)^(  {identifier}: \{{R2: .*)\}}", rf"\1, {YEAR}: {told}}}", text)
        text = re.sub("(results|evaluation): (\"\"|''|\\|-?)$", r"\1: 書いた。", text, flags=re.MULTILINE)
        (root / document.file).write_text(text, encoding="utf-8")
    return city(root, NEXT)


class _Quiet(Progress):
    """Nobody looks on."""

    def stage(self, title: str, total: int | None = None) -> None:
        """Pass."""

    def step(self, label: str) -> None:
        """Pass."""


def main(most: int, seed: int) -> None:
    """Make slips in every city and print how many of each kind nobody is told of."""
    silent: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with tempfile.TemporaryDirectory() as folder:
        for name, of, previous in cities(Path(folder)):
            before = standing(of, previous)
            for slip in slips(of, most, seed):
                found = told(of, slip, previous, before)
                silent[slip.kind][0] += not found
                silent[slip.kind][1] += 1
                if len(found) != 1:
                    print(name, slip.kind, slip.where, [f"{d.id} {d.place}" for d in found])  # noqa: T201
    for kind, (lost, made) in silent.items():
        print(f"{lost:4} of {made:4} silent  {kind}")  # noqa: T201


def cities(folder: Path) -> Iterator[tuple[str, City, str | None]]:
    """Yield the cities by name, each with its year before."""
    yield "this year", this_year(folder / "this"), None
    yield "year after", year_after(folder / "after"), YEAR
    yield "small", city(lay_out(folder / "small"), YEAR), None
    yield "final", city(lay_out_final(folder / "final"), YEAR), None


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
