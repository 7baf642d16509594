"""A cell (or paragraph) as sent against the same as returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.departments.returned import recipes
from pipeline.departments.returned.alignment import trimmed
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.tree import (
    FINAL,
    ORIGINAL,
    Block,
    Paragraph,
    Revision,
    Table,
    joined,
    revisions,
    within,
)
from pipeline.diagnostics import shorten
from pipeline.model.correspondence import Kind, Spot

_UNTRACKED = "変更履歴に残っていない修正を含みます。"
_BROKEN = "欄の決まった文字が崩れていて、どこまでが記入か分かりません。"
_SHIFTED = "項目を分ける改行の位置が変わっていて、どこまでが前の項目か分かりません。"
_REFERENCE = "参考に載せた前年度の文章が書き換えられています。今年度の文章として書いたものか確かめてください。"
_TABLE = "欄の中に表があります。"
_OBJECTS = (
    "画像", "グラフ", "図形", "脚注", "フィールド", "数式", "ページ番号", "親文字のないルビ",
    "記入を促す案内",
)  # fmt: skip
"""Begin the flags of what is no text."""


class CellPlace(Struct, frozen=True):
    """Where a cell stands, in words; ``doubt`` is a sentence where it was found without its bookmark."""

    name: str
    doubt: str = ""


def compare(sent: Sequence[Block], returned: Sequence[Block], spot: Spot | None, place: CellPlace) -> Iterator[Edit]:
    """Yield what was edited in a cell."""
    before, after = _paragraphs(sent), _paragraphs(returned)
    old, new = joined(before, FINAL), joined(after, FINAL)
    flags = (*_flags(sent, returned, spot), *_lost(sent, returned))
    old, new = trimmed(old), trimmed(new)
    if old == new and not flags:
        return
    for table in (block for block in returned if isinstance(block, Table)):
        yield Edit(Kind.OUTSIDE, place.name, None, "", table.read(), revisions(within((table,))), (_TABLE,))
    notes = (_UNTRACKED,) if trimmed(joined(after, ORIGINAL)) != old else ()
    whole = _Whole(place, revisions(within(returned)), flags, notes)
    if spot is None:
        word = "様式の文字が変えられています。" if old else "欄の外に書き込みがあります。"
        yield whole.edit(Kind.OUTSIDE, None, old, new, (word,) if old != new else ())
    else:
        yield from _fields(spot, old, new, whole)


class _Whole(Struct, frozen=True):
    """What all edits of a cell share."""

    place: CellPlace
    revisions: tuple[Revision, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]

    def edit(self, kind: Kind, path: str | None, old: str, new: str, why: tuple[str, ...] = ()) -> Edit:
        """Make an edit; any doubt makes a question of a change."""
        asked = (*why, *self.flags, *((self.place.doubt,) if self.place.doubt else ()))
        kind = Kind.QUESTION if asked and kind is Kind.CHANGE else kind
        return Edit(kind, self.place.name, path, old, new, self.revisions, asked, self.notes)


def _fields(spot: Spot, old: str, new: str, whole: _Whole) -> Iterator[Edit]:
    paths = spot.paths
    found = recipes.read(spot, new)
    if found is None:
        yield whole.edit(Kind.QUESTION, paths[0] if len(paths) == 1 else None, old, new, (_BROKEN,))
        return
    before = recipes.shown(spot)
    changed = [path for path in paths if trimmed(found[path]) != trimmed(before[path])]
    why = (_SHIFTED,) if recipes.is_shifted(spot, before, found) else ()
    why = (*why, _REFERENCE) if recipes.edits_reference(spot, new) else why
    for path in changed:
        yield whole.edit(Kind.CHANGE, path, before[path], trimmed(found[path]), why)
    if not changed and not whole.flags and recipes.has_reference(spot):
        return  # last year's text, and nothing else, was taken away
    if not changed and len(paths) == 1:  # only flags
        yield whole.edit(Kind.QUESTION, paths[0], before[paths[0]], found[paths[0]])
    elif not changed:
        yield whole.edit(Kind.QUESTION, None, old, new)


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    return tuple(block for block in blocks if isinstance(block, Paragraph))


def _flags(sent: Sequence[Block], returned: Sequence[Block], spot: Spot | None) -> Iterator[str]:
    """Ask what flags mean that the sheet as sent did not have; spaces in red mean nothing, a picture has no text."""
    known = {flag for paragraph in within(sent) for segment in paragraph.segments for flag in segment.flags}
    found: dict[str, str] = {}
    for paragraph in _paragraphs(returned):
        for segment in paragraph.segments:
            for flag in sorted(segment.flags - known) if not segment.deleted else ():
                if segment.text.strip() or flag.startswith(_OBJECTS):
                    found[flag] = found.get(flag, "") + segment.text
    for flag, text in found.items():
        yield (
            f"「{shorten(text)}」に{flag}が付いています。どういう意味か確かめてください。"
            if text
            else f"{flag}があります。"
        )
    listed = spot is not None and any(path.endswith(".activities") for path in spot.paths)
    if not listed and _numbered(returned) > _numbered(sent):
        yield "自動の箇条書き・番号が付いています。記号や番号も文章に入れるか確かめてください。"
    elif _is_remarked(sent, returned):
        yield "行頭の自動の記号又は番号が変えられています。意味のある変更か確かめてください。"
    if any(isinstance(block, Table) for block in returned):
        yield _TABLE


def _lost(sent: Sequence[Block], returned: Sequence[Block]) -> Iterator[str]:
    """Yield a sentence where pictures and the like are no longer there."""
    before, after = _objects(sent), _objects(returned)
    if before - after:
        yield "図が削除されているか、差し替えられています。"


def _objects(blocks: Sequence[Block]) -> Counter[str]:
    segments = (s for p in within(blocks) for s in p.segments if not s.deleted)
    return Counter(flag for s in segments for flag in s.flags if flag.startswith(_OBJECTS))


def _numbered(blocks: Sequence[Block]) -> int:
    return sum(bool(paragraph.numbered) for paragraph in _paragraphs(blocks))


def _is_remarked(sent: Sequence[Block], returned: Sequence[Block]) -> bool:
    """Return whether lines have automatic bullets or numbers of another kind, or have lost them."""
    before = {p.read(FINAL): p.numbered for p in _paragraphs(sent) if p.numbered}
    known = {*before.values(), ""} if before else set()
    after = [p for p in _paragraphs(returned) if p.read(FINAL).strip()]
    lost = any(before.get(p.read(FINAL)) and not p.numbered for p in after)
    return lost or any(p.numbered not in known for p in after if known)
