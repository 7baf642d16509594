"""Edits a workbook in LibreOffice by every scenario. Runs where ``uno`` is."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.departments.returned.scenarios.edit import scenarios
from tests.departments.returned.scenarios.hands import office
from tests.departments.workbooks.scenarios import figures, shapes
from tests.departments.workbooks.scenarios.hands import FILTERS, Book


def main(sent: Path, folder: Path, wanted: list[str]) -> int:
    """Play every scenario, and save the workbook in every format; gives the number of those that failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as profile, office(Path(profile)) as running:
        running.sign("商工 花子")
        played = [(name, scenario, ".xlsx") for name, scenario in scenarios((figures, shapes))]
        played += [(f"saved-as{ending}", figures.a_number, ending) for ending in FILTERS if ending != ".xlsx"]
        for name, scenario, ending in played:
            if wanted and name not in wanted:
                continue
            book = Book(running, sent)
            try:
                scenario(book)
                book.save(folder / f"{name}.edited{ending}")
            except Exception as fault:
                failed += 1
                sys.stderr.write(f"{name}: {fault}\n")
            finally:
                book.close()
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
