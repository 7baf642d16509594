"""Hands in LibreOffice: open a sheet, put the cursor somewhere, type, choose from menus, save. Needs ``uno``."""

from __future__ import annotations

import importlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any

_WHO = "商工 花子"
_SECONDS = 60
"""In which one scene is played; an office that takes longer hangs."""
_PIPES = (f"scenarios-{os.getpid()}-{number}" for number in itertools.count())
_WORD = "MS Word 2007 XML"
FILTERS = {".docx": _WORD, ".odt": "writer8", ".doc": "MS Word 97", ".rtf": "Rich Text Format"}
Uno = Any
"""An object of the office; it has no type in Python."""
uno: Any = importlib.import_module("uno")


def constant(name: str) -> Uno:
    """Return a UNO constant by its full name."""
    return uno.getConstantByName(f"com.sun.star.{name}")


def value(name: str, content: object) -> Uno:
    """Return a named value, as menus and files want it."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, content
    return made


class Office:
    """A LibreOffice that runs unseen."""

    def __init__(self, context: Uno) -> None:
        self.context = context
        self.desktop = self.make("frame.Desktop")
        self.dispatcher = self.make("frame.DispatchHelper")

    def make(self, name: str) -> Uno:
        """Make a service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self.context)

    def open(self, path: Path) -> Hands:
        """Open a document."""
        options = (value("Hidden", True),)
        return Hands(self, self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, options))

    def sign(self, name: str) -> None:
        """Work under a name; tracked changes and comments bear it."""
        provider = self.make("configuration.ConfigurationProvider")
        node = (value("nodepath", "/org.openoffice.UserProfile/Data"),)
        data = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", node)
        data.setPropertyValue("givenname", name)
        data.setPropertyValue("sn", "")
        data.commitChanges()


def play(scenes: Iterable[tuple[str, Callable[[Office], None]]]) -> int:
    """Play scenes one after another, in a new office after one that hung; return how many could not be played."""
    failed, left = 0, deque(scenes)
    while left:
        with _office() as (running, process):
            while left and process.poll() is None:
                name, scene = left.popleft()
                running.sign(_WHO)
                try:
                    with _limited(process):
                        scene(running)
                except Exception as fault:
                    failed += 1
                    sys.stderr.write(f"{name}: {fault}\n")
    return failed


@contextmanager
def _office() -> Iterator[tuple[Office, subprocess.Popen[bytes]]]:
    """Run LibreOffice with a profile of its own, until the work is done."""
    pipe = next(_PIPES)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        where = f"-env:UserInstallation={Path(profile).as_uri()}"
        listen = f"--accept=pipe,name={pipe};urp;"
        command = ["soffice", where, "--headless", "--norestore", "--nologo", listen]
        process = subprocess.Popen(command, start_new_session=True)
        try:
            yield Office(_connected(pipe)), process
        finally:
            _end(process)
            process.wait(timeout=60)


@contextmanager
def _limited(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process where something takes too long; whoever waits for its answer gets an exception."""
    timer = Timer(_SECONDS, _end, (process,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it started; all are in one group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _connected(pipe: str) -> Uno:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise TimeoutError("LibreOffice does not answer")


class Hands:
    """A document that is open, and a cursor in it."""

    def __init__(self, office: Office, document: Uno) -> None:
        self.office, self.document = office, document
        self.controller = document.CurrentController
        self.cursor = self.controller.ViewCursor

    def track(self, on: bool) -> None:
        """Switch the recording of changes; the sheet's light protection is taken off for that."""
        if not on:
            self.document.RedlineProtectionKey = uno.ByteSequence(b"")
        self.document.RecordChanges = on

    def cell(self, name: str) -> Uno:
        """Return a cell by table (counted from 1) and name: ``4.B2``."""
        table, _, place = name.partition(".")
        return self.table(int(table)).getCellByName(place)

    def table(self, number: int) -> Uno:
        """Return a table, counted from 1 as they follow each other."""
        return self.document.TextTables.getByName(f"Table{number}")

    def at(self, name: str, words: str = "") -> Uno:
        """Return a text cursor over words in a cell, over all of it where none are named."""
        cell = self.cell(name)
        cursor = cell.createTextCursor()
        if not words:
            cursor.gotoStart(False)
            cursor.gotoEnd(True)
            return cursor
        place = cell.String.replace("\r\n", "\n").index(words)
        cursor.gotoStart(False)
        cursor.goRight(place, False)
        cursor.goRight(len(words), True)
        return cursor

    def select(self, cursor: Uno) -> None:
        """Select in the window what a cursor covers."""
        self.controller.select(cursor)

    def type(self, name: str, words: str, text: str) -> None:
        """Type over words in a cell."""
        self.at(name, words).String = text

    def begin(self, name: str, text: str) -> None:
        """Type at the start of a cell."""
        cell = self.cell(name)
        cell.insertString(cell.Start, text, False)

    def end(self, name: str, text: str) -> None:
        """Type at the end of a cell."""
        cell = self.cell(name)
        cell.insertString(cell.End, text, False)

    def control(self, name: str, sign: str) -> None:
        """Break the paragraph or the line at the end of a cell."""
        cell = self.cell(name)
        cell.insertControlCharacter(cell.End, constant(f"text.ControlCharacter.{sign}"), False)

    def paragraph(self, words: str) -> Uno:
        """Return the paragraph outside tables that begins with words."""
        paragraphs = self.document.Text.createEnumeration()
        while paragraphs.hasMoreElements():
            found = paragraphs.nextElement()
            if hasattr(found, "String") and found.String.startswith(words):
                return found
        raise ValueError(words)

    def cells(self, first: str, last: str) -> None:
        """Select cells from one to another of a table."""
        table = self.table(int(first.partition(".")[0]))
        self.select(table.getCellRangeByName(f"{first.partition('.')[2]}:{last.partition('.')[2]}"))

    def go(self, name: str) -> None:
        """Put the cursor at the start of a cell."""
        self.select(self.cell(name).Start)

    def choose(self, command: str, **arguments: object) -> None:
        """Choose from a menu."""
        given = tuple(value(name, content) for name, content in arguments.items())
        self.office.dispatcher.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, given)

    def make(self, service: str) -> Uno:
        """Make something that can be put into this document."""
        return self.document.createInstance(f"com.sun.star.{service}")

    def save(self, path: Path) -> None:
        """Save under a name, in the format that it tells."""
        self.document.storeToURL(path.as_uri(), (value("FilterName", FILTERS[path.suffix]),))

    def close(self) -> None:
        """Put the document away."""
        self.document.close(True)
