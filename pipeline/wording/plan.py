"""How the nodes of the plan are numbered where they are printed: 基本目標1, （2）, 1-（2）, or as the strategy says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Level
from pipeline.model.strategy import Goal


def heading(level: Level, number: str) -> str:
    """Write a number with what its level is called, unless it says so itself: 基本目標Ⅰ; empty where there is none."""
    return number if not number or number.startswith(level.name) else f"{level.name}{number}"


def headings(measure: Measure, evaluation: Evaluation) -> tuple[tuple[str, Goal], ...]:
    """Return the nodes above a measure, from the top, each with its heading."""
    pairs = zip(evaluation.form.upper, evaluation.above(measure), strict=True)
    return tuple((heading(level, node.number), node) for level, node in pairs)


def nodes(evaluation: Evaluation) -> Iterator[tuple[Level, Goal]]:
    """Yield all nodes above the measures with their levels, each before those below it."""

    def of(parents: Sequence[Goal], depth: int) -> Iterator[tuple[Level, Goal]]:
        for node in parents:
            yield evaluation.form.upper[depth], node
            yield from of([group for group in evaluation.groups if group.parent == node.id], depth + 1)

    yield from of(evaluation.goals, 0)


def number(measure: Measure) -> str:
    """Return a measure's bare number: as the strategy says, or else its place within the node above it."""
    if measure.own_number is not None:
        return measure.own_number
    return measure.id.rpartition("-")[2] if measure.goal else measure.id


def label(measure: Measure) -> str:
    """Write the number that stands before a measure's name, below what it belongs to: （2）."""
    if measure.own_number is not None or not measure.goal:
        return number(measure)
    return f"（{number(measure)}）"


def place(measure: Measure, evaluation: Evaluation) -> str:
    """Write a measure's number within the whole plan: 1-（2）."""
    above = evaluation.above(measure)
    inherits = measure.own_number is None and above and above[-1].number
    return f"{above[-1].number}-{label(measure)}" if inherits else label(measure)


def before(label: str) -> str:
    """Set a number off from the name that follows it, where its brackets do not."""
    return label if not label or label.endswith(("）", ")", "．", ".")) else f"{label}　"


def node_title(level: Level, node: Goal) -> str:
    """Return the number and name of a node above the measures: 基本目標1　雇用."""
    return f"{before(heading(level, node.number))}{node.name}"


def title(measure: Measure) -> str:
    """Return a measure's name after the number by which people name it: 1-2　商工業の振興."""
    return f"{before(spoken(measure))}{measure.name}"


def spoken(measure: Measure) -> str:
    """Return the number by which texts and people name a measure: 1-2; its id, where it prints none."""
    return measure.own_number or measure.id
