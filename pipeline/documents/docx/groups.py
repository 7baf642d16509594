"""Where the members of a group stand: each in scaled, mirrored and turned coordinates. Lengths in points."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.placement import NO_SPACE, UPRIGHT, Clear, Turn
from pipeline.documents.docx.tree import Drawing, Group, Member
from pipeline.documents.paths import Point


class Frame(Struct, frozen=True):
    """The room of something before it is turned about its middle."""

    x: float
    y: float
    width: float
    height: float
    turn: Turn = UPRIGHT

    @property
    def size(self) -> Point:
        """Width and height."""
        return self.width, self.height

    @property
    def middle(self) -> Point:
        """The point about which it is turned."""
        return self.x + self.width / 2, self.y + self.height / 2

    def placed(self, member: Member, begin: Point, extent: Point) -> Member:
        """Return a member whose place is told in coordinates of its own, which fill this room (20.1.7.5).

        One that lies on its side is stretched as it lies.
        """
        across, down = (size / own if own else 1.0 for size, own in zip(self.size, extent, strict=True))
        item, is_steep = member.item, member.turn.is_steep
        width, height = item.width * (down if is_steep else across), item.height * (across if is_steep else down)
        middle = (
            self.x + (member.x + item.width / 2 - begin[0]) * across,
            self.y + (member.y + item.height / 2 - begin[1]) * down,
        )
        x, y = self.turn.of(middle, self.middle)
        sized = replace(item, width=width, height=height)
        return Member(sized, x - width / 2, y - height / 2, self.turn.around(member.turn))


def grouped(members: Sequence[Member], frame: Frame, run: RunFormat, more: Clear = NO_SPACE) -> Group:
    """Return members as one drawing that takes the room of a frame as it is turned, and ``more`` around it."""
    width, height = frame.size[::-1] if frame.turn.is_steep else frame.size
    x, y = (width - frame.width) / 2 + more.left - frame.x, (height - frame.height) / 2 + more.top - frame.y
    return Group(
        width=width + more.left + more.right,
        height=height + more.top + more.bottom,
        format=run,
        members=tuple(replace(member, x=member.x + x, y=member.y + y) for member in members),
    )


def one_drawing(members: Sequence[Member], frame: Frame, alt: str, run: RunFormat, more: Clear = NO_SPACE) -> Drawing:
    """Return what is drawn by itself, in a group of its own only where it is turned."""
    (member,) = members
    item = replace(member.item, alt=alt)
    return item if frame.turn == UPRIGHT else grouped([replace(member, item=item)], frame, run, more)
