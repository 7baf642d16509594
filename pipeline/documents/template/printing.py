"""What a template prints of given values: every value with the name by which the template has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from jinja2 import nodes

from pipeline.documents.memory import FORGETFUL, Memory, once
from pipeline.documents.template.commands import parsed
from pipeline.documents.template.files import Template
from pipeline.documents.template.places import parts


class Printed(NamedTuple):
    """A value that is printed: ``name`` leads through loops (指標一覧.名称), whatever the loop calls its elements."""

    name: str
    value: object


_Scope: TypeAlias = Mapping[str, Printed]
_NOTHING = Printed("", None)


def printed(template: Template, context: Mapping[str, object]) -> Iterator[Printed]:
    """Yield what a checked template prints of a context: loops are run through, and conditions hold or not."""
    scope = {name: Printed(name, value) for name, value in context.items()}
    for body in _read(template):
        yield from _printed(body, scope)


def names(template: Template, context: Mapping[str, object], memory: Memory = FORGETFUL) -> frozenset[str]:
    """Return the names of what a checked template prints of a context; ``memory`` has them where both are as before."""
    return once(
        memory, ("印刷する項目", template, context), lambda: frozenset(one.name for one in printed(template, context))
    )


@cache
def _read(template: Template) -> tuple[Sequence[nodes.Node], ...]:
    """Return the commands of text, headers and footers."""
    return tuple(parsed(part) for part in parts(template))


def _printed(body: Sequence[nodes.Node], scope: _Scope) -> Iterator[Printed]:
    for node in body:
        if isinstance(node, nodes.For):
            yield from _repeated(node, scope)
        elif isinstance(node, nodes.If):
            yield from _printed(_branch(node, scope), scope)
        elif isinstance(node, nodes.Output):
            yield from (_value(each, scope) for each in node.nodes if not isinstance(each, nodes.TemplateData))


def _repeated(node: nodes.For, scope: _Scope) -> Iterator[Printed]:
    elements = _value(node.iter, scope)
    listed = elements.value if isinstance(elements.value, list | tuple) else ()
    target = node.target.name if isinstance(node.target, nodes.Name) else ""
    for element in listed:
        yield from _printed(node.body, {**scope, target: Printed(elements.name, element)})
    if not listed:
        yield from _printed(node.else_, scope)


def _branch(node: nodes.If, scope: _Scope) -> Sequence[nodes.Node]:
    """Return what stands under the first condition that holds."""
    for choice in (node, *node.elif_):
        if _holds(choice.test, scope):
            return choice.body
    return node.else_


def _holds(node: nodes.Node, scope: _Scope) -> object:
    """Return a condition's value; ``check`` has let only names, comparisons and their combinations pass."""
    if isinstance(node, nodes.Not):
        return not _holds(node.node, scope)
    if isinstance(node, nodes.And):
        return _holds(node.left, scope) and _holds(node.right, scope)
    if isinstance(node, nodes.Or):
        return _holds(node.left, scope) or _holds(node.right, scope)
    if isinstance(node, nodes.Compare):
        values = [_holds(each, scope) for each in (node.expr, *(operand.expr for operand in node.ops))]
        return all((a == b) is (o.op == "eq") for (a, b), o in zip(pairwise(values), node.ops, strict=True))
    return node.value if isinstance(node, nodes.Const) else _value(node, scope).value


def _value(node: nodes.Node | None, scope: _Scope) -> Printed:
    if isinstance(node, nodes.Filter):  # which says by what letters it is printed
        return _value(node.node, scope)
    if isinstance(node, nodes.Name):
        return scope.get(node.name, _NOTHING)
    if isinstance(node, nodes.Getattr):
        return _member(_value(node.node, scope), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return _member(_value(node.node, scope), str(node.arg.value))
    return _NOTHING


def _member(owner: Printed, name: str) -> Printed:
    return Printed(f"{owner.name}.{name}", owner.value.get(name) if isinstance(owner.value, Mapping) else None)
