"""What a checked template says, once Jinja has read it: text, values, loops and conditions; and what comes of these.

They name what is given and do nothing else, so nothing of Python can be reached through a template, and they can be
kept between runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from jinja2 import Environment, nodes
from msgspec import Struct

SCOPED = "printed_in_"
"""Begins the filters that stand for the letters after ``{{`` while a part is read."""


class Printed(Struct, frozen=True):
    """A value that is printed: ``name`` leads through loops (指標一覧.名称), whatever the loop calls its elements."""

    name: str
    value: object


Piece: TypeAlias = str | Printed
"""What a template prints: its own text, or a value."""
_Scope: TypeAlias = dict[str, Printed]


class Text(Struct, frozen=True):
    """The template's own text."""

    text: str

    def run(self, _scope: _Scope, out: list[Piece]) -> None:
        """Print it."""
        out.append(self.text)


class Name(Struct, frozen=True):
    """A name that is given, and what is asked for of what it stands for: 施策.名称; ``below`` is .名称."""

    root: str
    members: tuple[str, ...] = ()
    below: str = ""

    def of(self, scope: _Scope) -> Printed:
        """Return what it stands for; raises ``KeyError`` for an unknown name. What is not there has no members."""
        given = scope[self.root]
        value = given.value
        for member in self.members:
            value = value[member] if isinstance(value, Mapping) else None
        return Printed(given.name + self.below, value)

    def run(self, scope: _Scope, out: list[Piece]) -> None:
        """Print what it stands for."""
        out.append(self.of(scope))


class Constant(Struct, frozen=True):
    """What a name is compared with."""

    value: object


class Condition(Struct, frozen=True):
    """One or two operands, and what is asked of them: not, and, or, eq, ne."""

    sign: str
    operands: tuple[Operand, ...]


class Loop(Struct, frozen=True):
    """What is printed of each element of a list, and what of none."""

    listed: Name
    target: str
    body: Statements
    otherwise: Statements

    def run(self, scope: _Scope, out: list[Piece]) -> None:
        """Print all elements, each under the name of the list."""
        listed = self.listed.of(scope)
        elements = listed.value if isinstance(listed.value, (list, tuple)) else ()
        inner = {**scope}
        for number, element in enumerate(elements):
            inner[self.target] = Printed(listed.name, element)
            inner["loop"] = Printed("loop", _turn(number, len(elements)))
            _run(self.body, inner, out)
        if not elements:
            _run(self.otherwise, scope, out)


class Choice(Struct, frozen=True):
    """What is printed where a condition holds: under the first that does, or else under none of them."""

    branches: tuple[tuple[Operand, Statements], ...]
    otherwise: Statements

    def run(self, scope: _Scope, out: list[Piece]) -> None:
        """Print what stands under the first condition that holds."""
        chosen = (body for condition, body in self.branches if _value(condition, scope))
        _run(next(chosen, self.otherwise), scope, out)


Operand: TypeAlias = Name | Constant | Condition
Statement: TypeAlias = Text | Name | Loop | Choice
Statements: TypeAlias = tuple[Statement, ...]


@cache
def jinja() -> Environment:
    """Return what reads templates."""
    return Environment(autoescape=True)


def pieces(statements: Statements, context: Mapping[str, object]) -> Sequence[Piece]:
    """Return what statements print of a context."""
    out: list[Piece] = []
    _run(statements, {name: Printed(name, value) for name, value in context.items()}, out)
    return out


def statements(body: Iterable[nodes.Node]) -> Statements:
    """Return what was read of a template; raises ``TypeError`` for what ``check`` refuses."""
    return tuple(_statements(body))


def _run(statements: Statements, scope: _Scope, out: list[Piece]) -> None:
    for statement in statements:
        statement.run(scope, out)


def _turn(number: int, length: int) -> Mapping[str, object]:
    """Return what ``loop`` offers."""
    return {
        "index": number + 1,
        "index0": number,
        "first": number == 0,
        "last": number == length - 1,
        "length": length,
    }


def _value(operand: Operand, scope: _Scope) -> object:
    if isinstance(operand, Name):
        return operand.of(scope).value
    if isinstance(operand, Constant):
        return operand.value
    first, *others = operand.operands
    value = _value(first, scope)
    match operand.sign:
        case "not":
            return not value
        case "and":
            return value and _value(others[0], scope)
        case "or":
            return value or _value(others[0], scope)
    return (value == _value(others[0], scope)) is (operand.sign == "eq")


def _statements(body: Iterable[nodes.Node]) -> Iterator[Statement]:
    for node in body:
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            yield Loop(_name(node.iter), node.target.name, statements(node.body), statements(node.else_))
        elif isinstance(node, nodes.If):
            branches = tuple((_operand(one.test), statements(one.body)) for one in (node, *node.elif_))
            yield Choice(branches, statements(node.else_))
        elif isinstance(node, nodes.Output):
            yield from (Text(one.data) if isinstance(one, nodes.TemplateData) else _name(one) for one in node.nodes)
        else:
            raise TypeError(f"{node} is no statement")


def _operand(node: nodes.Node) -> Operand:
    if isinstance(node, nodes.Not):
        return Condition("not", (_operand(node.node),))
    if isinstance(node, nodes.And | nodes.Or):
        return Condition("and" if isinstance(node, nodes.And) else "or", (_operand(node.left), _operand(node.right)))
    if isinstance(node, nodes.Compare):
        sides = [_operand(side) for side in (node.expr, *(operand.expr for operand in node.ops))]
        first, *others = (Condition(o.op, pair) for pair, o in zip(pairwise(sides), node.ops, strict=True))
        return Condition("and", (first, *others)) if others else first
    return Constant(node.value) if isinstance(node, nodes.Const) else _name(node)


def _name(node: nodes.Node | None) -> Name:
    if isinstance(node, nodes.Filter) and node.name.startswith(SCOPED):
        return _name(node.node)
    if isinstance(node, nodes.Name):
        return Name(node.name)
    if isinstance(node, nodes.Getattr):
        return _member(node.node, node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return _member(node.node, str(node.arg.value))
    raise TypeError(f"{node} is no name")


def _member(owner: nodes.Node, name: str) -> Name:
    owned = _name(owner)
    return Name(owned.root, (*owned.members, name), f"{owned.below}.{name}")
