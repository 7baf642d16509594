"""The tree that goals, groups and measures make: which node stands below which, and in what order they are printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from pipeline.model.form import Form
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.strategy_file import StrategyFile
from pipeline.stages.validate.views import Word, items, word


class NodeAt(Struct, frozen=True):
    """A node as the strategy has it: its id, and the one above as written (None: told by the id) and as meant."""

    part: str
    index: int
    id: Word
    said: Word | None
    parent: str


def parent(identifier: str, upper: Collection[str]) -> str:
    """Return the node above that an id tells by its beginning: 1-1-1 stands below 1-1, or else 1; empty: none does."""
    parts = identifier.split("-")
    beginnings = ("-".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    return next((one for one in beginnings if one in upper), "")


def path(identifier: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the nodes above one below ``identifier``, from the top, itself included; none for an empty id."""
    found: list[str] = []
    while identifier and identifier not in found:
        found.insert(0, identifier)
        identifier = parents.get(identifier, "")
    return tuple(found)


def parents(strategy: StrategyFile) -> Mapping[str, str]:
    """Return the node above of every group, by its id."""
    upper = ids(strategy)
    return {group.id: group.goal or parent(group.id, upper) for group in strategy.groups}


def above(strategy: StrategyFile) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the nodes above every measure, from the top."""
    upper, known = ids(strategy), parents(strategy)
    return {one.id: path(one.goal or parent(one.id, upper), known) for one in strategy.measures}


def ids(strategy: StrategyFile) -> tuple[str, ...]:
    """Return the ids of goals and groups, in their order."""
    return (*(goal.id for goal in strategy.goals), *(group.id for group in strategy.groups))


def shows_targets(strategy: StrategyFile) -> bool:
    """Return whether some goal has goal-level targets (数値目標)."""
    return any(goal.indicators for goal in strategy.goals)


def nodes(sources: Sources, *parts: str) -> Iterator[NodeAt]:
    """Yield the nodes of lists of the strategy, whatever else does not fit in them."""
    tree = sources.strategy.tree
    upper = {found.text for part in ("goals", "groups") for node in items(tree, part) if (found := word(node, "id"))}
    for part in parts:
        for index, node in enumerate(items(tree, part)):
            identifier, said = word(node, "id"), word(node, "goal")
            if identifier:
                yield NodeAt(part, index, identifier, said, said.text if said else parent(identifier.text, upper))


def form_of(sources: Sources) -> Form:
    """Return the year's form; the one of the program where form.yaml has errors."""
    return sources.form
