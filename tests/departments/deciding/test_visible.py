"""Characters that do not show are written out; all others stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.departments.deciding.visible import plain, split


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("取組　A\n二行目\t１", "取組　A\n二行目\t１"),
        ("a\u202eb", "a[U+202E]b"),
        ("\x1b[2J", "[U+001B][2J"),
        ("外字\ue000", "外字[U+E000]"),
        ("葛\U000e0100", "葛[U+E0100]"),
        ("半角\u00a0空白", "半角[U+00A0]空白"),
    ],
)
def test_what_does_not_show_is_written_as_its_number(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_nothing_invisible_is_left_and_nothing_else_is_touched(text: str) -> None:
    kept = "".join(part for part, unseen in split(text) if not unseen)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in "\n\t"]
    assert sum(len(part) if not unseen else 1 for part, unseen in split(text)) == len(text)
