"""One file: the pass of its syntax, then that of its shape. A file that fails one does not enter the next.

Syntax is everything that can be told of the text alone: bytes, YAML, what would be lost or misprinted. Shape is what
stands where. Where a line has an error of syntax, what comes of it in the shape is not told again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors
from pipeline.stages.validate.dialects import noted_heads, tabs
from pipeline.stages.validate.document import Document, S
from pipeline.stages.validate.filenames import named
from pipeline.stages.validate.files import FILES
from pipeline.stages.validate.printed import LOOKS
from pipeline.stages.validate.shapes import belongs_elsewhere, fit
from pipeline.stages.validate.text import MOST, read_text
from pipeline.stages.validate.tree import Node, parse

Read = tuple[Document[S], tuple[Diagnostic, ...]]

_REST = "このファイルのほかの所は、ここを直してから、もう一度点検してください"
"""What a file that cannot be read to its end leaves to be said."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that passed as text and as YAML; ``tree`` is None where it did not."""

    file: str
    text: str
    tree: Node | None


def read_file(path: Path, root: Path, shape: type[S]) -> Read[S]:
    """Read one file and check its shape; places name it relative to ``root``, where it lies there."""
    written, found = _syntax(path, named(path, root))
    if written.tree is None:
        return _nothing(written.file), found
    other = belongs_elsewhere(written.tree, shape, FILES)
    if other:
        message = f"ファイルの中身が、{other} のものです"
        hint = "別のファイルを写したり、名前を付け間違えたりしていないかを確かめ、控えのファイルに戻してください"
        return _nothing(written.file), (error("file-of-another", Place(written.file), message, hint),)
    document, faults = fit(written.file, shape, written.tree)
    broken = {d.place.line for d in found if has_errors((d,))}
    faults = tuple(fault for fault in faults if fault.place.line not in broken)
    return dataclasses.replace(document, text=written.text), (*found, *faults)


def _nothing(file: str) -> Document[S]:
    return Document(file, None, None, None, whole=False)


def _syntax(path: Path, file: str) -> tuple[Written, tuple[Diagnostic, ...]]:
    """Return the text and tree of a file, and what is wrong with them whatever the file is for."""
    text = read_text(path, file)
    if text.value is None:
        return Written(file, "", None), text.diagnostics
    tree, printed = _parsed(text.value, file)
    if tree.value is None:
        # What the text's own faults (tabs, control characters) do to the syntax is not told again.
        found = text.diagnostics if has_errors(text.diagnostics) else (*text.diagnostics, *tree.diagnostics)
        last = dataclasses.replace(found[-1], hint=f"{found[-1].hint}\n{_REST}")
        return Written(file, text.value, None), (*found[:-1], last)
    garbled = {d.place.line for d in text.diagnostics if d.id == "text-garbled"}
    printed = tuple(d for d in printed if d.place.line not in garbled)
    return Written(file, text.value, tree.value), (*text.diagnostics, *tree.diagnostics, *printed)


@lru_cache(maxsize=128)
def _parsed(text: str, file: str) -> tuple[Checked[Node], tuple[Diagnostic, ...]]:
    """Return a file's tree, and what in it would be lost or misprinted.

    Kept, as a run that tries proposals reads the year again and again, and most files of it are as they were.
    """
    tree = parse(text, file)
    if tree.value is None:
        return tree, ()
    return tree, tuple(d for look in (*LOOKS, tabs, noted_heads) for d in islice(look(tree.value, text), MOST))
