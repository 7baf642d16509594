"""A value -> the characters for it in a YAML file, in the style the file uses there where that can hold it."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any

import yaml
from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.departments.issued.figure_text import Figure, figure
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import FIGURES, Value, ValueKind

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What YAML cannot hold but escaped, and what programs take for line breaks."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class ScalarStyle(Struct, frozen=True):
    """Where a scalar is written: its style so far, whether within brackets, its indent as a block, and the line end."""

    style: str | None
    flow: bool
    indent: str
    newline: str


def written(value: Value, style: ScalarStyle) -> str:
    """Return the characters of a number or a text; a figure that is more than a number has keys of its own."""
    amount = figure(value.text) if value.kind in FIGURES else None
    if amount is not None:
        return _figure(amount)
    text = value.text
    if style.style in ("|", ">") or "\n" in text:
        block = _block(text, style)
        if block is not None:
            return block
    if _UNSAFE.search(text) or "\n" in text or "\t" in text or style.style == '"':
        return _double(text)
    if style.style == "'":
        return _single(text)
    if is_plain(text, flow=style.flow):
        return text
    return _single(text) if text else '""'


def _figure(amount: Figure) -> str:
    if len(amount.parts) == 1:
        return amount.number
    style = ScalarStyle(None, flow=True, indent="", newline="\n")
    parts = (
        (key, written(Value(ValueKind.TEXT, text), style) if key == "state" else text)
        for key, text in amount.parts.items()
    )
    return "{" + ", ".join(f"{key}: {text}" for key, text in parts) + "}"


def _block(text: str, style: ScalarStyle) -> str | None:
    """Write a literal block; None where a block cannot hold the text."""
    body = text.removesuffix("\n")
    if style.flow or _UNSAFE.search(text) or not text.strip() or body.endswith("\n"):
        return None
    if text[0] in " \t\n":  # it would need an indentation indicator
        return None
    lines = (style.indent + line if line else "" for line in body.split("\n"))
    head = "|" if body != text else "|-"  # the first keeps one line break at the end
    return f"{head}{style.newline}{style.newline.join(lines)}"


def _double(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _UNSAFE.match(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def is_plain(text: str, *, flow: bool) -> bool:
    """Return whether both readers of YAML take the bare characters for exactly this text, wherever it stands."""
    if not text or text != text.strip() or _UNSAFE.search(text) or "\n" in text or "\t" in text:
        return False
    if flow and "?" in text:  # some readers take it for the mark of a key
        return False
    frames = ("k: {{a: {0}, b: 1}}\n", "k: [{0}]\n") if flow else ("k: {0}\n", "- {0}\n", "k: {0} # c\n")
    return all(_holds(frame.format(text), text) for frame in frames)


def _holds(source: str, text: str) -> bool:
    try:
        return all(
            _is_text(_first(node), text) for node in (compose(source), YAML(typ="safe", pure=True).compose(source))
        )
    except (yaml.YAMLError, YAMLError):
        return False


def _first(node: Any) -> Any:  # noqa: ANN401 - a node of either reader
    """Return the first single value of a tree."""
    while isinstance(node.value, list):
        first = node.value[0]
        node = first[1] if isinstance(first, tuple) else first
    return node


def _is_text(node: Any, text: str) -> bool:  # noqa: ANN401 - a node of either reader
    return node.value == text and str(node.tag).endswith(":str")


def strict(source: str) -> object:
    """Read YAML as version 1.2 has it, every single value as the text that it is; the data is the caller's own."""
    return deepcopy(_strict(source))


@lru_cache(maxsize=16)  # this reader is slow, and proposals for one file are tried together, by halves and one by one
def _strict(source: str) -> object:
    return YAML(typ="base", pure=True).load(source)
