"""Rules of opinions: they are about something that there is, and each is told apart."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, error
from pipeline.model.evaluation import WHOLE
from pipeline.stages.validate.checks.identity import twice
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.tree import Keys, find
from pipeline.stages.validate.views import close_to, declared, words


def opinions_are_of_nodes(sources: Sources) -> Iterator[Diagnostic]:
    """What an opinion is about stands in the strategy, or is the whole."""
    lists = [declared(sources, part) for part in ("goals", "measures")]
    groups = {name.text for name in words(sources.strategy.tree, ("groups",), "id")}
    found = find(sources.opinions.tree, ("opinions",))
    if not isinstance(found, Keys) or lists[1] is None:
        return
    known = {WHOLE, *groups, *(name for one in lists for name in one or ())}
    for node in found.nodes:
        if node not in known:
            close = close_to(node, frozenset(known))
            hint = f"もしかして「{close}」ではありませんか。" if close else ""
            message = f"意見の付く「{node}」は、strategy.yaml にありません"
            place = sources.opinions.key("opinions", node)
            yield error("opinion-node-unknown", place, message, f"{hint}全体についての意見は {WHOLE} の下に書きます")


def opinions_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """No two opinions about one thing have the same id."""
    found = find(sources.opinions.tree, ("opinions",))
    for node in found.nodes if isinstance(found, Keys) else ():
        named = words(sources.opinions.tree, ("opinions", node), "id")
        yield from twice("opinion-id-twice", "意見の識別名", named)
