"""Damaged files: whatever is lost or mistyped, there is a finding or a valid evaluation, and no exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import has_errors
from tests.inputs.cases import SMALL, YEAR, lay_out, read

FILES = sorted(path.relative_to(SMALL / YEAR) for path in (SMALL / YEAR).rglob("*.yaml"))
TYPED = st.sampled_from(
    [*"-:,[]{}#&*!|>'\"%@`?~. \t\n\\/", "　", "：", "１", "𠮷", "ー", "a", "9", "R", "\x00", "\x85"]
)


def holds(file: Path, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        (root / YEAR / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        checked = read(root)
    assert (checked.value is None) == has_errors(checked.diagnostics)
    for diagnostic in checked.diagnostics:
        lines = text.split("\n") if diagnostic.place.file.endswith(file.as_posix()) else []
        assert diagnostic.place.line >= 0
        assert not lines or diagnostic.place.line <= len(lines) + 1
        assert diagnostic.message
        assert diagnostic.hint


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(FILES), st.data())
def test_lines_may_be_lost(file: Path, data: st.DataObject) -> None:
    lines = (SMALL / YEAR / file).read_text(encoding="utf-8").split("\n")
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=3))
    holds(file, "\n".join(line for number, line in enumerate(lines) if number not in lost))


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(FILES), st.data())
def test_characters_may_be_mistyped(file: Path, data: st.DataObject) -> None:
    text = (SMALL / YEAR / file).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        kept = data.draw(st.booleans())
        text = text[:at] + data.draw(TYPED) + text[at + (not kept) :]
    holds(file, text)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(FILES), st.data())
def test_lines_may_be_swapped_or_doubled(file: Path, data: st.DataObject) -> None:
    lines = (SMALL / YEAR / file).read_text(encoding="utf-8").split("\n")
    number = st.integers(0, len(lines) - 1)
    first, second = data.draw(number), data.draw(number)
    lines[first], lines[second] = lines[second], lines[second if data.draw(st.booleans()) else first]
    holds(file, "\n".join(lines))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_a_file_may_be_anything_at_all(file: Path, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        (root / YEAR / file).write_bytes(content)
        assert read(root).value is None
