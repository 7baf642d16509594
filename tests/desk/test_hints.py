"""Hints on the desk name what is pressed there: no clerk at the desk is told to type a command for what it does."""

from __future__ import annotations

import ast
import re

import pytest

from pipeline.cli.commands import COMMANDS
from pipeline.desk.hints import BUTTONS, FIELDS, at_the_desk
from tests.project import ROOT

NOT_ON_THE_DESK = {"desk", "newcity", "newyear", "issue", "changes"}
TERMINAL = ("cli/", "departments/deciding/walk.py")
COMMAND = re.compile(f"make |(?:{'|'.join(FIELDS)})=")


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        (
            "make collect をもう一度実行してから、make review で決めて",
            "「戻ったシートを読む」をもう一度実行してから、「修正を決める」で決めて",
        ),
        (
            "make send DEADLINE=2021-07-30 のように指定して",
            "「各課に送る」の「回答の期限」を 2021-07-30 のように指定して",
        ),
        (
            "make send DEADLINE=2021-07-30 で、シートを作ります。",
            "「各課に送る」の「回答の期限」を 2021-07-30 にして、シートを作ります。",
        ),
        (
            'make send AGAIN="1-2" を実行すると、作り直します。',
            '「各課に送る」の「もう一度作る番号」を "1-2" にして実行すると、作り直します。',
        ),
        ('AGAIN="1-2 1-3" のように、id で', '「もう一度作る番号」を "1-2 1-3" のように、id で'),
        ("make check YEAR=R2 で誤りを確かめ", "make desk YEAR=R2 の「直す所」で誤りを確かめ"),
        ("もう一度 make undo を実行して", "もう一度「反映を取り消す」を実行して"),
        ("make newyear PLAN=R7-R11 のように", "make newyear PLAN=R7-R11 のように"),
    ],
)
def test_a_hint_names_the_button(hint: str, told: str) -> None:
    assert at_the_desk(hint) == told


def test_every_text_of_the_program_that_names_a_command_can_be_followed_at_the_desk() -> None:
    told = [at_the_desk(text) for text in texts()]
    assert len(told) > 20
    found = {command for text in told for command in re.findall(r"make ([a-z]+)", text)}
    assert found & {command.name for command in COMMANDS} <= NOT_ON_THE_DESK
    assert not any(f"{option}=" in text for text in told for option in FIELDS)


def texts() -> list[str]:
    """Return what the program may say of commands anywhere but in the terminal, as it stands in the source."""
    package = ROOT / "pipeline"
    files = (path for path in package.rglob("*.py") if not path.relative_to(package).as_posix().startswith(TERMINAL))
    sources = [source for source in (path.read_text(encoding="utf-8") for path in files) if COMMAND.search(source)]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    found = (_text(node) for node in nodes if id(node) not in parts)
    return [text for text in found if COMMAND.search(text) and re.search("[ぁ-ん]", text)]


def _text(node: ast.AST) -> str:
    """Return a text as it is said; a day stands for what is filled in when the program runs."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "2021-07-30" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_the_buttons_are_on_the_page() -> None:
    page = (ROOT / "pipeline" / "desk" / "page" / "index.html").read_text(encoding="utf-8")
    for name in {*BUTTONS.values(), *FIELDS.values()} - {BUTTONS["report"]}:
        assert name.strip("「」") in page
