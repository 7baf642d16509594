"""Checking a template against what can be printed, before anything is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeAlias

from jinja2 import nodes

from pipeline.diagnostics import Diagnostic, error
from pipeline.documents import fonts
from pipeline.documents.memory import FORGETFUL, Memory, once
from pipeline.documents.template.commands import CHECKS, mistypings, parsed, printed
from pipeline.documents.template.files import Template
from pipeline.documents.template.kinds import Kind, kind_of
from pipeline.documents.template.places import Paragraph, parts
from pipeline.documents.template.statements import SCOPED

_Scope: TypeAlias = Mapping[str, Kind | None]
"""Of what kind everything is that an expression may name; None where that is not known."""
_NEAR = 0.4
_LISTED = 8
_LOOP = kind_of([{"index": 1, "index0": 0, "first": True, "last": True, "length": 1}])
"""What ``loop`` offers within a loop."""
_JOINED = (nodes.Not, nodes.And, nodes.Or)
_COMPARED = frozenset({"eq", "ne"})
"""Whatever is compared, these cannot fail."""


def check(
    template: Template, samples: Sequence[Mapping[str, object]], memory: Memory = FORGETFUL
) -> tuple[Diagnostic, ...]:
    """Report commands that cannot be read, and names that none of the samples (contexts to be filled in) has.

    ``memory`` has what came of the same template before, where samples offered the same names.
    """
    scope = kind_of(samples).names
    return once(memory, ("様式の点検", template, repr(scope)), lambda: _found(template, scope))


def _found(template: Template, scope: _Scope) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for paragraphs in parts(template):
        wrong = [d for rule in CHECKS for d in rule(template, paragraphs)]
        found += mistypings(template, paragraphs)
        found += wrong or _names(template, paragraphs, scope)
        found += _letters_missing(template, paragraphs) if template.is_word else ()
    return tuple(found)


def _letters_missing(template: Template, paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """Report characters of the text around the commands that no typeface can print."""
    for paragraph in paragraphs:
        for character in fonts.missing(printed(paragraph)):
            message = f"{paragraph}: {fonts.described(character)}は、書体にない文字です。"
            hint = f"Wordで{template.file}を開いて直してください。{fonts.cure(character)}。"
            yield error("template-glyph-missing", template.place, message, hint)


def _names(template: Template, paragraphs: Sequence[Paragraph], scope: _Scope) -> list[Diagnostic]:
    walker = _Walker(template, paragraphs)
    walker.statements(parsed(paragraphs), scope)
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
                self._condition(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self.statements(branch, scope)
            else:
                for value in node.iter_child_nodes():
                    if isinstance(value, nodes.Filter):
                        self._value(value, scope)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        listed = self.kind(node.iter, scope)
        if listed and not listed.is_list:
            self._wrong(node, "template-not-a-list", "for で繰り返せるのは、一覧だけです。")
        if node.test or node.recursive or not isinstance(node.target, nodes.Name) or node.target.name == "loop":
            self._unusable(node)
            return
        elements = listed.elements if listed else None
        self.statements(node.body, {**scope, "loop": _LOOP, node.target.name: elements})
        self.statements(node.else_, scope)

    def kind(self, node: nodes.Node, scope: _Scope) -> Kind | None:
        """Return what a name stands for; anything else, and an unknown name, is reported and stands for nothing."""
        if isinstance(node, nodes.Name):
            return self._named(node, node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, self.kind(node.node, scope))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, node.arg.value, self.kind(node.node, scope))
        self._unusable(node)
        return None

    def _condition(self, node: nodes.Node, scope: _Scope) -> None:
        """Names, compared with each other or with a constant, and joined by not, and, or."""
        if isinstance(node, _JOINED):
            for child in node.iter_child_nodes():
                self._condition(child, scope)
        elif isinstance(node, nodes.Compare) and {operand.op for operand in node.ops} <= _COMPARED:
            for side in (node.expr, *(operand.expr for operand in node.ops)):
                if not isinstance(side, nodes.Const):
                    self.kind(side, scope)
        else:
            self.kind(node, scope)

    def _value(self, node: nodes.Filter, scope: _Scope) -> None:
        """A filter of our own stands for the letters after the braces; any other was typed into the template."""
        if node.name.startswith(SCOPED) and node.node:
            self._printed(node, self.kind(node.node, scope), node.name.removeprefix(SCOPED))

    def _member(self, node: nodes.Node, name: str, owner: Kind | None) -> Kind | None:
        if owner is None or not owner.is_given:
            return None
        return self._named(node, name, owner.names)

    def _named(self, node: nodes.Node, name: str, known: _Scope) -> Kind | None:
        if name not in known:
            self._unknown(node, name, known)
        return known.get(name)

    def _printed(self, node: nodes.Node, kind: Kind | None, letters: str) -> None:
        """A value is printed as what it is: a text, or with ``r`` or ``p`` what has a look of its own."""
        wanted = kind.letters if kind else ()
        if None in wanted:
            cure = "「.」に続けて項目を書くか、for で繰り返してください。"
            self._wrong(node, "template-not-a-text", f"一覧や項目のまとまりは、そのままでは印刷できません。{cure}")
        elif self.template.is_word and wanted and letters not in wanted:
            letter = wanted[0] or ""
            message = f"この項目は {{{{{letter} … }}}} と書くものです（{_LOOKS[letter]}）。"
            self._wrong(node, "template-look", message)

    def _unusable(self, node: nodes.Node) -> None:
        self._wrong(
            node, "template-expression", "計算、関数、「|」の付いた書き方は使えません。項目の名前だけを書いてください。"
        )

    def _unknown(self, node: nodes.Node, name: str, known: Mapping[str, object]) -> None:
        names = list(known)
        near = get_close_matches(name, names, n=1, cutoff=_NEAR)
        guess = f"もしかして「{near[0]}」ですか。" if near else f"使える名前: {'、'.join(names[:_LISTED]) or 'なし'}"
        self._wrong(node, "template-unknown-name", f"「{name}」という名前の項目はありません。{guess}")

    def _wrong(self, node: nodes.Node, identifier: str, message: str) -> None:
        paragraph = self.paragraphs[node.lineno - 1]
        self.found.append(error(identifier, paragraph.place, f"{paragraph}: {message}", self.template.cure))


_LOOKS = {"": "文字だけの項目です", "r": "書式や図を含む項目です", "p": "段落ごと入る項目です"}
