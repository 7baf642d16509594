"""What was done to a returned sheet, before anybody asks what it means for the inputs."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.returned.tree import Paragraph, Revision
from pipeline.model.correspondence import Kind


class Edit(Struct, frozen=True):
    """One edit. ``old`` and ``new`` are the sheet's words; ``path`` is None where they belong to no place of the
    inputs.

    ``why`` holds sentences: what is asked. ``notes`` are only to be known.
    """

    kind: Kind
    place: str
    path: str | None
    old: str
    new: str
    revisions: tuple[Revision, ...] = ()
    why: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def asked(self, *why: str) -> Edit:
        """Return it as a question."""
        return replace(self, kind=Kind.QUESTION, why=(*self.why, *why))


class Ground(Struct, frozen=True):
    """Paragraphs of the returned sheet, where they stand, and the fields they belong to; comments are placed by it."""

    paragraphs: tuple[Paragraph, ...]
    place: str
    paths: tuple[str, ...] = ()


class Findings(Struct, frozen=True):
    """All edits of a sheet, and the ground they were found on."""

    edits: tuple[Edit, ...] = ()
    grounds: tuple[Ground, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        """Put two together."""
        return Findings(self.edits + other.edits, self.grounds + other.grounds)
