"""``newcity``: a city's first year, with a form from the gallery."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rich.text import Text

from pipeline.cli import terminal
from pipeline.cli.arguments import Usage
from pipeline.cli.console import diagnostic_lines, text_reporter
from pipeline.diagnostics import has_errors
from pipeline.wording.era import before, in_text
from pipeline.workflows import new_city

_QUESTIONS = {
    "name": "市の名前を入力してください（例: あかね市）",
    "years": "計画期間を入力してください（例: R7-R11）",
    "form": "様式を選んで、番号か名前を入力してください",
}
_LACKING = "newcity には --name、--years、--form が要ります（例: --name あかね市 --years R7-R11 --form 標準）。"


def run(arguments: argparse.Namespace) -> int:
    """Ask for what is not given, write the first year, and say what to do next; return the exit code."""
    order = _order(arguments)
    done = new_city.found(arguments.root, order)
    given = f" PROJECT={os.path.relpath(arguments.root)}" if arguments.root != Path.cwd() else ""
    text_reporter(sys.stdout).say([*diagnostic_lines(done.diagnostics, arguments.root), "", *_lines(done, given)])
    return 1 if has_errors(done.diagnostics) else 0


def _order(arguments: argparse.Namespace) -> new_city.Order:
    given = {name: getattr(arguments, name) or "" for name in _QUESTIONS}
    if not all(given.values()) and not terminal.is_possible():
        raise Usage(_LACKING)
    forms = new_city.forms()
    for name, question in _QUESTIONS.items():
        if not given[name]:
            listed = [f"  {n}  {form}" for n, form in enumerate(forms, 1)] if name == "form" else []
            given[name] = _asked([question, *listed])
    number = given["form"]
    chosen = forms[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(forms) else number
    source = None if arguments.source is None else arguments.source.absolute()
    return new_city.Order(given["name"], given["years"], chosen, source)


def _asked(lines: list[str]) -> str:
    screen = terminal.Terminal()
    screen.show([Text(line) for line in lines])
    answer = screen.ask("")
    if answer is None:
        raise Usage("やめました。何も書き込んでいません。")
    return answer.strip()


def _lines(done: new_city.Founded, given: str) -> list[str]:
    if done.sheet is not None:
        return [
            f"記入する前の一覧を書き出しました  {done.sheet.name}",
            "→ Excelで指標を1行に一つずつ書き、同じ命令をもう一度実行してください。",
        ]
    if done.project is None:
        return ["何も書き込みませんでした。"]
    return [
        *(f"書き出しました  {name}" for name in done.files),
        "",
        f"評価する年度は{in_text(before(done.project.year))}です。",
        f"→ make report{given} で、最初の冊子ができます。",
        f"→ inputs/{done.project.year}/ の【要記入】を書き換え、make check{given} で確かめてください。",
    ]
