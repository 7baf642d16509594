"""What stands around the text of a returned sheet: headers, notes, boxes, pictures; and its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.departments.returned.alignment import align, likeness
from pipeline.departments.returned.edits import Edit, Findings, Ground
from pipeline.departments.returned.tree import FINAL, Block, Comment, Reading, Revision, Segment, revisions, within
from pipeline.model.correspondence import Kind

Anchors = Mapping[str, Sequence[tuple[Ground, Segment]]]

_FURNITURE = "ヘッダー・フッター・脚注"


def compare(sent: Reading, returned: Reading) -> tuple[Edit, ...]:
    """Return what was added or taken away around the text."""
    finders = (_furniture, _boxes, _described, _media, _links, _unknown)
    return tuple(edit for find in finders for edit in find(sent, returned))


def _furniture(sent: Reading, returned: Reading) -> Iterator[Edit]:
    """Compare the texts; programs share out headers over parts as they like."""
    before, after = ({text for texts in r.furniture.values() for text in texts} for r in (sent, returned))
    gone, come = sorted(before - after), sorted(after - before)
    pairs = align(len(gone), len(come), lambda i, j: likeness(gone[i], come[j]) - 0.5)
    for i, j in pairs:
        old, new = "" if i is None else gone[i], "" if j is None else come[j]
        yield Edit(Kind.OUTSIDE, _FURNITURE, None, old, new, (), ("ヘッダー、フッター又は脚注が変えられています。",))


def _boxes(sent: Reading, returned: Reading) -> Iterator[Edit]:
    known = Counter(map(_boxed, sent.boxes))
    for box in returned.boxes:
        text = _boxed(box)
        if known[text]:
            known[text] -= 1
        elif text.strip():
            why = ("テキストボックスが追加されています。",)
            yield Edit(Kind.OUTSIDE, "テキストボックス", None, "", text, revisions(within(box)), why)


def _boxed(box: Sequence[Block]) -> str:
    """Return the text of a box, or the pictures it holds instead; boxes within it are read by themselves."""
    text = "\n".join(block.read(FINAL) for block in box)
    flags = {flag for p in within(box) for s in p.segments if not s.deleted for flag in s.flags if flag != "図形"}
    return text if text.strip() else "、".join(sorted(flags))


def _described(sent: Reading, returned: Reading) -> Iterator[Edit]:
    """Compare alternative texts; those of a graphic that is gone went with it."""
    before, after = Counter(sent.described), Counter(returned.described)
    gone, come = list((before - after).elements()), list((after - before).elements())
    if len(sent.described) != len(returned.described):
        gone = [""] * len(come)
    why = ("図又は表の代替テキスト（読み上げ用の説明）が変えられています。",)
    for old, new in zip(gone, come, strict=True):
        if old or new:
            yield Edit(Kind.OUTSIDE, "代替テキスト", None, old, new, (), why)


def _media(sent: Reading, returned: Reading) -> Iterator[Edit]:
    known = set(sent.media.values())
    for part, digest in returned.media.items():
        if digest not in known:
            why = ("図又は埋め込みのファイルが追加されているか、差し替えられています。",)
            yield Edit(Kind.OUTSIDE, "図", None, "", part, (), why)


def _links(sent: Reading, returned: Reading) -> Iterator[Edit]:
    for address in returned.links:
        if address not in sent.links:
            why = ("ファイルの外にあるものを参照しています。開いていません。必要なものか確かめてください。",)
            yield Edit(Kind.OUTSIDE, "外部への参照", None, "", address, (), why)


def _unknown(sent: Reading, returned: Reading) -> Iterator[Edit]:
    for name in returned.unknown:
        if name not in sent.unknown:
            yield Edit(Kind.OUTSIDE, "本文", None, "", name, (), ("読み取れない要素があります。",))


def remarks(sent: Reading, returned: Reading, findings: Findings) -> Iterator[Edit]:
    """Yield every comment that was not sent along: where it stands, and what it is about."""
    others = {comment.id: comment for comment in returned.comments}
    own = Counter((comment.author, comment.text) for comment in sent.comments)
    anchors = _anchors(findings)
    for comment in returned.comments:
        if own[comment.author, comment.text]:
            own[comment.author, comment.text] -= 1
        else:
            yield _remark(comment, anchors, others)


def _anchors(findings: Findings) -> Anchors:
    """Return where comments stand, by their ids: pieces of text on their ground."""
    found: dict[str, list[tuple[Ground, Segment]]] = {}
    for ground in findings.grounds:
        for segment in (segment for paragraph in ground.paragraphs for segment in paragraph.segments):
            for identifier in segment.comments:
                found.setdefault(identifier, []).append((ground, segment))
    return found


def _remark(comment: Comment, anchors: Anchors, others: Mapping[str, Comment]) -> Edit:
    anchored = anchors.get(comment.id) or anchors.get(comment.reply_to or "", ())
    grounds = {id(ground): ground for ground, _ in anchored}.values()
    quoted = "".join(segment.read(FINAL) for _, segment in anchored)
    answered = others.get(comment.reply_to or "")
    reply = (f"「{answered.text}」への返信です。",) if answered else ()
    notes = (*reply, *(("解決済みの印があります。",) if comment.done else ()))
    paths = dict.fromkeys(path for ground in grounds for path in ground.paths)
    path = next(iter(paths)) if len(paths) == 1 else None
    place = "、".join(dict.fromkeys(ground.place for ground in grounds)) or "場所が分かりません"
    return Edit(Kind.COMMENT, place, path, quoted, comment.text, (Revision(comment.author, comment.date),), (), notes)
