"""What a YAML parser's complaint means to somebody who types the file in an editor."""

from __future__ import annotations

import re

import yaml

from pipeline.diagnostics import Diagnostic, Place, error

_COLON = re.compile(r"^\s*(?:- )?[A-Za-z][\w-]*(：|:(?=[^\s]))")
_SPACE = re.compile("^ *(\u3000)")

_COMPLAINTS = (
    (
        "mapping values are not allowed",
        "「: 」がこの位置には書けません",
        '字下げが上の行とそろっているか、文の中の「: 」なら値全体を " " で囲んでいるかを確かめてください',
    ),
    (
        "could not find expected ':'",
        "「項目名: 値」の形になっていません",
        "項目名のすぐ後ろに半角の「:」と半角の空白を入れてください。長い文の続きなら字下げをそろえてください",
    ),
    (
        "did not find expected '-' indicator",
        "一覧の字下げがそろっていません",
        "同じ一覧の「- 」の位置を縦にそろえてください",
    ),
    ("did not find expected key", "字下げがそろっていません", "同じ段の項目は行頭をそろえてください"),
    ("unexpected end of stream", "引用符 \" または ' が閉じていません", "値の終わりに同じ引用符を付けてください"),
    (
        "did not find expected ',' or",
        "括弧 [ ] または { } が閉じていないか、区切りの「,」がありません",
        "括弧の対応と、半角の「,」を確かめてください",
    ),
    ("block sequence entries are not allowed", "「- 」がこの位置には書けません", "「- 」は行を改めて書いてください"),
    ("cannot start any token", "この文字で値を始めることはできません", '値全体を " " で囲んでください'),
    ("escape", '" " の中の「\\」の使い方が正しくありません', "「\\」を消すか、\" \" の代わりに ' ' で囲んでください"),
)


def explain(fault: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """Turn the parser's error into a diagnostic; the commonest slips are looked for in the line itself."""
    mark = getattr(fault, "problem_mark", None)
    if mark is None:
        return error(
            "yaml-syntax", Place(file), "ファイルの書き方が正しくありません", "直前に直した箇所を確かめてください"
        )
    context = getattr(fault, "context_mark", None)
    lines = text.split("\n")
    for line in sorted({mark.line, mark.line - 1, context.line if context else mark.line}, reverse=True):
        slip = _slip(lines[line], Place(file, line + 1, 1)) if 0 <= line < len(lines) else None
        if slip:
            return slip
    return _complaint(str(fault), Place(file, mark.line + 1, mark.column + 1))


def _slip(line: str, start: Place) -> Diagnostic | None:
    if match := _SPACE.match(line):
        place = Place(start.file, start.line, match.start(1) + 1)
        return error("yaml-wide-space", place, "行の先頭に全角の空白があります", "半角の空白で字下げしてください")
    if match := _COLON.match(line):
        place = Place(start.file, start.line, match.start(1) + 1)
        message = "「：」が全角です" if match[1] == "：" else "「:」の後ろに空白がありません"
        return error("yaml-colon", place, message, "「項目名: 値」のように、半角の「:」と半角の空白を入れてください")
    return None


def _complaint(problem: str, place: Place) -> Diagnostic:
    for part, message, hint in _COMPLAINTS:
        if part in problem:
            return error("yaml-syntax", place, message, hint)
    return error(
        "yaml-syntax", place, "書き方が正しくありません", "この行と上の行の字下げ、引用符、括弧を確かめてください"
    )
