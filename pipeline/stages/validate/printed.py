"""Text that would not be printed as it is meant: characters without a glyph, lines that are joined, marks left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.documents import fonts
from pipeline.documents.fonts import cure, described
from pipeline.stages.validate.files import KEYS
from pipeline.stages.validate.text import REPORTED, place_in
from pipeline.stages.validate.tree import Items, Keys, Node, Scalar, scalars

_JOINED = re.compile(r".\n", re.DOTALL)
_JOINED_IN_QUOTES = re.compile(r"[^\\]\n")
"""A line's end; one that a backslash escapes (in double quotes) leaves no space."""

_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n]*)| (#[ \t][^\n]*)")
"""What is hardly meant as a comment: those of the inputs stand two spaces off, and begin with one."""

_COMMENT_HINT = (
    "印刷する文なら、全角の「＃」に直してください。覚え書きなら、「#」の前に半角の空白を2つ、後ろに1つ入れてください"
)
_JAPANESE = re.compile("[^\x00-\xff]")
_EMPTY_QUOTES = re.compile("[“”＂〝〟„]+|['‘’＇]+|「」|『』")
_WIDE_QUOTES = re.compile("[“”＂][^“”＂]+[“”＂]")
_KEY = re.compile(r"([a-z_]+)\s?([:：])")
_PARTED = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_PARTED_HINT = (
    '桁区切りの「,」なら、その項目全体を " " で囲んでください。別々の項目なら、「,」の後ろに半角の空白を入れてください'
)
_LISTS = ("activities", "paragraphs", "points")
"""Lists of texts, in which none stands twice."""


def unprintable(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report every place in a value where a character is missing from the typeface; ``text`` is the whole file.

    Invisible characters and loose marks have been reported with the text, unless they are written as escapes.
    """
    if "\\" not in text and not fonts.missing(text):
        return
    for scalar in scalars(tree):
        if isinstance(scalar.value, str):
            for character in fonts.missing(scalar.value):
                if not (re.match(REPORTED, character) and character in text):
                    yield from _each(character, scalar, text)


def swallowed(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report a value that a comment cuts short: 相談 #1 and 相談 # 1 are read as 相談, #相談 as nothing."""
    for scalar in scalars(tree):
        match = _COMMENT.match(text, scalar.end)
        if match is None or isinstance(scalar.value, bool | Decimal) or _style(scalar, text) in ("|", ">"):
            continue
        place = place_in(text, match.start(1 if match[1] else 2), scalar.place.file)
        message = f"「{(match[1] or match[2])[:20]}」から後ろは覚え書きとみなされ、印刷されません"
        if scalar.value is None and match[1]:
            yield error("text-comment", place, message, _COMMENT_HINT)
        elif match[1] or _JAPANESE.search(str(scalar.value)):
            yield warning("text-comment", place, message, _COMMENT_HINT)


def folded(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report values on several lines without ``|-``, whose lines YAML joins with a space."""
    for scalar in scalars(tree):
        written = text[scalar.start : scalar.end].strip()
        joined = _JOINED_IN_QUOTES if written.startswith('"') else _JOINED
        if not written.startswith("|") and joined.search(written):
            message = "文章が2行以上に分けて書かれています。このままでは、行のつなぎ目に空白が入ります"
            hint = "1行にまとめるか、「:」の後ろに |- と書き、次の行から字下げして書いてください"
            if written.startswith("｜"):
                message, hint = "「｜」が全角です。このままでは、「｜」も印刷されます", "半角で |- と書いてください"
            yield warning("text-folded", scalar.place, message, hint)


def marks(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report marks of YAML that became a part of the text, and tabs, as they come along from a spreadsheet."""
    for scalar in scalars(tree):
        value, style = scalar.value, _style(scalar, text)
        if not isinstance(value, str) or style in ('"', "'"):
            continue
        key = _KEY.match(value)
        if _EMPTY_QUOTES.fullmatch(value):
            message = f"「{value}」だけが書かれています。このままでは、この記号が印刷されます"
            yield error("text-quote", scalar.place, message, '何も書かないときは、半角で "" と書いてください')
        elif _WIDE_QUOTES.fullmatch(value):
            message = "全角の引用符で囲まれています。このままでは、引用符も印刷されます"
            yield warning("text-quote", scalar.place, message, '引用符を消すか、半角の " " に直してください')
        elif value.count('"') % 2:
            message = '引用符 " が片方だけです。このままでは、「"」が印刷されます'
            yield warning(
                "text-quote", _first('"', scalar, text), message, '「"」を消すか、値全体を " " で囲んでください'
            )
        elif key and key[1] in KEYS and style not in ("|", ">"):
            place = Place(scalar.place.file, scalar.place.line, scalar.place.column + key.start(2))
            message = "項目名が文章の一部になっています"
            yield error("yaml-colon", place, message, "「項目名: 値」のように、半角の「:」と半角の空白を入れてください")
        if "\t" in value.strip():
            message, hint = "文章の中にタブが入っています", "タブを消してください。表計算ソフトから貼り付けると入ります"
            told = warning if style in ("|", ">") else error  # elsewhere only some readers of YAML take it
            yield told("text-tab", _first("\t", scalar, text), message, hint)


def doubled(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report a text that stands twice in a list, and a line of a text that stands twice in a row."""
    for items in _lists(tree):
        first: dict[str, Place] = {}
        for node in items.nodes:
            if isinstance(node, Scalar) and isinstance(node.value, str):
                place = first.setdefault(node.value, node.place)
                if place is not node.place:
                    yield _twice(node.place, f"同じ項目が一覧に2回書かれています（最初は{place.line}行目）")
    for scalar in scalars(tree):
        if isinstance(scalar.value, str) and _style(scalar, text) == "|":
            lines = [line.strip() for line in scalar.value.split("\n")]
            for number in range(1, len(lines)):
                if lines[number] and lines[number] == lines[number - 1]:
                    place = Place(scalar.place.file, scalar.place.line + number + 1, 1)
                    yield _twice(place, "上の行と同じ文章が、もう一度書かれています")


def parted(tree: Node, text: str) -> Iterator[Diagnostic]:
    """Report a number that its comma parts into two entries of a list in brackets: [端末5,210台の更新]."""
    for items in _lists(tree):
        for one, other in pairwise(items.nodes):
            if not isinstance(one, Scalar) or not isinstance(other, Scalar) or text[one.end : other.start] != ",":
                continue
            if _PARTED.match(text, one.end - 1):
                message = f"「{text[one.start : other.end]}」は、「,」の前と後ろの二つの項目として読まれます"
                yield error("list-number-parted", other.place, message, _PARTED_HINT)


def _twice(place: Place, message: str) -> Diagnostic:
    return warning("text-twice", place, message, "どちらか一方を消してください")


def _lists(node: Node) -> Iterator[Items]:
    children = node.nodes if isinstance(node, Items) else ()
    if isinstance(node, Keys):
        children = tuple(node.nodes.values())
        yield from (child for key, child in node.nodes.items() if key in _LISTS and isinstance(child, Items))
    for child in children:
        yield from _lists(child)


def _style(scalar: Scalar, text: str) -> str:
    """Return the character that a value begins with: a quote, or the mark of a block of text."""
    return text[scalar.start : scalar.start + 1]


def _first(character: str, scalar: Scalar, text: str) -> Place:
    index = text.find(character, scalar.start, scalar.end)
    return place_in(text, index, scalar.place.file) if index >= 0 else scalar.place


def _each(character: str, scalar: Scalar, text: str) -> Iterator[Diagnostic]:
    message = f"{described(character)}は、この報告書の書体にない文字です"
    for place in _places(character, scalar, text):
        yield error("glyph-missing", place, message, cure(character))


def _places(character: str, scalar: Scalar, text: str) -> Iterator[Place]:
    index = text.find(character, scalar.start, scalar.end)
    if index < 0:  # written as an escape
        yield scalar.place
    while index >= 0:
        yield place_in(text, index, scalar.place.file)
        index = text.find(character, index + 1, scalar.end)


LOOKS = (unprintable, folded, swallowed, marks, doubled, parted)
"""What is looked for in every file."""
