"""Prints the SHA-256 of all that the frozen cities come to: run it before and after a change that is to change nothing.

``python -m tests.bytes > before``, then change, then ``python -m tests.bytes | diff before -``.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.storage.store import FOLDER
from tests.project import FIXTURES, ROOT, started

CITIES = {"city": ("city",), "small": ("small",), "small-final": ("small", "small-final")}
"""Cities, each with the fixtures that are laid over each other."""
COMMANDS = (("report",), ("send", "--deadline", "2021-07-30"), ("explain", "--all"), ("collect",))


def digests(name: str) -> Iterator[str]:
    """Yield a line for every file that the commands write for a city, and for what they print."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for layer in CITIES[name]:
            shutil.copytree(FIXTURES / layer, project, dirs_exist_ok=True)
        shutil.copytree(ROOT / "templates", project / "templates")
        for command in COMMANDS:
            done = started(project, *command)
            lines = [line for line in done.stdout.splitlines() if "所要時間" not in line]
            yield f"{_sha256(chr(10).join(lines).encode())} {name}: {' '.join(command)} → {done.returncode}"
        shutil.rmtree(project / FOLDER)
        for path in sorted(p for p in project.rglob("*") if p.is_file() and not p.name.startswith(".")):
            yield f"{_sha256(path.read_bytes())} {name}/{path.relative_to(project).as_posix()}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    for city in CITIES:
        sys.stdout.writelines(f"{line}\n" for line in digests(city))
