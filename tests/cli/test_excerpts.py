"""The quoted line of a finding: the mark stands under the spot, whatever is written before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.cli.excerpts import Excerpts, quote
from pipeline.diagnostics import Place


def shown(line: str, column: int) -> tuple[str, str]:
    found = quote(line, Place("x.yaml", 1, column))
    assert found is not None
    return found.text, found.marks


@pytest.mark.parametrize(
    ("line", "column", "marks"),
    [
        ("unit: 件", 1, "^"),
        ("unit: 件", 7, "      ^^"),
        ("  施策: x", 7, "  　　  ^"),
        ("ｱｲｳ: x", 6, "     ^"),
        ("か\u3099: x", 5, "　  ^"),
        ("unit: 件", 8, "      　^"),
        ("unit: 件", 80, "      　^"),
    ],
)
def test_the_mark_counts_wide_characters_twice(line: str, column: int, marks: str) -> None:
    assert shown(line, column) == (line, marks)


def test_what_cannot_be_seen_is_named() -> None:
    assert shown("\tname: x", 1) == ("<Tab>name: x", "^^^^^")
    assert shown("name: \u200bx\x1b[31m", 7) == ("name: <U+200B>x<U+001B>[31m", "      ^^^^^^^^")


def test_a_long_line_is_cut_around_the_spot() -> None:
    text, marks = shown("あ" * 100 + "×" + "い" * 100, 101)
    assert text == "…" + "あ" * 18 + "×" + "い" * 14 + "…"
    assert marks == " " + "　" * 18 + "^"


def test_the_head_of_a_long_line_is_kept() -> None:
    text, marks = shown("results: " + "あ" * 100, 1)
    assert text.startswith("results: あ")
    assert (text[-1], marks) == ("…", "^")


def test_a_line_of_a_million_letters_is_quoted_at_once() -> None:
    with_mark = "あ" * 500_000 + "×" + "い" * 500_000
    assert all(shown(with_mark, 500_001)[0] == "…" + "あ" * 18 + "×" + "い" * 14 + "…" for _ in range(200))


@given(st.text(st.sampled_from("aé件ｱ　\t\u3099\u200b…𠮷"), min_size=1, max_size=150), st.data())
def test_no_excerpt_is_wider_than_a_terminal(line: str, data: st.DataObject) -> None:
    width = data.draw(st.sampled_from([26, 66]))
    found = quote(line, Place("x.yaml", 1, data.draw(st.integers(1, len(line) + 1))), width)
    assert found is None or cell_len(found.text) <= width + 2


def test_lines_are_those_of_the_file_whatever_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeff一\r\n二\r\n".encode())
    excerpts = Excerpts(tmp_path)
    found = excerpts.at(Place("a.yaml", 2, 1))
    assert found is not None
    assert (found.line, found.text) == (2, "二")
    assert excerpts.at(Place("a.yaml", 3, 1)) is None
    assert excerpts.at(Place("a.yaml", 9, 1)) is None
    assert excerpts.at(Place("a.yaml")) is None


def test_a_file_that_cannot_be_read_as_text_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "sjis.yaml").write_bytes("施策".encode("cp932"))
    (tmp_path / "folder.yaml").mkdir()
    excerpts = Excerpts(tmp_path)
    for file in ("sjis.yaml", "folder.yaml", "missing.yaml", "sjis.yaml/x"):
        assert excerpts.at(Place(file, 1, 1)) is None
