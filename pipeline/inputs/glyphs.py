"""Characters that the report's typeface cannot draw, found before anything is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline import fonts
from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.inputs.text import place_in
from pipeline.inputs.tree import Node, Scalar, scalars

_HINT = "別の字（常用の字体など）に改めるか、かなで書いてください"
_HINTS = {
    "Co": "外字は印刷できません。標準の字に改めるか、かなで書いてください",
    "Mn": "異体字の指定などの見えない文字です。前後の字を消して打ち直してください",
    "So": "絵文字や特殊な記号は印刷できません。消すか、言葉で書いてください",
}


def unprintable(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report every place in a value where a character is missing from the typeface; ``text`` is the whole file."""
    if not fonts.missing(text):
        return
    for scalar in scalars(tree):
        if isinstance(scalar.value, str):
            for character in fonts.missing(scalar.value):
                yield from _each(character, scalar, text)


def _each(character: str, scalar: Scalar, text: str) -> Iterator[Diagnostic]:
    code = f"U+{ord(character):04X}"
    hint = _HINTS.get(unicodedata.category(character), _HINT)
    shown = f"「{character}」（{code}）" if character.isprintable() and not unicodedata.combining(character) else code
    for place in _places(character, scalar, text):
        yield error("glyph-missing", place, f"{shown}は、この評価書の書体にない文字です", hint)


def _places(character: str, scalar: Scalar, text: str) -> Iterator[Place]:
    index = text.find(character, scalar.start, scalar.end)
    if index < 0:  # written as an escape
        yield scalar.place
    while index >= 0:
        yield place_in(text, index, scalar.place.file)
        index = text.find(character, index + 1, scalar.end)
