"""Pairs of sentences, a right one and the same with one slip, and what the audit makes of them.

``pairs.yaml`` has the tables and the sentences. The first half of them served to tune the audit, the second was kept
apart; a fixed rule of their letters says which is which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Place
from pipeline.documents.yaml_reader import LOADER
from pipeline.model.audit import Text, TextKind
from pipeline.model.evaluation import Evaluation, Initiative
from pipeline.model.results import Results
from pipeline.model.strategy import Direction, Goal, Indicator, Kind
from pipeline.stages import validate
from pipeline.stages.audit.claim_checks import figures_agree_with_the_tables
from pipeline.stages.audit.finding import material
from pipeline.stages.audit.numerals import narrow
from pipeline.stages.compute.results import compute
from pipeline.wording.era import following
from tests.project import BASE, CITY, INPUTS
from tests.stages.compute import examples
from tests.stages.compute.examples import RESULTS

FILE = Path(__file__).parent / "pairs.yaml"
FIXTURE = "city"
"""What the pairs on the frozen city stand under."""
WARNED = ("figure-differs", "figure-parts-differ")


@dataclass(frozen=True)
class Pair:
    """A right sentence on an indicator, and the same with a slip; None where there is only the right one."""

    city: str
    about: str
    right: str
    slip: str | None

    @property
    def kept_apart(self) -> bool:
        return hashlib.sha256(self.right.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Outcome:
    """The figures that the audit warns of and those it calls confirmed."""

    warned: tuple[str, ...]
    confirmed: tuple[str, ...]


@cache
def read() -> Mapping[str, Any]:
    loaded = yaml.load(FILE.read_text(encoding="utf-8"), Loader=LOADER)
    assert isinstance(loaded, dict)
    return loaded


def pairs(*, kept_apart: bool) -> Iterator[Pair]:
    """The pairs, and the right sentences on other figures, of one half; what was written later is of the first."""
    for part in ("pairs", "noise", "further"):
        for city, rows in read()[part].items():
            for about, right, *slip in rows:
                pair = Pair(city, about, right, slip[0] if slip else None)
                if (pair.kept_apart and part != "further") is kept_apart:
                    yield pair


@cache
def outcome(pair: Pair, sentence: str) -> Outcome:
    """What the audit says of a sentence in its place."""
    found = tuple(_audited(pair, sentence))
    warned = tuple(d.message for d in found if d.id in WARNED)
    confirmed = tuple(d.message for d in found if d.id == "figure-confirmed")
    return Outcome(warned, confirmed)


def false_ones(pair: Pair) -> list[str]:
    """What the audit calls confirmed in the slipped sentence though the right one does not say it."""
    assert pair.slip is not None
    told = outcome(pair, pair.slip).confirmed
    return [message for message in told if message[1:].partition("」")[0] not in narrow(pair.right)]


def _audited(pair: Pair, sentence: str) -> Iterator[Diagnostic]:
    results = _computed(pair.city)
    whole = results.evaluation
    measure, initiative = _seat(pair)
    place = Place(f"inputs/{whole.report.year}/measures/{measure}.yaml", 900, 5)
    told = Text(RESULTS, measure, initiative, sentence, (place,))
    others = [t for t in whole.texts if (t.measure, t.initiative, t.part) != (measure, initiative, RESULTS)]
    given = material(_telling(results, *others, told), None)  # all of the city's words have their weight
    found = figures_agree_with_the_tables(replace(given, results=_telling(results, told)))
    return (f.diagnostic for f in found if f.diagnostic.place.line == 900)


def _telling(results: Results, *texts: Text) -> Results:
    return replace(results, evaluation=replace(results.evaluation, texts=texts))


@cache
def _computed(name: str) -> Results:
    """Compute a city; what is told in it changes no figure."""
    results = compute(this_year() if name == FIXTURE else city(name)).value
    assert results is not None
    return results


def _seat(pair: Pair) -> tuple[str, str]:
    """Where a sentence is put: the measure that shows its indicator, and an initiative of it."""
    if pair.city == FIXTURE:
        measure, _, initiative = pair.about.partition("/")
        chosen = next(m for m in this_year().measures if m.id == measure)
        return measure, initiative or chosen.initiatives[0].id
    given = next(c for c in read()["cities"] if c["name"] == pair.city)
    return next(m["id"] for m in given["measures"] if pair.about in (i["id"] for i in m["indicators"])), "it"


@cache
def this_year() -> Evaluation:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    return evaluation


@cache
def city(name: str) -> Evaluation:
    """One of the cities made up, with the names of its indicators and initiatives as its only texts."""
    given = next(c for c in read()["cities"] if c["name"] == name)
    year, place = given["year"], Place(f"{BASE}/strategy.yaml", 1, 1)
    measures, texts = [], []
    for row in given["measures"]:
        indicators = [_indicator(i, year) for i in row["indicators"]]
        told = Initiative("it", row["initiatives"], None, (), {}, place)
        measures.append(examples.measure(row["id"], *indicators, initiatives=(told,)))
        names = [("", "", i.name) for i in indicators] + [(row["id"], "it", row["initiatives"])]
        texts += [Text(TextKind.NAME, m, i, value, (place,)) for m, i, value in names]
    goals = tuple(Goal(number, f"目標{number}", ()) for number in dict.fromkeys(m.goal for m in measures))
    whole = examples.evaluation(goals, tuple(measures))
    report = replace(whole.report, year=year)
    return replace(whole, report=report, texts=tuple(texts))


def _indicator(given: Mapping[str, Any], year: str) -> Indicator:
    values = [str(value) for value in given["values"]]
    made = examples.indicator(
        values[0],
        dict(zip(examples.YEARS[1:], map(str, given["targets"]), strict=True)),
        dict(zip(following("R2", year), values[1:], strict=True)),
        identifier=given["id"],
        name=given["name"],
        unit=given["unit"],
        direction=Direction(given.get("direction", "increase")),
        kind=Kind(given.get("kind", "point")),
        decimals=given.get("decimals", 0),
    )
    assert made.baseline is None or isinstance(made.baseline.number, Decimal)
    return made
