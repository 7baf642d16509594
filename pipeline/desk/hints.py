"""Hints on the desk: what is a command in the terminal is a button here.

Workflows word their hints for the terminal (``make collect を実行してください``). This is the one place that knows what
the same is called on the page; what the desk does not do keeps its command.
"""

from __future__ import annotations

import re

BUTTONS = {
    "send": "「各課に送る」",
    "remind": "「再依頼する」",
    "sendback": "「不採用を返す」",
    "board": "「送付と回収」",
    "collect": "「戻ったシートを読む」",
    "review": "「修正を決める」",
    "apply": "「採用したものを反映する」",
    "undo": "「反映を取り消す」",
    "check": "「直す所」",
    "report": "作業画面の開き直し",
}
"""What is pressed or looked at for a command; the report is made when the desk is opened, and when a file is saved."""
FIELDS = {"DEADLINE": "「回答の期限」", "AGAIN": "「もう一度作る番号」"}
"""What is filled in for an option."""
_OPTION = re.compile(rf'({"|".join(FIELDS)})=("[^"]*"|[\d-]+)( で| を)?')
_COMMAND = re.compile(r" ?make (?P<name>[a-z]+)(?P<year> YEAR=\w+)? ?(?P<is_filled>(?=「))?")


def at_the_desk(hint: str) -> str:
    """Return a hint as somebody at the desk can follow it."""
    filled = _OPTION.sub(lambda option: f"{FIELDS[option[1]]}を {option[2]}{' にして' if option[3] else ''}", hint)
    return _COMMAND.sub(_called, filled)


def _called(command: re.Match[str]) -> str:
    button = BUTTONS.get(command["name"])
    if button is None:
        return command[0]
    desk = f"make desk{command['year']} の" if command["year"] else ""  # another year has a desk of its own
    return f"{desk}{button}{'' if command['is_filled'] is None else 'の'}"
