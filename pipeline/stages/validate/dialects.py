"""Notations that one reader of YAML takes and another refuses.

They are errors, so that whatever passes can also be written to, and every editor reads it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.stages.validate.text import place_in
from pipeline.stages.validate.tree import Node, scalars

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_HEAD = re.compile(r"([|>][0-9+-]*)(#?)[^\n]*")
"""What stands on the line of a block's mark."""

_TAB_HINT = "タブを消し、要るところには半角の空白を入れてください。表計算ソフトから貼り付けると入ります"
_NOTE_HINT = "覚え書きなら、「#」の前に半角の空白を2つ入れてください"


def tabs(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report tabs beside the values: after a colon, within brackets, before a comment, at the end of a line.

    Those that a line begins with were told with the text.
    """
    if "\t" not in text:
        return
    for number, line in enumerate(_COMMENT.sub(_filled, _beside(tree, text)).split("\n"), 1):
        before, tab, _ = line.partition("\t")
        if tab and before.strip(" "):
            place = Place(tree.place.file, number, len(before) + 1)
            yield error("yaml-tab", place, "値の前か後ろに、タブがあります", _TAB_HINT)


def noted_heads(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report a note that follows the mark of a block without a space."""
    for scalar in scalars(tree):
        head = _HEAD.match(text, scalar.start, scalar.end)
        if head and head[2]:
            message = f"「{head[1]}」のすぐ後ろに「#」があります"
            yield error("yaml-note", place_in(text, head.start(2), scalar.place.file), message, _NOTE_HINT)


def _beside(tree: Node, text: str) -> str:
    """Return the text with every value filled in, so that only what stands around them is left to look at."""
    pieces, position = [], 0
    for scalar in scalars(tree):
        head = _HEAD.match(text, scalar.start, scalar.end)
        start = head.end() if head else scalar.start
        pieces += [text[position:start], _FILLED.sub("x", text[start : scalar.end])]
        position = max(start, scalar.end)
    return "".join([*pieces, text[position:]])


_FILLED = re.compile(r"[^\n]")


def _filled(match: re.Match[str]) -> str:
    return "#" * len(match[0])
