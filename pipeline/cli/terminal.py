"""Asking on the terminal: shows lines, reads answers, lets a text be edited. ``cli`` calls."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from rich.console import Console
from rich.text import Text

from pipeline.cli.streams import shown
from pipeline.storage import atomic

_TYPE = "新しい文章を入力してください。改行もできます。終わりは「.」だけの行、やめるときは「..」だけの行です。"
_DRAFT = "文章.txt"
_NO_EDITOR = "エディター「{}」を使えませんでした。"


def is_possible() -> bool:
    """Return whether somebody can answer: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Terminal:
    """Talks with the user at the terminal; also at one without colours and cursor."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        if not self._console.is_dumb_terminal:
            with suppress(ImportError):  # lets input() delete wide characters whole; not everywhere
                import readline  # noqa: F401, PLC0415

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
        """Let a text be edited in the editor of the environment, or typed anew; None: it was given up."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        return self._edited(command, text) if command else self._typed()

    def _edited(self, command: str, text: str) -> str | None:
        with atomic.temporary({_DRAFT: f"{text}{os.linesep}".encode()}) as folder:
            file = folder / _DRAFT
            try:
                subprocess.run([*shlex.split(command), str(file)], check=True)  # noqa: S603 - the user's own editor
                return file.read_text(encoding="utf-8-sig").rstrip("\n")
            except (OSError, ValueError, subprocess.CalledProcessError):
                self.show([Text(_NO_EDITOR.format(command))])
                return self._typed()

    def _typed(self) -> str | None:
        self.show([Text(_TYPE)])
        lines: list[str] = []
        while (line := self.ask("")) != ".":
            if line is None or line == "..":
                return None
            lines.append(line)
        return "\n".join(lines)
