"""What this process has open when its workers are forked: an open file's place in it would be shared with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import copy_project, environment
from tests.stages.validate.cases import SMALL

TWICE = """
import os, sys
from pathlib import Path
from pipeline.cli.main import main

def is_read(number: str) -> bool:
    words = Path("/proc/self/fdinfo", number).read_text().split()
    return int(words[words.index("flags:") + 1], 8) & os.O_ACCMODE == os.O_RDONLY

def tell() -> None:
    for entry in Path("/proc/self/fd").iterdir():
        if entry.exists() and entry.resolve().is_file() and is_read(entry.name):
            print("OPEN", entry.resolve(), file=sys.stderr)
    print("FORK", file=sys.stderr)

os.sched_getaffinity = lambda process: {0, 1}
os.register_at_fork(before=tell)
sys.exit(main(["report"]) or main(["report"]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no workers")
def test_no_file_that_is_read_is_open_when_workers_begin(tmp_path: Path) -> None:
    copy_project(tmp_path, SMALL)
    done = subprocess.run(
        [sys.executable, "-c", TWICE],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FORK" in done.stderr
    assert "OPEN" not in done.stderr
