"""What a YAML parser's complaint means to somebody who types the file in an editor."""

from __future__ import annotations

import yaml

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.stages.validate import slips

_INDENT = "同じ段の項目は行頭を縦にそろえてください"
_DOCUMENT = "did not find expected <document start>"
_KEYLESS = "could not find expected ':'"
_COMPLAINTS = (
    (
        "mapping values are not allowed",
        "「: 」がこの位置には書けません",
        '文の中の「: 」なら値全体を " " で囲むか、全角の「：」に直してください',
    ),
    (
        _KEYLESS,
        "「項目名: 値」の形になっていません",
        "項目名のすぐ後ろに半角の「:」と半角の空白を入れてください。長い文の続きなら字下げをそろえてください",
    ),
    (
        "did not find expected '-' indicator",
        "「- 」で始まる一覧の途中に、「- 」で始まらない行があります",
        "「- 」を付けるか、字下げを確かめてください",
    ),
    ("did not find expected key", "字下げがそろっていません", _INDENT),
    ("scanning a quoted scalar", "引用符 \" または ' が閉じていません", "値の終わりに同じ引用符を付けてください"),
    (
        "did not find expected ',' or",
        "括弧 [ ] または { } が閉じていないか、区切りの「,」がありません",
        "括弧の対応と、半角の「,」を確かめてください",
    ),
    ("block sequence entries are not allowed", "「- 」がこの位置には書けません", "「- 」は行を改めて書いてください"),
    ("scanning an a", "「*」や「&」で値を始めることはできません", '値全体を " " で囲むか、全角に直してください'),
    ("cannot start any token", "この文字で値を始めることはできません", '値全体を " " で囲んでください'),
    ("escape", '" " の中の「\\」の使い方が正しくありません', "「\\」を消すか、\" \" の代わりに ' ' で囲んでください"),
    (
        _DOCUMENT,
        "「...」か「---」の行の後ろに、続きが書かれています",
        "「...」や「---」だけの行を消してください",
    ),
)
_OPENED = ("scanning a quoted scalar", "did not find expected ',' or")
"""Complaints about the end of something, better shown where it begins."""

_ABOUT_QUOTES = (
    "did not find expected key",
    _KEYLESS,
    "scanning a quoted scalar",
    "expected '-'",
    "cannot start any token",
)
"""Complaints that an earlier quote without its end can cause."""

_ABOUT_TEXT = (
    _KEYLESS,
    "did not find expected key",
    "did not find expected '-'",
    "mapping values are not allowed",
)
"""Complaints that a line of text in the place of a key causes."""


def explain(fault: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """Return the parser's error as a diagnostic; the commonest slips are looked for in the lines themselves."""
    mark = fault.problem_mark if isinstance(fault, yaml.MarkedYAMLError) else None
    if mark is None or not isinstance(fault, yaml.MarkedYAMLError):
        return error(
            "yaml-syntax", Place(file), "ファイルの書き方が正しくありません", "直前に直した箇所を確かめてください"
        )
    lines = text.split("\n")
    problem = f"{fault.context} {fault.problem}"
    last = min(mark.line, len(lines) - 1)
    first = min(fault.context_mark.line, last) if fault.context_mark else max(last - 1, 0)
    if _DOCUMENT in problem:  # a text at the top is a document of its own; what follows it is the complaint
        first = last = slips.top(lines, last)
    found = slips.find(lines, min(first, max(last - 1, 0)), last, file) or slips.find(lines, first, first, file)
    if found is None and any(part in problem for part in _ABOUT_QUOTES):
        found = slips.open_quote(lines, last, file)
    if found is None and any(part in problem for part in _ABOUT_TEXT):
        found = (
            slips.lost_dash(lines, last, file)
            or slips.shallow_item(lines, last, file)
            or slips.stepped_out(lines, last, file)
        )
    if found is None and _KEYLESS in problem:  # the parser says where the text begins that should have been a key
        found = slips.loose_text(lines, first, first, file)
    if found is None and any(part in problem for part in (*_ABOUT_TEXT, _DOCUMENT)):
        found = slips.loose_text(lines, min(max(first, last - 2), slips.above(lines, last)), last, file)
    return found or _complaint(fault, problem, lines[last], file, len(lines))


def _complaint(fault: yaml.MarkedYAMLError, problem: str, line: str, file: str, last: int) -> Diagnostic:
    mark = fault.problem_mark
    if fault.context_mark and any(part in problem for part in _OPENED):
        mark = fault.context_mark
    place = Place(file, min(mark.line + 1, last), mark.column + 1) if mark else Place(file)
    if "mapping values are not allowed" in problem and ":" not in line[: place.column - 1]:
        start = Place(file, place.line, len(line) - len(line.lstrip(" ")) + 1)
        return error("yaml-syntax", start, "字下げがそろっていません", _INDENT)
    for part, message, hint in _COMPLAINTS:
        if part in problem:
            return error("yaml-syntax", place, message, hint)
    return error(
        "yaml-syntax", place, "書き方が正しくありません", "この行と上の行の字下げ、引用符、括弧を確かめてください"
    )
