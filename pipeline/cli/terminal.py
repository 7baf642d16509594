"""Asking on the terminal: shows lines, reads answers, lets a text be edited. ``cli`` calls."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from types import ModuleType

from rich.console import Console
from rich.text import Text

from pipeline.diagnostics import harmless
from pipeline.storage import atomic

_TYPE = "文章を直して、行ごとに Enter を押してください。終わりは「.」だけの行、やめるときは「..」だけの行です。"
_RETYPE = "新しい文章を入力してください。改行もできます。終わりは「.」だけの行、やめるときは「..」だけの行です。"
_DRAFT = "文章.txt"
_NO_EDITOR = "エディター「{}」を使えませんでした。"


def is_possible() -> bool:
    """Return whether somebody can answer: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def shown(line: Text) -> Text:
    """Return a line as it may be printed: nothing in it steers the terminal but its own colours."""
    return line if harmless(line.plain) == line.plain else Text(harmless(line.plain))


class Terminal:
    """Talks with the user at the terminal; also at one without colours and cursor."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._line: ModuleType | None = None
        if not self._console.is_dumb_terminal:
            with suppress(ImportError):  # not on every system: input() deletes wide characters whole, begins as a text
                import readline  # noqa: PLC0415

                self._line = readline

    def show(self, lines: Sequence[Text]) -> None:
        """Show lines."""
        for line in lines:
            self._console.print(shown(line), markup=False)

    def ask(self, prompt: str) -> str | None:
        """Ask for a line; None at the end of input and at Ctrl+C."""
        if prompt:  # on a line of its own: readline takes wide characters for wider than they are
            self.show([Text(prompt)])
        try:
            return input("> ")
        except (EOFError, KeyboardInterrupt):
            self.show([Text("")])
            return None
        except UnicodeDecodeError:
            return ""

    def edit(self, text: str) -> str | None:
        """Let a text be edited in the editor of the environment, or line by line; None: it was given up."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        return self._edited(command, text) if command else self._typed(text)

    def _edited(self, command: str, text: str) -> str | None:
        with atomic.temporary({_DRAFT: f"{text}{os.linesep}".encode()}) as folder:
            file = folder / _DRAFT
            try:
                subprocess.run([*shlex.split(command), str(file)], check=True)  # noqa: S603 - the user's own editor
                return file.read_text(encoding="utf-8-sig").rstrip("\n")
            except (OSError, ValueError, subprocess.CalledProcessError):
                self.show([Text(_NO_EDITOR.format(command))])
                return self._typed(text)

    def _typed(self, text: str) -> str | None:
        """Let the lines of a text be edited one after the other; where that is not possible, it is typed anew."""
        given = iter(text.split("\n") if self._line else ())
        self.show([Text(_TYPE if self._line else _RETYPE)])
        lines: list[str] = []
        while (line := self._edit_line(next(given, ""))) != ".":
            if line is None or line == "..":
                return None
            lines.append(line)
        return "\n".join(lines)

    def _edit_line(self, text: str) -> str | None:
        """Ask for a line that begins as ``text``."""
        if self._line is None:
            return self.ask("")
        self._line.set_startup_hook(partial(self._line.insert_text, text))
        try:
            return self.ask("")
        finally:
            self._line.set_startup_hook()
