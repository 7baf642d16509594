"""The commands of a template: finding them in its paragraphs, and what can be wrong whatever they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from jinja2 import TemplateSyntaxError, nodes
from msgspec import Struct

from pipeline.diagnostics import Diagnostic, error
from pipeline.documents.template.files import Template
from pipeline.documents.template.places import Paragraph
from pipeline.documents.template.slips import loose_value, meant, mistyped
from pipeline.documents.template.statements import SCOPED, jinja

_COMMAND = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_SCOPED = re.compile(r"\{([{%])[-+]?(tr|tc|p|r)\s")
_WORD = re.compile(r"\{%[-+]?\s*(\w*)")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_WIDE = re.compile(r"[{｛]\s*[{｛%％＃]|[%％}｝＃]\s*[}｝]")
"""Brackets as an input method may leave them, some or all in full width."""
_ENDS = {"endfor": "for", "endif": "if"}
_ALONE = {"for": "{} {{% endfor %}}", "if": "{} {{% endif %}}"}
_MIDDLE = {"else": ("for", "if"), "elif": ("if",)}
_DEEPEST, _LONGEST = 10, 200
"""How deep loops and conditions may stand within each other, and the most characters of a command."""
_SPAN = {"p": "段落", "tr": "行", "tc": "列"}


class Command(Struct, frozen=True):
    """A command: its text in Jinja's own spelling, its scope (p, tr, tc, r or empty), its first word ("" = a value).

    Characters that were mistyped are as they were meant; ``written`` has them as they stand in the template.
    """

    text: str
    scope: str
    word: str
    written: str
    paragraph: Paragraph


Check = Callable[[Template, Sequence[Paragraph]], Iterator[Diagnostic]]


@lru_cache(maxsize=4096)
def commands(paragraph: Paragraph) -> tuple[Command, ...]:
    """List the commands of a paragraph in their order; comments are none."""
    return tuple(_command(m[0], paragraph) for m in _COMMAND.finditer(paragraph.text) if not m[0].startswith("{#"))


def parsed(paragraphs: Sequence[Paragraph]) -> Sequence[nodes.Node]:
    """Read a part as one Jinja template, a line per paragraph, so that a line number leads back to the paragraph.

    A value is marked with the letters after its braces, by a filter.
    """
    return _parsed("\n".join("".join(map(_marked, commands(paragraph))) for paragraph in paragraphs)).body


@lru_cache(maxsize=64)  # sheets and letters that are checked again have the same commands
def _parsed(source: str) -> nodes.Template:
    return jinja().parse(source)


def _marked(command: Command) -> str:
    """Return the command's text with how it is printed."""
    is_value = command.text.startswith("{{")
    return f"{{{{ ({command.text[2:-2].strip('-+')})|{SCOPED}{command.scope} }}}}" if is_value else command.text


def printed(paragraph: Paragraph) -> str:
    """Return a paragraph's text beside its commands."""
    return _COMMAND.sub("", paragraph.text)


def spelled(paragraph: Paragraph) -> str:
    """Return a paragraph's text with its commands in Jinja's own spelling, and without comments."""
    return _COMMAND.sub(lambda m: "" if m[0].startswith("{#") else _command(m[0], paragraph).text, paragraph.text)


def _command(text: str, paragraph: Paragraph) -> Command:
    own = meant(text)
    scope = _SCOPED.match(own)
    plain = _SCOPED.sub(r"{\1 ", own)
    word = _WORD.match(plain)
    return Command(
        text=plain,
        scope=scope[2] if scope else "",
        word=word[1] if word else "",
        written=text,
        paragraph=paragraph,
    )


def mistypings(template: Template, paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """Report characters in commands that stand in the place of others; the commands are read as they were meant."""
    for command in (c for paragraph in paragraphs for c in commands(paragraph)):
        if wrong := mistyped(command.written):
            message = f"命令の中に、使えない文字 {wrong} があります。{meant(command.written)} と打ち直してください。"
            yield _error(template, "template-mistyped", command.paragraph, message)


def _syntax(template: Template, paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """Each command reads as Jinja, and no bracket stands alone."""
    is_read = _is_read(paragraphs)
    for paragraph in paragraphs:
        rest = printed(paragraph)
        if wrong := _brackets(rest):
            yield _error(template, wrong[0], paragraph, wrong[1])
        for command in commands(paragraph):
            yield from _readable(template, command, is_read=is_read)


def _brackets(rest: str) -> tuple[str, str] | None:
    """Return what is wrong with the brackets that are left beside the commands, by id and message."""
    wide = _WIDE.search(rest)
    if wide and not wide[0].isascii():
        return "template-wide", "波かっこ {{ }} や {% %} が全角です。半角で書いてください。"
    if _HALF.search(rest):
        return "template-syntax", "波かっこ {{ }} や {% %} の片方がありません。"
    if "{" in rest or "}" in rest:
        value = loose_value(rest) or "{{ 名前 }}"
        cure = f"項目なら {value} と書き、印刷する文字なら全角の ｛ ｝ に直してください。"
        return "template-brace", f"波かっこが2つ続いていないため、そのまま印刷されます。{cure}"
    return None


def _readable(template: Template, command: Command, *, is_read: bool) -> Iterator[Diagnostic]:
    if command.word == "elif":
        source = command.text.replace("elif", "if", 1) + "{% endif %}"
    elif command.word in _ENDS or command.word in _MIDDLE:
        source = ""
    elif command.word in _ALONE:
        source = _ALONE[command.word].format(command.text)
    elif command.text.startswith("{%"):
        yield _error(template, "template-command", command.paragraph, _no_command(command.word))
        return
    else:
        source = command.text
    if len(command.text) > _LONGEST or command.text.count("(") > _DEEPEST:
        message = f"命令が長すぎるか（{_LONGEST}字まで）、括弧が多すぎます。"
        yield _error(template, "template-too-deep", command.paragraph, message)
    elif not is_read and not _is_jinja(source):
        forms = "{{ 名前.名前 }}、{% if 名前 %}、{% for 名前 in 名前 %}"
        message = f"書き方が正しくないところがあります。{forms} のどれかの形で書いてください。"
        yield _error(template, "template-syntax", command.paragraph, message)


def _is_read(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether Jinja can read a part as a whole; else it is asked about each command."""
    try:
        parsed(paragraphs)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


@cache
def _is_jinja(source: str) -> bool:
    """Return whether Jinja can read a source; the same few commands stand in many cells and in several templates.

    Only read, not compiled: compiling would work out what a template calculates ({{ 'あ' * 999999999 }}).
    """
    try:
        jinja().parse(source)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


def _no_command(word: str) -> str:
    if word in _SPAN:
        return f"{{% と {word} の間の空白を取って、{{%{word} と書いてください。"
    return f"「{word}」という命令は使えません。"


def _nesting(template: Template, paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """Every loop and condition ends, with a command of its own kind, and none is nested too deep for Jinja."""
    opened: list[Command] = []
    for command in (c for paragraph in paragraphs for c in commands(paragraph)):
        if command.word in _ALONE:
            opened.append(command)
            if len(opened) == _DEEPEST + 1:
                message = f"繰返し・条件の重なりが深すぎます（{_DEEPEST}段まで）。"
                yield _error(template, "template-too-deep", command.paragraph, message)
        elif command.word in _MIDDLE and not (opened and opened[-1].word in _MIDDLE[command.word]):
            yield _unopened(template, command)
        elif command.word in _ENDS:
            if not opened or opened[-1].word != _ENDS[command.word]:
                yield _unopened(template, command)
            else:
                yield from _paired(template, opened.pop(), command)
    for command in opened:
        message = f"「{command.word}」で始まる繰返し・条件が閉じられていません。"
        yield _error(template, "template-unclosed", command.paragraph, message)


def _unopened(template: Template, command: Command) -> Diagnostic:
    return _error(template, "template-unclosed", command.paragraph, f"「{command.word}」に対応する始まりがありません。")


def _paired(template: Template, start: Command, end: Command) -> Iterator[Diagnostic]:
    if start.scope != end.scope:
        message = f"「{start.paragraph.text}」と{{%の直後の文字（p、trなど）が異なります。"
        yield _error(template, "template-misplaced", end.paragraph, message)
    elif template.is_word and not start.scope and start.paragraph is not end.paragraph:
        message = "複数の段落、行、列にまたがる繰返し・条件には、{%p、{%tr、{%tc のどれかを使ってください。"
        yield _error(template, "template-misplaced", start.paragraph, message)


def _alone(template: Template, paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """Nothing else stands where a command takes its whole paragraph or row away; {%tr stands in a table."""
    for paragraph in paragraphs:
        for command in commands(paragraph):
            if command.scope in ("tr", "tc") and not paragraph.row:
                message = f"{{%{command.scope} は表の中でだけ使えます。"
                yield _error(template, "template-misplaced", paragraph, message)
            elif command.word and _others(command):
                span = _SPAN[command.scope]
                message = f"命令と同じ{span}にある文字は印刷されません。別の{span}に移してください。"
                yield _error(template, "template-text-lost", paragraph, message)


def _others(command: Command) -> bool:
    if command.scope not in _SPAN:
        return False
    paragraph = command.paragraph
    texts = {"tr": paragraph.row, "tc": paragraph.cell}.get(command.scope, (paragraph.text,))
    return _COMMAND.sub("", "".join(texts), count=1).strip() != ""


def _error(template: Template, identifier: str, paragraph: Paragraph, message: str) -> Diagnostic:
    return error(identifier, paragraph.place, f"{paragraph}: {message}", template.cure)


CHECKS: tuple[Check, ...] = (_syntax, _nesting, _alone)
