"""Why a docx cannot be used: it is damaged (or unsafe), or it holds something that cannot be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.documents.docx.cures import cure as usual_cure

MOST_REFUSALS = 20
"""So many constructs of a file are told at once, and after so many reading ends."""


class DocxError(Exception):
    """A docx that cannot be used; ``name`` is the file, ``str()`` a Japanese sentence for the user.

    ``cure`` says what to do where that is not the same for all constructs.
    """

    cure = ""

    def __init__(self, name: str, message: str) -> None:
        """Keep the file's name beside the message."""
        super().__init__(name, message)
        self.name = name
        self.message = message

    def __str__(self) -> str:
        """Name the file, then say what is wrong with it."""
        return f"{self.name}: {self.message}"


class Damaged(DocxError):
    """Not a docx, broken, or built to exhaust the machine (zip bomb, entity declarations)."""


class Unsupported(DocxError):
    """A construct that cannot be drawn: ``construct`` names it, ``near`` is the nearest text.

    ``others`` are further ones of the same file, each of another construct.
    """

    def __init__(
        self, construct: str, near: str, name: str, cure: str = "", others: tuple[Unsupported, ...] = ()
    ) -> None:
        """Word the sentence that names the construct, the text nearby and the file."""
        where = f"「{near}」の付近にある" if near else ""
        super().__init__(name, f"{where}{construct}はPDFにできません。")
        self.construct = construct
        self.near = near
        self.cure = cure or usual_cure(construct)
        self.others = others

    def __reduce__(self) -> tuple[type[Unsupported], tuple[str, str, str, str, tuple[Unsupported, ...]]]:
        """Travel between processes as it was made."""
        return type(self), (self.construct, self.near, self.name, self.cure, self.others)

    def placed(self, near: str) -> Unsupported:
        """Return the same with the text nearby, where it knows of none itself (in a style, say)."""
        return self if self.near else Unsupported(self.construct, near, self.name, self.cure)


def gathered(refusals: Sequence[Unsupported]) -> Unsupported:
    """Make one error of several: the first, with the first one of every other construct, as far as a person reads."""
    kinds = {refusal.construct: refusal for refusal in reversed(refusals)}
    first, *others = [refusal for refusal in refusals if kinds[refusal.construct] is refusal][:MOST_REFUSALS]
    return Unsupported(first.construct, first.near, first.name, first.cure, tuple(others))
