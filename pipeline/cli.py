"""The command line: arguments in, exit code out. The only module that prints.

Exit codes: 0 done, 1 the inputs are wrong, 2 wrong usage, 3 the program or the machine failed.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline import build, outputs
from pipeline.build import Action, Project
from pipeline.console import JsonReporter, Reporter, TextReporter

ACTIONS = {
    Action.REPORT: "報告書一式（評価シート、グラフ、PDFの冊子、集計表）を作ります",
    Action.SHEETS: "評価シート（Word）とグラフを作ります。PDFの冊子は作りません",
    Action.CHARTS: "グラフを作ります",
    Action.CHECK: "入力データとテンプレートを点検します。何も書き出しません",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    action: Action
    project: Project
    json: bool


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

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}指定を読み取れませんでした: {message}\n使い方は --help で表示します。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m pipeline", description="総合戦略の評価報告書を、入力データ（YAML）から作ります。")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="できること（ACTION）")
    for action, text in ACTIONS.items():
        sub = actions.add_parser(action.value, help=text, description=text)
        sub.add_argument(
            "--year", metavar="R3", help="評価を行う年度（inputs/ のフォルダー名）。省略すると最も新しい年度"
        )
        sub.add_argument(
            "--format", choices=("text", "json"), default="text", help="結果の表示方法（jsonは機械処理用）"
        )
    return parser


def parse(arguments: Sequence[str], root: Path) -> Options:
    """Turn arguments into options; wrong usage leaves with exit code 2."""
    parser = _parser()
    found = parser.parse_args(arguments)
    years = build.years(root)
    if not years:
        parser.error("inputs/ に年度のフォルダー（例: inputs/R3）がありません")
    if found.year is not None and found.year not in years:
        parser.error(f"inputs/{found.year} がありません。選べる年度: {'、'.join(years)}")
    return Options(Action(found.action), Project(root, found.year or years[-1]), found.format == "json")


def main(arguments: Sequence[str]) -> int:
    """Run an action and tell what came of it; give the exit code."""
    root = Path.cwd()
    options = parse(arguments, root)
    reporter: Reporter = JsonReporter(sys.stdout) if options.json else TextReporter(sys.stdout)
    try:
        with reporter:
            run = build.run(options.action, options.project, reporter)
    except outputs.Busy:
        return _failed("同じ年度の作成が、別の画面で実行中です。終わってから、もう一度実行してください。")
    except KeyboardInterrupt:
        return _failed("中断しました。前回の出力は、そのまま残っています。")
    except OSError as problem:
        return _failed(_machine(problem))
    except Exception as fault:
        return _failed(_fault(root, fault))
    reporter.finish(options.action, options.project, run)
    return 1 if run.made is None else 0


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 3


def _machine(problem: OSError) -> str:
    where = f"「{problem.filename}」" if problem.filename else "ファイル"
    return (
        f"{where}を読み書きできませんでした（{problem.strerror or problem}）。\n"
        "→ 出力フォルダーのファイルをWordなどで開いていないか、書き込みの権限と空き容量があるかを確かめてください。\n"
        "前回の出力は、そのまま残っています。"
    )


def _fault(root: Path, fault: Exception) -> str:
    record = root / "outputs" / "error.txt"
    try:
        record.parent.mkdir(exist_ok=True)
        record.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
        where = f"詳しい記録は {record.relative_to(root)} にあります。"
    except OSError:
        where = f"（{type(fault).__name__}: {fault}）"
    return f"プログラムの不具合で止まりました。{where}\n前回の出力は、そのまま残っています。"
