"""Makes the files of the scenarios anew: sends the sheets, edits them in LibreOffice, packs what came of it.

Maintainers run it (``make scenarios``) when sheets or scenarios change; it needs LibreOffice and Debian's python3-uno.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.departments.returned.post import sent_project, trimmed
from tests.departments.returned.scenarios.archive import ARCHIVE, pack
from tests.project import ROOT, YEAR, copy_project

PYTHON = "/usr/bin/python3"
"""The Python that knows ``uno``."""
_SHEET = "1-2"


def main() -> None:
    """Make all scenarios."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        issued = sent_project(trimmed(copy_project(root / "project"))) / "inputs" / YEAR / "issued"
        made = root / "made"
        made.mkdir()
        (record,) = issued.glob(f"{YEAR}-{_SHEET}-*.json")
        sheet = Path(shutil.copy(record.with_suffix(".docx"), made))
        shutil.copy(record, made)
        subprocess.run([PYTHON, "-m", "tests.departments.returned.scenarios.edit", sheet, made], cwd=ROOT, check=True)
        pack(made, ARCHIVE)


if __name__ == "__main__":
    main()
