"""The record of a run: the versions of what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.storage.manifest import installed


def test_the_first_folder_that_has_a_package_says_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first/Some_Thing-2.0.dist-info", "second/some_thing-1.0.dist-info", "second/other-3.1.dist-info"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "first"), str(tmp_path / "second")])
    assert installed() == {"some-thing": "2.0", "other": "3.1"}


def test_a_folder_of_modules_that_cannot_be_read_holds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file := tmp_path / "modules.zip").touch()
    known = installed()
    refused = str(tmp_path / ("x" * 300))  # as one that may not be read, which it may be for whoever runs this
    monkeypatch.setattr(sys, "path", [refused, str(file), str(tmp_path / "gone"), *sys.path])
    assert installed() == known
