"""``make bench``: a whole report against the usual tools, side by side in one run.

The usual way fills the same documents with docxtpl, draws the charts with pyplot at the same resolution, converts with
one LibreOffice call (its profile warmed up before) and merges the PDFs. It neither checks nor tags what it makes, links
no parts and does not look whether a sheet fits its pages, so the comparison favours it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.project import command, copy_project, environment

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; give its seconds and its peak memory (MB, of the largest process in it)."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} が失敗しました。")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Print both times, the ratio and the memory."""
    with tempfile.TemporaryDirectory() as name:
        project = copy_project(Path(name) / "project")
        timed(command("report"), project)
        ours = min(timed(command("report"), project) for _ in range(3))
        say(f"make report                  {ours[0]:5.1f}秒  {ours[1]:4.0f} MB")
        if OFFICE is None:
            say("LibreOffice がないため、比べられません（Debian系では apt install libreoffice-writer）。")
            return
        usual = [sys.executable, "-m", "tests.bench.usual", OFFICE, str(Path(name) / "work")]
        timed(usual, project)
        theirs = min(timed(usual, project) for _ in range(3))
        say(f"docxtpl+pyplot+LibreOffice   {theirs[0]:5.1f}秒  {theirs[1]:4.0f} MB")
        say(f"比                           {ours[0] / theirs[0]:5.2f}")


if __name__ == "__main__":
    main()
