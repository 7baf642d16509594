"""What is drawn more plainly than Word shows it, where a PDF alone is made: ornaments, never a word."""

from __future__ import annotations

from msgspec import Struct, field

LOOK = "見た目を確かめてください。Wordと同じ見た目が要るときは、Wordの「名前を付けて保存」でPDFにしてください。"
"""What to do about it."""


class Plainer(Struct, frozen=True, eq=False):
    """The kinds of it that were found, each with the text near the first one; as a key, all are alike."""

    found: dict[str, str] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plainer)

    def __hash__(self) -> int:
        return hash(Plainer)

    def add(self, what: str, near: str) -> None:
        """Note something, and how it is drawn."""
        self.found.setdefault(what, near)


def told(found: dict[str, str]) -> str:
    """Return the sentence that tells what is drawn more plainly."""
    each = (f"「{near}」の付近などの{what}" if near else what for what, near in found.items())
    return f"次のものは、Wordより簡単に描きます：{'、'.join(each)}。"
