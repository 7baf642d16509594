"""Edits a workbook in LibreOffice by every scenario. Runs where ``uno`` is."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from tests.departments.returned.scenarios.edit import Scenario, scenarios
from tests.departments.returned.scenarios.hands import Office, play
from tests.departments.workbooks.scenarios import figures, shapes
from tests.departments.workbooks.scenarios.hands import FILTERS, Book


def edit(office: Office, sent: Path, target: Path, scenario: Scenario) -> None:
    """Open the workbook, do what is to be done, and save it in the format that the target tells."""
    book = Book(office, sent)
    try:
        scenario(book)
        book.save(target)
    finally:
        book.close()


def main(sent: Path, folder: Path, wanted: list[str]) -> int:
    """Play every scenario, and save the workbook in every format; gives the number of those that failed."""
    played = [(name, scenario, ".xlsx") for name, scenario in scenarios((figures, shapes))]
    played += [(f"saved-as{ending}", figures.a_number, ending) for ending in FILTERS if ending != ".xlsx"]
    return play(
        (name, partial(edit, sent=sent, target=folder / f"{name}.edited{ending}", scenario=scenario))
        for name, scenario, ending in played
        if not wanted or name in wanted
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
