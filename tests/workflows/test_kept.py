"""Digests of values, and results as bytes: no two values alike, and nothing but values read."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.diagnostics import Place, warning
from pipeline.documents.marked import Marked
from pipeline.documents.pdf import DrawnDocument, draw_document
from pipeline.model.options import Engine
from pipeline.storage import store
from pipeline.storage.outputs import sha256
from pipeline.storage.store import Store
from pipeline.workflows import kept
from pipeline.workflows.kept import NoValue, digest, packed, unpacked
from tests.documents.docx.docx_files import docx, p

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.binary(), st.dates(), st.decimals(allow_nan=False)
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(st.text(), inner), st.frozensets(st.text())
    ),
    max_leaves=12,
)


def spelt(value: object) -> str:
    """Spell a value with its types: 1, True and 1.0 are alike to Python."""
    return repr(value) if not isinstance(value, frozenset) else f"frozenset({sorted(value)})"


@given(VALUES, VALUES)
def test_values_have_one_digest_where_they_are_the_same(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) is (spelt(one) == spelt(other) or nested(one) == nested(other))


def nested(value: object) -> object:
    """Return a value whose parts compare as they are spelt."""
    if isinstance(value, frozenset):
        return spelt(value)
    if isinstance(value, dict):
        return ["dict", *((spelt(name), nested(part)) for name, part in value.items())]
    if isinstance(value, list | tuple):
        return [type(value).__name__, *map(nested, value)]
    return spelt(value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((1, (2,)), ((1, 2),)),
        ("<w:r/>", Markup("<w:r/>")),
        (Decimal("1.0"), Decimal("1.00")),
        (1, True),
        (Place("a", 1, 2), Place("a", 12)),
        ("embedded", Engine.EMBEDDED),
        (b"a", "a"),
        (Marked("a", "x.yaml#a"), Marked("a", "x.yaml#b")),
        (Marked("", "x.yaml#a", prompt="記入"), Marked("", "x.yaml#a")),
    ],
)
def test_what_looks_alike_is_told_apart(one: object, other: object) -> None:
    assert digest(one) != digest(other)


def test_a_drawn_document_is_found_again() -> None:
    drawn = draw_document(docx(p("本文")), "試験.docx")
    found = unpacked(packed(drawn))
    assert isinstance(found, DrawnDocument)
    assert found.pages == drawn.pages


def test_a_value_of_an_unknown_type_is_never_guessed() -> None:
    class Text(str):
        """A text that may know more than it says."""

        __slots__ = ()

    for odd in (object(), {1, 2}, lambda: None, iter(()), Text("a")):
        with pytest.raises(TypeError, match="no digest"):
            digest(("known", odd))


def test_results_come_back() -> None:
    results = (warning("id", Place("a", 1), "文", "直し方"), Engine.EMBEDDED, Decimal("1.50"), date(2021, 7, 1), b"\0")
    assert unpacked(packed(results)) == results


def test_a_process_that_goes_on_reads_a_result_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDER", "kept")
    of_project, key = Store(tmp_path), "ab" * 32
    for result in (("one", Decimal(1)), ("two", Decimal(2))):
        kept.keep(of_project, key, result)
        assert kept.find(Store(tmp_path), key) is kept.find(of_project, key) == result
    (path,) = (one for one in tmp_path.rglob("*") if one.is_file())
    path.write_bytes(b"damaged")
    assert kept.find(of_project, key) is None
    kept.keep(of_project, key, "three")
    of_project.clear()
    assert kept.find(of_project, key) is None


def test_typefaces_are_hashed_once_for_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDER", "kept")
    face = tmp_path / "face.ttf"
    monkeypatch.setattr(kept, "FILES", {False: face})
    for of_program in ("one", "two"):
        monkeypatch.setattr(kept, "program", lambda name=of_program: name)
        face.write_bytes(of_program.encode())
        assert kept.typefaces(Store(tmp_path)) == {"face.ttf": sha256(of_program.encode())}
    monkeypatch.setattr(kept, "FILES", {})
    assert list(kept.typefaces(Store(tmp_path))) == ["face.ttf"]


@dataclass(frozen=True)
class Elsewhere:
    """A class that is not the program's."""


def test_what_could_not_be_read_again_is_not_written_either() -> None:
    for odd in (Elsewhere(), (1, [Elsewhere]), print, {"a": Path()}):
        with pytest.raises(TypeError, match="no value"):
            packed(odd)


class Command:
    """Runs a command where it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return __import__("os").system, ("touch read",)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Command()),
        pickle.dumps(Elsewhere()),
        pickle.dumps(print),
        b"cpipeline.storage.store\nshutil.rmtree\n(Vinputs\ntR.",
        b"cpipeline.storage.atomic\nwrite\n(Vx\ntR.",
        b"",
        b"\x80\x05garbage",
    ],
)
def test_nothing_but_values_is_read(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoValue):
        unpacked(data)
    assert not [*tmp_path.iterdir()]


def test_another_file_of_the_program_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PACKAGE", tmp_path)
    source = tmp_path / "module.py"
    source.write_text("a = 1", encoding="utf-8")
    found = [kept.program.__wrapped__()]
    for text in ("a = 22", "a = 33"):
        before = source.stat()
        source.write_text(text, encoding="utf-8")
        os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a copy that keeps its times
        found.append(kept.program.__wrapped__())
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "module.cpython-312.pyc.140508").touch()  # as Python names one that it is writing
    assert kept.program.__wrapped__() == found[-1]
    source.rename(tmp_path / "other.py")
    assert len({*found, kept.program.__wrapped__()}) == 4
