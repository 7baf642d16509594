"""The command line: arguments in, exit code out. The only module that prints.

Exit codes: 0 done, 1 the inputs are wrong, 2 wrong usage, 3 the program or the machine failed.
"""

from __future__ import annotations

import argparse
import errno
import itertools
import os
import re
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline.cli import errands
from pipeline.cli.console import PLAIN_FORMS, PlainReporter, Reporter, TextReporter, diagnostic_lines, speak_japanese
from pipeline.cli.errands import ERRANDS, Errand
from pipeline.diagnostics import Diagnostic, has_errors, to_json
from pipeline.documents.libreoffice import OfficeFault
from pipeline.storage import outputs
from pipeline.workflows import explain, explanation, report, schema
from pipeline.workflows.convert import Conversion, Engine, convert
from pipeline.workflows.project import Project, years
from pipeline.workflows.rate import rate
from pipeline.workflows.report import Action

ACTIONS = {
    Action.REPORT: "報告書一式（評価シート、グラフ、PDFの冊子、集計表）を作ります",
    Action.SHEETS: "評価シート（Word）とグラフを作ります。PDFの冊子は作りません",
    Action.CHARTS: "グラフを作ります",
    Action.CHECK: "入力データとテンプレートを点検します。何も書き出しません",
}
_USAGE = (
    (r"^argument (\S+): ", r"\1: "),
    (r"invalid choice: '?(.*?)'? \(choose from (.*)\)$", r"「\1」は選べません（選べるのは \2）"),
    (r"^the following arguments are required: (.*)$", r"\1 がありません"),
    (r"^unrecognized arguments: (.*)$", r"「\1」は使えません"),
    (r"expected .*$", "値がありません"),
)
"""What argparse says, and the same in Japanese."""
_REASONS = {
    errno.EACCES: ("書き込む権限がありません", "管理者に、フォルダーの書き込みの権限を確かめてください。"),
    errno.EPERM: ("書き込む権限がありません", "管理者に、フォルダーの書き込みの権限を確かめてください。"),
    errno.EROFS: ("書き込めないディスクです", "プロジェクトのフォルダーを、書き込めるディスクに写してください。"),
    errno.ENOSPC: ("空き容量が足りません", "要らないファイルを消すなどして、空き容量を増やしてください。"),
    errno.EDQUOT: ("空き容量が足りません", "要らないファイルを消すなどして、空き容量を増やしてください。"),
    errno.ENAMETOOLONG: ("ファイルの名前が長すぎます", "施策の名称を短くしてください。"),
    errno.ENOTDIR: ("フォルダーのあるべき所に、ファイルがあります", "そのファイルを別の所へ移してください。"),
    errno.EEXIST: ("フォルダーのあるべき所に、ファイルがあります", "そのファイルを別の所へ移してください。"),
}
"""Why the machine refused, and what to do about it."""
_OPENED = "出力フォルダーのファイルをWordなどで開いていないか、書き込みの権限と空き容量があるかを確かめてください。"
CONVERT = "convert"
_CONVERT_HELP = "Wordファイル（docx）をPDFにします"
SCHEMA = "schema"
_SCHEMA_HELP = "入力データの書き方の定義（JSON Schema）を inputs/schema/ に書き出します。エディタの入力補助に使われます"

RATE, EXPLAIN = "rate", "explain"
_RATE_HELP = "指標の表に、判定の方法を当てはめてみます。報告書の入力データは要りません。何も書き出しません"
_EXPLAIN_HELP = "指標の判定までの計算を、入力データの行から順に示します"


@dataclass(frozen=True, slots=True)
class Rating:
    """The user wants a scheme (a file, or a ready one's name) tried on a table or a year's folder."""

    table: Path
    scheme: str
    root: Path
    json: bool


@dataclass(frozen=True, slots=True)
class Explaining:
    """The user wants the steps behind an indicator (``1-2/startups``), or all of them written to a file."""

    project: Project
    subject: str | None
    json: bool


@dataclass(frozen=True, slots=True)
class Schemas:
    """The user wants the JSON Schemas written; ``root`` is the project's folder."""

    root: Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked of the report."""

    action: Action
    project: Project
    engine: Engine
    format: str


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
        for english, japanese in _USAGE:
            message = re.sub(english, japanese, message)
        self.exit(2, f"{self.format_usage()}指定を読み取れませんでした: {message}\n使い方は --help で表示します。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m pipeline", description="総合戦略の評価報告書を、入力データ（YAML）から作ります。")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="できること（ACTION）")
    for action, text in ACTIONS.items():
        sub = actions.add_parser(action.value, help=text, description=text)
        _add_year(sub)
        sub.add_argument(
            "--format",
            choices=("text", *PLAIN_FORMS),
            default="text",
            help="結果の表示方法（jsonは機械処理用、lineは1件1行でエディタ用）",
        )
        _add_engine(sub)
    for errand, text in ERRANDS.items():
        sub = actions.add_parser(errand, help=text, description=text)
        _add_year(sub)
        errands.add(sub, errand)
    _add_convert(actions.add_parser(CONVERT, help=_CONVERT_HELP, description=_CONVERT_HELP))
    actions.add_parser(SCHEMA, help=_SCHEMA_HELP, description=_SCHEMA_HELP)
    _add_rate(actions.add_parser(RATE, help=_RATE_HELP, description=_RATE_HELP))
    _add_explain(actions.add_parser(EXPLAIN, help=_EXPLAIN_HELP, description=_EXPLAIN_HELP))
    return parser


def _add_rate(sub: argparse.ArgumentParser) -> None:
    table = "指標の表（YAML）。年度のフォルダー（inputs/R3）も指定できます"
    sub.add_argument("table", metavar="TABLE.yaml", type=Path, help=table)
    scheme = "判定の方法のファイルか、用意された方法の名前（例: 進捗率）"
    sub.add_argument("--scheme", metavar="SCHEME.yaml", required=True, help=scheme)
    _add_form(sub)


def _add_explain(sub: argparse.ArgumentParser) -> None:
    subject = "施策の番号/指標の識別名（例: 1-2/new-hires）。数値目標は、1/insured-workers のように基本目標の番号"
    sub.add_argument("subject", nargs="?", metavar="1-2/INDICATOR", help=subject)
    sub.add_argument("--all", action="store_true", help="全ての指標の説明を outputs/ の年度の explain/ に書き出します")
    _add_year(sub)
    _add_form(sub)


def _add_form(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--format", choices=("text", "json"), default="text", help="結果の表示方法（jsonは機械処理用）")


def _add_year(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--year", metavar="R3", help="評価を行う年度（inputs/ のフォルダー名）。省略すると最も新しい年度")


def _add_convert(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "files", nargs="+", metavar="IN.docx", type=Path, help="Wordファイル（いくつでも）か、それを収めたフォルダー"
    )
    sub.add_argument("target", metavar="OUT", type=Path, help="書き出す先。PDFファイル（一つのとき）かフォルダー")
    accept = "変更履歴を、すべて承諾したものとして描きます（元のファイルは変えません）"
    sub.add_argument("--accept-changes", action="store_true", help=accept)
    _add_engine(sub)


def _add_engine(sub: argparse.ArgumentParser) -> None:
    engine = "PDFの作り方。libreoffice は、LibreOffice がある場合に使えます（省略すると embedded）"
    sub.add_argument("--engine", choices=[e.value for e in Engine], default=Engine.EMBEDDED.value, help=engine)


Wish = Options | Errand | Conversion | Schemas | Rating | Explaining


def parse(arguments: Sequence[str], root: Path) -> Wish:
    """Turn arguments into options; wrong usage leaves with exit code 2."""
    parser = _parser()
    found = parser.parse_args(arguments)
    if found.action == CONVERT:
        return _conversion(parser, found)
    if found.action == SCHEMA:
        return Schemas(root)
    if found.action == RATE:
        return _rating(parser, found, root)
    known = years(root)
    if not known:
        parser.error("inputs/ に年度のフォルダー（例: inputs/R3）がありません")
    if found.year is not None and found.year not in known:
        parser.error(f"inputs/{found.year} がありません。選べる年度: {'、'.join(known)}")
    project = Project(root, found.year or known[-1])
    if found.action == EXPLAIN:
        if (found.subject is None) != found.all:
            parser.error("指標（例: 1-2/new-hires）か --all のどちらか一方を指定してください")
        return Explaining(project, found.subject, found.format == "json")
    if found.action in ERRANDS:
        return Errand(found.action, project, errands.order(found))
    return Options(Action(found.action), project, Engine(found.engine), found.format)


def _rating(parser: argparse.ArgumentParser, found: argparse.Namespace, root: Path) -> Rating:
    if not found.table.exists():
        parser.error(f"ファイルがありません: {found.table}")
    return Rating(root / found.table, found.scheme, root, found.format == "json")


def _conversion(parser: argparse.ArgumentParser, found: argparse.Namespace) -> Conversion:
    absent = [str(path) for path in found.files if not path.exists()]
    if absent:
        parser.error(f"ファイルがありません: {'、'.join(absent)}")
    files = tuple(file for path in found.files for file in _word_files(path))
    if not files:
        parser.error(f"フォルダーにWordファイル（docx）がありません: {'、'.join(map(str, found.files))}")
    if len(files) > 1 and found.target.suffix.lower() == ".pdf":
        parser.error("いくつものファイルを変換するときは、書き出す先にフォルダーを指定してください")
    if len({path.stem for path in files}) < len(files):
        parser.error("同じ名前のファイルがあります。別々に変換してください")
    engine = Engine(found.engine)
    if found.accept_changes and engine is not Engine.EMBEDDED:
        parser.error("--accept-changes は、--engine libreoffice と一緒には使えません")
    return Conversion(files, found.target, engine, found.accept_changes)


def _word_files(path: Path) -> Sequence[Path]:
    """Give a file itself, and of a folder the Word files in it; Word's lock files are none."""
    if not path.is_dir():
        return (path,)
    return sorted(file for file in path.iterdir() if file.suffix.lower() == ".docx" and not file.name.startswith("~$"))


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; give the exit code."""
    for stream in (sys.stdout, sys.stderr):
        speak_japanese(stream)
    root = Path.cwd()
    options = parse(arguments, root)
    try:
        return _do(options)
    except outputs.Busy:
        return _failed("同じ年度の作成が、別の画面で実行中です。終わってから、もう一度実行してください。")
    except OfficeFault as fault:
        return _failed(str(fault))
    except KeyboardInterrupt:
        return _failed("中断しました。前回の出力は、そのまま残っています。")
    except OSError as problem:
        unread = isinstance(problem, BrokenPipeError) and isinstance(options, Rating | Explaining)
        return _unread() if unread else _failed(_machine(problem, root))
    except Exception as fault:
        return _failed(_fault(root, fault))


def _do(options: Wish) -> int:
    match options:
        case Conversion():
            return _convert(options)
        case Schemas():
            return _schemas(options)
        case Rating():
            return _rate(options)
        case Explaining():
            return _explain(options)
        case Errand():
            return errands.run(options)
        case Options():
            return _report(options)


def _schemas(options: Schemas) -> int:
    print(*(f"書き出しました  {path.as_posix()}" for path in schema.write(options.root)), sep="\n")
    return 0


def _rate(wanted: Rating) -> int:
    tried = rate(wanted.table, wanted.scheme, wanted.root)
    if tried.value is not None and wanted.json:
        print(explanation.tried_json(tried.value, tried.diagnostics), end="")
        return 0
    lines = None if tried.value is None else list(explanation.tried_lines(tried.value))
    return _told(tried.diagnostics, lines, wanted.root, wanted.json)


def _explain(wanted: Explaining) -> int:
    if wanted.subject is None:
        written = explain.write(wanted.project)
        return _told(written.diagnostics, explain.written_lines(written.value), wanted.project.root, wanted.json)
    found = explain.one(wanted.project, wanted.subject)
    if found.value is not None and wanted.json:
        print(explanation.told_json(found.value, found.diagnostics), end="")
        return 0
    lines = None if found.value is None else list(explanation.told_lines(found.value))
    return _told(found.diagnostics, lines, wanted.project.root, wanted.json)


def _told(found: Sequence[Diagnostic], lines: Sequence[str] | None, root: Path, json: bool) -> int:
    """Print what was found and then the lines; without lines the inputs are wrong."""
    if json:
        print(to_json(found), end="")
    else:
        print(*diagnostic_lines(found, root), *(lines or ()), sep="\n")
    return 1 if lines is None else 0


def _convert(wanted: Conversion) -> int:
    count = len(wanted.files)
    told = itertools.count(1)

    def done(file: Path, made: Path | None) -> None:
        number = f"({next(told)}/{count}) " if count > 1 else ""
        if made is not None or count > 1:
            print(f"{number}{made or f'{file} はPDFにできませんでした'}", flush=True)

    converted = convert(wanted, done)
    found = converted.diagnostics
    print(*diagnostic_lines(found, Path.cwd()), sep="\n", end="\n" if found else "")
    if count > 1:
        print(f"\n{count}件のうち{len(converted.made)}件をPDFにしました。")
    if converted.fault is not None:
        return _failed(_fault(Path.cwd(), converted.fault))
    return 1 if has_errors(found) else 0


def _report(options: Options) -> int:
    plain = PLAIN_FORMS.get(options.format)
    reporter: Reporter = PlainReporter(sys.stdout, plain) if plain else TextReporter(sys.stdout)
    with reporter:
        run = report.run(options.action, options.project, options.engine, reporter)
    reporter.finish(options.action, options.project, run)
    return 1 if run.made is None else 0


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 3


def _unread() -> int:
    """Whoever was to read what is printed (head, less) has read enough; nothing more is said, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _machine(problem: OSError, root: Path) -> str:
    reason, cure = _REASONS.get(problem.errno or 0, (problem.strerror or str(problem), _OPENED))
    where = f"「{_place(Path(str(problem.filename)), root)}」" if problem.filename else "ファイル"
    return f"{where}を読み書きできませんでした（{reason}）。\n→ {cure}\n前回の出力は、そのまま残っています。"


def _place(path: Path, root: Path) -> str:
    """Name a file as the user knows it; what is being built is not there yet."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
    known = itertools.takewhile(lambda part: ".building." not in part, parts)
    return str(Path(*known))


def _fault(root: Path, fault: Exception) -> str:
    record = root / "outputs" / "error.txt"
    try:
        record.parent.mkdir(exist_ok=True)
        record.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
        where = f"詳しい記録は {record.relative_to(root)} にあります。"
    except OSError:
        where = f"（{type(fault).__name__}: {fault}）"
    return f"プログラムの不具合で止まりました。{where}\n前回の出力は、そのまま残っています。"
