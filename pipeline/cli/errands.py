"""What the command line does over the year beside the report: sheets that go out and come back, the next year.

``cli`` calls.

Exit codes as in ``cli``.
"""

from __future__ import annotations

import argparse
import datetime
import re
import shutil
import sys
import unicodedata
from dataclasses import dataclass

from pipeline.cli import summaries, terminal
from pipeline.cli.console import TextReporter, diagnostic_lines
from pipeline.diagnostics import Diagnostic, has_errors
from pipeline.workflows import departments, new_year, settling
from pipeline.workflows.departments import Collected, Done, Order, Sent
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project
from pipeline.workflows.settling import Reviewed

SEND, COLLECT, BOARD, REVIEW, APPLY, UNDO, SENDBACK, NEWYEAR = (
    "send",
    "collect",
    "board",
    "review",
    "apply",
    "undo",
    "sendback",
    "newyear",
)
ERRANDS = {
    SEND: "各課に送る評価シートを、課ごとのフォルダーに作ります。送付済みのシートは作り直しません",
    COLLECT: "戻ったシートを読み、修正の一覧（proposals.html と proposals.yaml）を作ります",
    BOARD: "送付と回収の状況を表示します。何も書き出しません",
    REVIEW: "まだ決めていない修正を一件ずつ表示し、採用か不採用かを尋ねます。答えは、その都度保存します",
    APPLY: "採用した修正を、入力データに反映します",
    UNDO: "最後に反映した修正を取り消し、入力データを前の内容に戻します。繰り返すと、さらに前の回を取り消します",
    SENDBACK: "不採用とした修正があったシートを作り直し、不採用の旨と理由をWordのコメントに付けます",
    NEWYEAR: "次の年度の入力データを、今の年度から作ります。実績は残し、各課と戦略会議の文章は空にします",
}
_NO_TERMINAL = (
    "review は、画面で一件ずつ答えるものです。端末（ターミナル）から実行してください。\n"
    "→ outputs の returned/proposals.yaml を開いて、decision を書き換えても決められます。"
)
_BETWEEN = re.compile(r"[\s,、・]+")
"""What people put between the numbers of measures."""
_DATE = re.compile(r"(20(?:19|[2-9][0-9]))[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_NO_DATE = "「{}」は日付として読めません。2021-07-30 のように、西暦の年、月、日を書いてください"


@dataclass(frozen=True, slots=True)
class Errand:
    """What the user asked to be done; ``order`` is for sending and sending back."""

    action: str
    project: Project
    order: Order


def add(sub: argparse.ArgumentParser, errand: str) -> None:
    """Add an errand's own options."""
    if errand in (SEND, SENDBACK):
        sub.add_argument("--deadline", metavar="2021-07-30", type=_deadline, help="提出期限")
        sub.add_argument("--unprotected", action="store_true", help="変更履歴の記録を強制しないシートにします")
    if errand == SEND:
        sub.add_argument("--again", nargs="+", metavar="1-2", default=[], help="送付済みでも、もう一度送る施策")


def order(found: argparse.Namespace) -> Order:
    """Read an errand's own options."""
    if found.action not in (SEND, SENDBACK):
        return Order()
    again = " ".join(found.again) if found.action == SEND else ""
    measures = _BETWEEN.split(unicodedata.normalize("NFKC", again))
    return Order(frozenset(filter(None, measures)), found.deadline, not found.unprotected)


def run(errand: Errand) -> int:
    """Do the errand and say what came of it; give the exit code."""
    if errand.action == REVIEW and not terminal.is_possible():
        sys.stderr.write(f"{_NO_TERMINAL}\n")
        return 2
    reporter = TextReporter(sys.stdout, still=errand.action == REVIEW)
    with reporter:
        found, lines = _done(errand, reporter)
    reporter.say([*diagnostic_lines(found, errand.project.root), "", *lines])
    return 1 if has_errors(found) else 0


def _done(errand: Errand, reporter: TextReporter) -> tuple[tuple[Diagnostic, ...], list[str]]:
    """Do the errand; give what was found, and the lines to be printed."""
    project = errand.project
    found: Sent | Collected | Done | Reviewed | Begun
    match errand.action:
        case "send":
            found = departments.send(project, errand.order, reporter)
            lines = summaries.sent(found, project)
        case "review":
            found = settling.review(project, terminal.Terminal(), reporter)
            lines = summaries.reviewed(found)
        case "apply":
            found = departments.apply(project, _today(), reporter)
            lines = summaries.applied(found, project)
        case "sendback":
            found = settling.sendback(project, errand.order, _today(), reporter)
            lines = summaries.sent_back(found, project)
        case "undo":
            found = settling.undo(project, _today(), reporter)
            lines = summaries.undone(found, project)
        case "newyear":
            found = new_year.begin(project, reporter)
            lines = summaries.begun(found, project)
        case _:
            found = (departments.collect if errand.action == COLLECT else departments.board)(project, reporter)
            lines = summaries.board(found, project, shutil.get_terminal_size().columns)
            lines += summaries.made(found, project) if errand.action == COLLECT else []
    return found.diagnostics, lines


def _deadline(text: str) -> datetime.date:
    """Read the date of a deadline; also with the signs that people put between its numbers."""
    try:
        match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
        year, month, day = map(int, match.groups() if match else ())
        return datetime.date(year, month, day)
    except ValueError:
        raise argparse.ArgumentTypeError(_NO_DATE.format(text)) from None


def _today() -> str:
    return datetime.datetime.now().astimezone().date().isoformat()
