"""Editions that were handed out, and what changed since one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from pipeline.model.report import Edition


class Release(Struct, frozen=True):
    """An edition as it was handed out: its ``number`` within the year (from 1), the day (2021-10-01), what people call
    it, and the SHA-256 of every file that was kept of it, by its path within its folder.
    """

    number: int
    date: str
    name: str
    edition: Edition
    files: Mapping[str, str]

    @property
    def called(self) -> str:
        """How messages name it: 第1号「第1回会議」."""
        return f"第{self.number}号「{self.name}」"


class Change(Struct, frozen=True):
    """Something that reads otherwise than before: in which node of the plan, what, both texts as they are printed.

    ``before`` is None where it is new, ``after`` where it is gone; ``remark`` tells what came of it.
    """

    node: str
    item: str
    before: str | None
    after: str | None
    remark: str = ""


class Changes(Struct, frozen=True):
    """What changed between two editions, in the plan's order; what is gone comes last within its node."""

    figures: tuple[Change, ...]
    texts: tuple[Change, ...]
