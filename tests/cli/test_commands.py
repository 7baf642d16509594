"""The table of commands is the one that Makefile, README and guide speak of."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.cli.commands import COMMANDS, Command
from pipeline.cli.parser import parser
from tests.project import ROOT

MAKE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z]+): \S+ ## (.*)$", MAKE, re.MULTILINE))
GUIDE = (ROOT / "docs/手引き.md").read_text(encoding="utf-8").split("\n## 早見表\n")[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_a_command_is_run_by_its_module(command: Command) -> None:
    assert callable(import_module(f"pipeline.cli.{command.module}").run)
    assert parser().parse_args([command.name, *_needed(command)]).action == command.name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_a_command_says_in_japanese_what_it_and_its_options_do(command: Command) -> None:
    for text in (command.help, *(str(option.settings["help"]) for option in command.options)):
        assert re.search("[ぁ-ん]", text)
    assert not command.help.endswith("。")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_the_guide_lists_every_command(command: Command) -> None:
    assert f"`make {command.name}" in GUIDE or f"`.venv/bin/python -m pipeline {command.name} " in GUIDE


def test_make_runs_commands_that_exist_and_says_what_they_do() -> None:
    run = re.findall(r"^\t@\$\(RUN\) ([a-z]+)", MAKE, re.MULTILINE)
    assert set(run) <= {command.name for command in COMMANDS}
    for command in COMMANDS:
        if command.name in run:
            assert TARGETS[command.name] == command.help


def test_the_readme_names_commands_that_exist() -> None:
    named = set(re.findall(r"-m pipeline ([a-z]+)", README))
    assert named <= {command.name for command in COMMANDS}


def _needed(command: Command) -> list[str]:
    """Return arguments for what a command cannot do without."""
    bare = [option for option in command.options if not option.names[0].startswith("--")]
    flags = [option.names[0] for option in command.options if option.settings.get("required")]
    return [*("x" for option in bare if option.settings.get("nargs") != "?"), *(t for f in flags for t in (f, "x"))]


def test_the_project_may_be_told_before_the_command_or_after_it() -> None:
    told = (["--project", "akane", "check"], ["check", "--project", "akane"])
    assert [parser().parse_args(arguments).root for arguments in told] == [Path("akane")] * 2
    assert parser().parse_args(["check"]).root == Path.cwd()
