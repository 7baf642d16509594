"""Edits a sheet in LibreOffice by every scenario, with and without tracked changes. Runs where ``uno`` is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.departments.returned.scenarios import around, histories, looks, rows, texts
from tests.departments.returned.scenarios.hands import Office, play

Scenario = Callable[[Any], None]
"""What hands do."""
MODULES = (texts, looks, rows, around, histories)


def scenarios(modules: tuple[ModuleType, ...]) -> Iterator[tuple[str, Scenario]]:
    """Yield the functions that modules define themselves, by names with hyphens."""
    for module in modules:
        for name, function in vars(module).items():
            if callable(function) and getattr(function, "__module__", "") == module.__name__ and name[0] != "_":
                yield name.replace("_", "-"), function


def edit(office: Office, sheet: Path, target: Path, scenario: Scenario, *, tracked: bool) -> None:
    """Open the sheet, do what is to be done, and save it as Word does."""
    hands = office.open(sheet)
    try:
        hands.track(tracked)
        scenario(hands)
        hands.save(target)
    finally:
        hands.close()


def main(sheet: Path, folder: Path, wanted: list[str]) -> int:
    """Play every scenario twice; gives the number of those that could not be played."""
    return play(
        (
            f"{name}.{how}",
            partial(
                edit, sheet=sheet, target=folder / f"{name}.{how}.docx", scenario=scenario, tracked=how == "tracked"
            ),
        )
        for name, scenario in scenarios(MODULES)
        if not wanted or name in wanted
        for how in ("tracked", "untracked")
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
