"""``desk``: the page in the browser from which all is done."""

from __future__ import annotations

import argparse
import webbrowser

from pipeline.cli.arguments import project, today
from pipeline.cli.streams import write
from pipeline.desk.serving import serve

_OPENED = (
    "作業画面を開きました。ブラウザーが開かないときは、次の住所（アドレス）をブラウザーに貼り付けてください。",
    "終わるときは、ここで Ctrl+C を押します。",
)
_LEFT = "作業画面を閉じました。決めたことと作ったものは、すべて保存されています。"


def run(arguments: argparse.Namespace) -> int:
    """Open the desk and stay until the keyboard interrupts; return the exit code."""
    serve(project(arguments), today, _opened)
    write("", _LEFT)
    return 0


def _opened(address: str) -> None:
    write(_OPENED[0], f"  {address}", _OPENED[1])
    webbrowser.open(address)
