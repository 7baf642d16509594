"""``python -m pipeline``: looks whether the program can run here at all, then hands over to the command line.

All that can be told without loading the program is told here, where loading it would end in a traceback.
"""

from __future__ import annotations

import atexit
import gc
import mmap
import os
import sys
import time
from pathlib import Path

_MEMORY = 256 * 2**20
"""The bytes of address space that loading the program takes; a library that gets less ends the process by itself."""
_CYCLES = 500_000
"""How many more values there are between two searches for cycles: what a run makes it needs to its end, and hardly any
cycle is among it. To search each time for a few hundred takes a twentieth of the run, for 50,000 still a thirtieth.
"""
_GONE = (
    "作業中のフォルダーがありません（消されたか、移されたか、開く権限がありません）。\n"
    "→ プロジェクトのフォルダーを開き直して、もう一度実行してください。"
)
_LATE = (
    "パソコンの時計が、扱えないほど先の日付になっています。\n→ パソコンの日付と時刻を直して、もう一度実行してください。"
)
_LAST_YEAR = 2262
"""The year in which nanoseconds since 1970 no longer fit into 64 bits, as which files and locks count them."""
_LITTLE = (
    "メモリーが足りないため、プログラムを読み込めませんでした。\n"
    "→ ほかのソフトを閉じるか、使えるメモリーの制限（ulimit）を緩めて、もう一度実行してください。"
)
_INCOMPLETE = (
    "プログラムの部品を読み込めませんでした（{}）。\n"
    "→ メモリーが足りているかを確かめてください。続くときは、.venv フォルダーを消してから、もう一度実行してください。"
)


def run() -> int:
    """Return the exit code of what the arguments ask for; 3 where the program cannot even be loaded."""
    _open_streams()
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        # names of files could not be written
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - this program, anew
    if hindrance := _hindrance():
        return _failed(hindrance)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # it takes memory for every thread, and nothing here uses them
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else every package at hand is asked for plugins
    gc.set_threshold(_CYCLES)
    atexit.register(gc.freeze)  # else Python looks for cycles in all there is before it lets go of it: a tenth of a run
    try:
        from pipeline.cli.main import main  # noqa: PLC0415 - nothing is loaded before all that was looked at
    except KeyboardInterrupt:
        return 3
    except MemoryError:
        return _failed(_LITTLE)
    except ImportError as fault:
        return _failed(_INCOMPLETE.format(fault.name or type(fault).__name__))
    return main(sys.argv[1:])


def _open_streams() -> None:
    """Put something in the place of streams that were closed, so that no file of ours is taken for one."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _hindrance() -> str:
    """Return why the program cannot run here; empty where it can."""
    try:
        Path.cwd()
    except OSError:
        return _GONE
    try:
        if time.localtime().tm_year >= _LAST_YEAR:
            return _LATE
    except (OverflowError, ValueError, OSError):
        return _LATE
    try:
        mmap.mmap(-1, _MEMORY).close()
    except (OSError, MemoryError):
        return _LITTLE
    return ""


def _failed(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 3


if __name__ == "__main__":
    sys.exit(run())
