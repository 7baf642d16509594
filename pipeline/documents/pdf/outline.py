"""The outline of a PDF (ISO 32000-1, 12.3.3): its headings, each below the one that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from pipeline.documents.pdf.objects import PdfFile, text_string


class _Item(Struct):
    """An item: its level from 0, its title, where it leads, the number of its object, and the items below it."""

    level: int
    title: str
    destination: str
    number: int
    kids: list[_Item] = field(default_factory=list)


def add_outline(file: PdfFile, headings: Sequence[tuple[int, str, str]]) -> int:
    """Write headings (level, text, the entry that says where it leads) as an outline; return its number.

    A level goes at most one deeper than the item before it. The first two levels are shown, the others are closed.
    """
    root = _Item(level=-1, title="", destination="", number=file.reserve())
    path = [root]
    for level, title, destination in headings:
        del path[level + 1 :]
        item = _Item(len(path) - 1, title, destination, file.reserve())
        path[-1].kids.append(item)
        path.append(item)
    shown = len(root.kids) + sum(len(kid.kids) for kid in root.kids)
    file.add(f"<</Type/Outlines{_ends(root)}/Count {shown}>>", root.number)
    _add_items(file, root)
    return root.number


def _add_items(file: PdfFile, parent: _Item) -> None:
    kids = parent.kids
    for before, item, after in zip([None, *kids], kids, [*kids[1:], None], strict=False):
        count = len(item.kids) if item.level == 0 else -len(item.kids)
        beside = (f"/Prev {before.number} 0 R" if before else "") + (f"/Next {after.number} 0 R" if after else "")
        below = f"{_ends(item)}/Count {count}" if item.kids else ""
        entries = f"/Title{text_string(item.title)}{item.destination}"
        file.add(f"<<{entries}/Parent {parent.number} 0 R{beside}{below}>>", item.number)
        _add_items(file, item)


def _ends(item: _Item) -> str:
    return f"/First {item.kids[0].number} 0 R/Last {item.kids[-1].number} 0 R"
