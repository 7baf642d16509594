"""What is published beside the book stays, and is told where it is made of other files than the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.diagnostics import Checked
from pipeline.publication import digest
from pipeline.workflows.project import Project
from pipeline.workflows.published import APART, apart
from tests.project import BASE, FIXTURES, MADE, YEAR, copy_project, run


@pytest.fixture
def city(tmp_path: Path) -> Path:
    root = copy_project(tmp_path, FIXTURES / "small")
    for command in ("report", "digest", "opendata"):
        done = run(root, command)
        assert done.returncode == 0
        assert APART not in done.stdout
    return root


def said(root: Path, command: str) -> list[str]:
    """Return what a command says of publications that are not of the book's files."""
    return [line for line in run(root, command).stdout.splitlines() if APART in line]


def test_what_is_of_other_inputs_than_the_book_is_told_until_it_is_made_again(city: Path) -> None:
    path = city / BASE / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{R2: 195}", "{R2: 196}"), encoding="utf-8")
    assert said(city, "board") == []
    of_digest = [f"! {APART} 1件  概要版（make digest）"]
    told = run(city, "digest").stdout  # the book is the older one, so the digest made once more would not do
    assert told.endswith(f"{of_digest[0]}\n  → make report で冊子を作ってから、示した命令で作り直してください。\n")
    assert said(city, "board") == of_digest
    assert said(city, "report") == [f"! {APART} 1件  オープンデータ（make opendata）"]
    assert said(city, "sheets") == []
    assert apart(Project(city, YEAR)) == ("オープンデータ（make opendata）",)
    assert said(city, "opendata") == []
    assert (city / MADE / "digest" / "概要版.pdf").is_file()


def test_an_explanation_leaves_the_record_of_what_the_book_is_made_of(city: Path) -> None:
    path = city / BASE / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{R2: 195}", "{R2: 196}"), encoding="utf-8")
    run(city, "digest")
    assert run(city, "explain", "--all").returncode == 0
    assert said(city, "board") == [f"! {APART} 1件  概要版（make digest）"]


def test_what_is_saved_while_a_digest_is_made_is_not_what_it_is_made_of(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, make = city / BASE / "measures" / "1-2.yaml", digest.digest
    before = path.read_text(encoding="utf-8")

    def meanwhile(*given: Any) -> Checked[bytes]:  # noqa: ANN401 - as they were given
        path.write_text(before.replace("{R2: 195}", "{R2: 196}"), encoding="utf-8")
        return make(*given)

    with monkeypatch.context() as patch:
        patch.setattr(digest, "digest", meanwhile)
        run(city, "digest")
    assert said(city, "board") == []  # of the figures that the book has
    assert said(city, "report") != []
