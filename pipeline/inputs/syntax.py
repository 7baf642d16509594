"""What a YAML parser's complaint means to somebody who types the file in an editor."""

from __future__ import annotations

import re

import yaml

from pipeline.diagnostics import Diagnostic, Place, error

_COLON = re.compile(r"^\s*(?:- )?[A-Za-z][\w-]*(：|:(?=[^\s]))")
_SPACE = re.compile("^ *([\u3000\u00a0])")

_INDENT = "同じ段の項目は行頭を縦にそろえてください"
_COMPLAINTS = (
    (
        "mapping values are not allowed",
        "「: 」がこの位置には書けません",
        '文の中の「: 」なら値全体を " " で囲むか、全角の「：」に直してください',
    ),
    (
        "could not find expected ':'",
        "「項目名: 値」の形になっていません",
        "項目名のすぐ後ろに半角の「:」と半角の空白を入れてください。長い文の続きなら字下げをそろえてください",
    ),
    ("did not find expected '-' indicator", "一覧の字下げがそろっていません", "「- 」の位置を縦にそろえてください"),
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
)
_OPENED = ("scanning a quoted scalar", "did not find expected ',' or")
"""Complaints about the end of something, better shown where it begins."""


def explain(fault: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """Turn the parser's error into a diagnostic; the commonest slips are looked for in the line itself."""
    mark = fault.problem_mark if isinstance(fault, yaml.MarkedYAMLError) else None
    if mark is None or not isinstance(fault, yaml.MarkedYAMLError):
        return error(
            "yaml-syntax", Place(file), "ファイルの書き方が正しくありません", "直前に直した箇所を確かめてください"
        )
    context = fault.context_mark
    lines = text.split("\n")
    for line in sorted({mark.line, mark.line - 1, context.line if context else mark.line}, reverse=True):
        slip = _slip(lines[line], Place(file, line + 1, 1)) if 0 <= line < len(lines) else None
        if slip:
            return slip
    return _complaint(fault, lines[mark.line] if mark.line < len(lines) else "", file)


def _slip(line: str, start: Place) -> Diagnostic | None:
    if match := _SPACE.match(line):
        place = Place(start.file, start.line, match.start(1) + 1)
        return error("yaml-wide-space", place, "行の先頭に半角でない空白があります", "半角の空白で字下げしてください")
    if match := _COLON.match(line):
        place = Place(start.file, start.line, match.start(1) + 1)
        message = "「：」が全角です" if match[1] == "：" else "「:」の後ろに空白がありません"
        return error("yaml-colon", place, message, "「項目名: 値」のように、半角の「:」と半角の空白を入れてください")
    return None


def _complaint(fault: yaml.MarkedYAMLError, line: str, file: str) -> Diagnostic:
    problem, mark = f"{fault.context} {fault.problem}", fault.problem_mark
    if fault.context_mark and any(part in problem for part in _OPENED):
        mark = fault.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    if "mapping values are not allowed" in problem and ":" not in line[: place.column - 1]:
        return error("yaml-syntax", Place(file, place.line, 1), "字下げがそろっていません", _INDENT)
    for part, message, hint in _COMPLAINTS:
        if part in problem:
            return error("yaml-syntax", place, message, hint)
    return error(
        "yaml-syntax", place, "書き方が正しくありません", "この行と上の行の字下げ、引用符、括弧を確かめてください"
    )
