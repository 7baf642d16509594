"""Word to all browsers that look on: each waits in a thread of its own until there is something new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Condition

_QUIET = 15.0
"""Seconds after which a browser hears that the desk is still there, so that a browser that left is noticed."""
_MOST = 20
"""Browser windows that may look on at once."""


class News:
    """What was said last; a browser that was slow hears the last of it and not all."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._changed = Condition()
        self._number = 0
        self._said: object = None
        self._listening = 0
        self._is_over = False

    def say(self, content: object) -> None:
        """Tell all browsers something, as plain data."""
        with self._changed:
            self._number += 1
            self._said = content
            self._changed.notify_all()

    def end(self) -> None:
        """Let all browsers go."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def stream(self) -> Iterator[bytes]:
        """Yield what one browser hears (server-sent events, HTML standard 9.2), from what was said last."""
        if self._listening >= _MOST:
            return
        self._listening += 1
        try:
            heard = -1
            while not self._is_over:
                heard, told = self._after(heard)
                yield told
        finally:
            self._listening -= 1

    def _after(self, heard: int) -> tuple[int, bytes]:
        with self._changed:
            self._changed.wait_for(lambda: self._number != heard or self._is_over, _QUIET)
            if self._number == heard:
                return heard, b": \n\n"
            return self._number, f"data: {json.dumps(self._said, ensure_ascii=False)}\n\n".encode()
