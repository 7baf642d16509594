"""One file: the pass of its syntax, then that of its shape. A file that fails one does not enter the next.

Syntax is everything that can be told of the text alone: bytes, YAML, what would be lost or misprinted. Shape is what
stands where. Where a line has an error of syntax, what comes of it in the shape is not told again.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.stages.validate import remembered
from pipeline.stages.validate.dialects import noted_heads, tabs
from pipeline.stages.validate.document import Document, S
from pipeline.stages.validate.filenames import named
from pipeline.stages.validate.files import FILES
from pipeline.stages.validate.printed import LOOKS
from pipeline.stages.validate.shapes import belongs_elsewhere, fit
from pipeline.stages.validate.text import MOST, read_bytes, text_of
from pipeline.stages.validate.tree import Node, parse

Read = tuple[Document[S], tuple[Diagnostic, ...]]

_REST = "このファイルのほかの所は、ここを直してから、もう一度点検してください"
"""What a file that cannot be read to its end leaves to be said."""


class Past(Struct, frozen=True):
    """What came of files that are as they were, and the text of the form that shapes are made of."""

    memory: Memory = FORGETFUL
    form: str = ""


NOTHING = Past()


def read_file(path: Path, root: Path, shape: type[S], past: Past = NOTHING) -> Read[S]:
    """Return one file, its shape checked; places name it relative to ``root``, where it lies there."""
    file = named(path, root)
    data = read_bytes(path, file)
    return _nothing(file, data.diagnostics) if data.value is None else _read(data.value, file, shape, past)


@lru_cache(maxsize=128)
def _read(data: bytes, file: str, shape: type[S], past: Past) -> Read[S]:
    """Check what a file holds.

    Kept, as a run that tries proposals reads the year again and again, and most files of it are as they were.
    """
    basis = ("入力データ", data, file, shape.__name__, past.form)
    known = past.memory.find(basis)
    if known is not None:
        return remembered.restored(known, shape)
    read = _checked(text_of(data, file), file, shape)
    past.memory.keep(basis, remembered.plainly(*read))
    return read


def _checked(text: Checked[str], file: str, shape: type[S]) -> Read[S]:
    """Check a text, of which some is already found."""
    tree, found = (None, text.diagnostics) if text.value is None else _syntax(text.value, text.diagnostics, file)
    if text.value is None or tree is None:
        return _nothing(file, found)
    other = belongs_elsewhere(tree, shape, FILES)
    if other:
        message = f"ファイルの中身が、{other} のものです"
        hint = "別のファイルを写したり、名前を付け間違えたりしていないかを確かめ、控えのファイルに戻してください"
        return _nothing(file, (error("file-of-another", Place(file), message, hint),))
    document, faults = fit(file, shape, tree)
    broken = {d.place.line for d in found if has_errors((d,))}
    faults = tuple(fault for fault in faults if fault.place.line not in broken)
    return replace(document, text=text.value), (*found, *faults)


def _nothing(file: str, found: tuple[Diagnostic, ...]) -> Read[S]:
    return Document(file, None, None, None, whole=False), found


def _syntax(text: str, found: tuple[Diagnostic, ...], file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a text, and what is wrong with text and tree whatever the file is for."""
    tree = parse(text, file)
    if tree.value is None:
        # What the text's own faults (tabs, control characters) do to the syntax is not told again.
        told = found if has_errors(found) else (*found, *tree.diagnostics)
        last = replace(told[-1], hint=f"{told[-1].hint}\n{_REST}")
        return None, (*told[:-1], last)
    garbled = {d.place.line for d in found if d.id == "text-garbled"}
    looks = (d for look in (*LOOKS, tabs, noted_heads) for d in islice(look(tree.value, text), MOST))
    printed = (d for d in looks if d.place.line not in garbled)
    return tree.value, (*found, *tree.diagnostics, *printed)
