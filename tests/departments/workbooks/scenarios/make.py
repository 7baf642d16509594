"""Makes the workbooks of the scenarios anew: sends one, edits it in LibreOffice, packs what came of it.

Maintainers run it (``make scenarios``); it needs LibreOffice and Debian's python3-uno.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.departments.returned.scenarios.archive import pack
from tests.departments.returned.scenarios.make import PYTHON
from tests.departments.workbooks.books import sent_books
from tests.departments.workbooks.scenarios.city import ARCHIVE, city
from tests.project import ROOT, YEAR


def main() -> None:
    """Make all scenarios."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        issued = sent_books(city(root / "project")) / "inputs" / YEAR / "issued"
        made = root / "made"
        made.mkdir()
        (record,) = issued.glob("*.json")
        book = Path(shutil.copy(record.with_suffix(".xlsx"), made))
        shutil.copy(record, made)
        edit = "tests.departments.workbooks.scenarios.edit"
        subprocess.run([PYTHON, "-m", edit, book, made], cwd=ROOT, check=True)
        pack(made, ARCHIVE)


if __name__ == "__main__":
    main()
