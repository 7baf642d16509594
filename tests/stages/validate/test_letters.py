"""Characters that cannot be printed, in every field of every file: told at their place, with code point and cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from pipeline.diagnostics import Diagnostic
from pipeline.stages.validate.tree import Scalar, parse, scalars
from tests.project import BASE
from tests.stages.validate.cases import SMALL, change, lay_out, read

AGAIN = "打ち直して"
VISIBLE = {
    "𛀁": "かなで書いて", "😀": "絵文字", "\U000e0100": AGAIN, "\ufe0f": AGAIN, "e\u0301": AGAIN, "\ue000": "標準の字",
    "\u00ad": AGAIN, "\u2003": "ふつうの空白",
}  # fmt: skip
INVISIBLE = dict.fromkeys(("が", "\u200d", "\x07", "\u200b", "\ufeff"), AGAIN)
"""Stop a file from being read any further."""
_BEGINNING = re.compile(r"""(?:[\s"'|>-]|\\.)*.""")
FILES_OF = SMALL / BASE
FILES = sorted(path.relative_to(FILES_OF) for path in FILES_OF.rglob("*.yaml"))


def fields(text: str) -> list[Scalar]:
    """Return the values of a file that are texts."""
    tree = parse(text, "x").value
    assert tree is not None
    return [scalar for scalar in scalars(tree) if isinstance(scalar.value, str) and scalar.value]


def spoiled(text: str, letters: Iterator[str]) -> tuple[str, list[tuple[int, int, str]]]:
    """Put a letter into every field, behind its first character; gives the line, the column and the letter of each."""
    done, places, last = "", [], 0
    for field in fields(text):
        at = _behind_first(text, field)
        letter = next(letters)
        done += text[last:at]
        places.append((done.count("\n") + 1, len(done) - done.rfind("\n"), letter))
        done, last = done + letter, at
    return done + text[last:], places


def _behind_first(text: str, field: Scalar) -> int:
    """Return the index behind a field's first character that is neither of the notation nor escaped."""
    beginning = _BEGINNING.match(text, field.start)
    assert beginning is not None
    return beginning.end()


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("letters", [VISIBLE, INVISIBLE], ids=["visible", "invisible"])
@pytest.mark.parametrize("file", FILES, ids=str)
def test_they_are_told_in_every_field(file: Path, letters: Mapping[str, str], turn: int, tmp_path: Path) -> None:
    path = lay_out(tmp_path) / BASE / file
    text, places = spoiled(path.read_text(encoding="utf-8"), islice(cycle(letters), 3 * turn, None))
    path.write_text(text, encoding="utf-8")
    found = {(d.place.line, d.place.column, d.id): d for d in read(tmp_path).diagnostics}
    assert places
    for line, column, letter in places:
        (one,) = _at(found, line, column, letter)
        assert one.place.file == f"{BASE}/{file}"
        assert letters[letter] in one.hint
        assert f"U+{ord(letter[-1]):04X}" in one.message or one.id == "text-loose-mark"


def _at(found: Mapping[tuple[int, int, str], Diagnostic], line: int, column: int, letter: str) -> Iterator[Diagnostic]:
    """Yield what is told of a letter; one of two characters is blamed for the second."""
    for identifier, place in product(("glyph-missing", "text-control", "text-loose-mark"), range(len(letter))):
        if (line, column + place, identifier) in found:
            yield found[line, column + place, identifier]


@pytest.mark.parametrize("escape", [r"\u200b", r"\U0001B001", r"\u3099", r"\u00ad"])
def test_escapes_hide_nothing(escape: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    path = change(root, "measures/1-2.yaml", 'opinions: ""', f'opinions: "意見{escape}です"')
    line = path.read_text(encoding="utf-8").split("opinions")[0].count("\n") + 1
    (found,) = read(root).diagnostics
    assert (found.id, found.place.line) == ("glyph-missing", line)
    assert f"U+{int(escape[2:], 16):04X}" in found.message


def test_a_no_break_space_and_letters_beyond_the_first_plane_are_printed(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "measures/1-2.yaml", 'opinions: ""', "opinions: 𠀋\u00a0𠮟る、髙﨑、①㎡㈱")
    assert read(root).diagnostics == ()
