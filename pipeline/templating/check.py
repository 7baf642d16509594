"""Checking a template against what can be printed, before anything is filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeAlias

from jinja2 import nodes

from pipeline.diagnostics import Diagnostic, error
from pipeline.templating.commands import CHECKS, commands
from pipeline.templating.files import Template
from pipeline.templating.places import Paragraph, parts
from pipeline.templating.render import environment

_Values: TypeAlias = tuple[object, ...]
"""Everything an expression stands for in the samples; empty where that is not known."""
_Scope: TypeAlias = Mapping[str, _Values]
_Samples: TypeAlias = Sequence[Mapping[str, object]]
_NEAR = 0.4
_LISTED = 8


def check(template: Template, samples: _Samples) -> tuple[Diagnostic, ...]:
    """Report commands that cannot be read, and names that none of the samples (contexts to be filled in) has."""
    found: list[Diagnostic] = []
    for paragraphs in parts(template):
        wrong = [d for rule in CHECKS for d in rule(template, paragraphs)]
        found += wrong or _names(template, paragraphs, samples)
    return tuple(found)


def _names(template: Template, paragraphs: Sequence[Paragraph], samples: _Samples) -> list[Diagnostic]:
    """Read the part as one Jinja template, a line per paragraph, so that a line number leads back to the paragraph."""
    source = "\n".join("".join(c.text for c in commands(paragraph)) for paragraph in paragraphs)
    scope = {name: tuple(s[name] for s in samples if name in s) for s in samples for name in s}
    walker = _Walker(template, paragraphs)
    walker.statements(environment().parse(source).body, scope)
    return walker.found


class _Walker:
    """Follows every expression of a part through the samples and keeps what leads nowhere."""

    def __init__(self, template: Template, paragraphs: Sequence[Paragraph]) -> None:
        self.template = template
        self.paragraphs = paragraphs
        self.found: list[Diagnostic] = []

    def statements(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self.values(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self.statements(branch, scope)
            else:
                self.values(node, scope)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        lists = self.values(node.iter, scope)
        elements = tuple(e for values in lists if isinstance(values, list | tuple) for e in values)
        inner = {**scope, "loop": ()}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = elements
        self.statements(node.body, inner)
        self.statements(node.else_, scope)

    def values(self, node: nodes.Node, scope: _Scope) -> _Values:
        """Give what the expression stands for; an unknown name is reported and stands for nothing."""
        if isinstance(node, nodes.Name):
            return scope[node.name] if node.name in scope else self._unknown(node, node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, self.values(node.node, scope))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, node.arg.value, self.values(node.node, scope))
        for child in node.iter_child_nodes():
            self.values(child, scope)
        return ()

    def _member(self, node: nodes.Node, name: str, owners: _Values) -> _Values:
        owners = tuple(owner for owner in owners if owner is not None)
        mappings = [o for o in owners if isinstance(o, Mapping)]
        found = tuple(m[name] for m in mappings if name in m)
        known = list(dict.fromkeys(key for m in mappings for key in m))
        return found if found or not owners else self._unknown(node, name, known)

    def _unknown(self, node: nodes.Node, name: str, known: Iterable[str]) -> _Values:
        paragraph = self.paragraphs[node.lineno - 1]
        names = list(known)
        near = get_close_matches(name, names, n=1, cutoff=_NEAR)
        guess = f"もしかして「{near[0]}」ですか。" if near else f"使える名前: {'、'.join(names[:_LISTED]) or 'なし'}"
        message = f"{paragraph}: 「{name}」という名前の項目はありません。{guess}"
        hint = f"Wordで{self.template.file}を開いて直してください。"
        self.found.append(error("template-unknown-name", self.template.place, message, hint))
        return ()
