"""What was made before, remembered in this process."""

from __future__ import annotations

from typing import Any

from pipeline.workflows.kept import digest


class Remembered:
    """Remembers what was made; ``anew`` counts it, pages each."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}
        self.anew = 0

    def find(self, basis: object) -> Any:  # noqa: ANN401 - whatever was kept
        return self.known.get(digest(basis))

    def keep(self, basis: object, made: object) -> None:
        self.known[digest(basis)] = made
        self.anew += len(made) if isinstance(made, tuple) else 1
