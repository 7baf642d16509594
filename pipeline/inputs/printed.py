"""Text that would not be printed as it is written: characters without a glyph, and line breaks that become spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import fonts
from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.fonts import cure, told
from pipeline.inputs.text import REPORTED, place_in
from pipeline.inputs.tree import Node, Scalar, scalars

_JOINED = re.compile(r"[^\\]\n")
"""A line's end; one that a backslash escapes (in double quotes) leaves no space."""

_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n]*)")

_HINT = "別の字（常用の字体など）に改めるか、かなで書いてください"
_HINTS = {
    "Co": "外字は印刷できません。標準の字に改めるか、かなで書いてください",
    "Mn": "異体字の指定などの見えない文字です。前後の字を消して打ち直してください",
    "Zs": "特別な幅の空白です。ふつうの空白（半角又は全角）に打ち直してください",
    "So": "絵文字や特殊な記号は印刷できません。消すか、言葉で書いてください",
}


def unprintable(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report every place in a value where a character is missing from the typeface; ``text`` is the whole file.

    Invisible characters and loose marks have been reported with the text, unless they are written as escapes.
    """
    if "\\" not in text and not fonts.missing(text):
        return
    for scalar in scalars(tree):
        if isinstance(scalar.value, str):
            for character in fonts.missing(scalar.value):
                if not (REPORTED.match(character) and character in text):
                    yield from _each(character, scalar, text)


def swallowed(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report a value that a comment without a space behind its mark cuts short: 相談 #1 に応じた is read as 相談."""
    for scalar in scalars(tree):
        match = _COMMENT.match(text, scalar.end) if isinstance(scalar.value, str) else None
        if match and text[scalar.start : scalar.start + 1] not in ("|", ">"):
            message = f"「{match[1][:20]}」から後ろは覚え書きとみなされ、印刷されません"
            hint = "印刷する文なら、全角の「＃」に直してください。覚え書きなら、「# 」のように空白を入れてください"
            yield warning("text-comment", place_in(text, match.start(1), scalar.place.file), message, hint)


def folded(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report values on several lines without ``|-``, whose lines YAML joins with a space."""
    for scalar in scalars(tree):
        written = text[scalar.start : scalar.end].strip()
        if not written.startswith("|") and _JOINED.search(written):
            message = "文章が2行以上に分けて書かれています。このままでは、行のつなぎ目に空白が入ります"
            hint = "1行にまとめるか、「:」の後ろに |- と書き、次の行から字下げして書いてください"
            if written.startswith("｜"):
                message, hint = "「｜」が全角です。このままでは、「｜」も印刷されます", "半角で |- と書いてください"
            yield warning("text-folded", scalar.place, message, hint)


def _each(character: str, scalar: Scalar, text: str) -> Iterator[Diagnostic]:
    for place in _places(character, scalar, text):
        yield error("glyph-missing", place, f"{told(character)}は、この報告書の書体にない文字です", cure(character))


def _places(character: str, scalar: Scalar, text: str) -> Iterator[Place]:
    index = text.find(character, scalar.start, scalar.end)
    if index < 0:  # written as an escape
        yield scalar.place
    while index >= 0:
        yield place_in(text, index, scalar.place.file)
        index = text.find(character, index + 1, scalar.end)
