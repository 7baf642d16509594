"""The commonest slips of the hand in one line of YAML, looked for where the parser gave up.

The parser tells where it could not go on; what was mistyped often stands in that line or in the one before. A slip is
looked for only in a file that cannot be read, so a line that merely looks odd is never blamed.
"""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.stages.validate.files import KEYS

_COLON_HINT = "「項目名: 値」のように、半角の「:」と半角の空白を入れてください"
_QUOTE_HINT = '文字として書くなら、値全体を " " で囲んでください'
_KEYS = "|".join(sorted(KEYS, key=len, reverse=True))
_START = r"^\s*(?:- +)*(?:[A-Za-z][\w-]*:[ \t]+)?"
"""What may stand before a value: indent, marks of lists, a key."""

_WIDE = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like spaces, and are none to YAML."""


class Slip(Struct, frozen=True):
    """A pattern whose first group is the spot; ``{0}`` in the texts stands for what the group holds.

    One that is ``sure`` is wrong wherever it stands, also far above the line where the parser gave up.
    """

    id: str
    pattern: str
    message: str
    hint: str
    sure: bool = False


def _slip(identifier: str, pattern: str, message: str, hint: str, *, sure: bool = False) -> Slip:
    return Slip(identifier, pattern, message, hint, sure)


_SLIPS = (
    _slip(
        "yaml-wide-space",
        rf"^ *([{_WIDE}])[ {_WIDE}]*(?:- |(?:{_KEYS}):(?:\s|$))",
        "行の先頭に半角でない空白があります",
        "半角の空白で字下げしてください",
        sure=True,
    ),
    _slip("yaml-colon", rf"^\s*(?:- )?(?:{_KEYS})\s*(：)", "「：」が全角です", _COLON_HINT, sure=True),
    _slip(
        "yaml-wide-space",
        f"^ *([{_WIDE}])",
        "行の先頭に半角でない空白があります",
        "半角の空白で字下げしてください",
    ),
    _slip("yaml-colon", r"^\s*(?:- )?[A-Za-z][\w-]*\s*(：)", "「：」が全角です", _COLON_HINT),
    _slip("yaml-colon", r"^\s*(?:- )?[A-Za-z][\w-]*(:)(?=[^\s:])", "「:」の後ろに空白がありません", _COLON_HINT),
    _slip(
        "yaml-colon",
        rf"^\s*(?:- )?[A-Za-z][\w-]*:([{_WIDE}])",
        "「:」の後ろの空白が半角ではありません",
        _COLON_HINT,
    ),
    _slip(
        "yaml-colon", rf"^\s*(?:- )?(?:{_KEYS})([ \u3000]+[^:：]*|)$", "項目名の後ろに「:」がありません", _COLON_HINT
    ),
    _slip(
        "yaml-dash",
        r"^\s*([－ー―‐−–—])(?=\S)",
        "「{0}」は一覧の印（半角の「-」）ではありません",
        "半角の「-」と半角の空白で始めてください",
    ),
    _slip(
        "yaml-dash", r"^\s*(-)(?=[^\s\d-])", "「-」の後ろに空白がありません", "「-」の後ろに半角の空白を入れてください"
    ),
    _slip(
        "yaml-block-text",
        _START + r"([|>][-+]?)\s*[^\s#+-]",
        "「{0}」と同じ行に文章が書かれています",
        "文章は次の行から、字下げして書いてください",
    ),
    _slip(
        "yaml-wide-space",
        _START + rf"""(?:[|>][-+]?|\[[^\]]*\]|\{{[^}}]*\}}|"(?:[^"\\]|\\.)*"|'[^']*')\s*?([{_WIDE}])\s*$""",
        "行の終わりに半角でない空白があります",
        "行の終わりの空白を消してください",
        sure=True,
    ),
    _slip(
        "yaml-note",
        r"^\s*(＃)",
        "「＃」が全角です",
        "覚え書きの行は、半角の「#」で始めてください",
    ),
    _slip(
        "yaml-note",
        _START + r"[\[{][^\]}]*[ \t](#)[^\]}]*[\]}]",
        "括弧の中の「#」から後ろが、覚え書きとみなされています",
        "「#」を消すか、全角の「＃」に直してください",
    ),
    _slip(
        "yaml-bracket-wide",
        _START + r"([［｛])",
        "括弧「{0}」が全角です",
        "半角の [ ] や { } に直してください。" + _QUOTE_HINT,
    ),
    _slip(
        "yaml-brackets",
        r"^\s*[A-Za-z][\w-]*: +((?:[RHS]\d{1,2}|\d{4}): .*)",
        "「{0}」が { } で囲まれていません",
        "{R2: 90} のように、半角の { } で囲んでください",
    ),
    _slip(
        "yaml-text-after",
        _START + r"""(?:\[[^\]]*\]|\{[^}]*\}|"(?:[^"\\]|\\.)*"|'[^']*')\s*([^\s,#\]}:])""",
        "閉じた括弧や引用符の後ろに、文字が続いています",
        "値全体を ' ' で囲むか、全角の括弧［ ］や「 」に直してください",
    ),
    _slip("yaml-special", _START + r"([*&!%@`])", "「{0}」で値を始めることはできません", _QUOTE_HINT),
)

_OPENED = re.compile(_START + r"""(?:"(?:[^"\\]|\\.)*|'[^']*)$""")
_BARE = re.compile(r"^\s*(?!- |#|[^:：]*:(?:\s|$))(\S)")
_HOLDER = re.compile(r"^( *)(?:- )?[A-Za-z][\w-]*:\s*$")
_ITEM = re.compile(r"^( *)- ")
_INNER = re.compile(r"^ *(?:- (?![A-Za-z][\w-]*:)|(?:activities|results|evaluation|name|unit|direction|kind|targets):)")
"""What never stands at the margin: an item of a list that is no entry, and keys of entries."""

_NEVER_OUTER = re.compile(r"(?:activities|results|evaluation|direction|kind):")
"""Keys of entries that no file has at its margin."""

_REACH = 20
"""The lines of a list of ordinary length."""

_BLOCK = re.compile(r"(?:^|[:-]) +[|>][-+]?\s*(?:#.*)?$")
"""The end of the line above a block of text."""

_FLOW = re.compile(r"[\[{,]\s*(#.*)?$")


def top(lines: list[str], last: int) -> int:
    """Return the first line that is more than a comment."""
    return next((n for n, line in enumerate(lines[:last]) if line.strip() and line[0] not in "#%"), last)


def above(lines: list[str], number: int) -> int:
    """Return the nearest line above that is more than a comment; the line itself where there is none."""
    numbers = range(number - 1, -1, -1)
    return next((n for n in numbers if lines[n].strip() and lines[n].lstrip()[0] != "#"), number)


def in_text(lines: list[str], number: int) -> bool:
    """Return whether a line stands in a block of text, in which nothing is wrong as YAML."""
    margin = _margin(lines[number])
    for above in reversed(lines[:number]):
        if above.strip() and _margin(above) < margin:
            return bool(_BLOCK.search(above))
    return False


def find(lines: list[str], first: int, last: int, file: str) -> Diagnostic | None:
    """Return an error at the slip in the lines from ``last`` back to ``first`` (counted from 0), the nearest first.

    What is sure is looked for in all lines before.
    """
    for number in range(last, -1, -1):
        near = number >= max(first, last - 2)
        for slip in _SLIPS:
            match = re.match(slip.pattern, lines[number]) if slip.sure or near else None
            if match:
                spot = match[1].strip() or " "
                place = Place(file, number + 1, match.start(1) + 1)
                return error(slip.id, place, slip.message.replace("{0}", spot[:20]), slip.hint)
    return None


def open_quote(lines: list[str], last: int, file: str) -> Diagnostic | None:
    """Return an error at the quote that was not closed: its line ends within it, without a backslash."""
    for number in range(last, -1, -1):
        line = lines[number]
        match = _OPENED.match(line)
        if match and not line.endswith("\\"):
            start = re.match(_START, line)
            column = start.end() if start else 0
            message = f"引用符 {line[column]} が閉じていません"
            return error(
                "yaml-quote", Place(file, number + 1, column + 1), message, "値の終わりに同じ引用符を付けてください"
            )
    return None


def lost_dash(lines: list[str], last: int, file: str) -> Diagnostic | None:
    """Return whether the list to which an item belongs began without a dash: below its key stands no item."""
    item = _ITEM.match(lines[last])
    outer = (n for n in range(last - 1, -1, -1) if lines[n].strip() and _margin(lines[n]) <= _margin(lines[last]))
    holder = next(outer, last)
    if item and _HOLDER.match(lines[holder]) and not _ITEM.match(lines[holder + 1]):
        message = "「- 」で始まる一覧の最初の行に、「- 」がありません"
        hint = "行の始めに半角の「- 」を付けてください。行が抜けたなら、その行を補ってください"
        return error("yaml-dash", Place(file, holder + 2, _margin(lines[holder + 1]) + 1), message, hint)
    return None


def shallow_item(lines: list[str], last: int, file: str) -> Diagnostic | None:
    """Return an error at a list whose first item stands further left than the key that it belongs to."""
    for number in range(last, max(last - _REACH, 0), -1):
        holder, item = _HOLDER.match(lines[number - 1]), _ITEM.match(lines[number])
        if holder and item and len(item[1]) < len(holder[1]):
            message = "「- 」で始まる一覧の字下げが、上の行の項目名より浅くなっています"
            hint = "上の行の項目名と同じか、それより深く字下げしてください"
            return error("yaml-indent", Place(file, number + 1, len(item[1]) + 1), message, hint)
    return None


def stepped_out(lines: list[str], last: int, file: str) -> Diagnostic | None:
    """Return an error at a line further left than the one before, after which the others go on where that one stood."""
    margin = _margin(lines[last])
    for number in range(last - 1, max(last - _REACH, 0), -1):
        line, before = lines[number], lines[number - 1]
        stepped = _margin(line) < margin == _margin(before) and _INNER.match(line) and not in_text(lines, number - 1)
        if stepped or _NEVER_OUTER.match(line):
            place = Place(file, number + 1, _margin(line) + 1)
            hint = "前後の行と縦にそろえてください"
            return error("yaml-indent", place, "字下げが、前後の行より浅くなっています", hint)
    return None


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def loose_text(lines: list[str], first: int, last: int, file: str) -> Diagnostic | None:
    """Return an error at a line that is neither key nor list item, such as text that lost its indent."""
    for number in range(last, first - 1, -1):
        match = _BARE.match(lines[number])
        if match and not (number and _FLOW.search(lines[number - 1])) and not in_text(lines, number):
            message = "この行は、「項目名: 値」の形でも、「- 」で始まる一覧でもありません"
            hint = "文章の続きなら、上の行と字下げをそろえてください。項目なら、項目名の後ろに「: 」を付けてください"
            return error("yaml-loose-text", Place(file, number + 1, match.start(1) + 1), message, hint)
    return None
