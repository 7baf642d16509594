"""A book of the newer standards, for ``make verify``: that of a small made-up city. Argument: where its PDF goes."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.project import FIXTURES, MADE, copy_project, run


def main() -> int:
    """Make the book apart, and keep its PDF; give the exit code."""
    target = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project", FIXTURES / "small")
        done = run(project, "report", "--pdf-standard", "ua2")
        if done.returncode:
            sys.stderr.write(done.stdout + done.stderr)
            return done.returncode
        shutil.copyfile(project / MADE / "report.pdf", target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
