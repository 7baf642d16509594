"""The parser of the command line, made of the table of commands; its own words are Japanese."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline.cli.commands import COMMANDS
from pipeline.diagnostics import harmless

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_USAGE = (
    (r"^argument (\S+): ", r"\1: "),
    (r"invalid choice: '?(.*?)'? \(choose from (.*)\)$", r"「\1」は選べません（選べるのは \2）"),
    (r"^the following arguments are required: (.*)$", r"\1 がありません"),
    (r"^unrecognized arguments: (.*)$", r"「\1」は使えません"),
    (r"expected .*$", "値がありません"),
)
"""What argparse says, and the same in Japanese."""
_PROJECT = "プロジェクトのフォルダー（inputs/ のある所）。省略すると、今いるフォルダー"


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words are Japanese."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False)
        self._optionals.title = "オプション"
        self._positionals.title = "引数"
        self.add_argument("-h", "--help", action="help", help="この説明を表示します")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "使い方:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "使い方:", 1)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(harmless(message), file)

    def error(self, message: str) -> NoReturn:
        for english, japanese in _USAGE:
            message = re.sub(english, japanese, message)
        self.exit(2, f"{self.format_usage()}指定を読み取れませんでした: {message}\n使い方は --help で表示します。\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands: it finds ``action``, ``root`` and what the command's options are called."""
    made = _Parser(prog="python -m pipeline", description="総合戦略の評価報告書を、入力データ（YAML）から作ります。")
    _add_project(made, Path.cwd())
    actions = made.add_subparsers(dest="action", metavar="ACTION", required=True, title="できること（ACTION）")
    for command in COMMANDS:
        sub = actions.add_parser(command.name, help=command.help, description=command.help)
        for option in command.options:
            sub.add_argument(*option.names, **option.settings)
        _add_project(sub, argparse.SUPPRESS)
    return made


def _add_project(to: argparse.ArgumentParser, default: Path | str) -> None:
    """Let the project be told before the command, or after it as all else is."""
    to.add_argument("--project", dest="root", metavar="DIR", type=Path, default=default, help=_PROJECT)
