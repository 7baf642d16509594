"""Boxes that are mirrored and turned about a point (20.1.7.6): text stays as it reads, and is turned alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pipeline.documents.docx.placement import UPRIGHT, Turn
from pipeline.documents.paths import Path, Point, Segment, mapped
from pipeline.documents.pdf.boxes import Box, FillBox, PathBox, PictureBox, RuleBox, TextBox, Turned


def turned(boxes: Iterable[Box], turn: Turn, middle: Point) -> Iterator[Box]:
    """Yield boxes as they stand turned about a point."""
    yield from boxes if turn == UPRIGHT else (_turned(box, Turned(turn, middle)) for box in boxes)


def text_turn(turn: Turn) -> Turn:
    """Return how the text of something is turned: it stands on its head in what is mirrored upside down."""
    return Turn((turn.angle + 180) % 360 if turn.down else turn.angle)


def turned_path(path: Iterable[Segment], turned: Turned) -> Path:
    """Return a path as it stands turned."""
    return mapped(path, lambda point: turned.turn.of(point, turned.middle))


def turned_rule(rule: RuleBox, turned: Turned) -> RuleBox:
    """Return a straight line as it stands turned."""
    turn, middle = turned
    (x1, y1), (x2, y2) = turn.of((rule.x1, rule.y1), middle), turn.of((rule.x2, rule.y2), middle)
    return replace(rule, x1=x1, y1=y1, x2=x2, y2=y2)


def _turned(box: Box, turned: Turned) -> Box:
    match box:
        case TextBox():
            return replace(box, turned=turned)
        case PathBox():
            return replace(box, path=turned_path(box.path, turned))
        case RuleBox():
            return turned_rule(box, turned)
        case FillBox():
            x, y, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
            path: tuple[Segment, ...] = (
                ("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)), ("h", ()),
            )  # fmt: skip
            return PathBox(turned_path(path, turned), box.color)
        case PictureBox():
            return _turned_picture(box, turned)


def _turned_picture(box: PictureBox, turned: Turned) -> PictureBox:
    x, y = turned.turn.of(box.middle, turned.middle)
    return replace(
        box, x=x - box.width / 2, y=y - box.height / 2, turn=turned.turn.around(box.turn),
        clip=turned_path(box.clip, turned),
    )  # fmt: skip
