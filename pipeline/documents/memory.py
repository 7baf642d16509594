"""What was made of the same before, where whoever calls keeps it: what comes of it is as if it were made now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

R = TypeVar("R")


class Memory(Protocol):
    """What was made before, by all that it rests on beside this program."""

    def __hash__(self) -> int:
        """Tell memories apart."""

    def find(self, basis: object) -> Any:  # noqa: ANN401 - whatever was kept there
        """Return what was made of the same; None where nothing was."""

    def keep(self, basis: object, made: object) -> None:
        """Keep what was made under all that it rests on."""


class _Forgetful:
    """Knows of nothing."""

    def find(self, basis: object) -> None:
        return None

    def keep(self, basis: object, made: object) -> None:
        return None


FORGETFUL = _Forgetful()


def once(memory: Memory, basis: object, make: Callable[[], R]) -> R:
    """Return what is made of a basis, by memory where that has it."""
    found: R | None = memory.find(basis)
    if found is None:
        found = make()
        memory.keep(basis, found)
    return found
