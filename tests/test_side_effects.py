"""Only ``cli`` prints and only ``storage`` writes; whoever does otherwise is found (by ``make lint``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.side_effects import breaches


def found(folder: Path, module: str, source: str) -> list[str]:
    path = folder / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return list(breaches(folder))


@pytest.mark.parametrize(
    "source",
    [
        'path.write_bytes(b"")',
        'path.write_text("")',
        "path.parent.mkdir(parents=True)",
        "path.unlink()",
        "path.rename(other)",
        "path.replace(other)",
        'path.open("wb")',
        'open(path, "a")',
        'open(path, mode="r+")',
        "import shutil\nshutil.rmtree(path)",
        "import shutil as tools\ntools.copy2(path, other)",
        "from shutil import move\nmove(path, other)",
        "import os\nos.replace(path, other)",
        "from os import remove\nremove(path)",
        "import tempfile\ntempfile.mkdtemp()",
        "from tempfile import TemporaryDirectory as Folder\nwith Folder() as name: pass",
    ],
)
def test_what_writes_outside_storage_is_found(tmp_path: Path, source: str) -> None:
    line = source.count("\n") + 1
    assert [one.partition(": ")[0] for one in found(tmp_path, "workflows/a.py", source)] == [f"workflows/a.py:{line}"]
    (tmp_path / "workflows" / "a.py").unlink()
    assert found(tmp_path, "storage/a.py", source) == []


@pytest.mark.parametrize(
    "source",
    [
        'print("")',
        "import sys\nsys.stdout.write('')",
        "from sys import stderr\nstderr.write('')",
        "from rich.console import Console\nConsole()",
        "input()",
    ],
)
def test_what_prints_outside_cli_is_found(tmp_path: Path, source: str) -> None:
    line = source.count("\n") + 1
    assert found(tmp_path, "stages/a.py", source)[0].startswith(f"stages/a.py:{line}: ")
    (tmp_path / "stages" / "a.py").unlink()
    assert found(tmp_path, "cli/a.py", source) == []


@pytest.mark.parametrize(
    "source",
    [
        'text.replace("a", "b")',
        "from msgspec.structs import replace\nreplace(one, name='')",
        "date.replace(day=1)",
        'path.open("rb")',
        "open(path)",
        "import shutil\nshutil.which('soffice')",
        "import os\nos.open(os.devnull, os.O_WRONLY)",
        "report.print(book)",
    ],
)
def test_what_changes_nothing_on_disk_is_let_be(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, "workflows/a.py", source) == []
