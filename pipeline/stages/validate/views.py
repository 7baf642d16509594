"""What the rules ask of the files, whatever else in them does not fit.

Ids and references are taken from the trees as written, so that a reference to an indicator whose unit is missing is not
also called unknown. Figures are taken from the shapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.model.strategy import Absence
from pipeline.stages.validate.document import Document
from pipeline.stages.validate.identifiers import NODE, SLUG
from pipeline.stages.validate.measure_file import ActualShape, GoalsFile, MeasureFile
from pipeline.stages.validate.revisions_file import BASELINE
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.strategy_file import AmountShape, IndicatorShape, WordsShape
from pipeline.stages.validate.tree import Items, Keys, Node, Path, Scalar, find
from pipeline.wording.era import alike

_FOLLOWING = {
    "measures": ("indicators", "sdgs"),
    "indicators": ("sdgs",),
}
"""Lists by the keys that are written after them."""

_IDS = {
    "goals": ("id", NODE),
    "measures": ("id", NODE),
    "indicators": ("id", SLUG),
    "sdgs": ("number", re.compile(r"[1-9]|1[0-7]")),
}
"""Lists of strategy.yaml by the key and the form of their ids."""

_ONCE = lru_cache(maxsize=1)
"""What many rules ask for, found once of the same sources."""


class Word(Struct, frozen=True):
    """A text as written, at its place."""

    text: str
    place: Place


class ShownAt(Struct, frozen=True):
    """A goal or measure shows an indicator; ``owner`` is where its actuals belong: a measure's id or goals.yaml."""

    holder: str
    owner: str
    indicator: Word


class ActualAt(Struct, frozen=True):
    """An entry of ``actuals`` (or ``indicators``) in the file of a measure or in goals.yaml."""

    owner: str
    indicator: Word


class Entry(Struct, frozen=True):
    """An initiative of the measure ``path`` or an activity of ``1-3/startup-support``: its id, or what it repeats."""

    path: str
    id: Word | None
    repeat: Word | None
    node: Node


class FigureAt(Struct, frozen=True):
    """A baseline, target or actual (``stem`` as in diagnostic ids) of an indicator."""

    indicator: IndicatorShape
    stem: str
    year: str
    value: ActualShape | AmountShape | WordsShape | Decimal | Absence
    place: Place
    year_place: Place


def items(node: Node | None, *path: str | int) -> tuple[Node, ...]:
    """Return the items of the list at the path; none where there is no list."""
    found = find(node, path)
    return found.nodes if isinstance(found, Items) else ()


def cut_off(node: Node | None, part: str) -> bool:
    """Return whether the keys that follow a list in strategy.yaml or a measure's file are lost: it may lack items."""
    after = _FOLLOWING.get(part, ())
    return bool(after) and all(find(node, (key,)) is None for key in after)


def declared(sources: Sources, part: str) -> frozenset[str] | None:
    """Return the ids of a list of strategy.yaml; None where an earlier finding leaves some unknown.

    An entry without an id, with a malformed or with another's id, should have had one that is missed elsewhere.
    """
    tree, (key, form) = sources.strategy.tree, _IDS[part]
    ids = frozenset(name.text for name in words(tree, (part,), key) if form.fullmatch(name.text))
    return None if not ids or cut_off(tree, part) or len(ids) < len(items(tree, part)) else ids


def word(node: Node | None, *path: str | int) -> Word | None:
    """Return the text at the path, None where there is none."""
    found = find(node, path)
    return Word(str(found.value), found.place) if isinstance(found, Scalar) and found.value is not None else None


def words(node: Node | None, path: Path, *key: str) -> tuple[Word, ...]:
    """Return the texts under ``key`` (or themselves) of the items of the list at the path."""
    return tuple(found for item in items(node, *path) if (found := word(item, *key)))


def years(sources: Sources) -> tuple[str, ...]:
    """Return the strategy's years, baseline first; none where they are not known or not in order."""
    data = sources.strategy.data
    if data is None:
        return ()
    return data.years.all


def as_the_plan_writes(year: str, known: Sequence[str]) -> str:
    """Return how to write a year that is one of the plan's in another way."""
    meant = alike(year, known[-1])
    return f"{meant} と書いてください" if meant in known else "年度を確かめてください"


def evaluated_year(sources: Sources) -> str | None:
    """Return the evaluated year where it is one that can have actuals."""
    year = sources.report.data.year if sources.report.data else None
    return year if year in years(sources)[1:] else None


def shown(sources: Sources) -> tuple[ShownAt, ...]:
    """List every place that shows an indicator, the goals' first."""
    return tuple(
        ShownAt(holder.text, holder.text if part == "measures" else GoalsFile.file, indicator)
        for part in ("goals", "measures")
        for node in items(sources.strategy.tree, part)
        if (holder := word(node, "id"))
        for item in items(node, "indicators")
        if (indicator := word(item) or word(item, "id"))
    )


def owners(sources: Sources) -> Mapping[str, str]:
    """Return where the actuals of each indicator belong: the first measure that shows it, else goals.yaml.

    Nothing is told while some goal or measure does not say what it shows, or shows what is not declared.
    """
    if not lists_are_read(sources):
        return {}
    places, known = shown(sources), indicator_ids(sources)
    if declared(sources, "measures") is None or not all(place.indicator.text in known for place in places):
        return {}
    of_goals = {place.indicator.text: place.owner for place in places if place.owner == GoalsFile.file}
    of_measures = {place.indicator.text: place.owner for place in reversed(places) if place.owner != GoalsFile.file}
    return of_goals | of_measures


def lists_are_read(sources: Sources) -> bool:
    """Return whether every goal and measure has an id and says what it shows, be it nothing."""
    tree = sources.strategy.tree
    goals, measures = items(tree, "goals"), items(tree, "measures")
    asked = sources.form_file.data.indicators if sources.form_file.data else None
    least = asked.least if asked else 1
    told = (isinstance(found := find(one, ("indicators",)), Items) and (found.nodes or not least) for one in measures)
    silent = (_is_list(one, "indicators") for one in goals)
    listed = _is_list(tree, "goals") and bool(measures)
    return listed and all(word(one, "id") for one in (*goals, *measures)) and all(told) and all(silent)


def _is_list(node: Node | None, key: str) -> bool:
    found = find(node, (key,))
    return found is None or isinstance(found, Items)


def without_file(sources: Sources) -> tuple[Word, ...]:
    """Return the measures of the strategy that have no file, not even a misnamed one."""
    known = sources.measures.keys() | sources.misnamed
    return tuple(name for name in words(sources.strategy.tree, ("measures",), "id") if name.text not in known)


def surplus(sources: Sources) -> tuple[str, ...]:
    """Return the measures' files, by their name without its ending, that the strategy has no measure for."""
    declared = {name.text for name in words(sources.strategy.tree, ("measures",), "id")}
    return tuple(stem for stem in sources.measures if stem not in declared)


@_ONCE
def indicator_ids(sources: Sources) -> frozenset[str]:
    """Return the ids of all indicators the strategy declares."""
    return frozenset(found.text for found in words(sources.strategy.tree, ("indicators",), "id"))


@_ONCE
def entered_by_hand(sources: Sources) -> frozenset[str]:
    """Return the indicators that have a target in words without a test, which only a person can judge."""
    shapes = sources.strategy.data.indicators if sources.strategy.data else []
    words = ((shape.id, target) for shape in shapes for target in shape.targets.values())
    return frozenset(name for name, target in words if isinstance(target, WordsShape) and not target.is_tested)


def actual_documents(sources: Sources) -> Mapping[str, Document[GoalsFile] | Document[MeasureFile]]:
    """Return the documents that hold actuals by their owner: goals.yaml, then the measures' files."""
    return {GoalsFile.file: sources.goals, **sources.measures}


def foreign(sources: Sources, owner: str) -> str | None:
    """Return the measure whose file lies in the place of another's: it says so, and there is such a measure."""
    document = sources.measures.get(owner)
    claimed = word(document.tree, "measure") if document else None
    return claimed.text if claimed and claimed.text != owner and claimed.text in sources.measures else None


def actuals(sources: Sources, key: str = "actuals") -> Iterator[ActualAt]:
    """Yield every indicator for which some file has actuals, or what else stands there under a ``key``."""
    for owner, document in actual_documents(sources).items():
        node = find(document.tree, (key,))
        if isinstance(node, Keys):
            yield from (ActualAt(owner, Word(name, place)) for name, place in node.places.items())


def initiatives(sources: Sources) -> tuple[Entry, ...]:
    """List every initiative of every measure's file."""
    return tuple(
        Entry(measure, word(node, "id"), word(node, "repeat"), node)
        for measure, document in sources.measures.items()
        for node in items(document.tree, "initiatives")
    )


def activities(sources: Sources) -> tuple[Entry, ...]:
    """List every activity that has an id or repeats another."""
    return tuple(
        Entry(f"{initiative.path}/{initiative.id.text}", word(node, "id"), word(node, "repeat"), node)
        for initiative in initiatives(sources)
        if initiative.id
        for node in items(initiative.node, "activities")
    )


@_ONCE
def figures(sources: Sources) -> tuple[FigureAt, ...]:
    """List every baseline, target and actual that could be read."""
    return tuple(_figures(sources))


def _figures(sources: Sources) -> Iterator[FigureAt]:
    strategy = sources.strategy
    shapes = strategy.data.indicators if strategy.data else []
    for index, shape in enumerate(shapes):
        at = ("indicators", index, "baseline")
        if shape.baseline.value is not None:
            place = strategy.at(*at, "value")
            yield FigureAt(shape, "kpi-baseline", shape.baseline.year, shape.baseline.value, place, place)
        if shape.revised:
            place = strategy.at("indicators", index, "revised", "value")
            yield FigureAt(shape, "kpi-baseline", shape.baseline.year, shape.revised.value, place, place)
        for year, value in shape.targets.items():
            path = ("indicators", index, "targets", year)
            yield FigureAt(shape, "kpi-target", year, value, strategy.at(*path), strategy.key(*path))
    by_id = {shape.id: shape for shape in shapes}
    yield from _actual_figures(sources, by_id)
    yield from _revised_figures(sources, by_id)


def _revised_figures(sources: Sources, shapes: Mapping[str, IndicatorShape]) -> Iterator[FigureAt]:
    """Yield what figures were before they were revised; what they became stands in the strategy."""
    document = sources.revisions
    for index, one in enumerate(document.data.revisions if document.data else []):
        if one.indicator in shapes:
            shape, place = shapes[one.indicator], document.at("revisions", index, "before")
            is_target = one.figure != BASELINE
            stem, year = ("kpi-target", one.figure) if is_target else ("kpi-baseline", shape.baseline.year)
            yield FigureAt(shape, stem, year, one.before, place, document.at("revisions", index, "figure"))


def _actual_figures(sources: Sources, shapes: Mapping[str, IndicatorShape]) -> Iterator[FigureAt]:
    for document in actual_documents(sources).values():
        entries = document.data.actuals if document.data else {}
        for identifier, values in entries.items():
            for year, value in values.items():
                path = ("actuals", identifier, year)
                if identifier in shapes:
                    yield FigureAt(
                        shapes[identifier], "kpi-actual", year, value, document.at(*path), document.key(*path)
                    )


def nearest(text: str, known: frozenset[str]) -> str:
    """Return the known word closest to the text: 「もしかして「startups」ではありませんか」, or nothing."""
    close = close_to(text, known)
    return f"もしかして「{close}」ではありませんか" if close else ""


def close_to(text: str, known: frozenset[str]) -> str:
    """Return the known word closest to the text, however wide its letters are; nothing where none is close."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return next(iter(get_close_matches(narrow, sorted(known), n=1, cutoff=0.6)), "")
