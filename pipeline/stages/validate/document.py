"""A file as it was read: the tree with its places, and the checked shape as far as it could be made."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.tree import Keys, Node, find

S = TypeVar("S", bound=Shape)


class Document(Struct, Generic[S], frozen=True):
    """One input file.

    ``tree`` is all that was read (None where the syntax is broken or the file is missing). ``data`` is the shape of
    ``kept``, the tree without the parts that do not fit; None where too much is wrong. ``whole`` says that nothing was
    left out: rules about what is *missing* ask only whole documents. ``text`` is the whole file as text.
    """

    file: str
    tree: Node | None
    kept: Node | None
    data: S | None
    whole: bool
    text: str = ""

    def at(self, *path: str | int) -> Place:
        """Return the place of the value at the path in ``data``; of its nearest holder where it is left out."""
        for end in range(len(path), -1, -1):
            node = find(self.kept, path[:end])
            if node is not None:
                return node.place
        return Place(self.file)

    def key(self, *path: str | int) -> Place:
        """Return the place of the last key of the path."""
        holder = find(self.kept, path[:-1])
        if isinstance(holder, Keys):
            return holder.places.get(str(path[-1]), holder.place)
        return self.at(*path[:-1])

    def given(self) -> S:
        """Return the shape of a document without errors."""
        if self.data is None:
            raise ValueError(f"{self.file} has errors")
        return self.data
