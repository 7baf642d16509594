"""Breaking a paragraph's shaped text into lines (JIS X 4051, 6)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Literal

from msgspec import Struct, field

from pipeline.documents.docx.formats import ParagraphFormat, RunFormat, TabStop
from pipeline.documents.docx.tree import Tab
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.characters import ASIAN, COLUMN, HANGING, PAGE, TAB
from pipeline.documents.pdf.line_height import Heights, LineHeight
from pipeline.documents.pdf.shaping import ShapedText

_position = attrgetter("position")
_NOT_FIRST = frozenset("KCH")
"""Classes of Japanese marks that begin no line."""
TOLERANCE = 0.001
"""How far (pt) a line may overrun before it breaks: below the grain of advances, above that of sums."""


class Line(Struct, frozen=True):
    """Characters ``start`` to ``end`` on one line; lengths in points.

    ``indent`` is that of this line beyond the paragraph's; ``room`` the width it may fill, ``width`` what it does fill;
    ``tabs`` the widths of its tabs with their leaders. Characters from the index ``joint`` stand ``shift`` further
    to the right than the paragraph on one endless line has them. ``squeezed`` is by how much marks give way, so that
    all of it has room. ``above`` is what a multiple of line spacing adds to the height above the text.
    """

    start: int
    end: int
    indent: float
    room: float
    width: float
    height: float
    baseline: float
    above: float
    is_last: bool
    hangs: bool
    break_after: Literal["", "column", "page"]
    joint: int
    shift: float
    squeezed: float = 0.0
    tabs: dict[int, tuple[float, TabStop]] = field(default_factory=dict)


class Setting(Struct, frozen=True):
    """Where lines are set: the column's width, the default distance of tabs, whether marks may hang, or be squeezed.

    ``grid`` is the distance of the lines that they keep to, 0 for none. With ``has_last_line``, a page break at the end
    leaves an empty line.
    """

    width: float
    default_tab: float
    may_hang: bool
    squeezes: bool = False
    grid: float = 0.0
    has_last_line: bool = False


def break_lines(shaped: ShapedText, format_: ParagraphFormat, mark: RunFormat, setting: Setting) -> tuple[Line, ...]:
    """Return the lines of a paragraph; an empty one has one line, as high as its mark."""
    breaking = Breaking(shaped, format_, mark, setting)
    lines: list[Line] = []
    while not breaking.is_done:
        lines.append(breaking.next())
    return tuple(lines)


class Breaking:
    """A paragraph that is broken line by line, from the character ``start`` on."""

    def __init__(
        self, shaped: ShapedText, format_: ParagraphFormat, mark: RunFormat, setting: Setting, start: int = 0
    ) -> None:
        """Begin with what has to be known of all lines."""
        self._breaker = _Breaker(shaped, format_, setting)
        self._heights = Heights(shaped, format_.line, mark, setting.grid)
        self._shaped, self._keeps_last = shaped, setting.has_last_line
        self._start, self._more = start, False
        self.is_done = False

    def next(self, left: float = 0.0, right: float = 0.0) -> Line:
        """Return the next line, broken off; less of the column is left to it at either side."""
        line, self._start, self._more = self._line(left, right)
        self.is_done = self._start >= len(self._shaped.text) and not self._more
        return line

    def height(self, left: float, right: float) -> float:
        """Return the height that the next line would have."""
        return self._line(left, right)[0].height

    def _line(self, left: float, right: float) -> tuple[Line, int, bool]:
        shaped, start, count = self._shaped, self._start, len(self._shaped.text)
        piece = self._breaker.empty(count) if self._more else self._breaker.line(start, start == 0, left, right)
        more = piece.is_forced and piece.next >= count and (self._keeps_last or shaped.text[-1] not in (COLUMN, PAGE))
        is_last = piece.next >= count and not more
        return _finished(shaped, piece, self._heights.of(piece.start, piece.end, is_last)), piece.next, more


class _Piece(Struct):
    """A line as it is found: its end without trailing spaces and break, and where the next one starts."""

    start: int
    end: int
    next: int
    indent: float
    room: float
    width: float = 0.0
    is_last: bool = True
    is_forced: bool = False
    hangs: bool = False
    joint: int = 0
    shift: float = 0.0
    squeezed: float = 0.0
    tabs: dict[int, tuple[float, TabStop]] = field(default_factory=dict)


def _finished(shaped: ShapedText, piece: _Piece, height: LineHeight) -> Line:
    forced = shaped.text[piece.next - 1 : piece.next] if piece.is_forced else ""
    is_last = piece.is_last or piece.is_forced
    return Line(
        start=piece.start,
        end=piece.end,
        indent=piece.indent,
        room=piece.room,
        width=piece.width,
        height=height.height,
        baseline=height.baseline,
        above=height.above,
        is_last=is_last,
        hangs=piece.hangs,
        break_after="page" if forced == PAGE else "column" if forced == COLUMN else "",
        joint=piece.joint,
        shift=piece.shift,
        squeezed=piece.squeezed,
        tabs=piece.tabs,
    )


class _Breaker:
    """Finds line after line of one paragraph."""

    def __init__(self, shaped: ShapedText, format_: ParagraphFormat, setting: Setting) -> None:
        self._m = shaped
        self._format = format_
        self._setting = setting
        self._full = setting.width - format_.left - format_.right
        self._breaks = shaped.breaks
        self._own = sorted(format_.tabs, key=_position)
        self._hanging = sorted((*format_.tabs, TabStop(format_.left)), key=_position)

    def empty(self, at: int) -> _Piece:
        return _Piece(start=at, end=at, next=at, indent=0.0, room=self._full)

    def line(self, start: int, first: bool, left: float, right: float) -> _Piece:
        m, text, count = self._m, self._m.text, len(self._m.text)
        indent = (self._format.first_line if first else 0.0) + left
        room = self._full - indent - right
        joint, shift = m.remainder(start) if start and start < count else (0, 0.0)
        piece = _Piece(start=start, end=count, next=count, indent=indent, room=room, joint=joint, shift=shift)
        used, at = -m.leads.get(start, 0.0), start
        while True:
            stop = self._next_stop(at)
            over = self._overflow(at, stop, room - used, piece)
            if over is not None:
                return self._broken(piece, over)
            used += m.ends[stop] - m.ends[at] + (shift if at <= joint < stop else 0.0)
            if stop == count:
                piece.width = used - self._spaces(start, stop)
                return piece
            if text[stop] != TAB:
                piece.end, piece.next, piece.is_forced = stop, stop + 1, True
                piece.width = used - self._spaces(start, stop)
                return piece
            width, tab = self._tab(stop, self._format.left + indent + used)
            room = max(room, self._reach(stop, tab) - self._format.left - indent)
            if used + width > room + TOLERANCE and stop > start:
                return self._broken(piece, stop)
            piece.tabs[stop] = (width, tab)
            used += width
            at = stop + 1

    def _next_stop(self, at: int) -> int:
        stops = self._m.stops
        index = bisect_left(stops, at)
        return stops[index] if index < len(stops) else len(self._m.text)

    def _overflow(self, at: int, stop: int, room: float, piece: _Piece) -> int | None:
        """Return the first character in at..stop that does not fit; spaces may always run over."""
        ends = self._m.ends
        limit = ends[at] + room + TOLERANCE
        joint = piece.joint if at <= piece.joint else 0
        moved = limit - piece.shift if at <= joint < stop else limit
        if ends[stop] <= moved:
            return None
        over = bisect_right(ends, limit, at + 1, stop + 1) - 1
        if moved != limit and over >= joint:
            over = bisect_right(ends, moved, joint + 1, stop + 1) - 1
        while over < stop and self._m.text[over] == " ":
            over += 1
        return over if over < stop else None

    def _broken(self, piece: _Piece, over: int) -> _Piece:
        m = self._m
        end = self._hang(piece.start, over)
        piece.hangs = end is not None
        if end is None:
            found = self._last_break(over)
            end = found if found > piece.start else self._forced_break(piece.start, over)
            end = self._squeezed(piece, end) if self._setting.squeezes else end
        piece.tabs = {at: tab for at, tab in piece.tabs.items() if at < end}
        piece.next = end
        piece.is_last = end == len(m.text)
        piece.end, piece.width = self._extent(piece, end)
        piece.width -= piece.squeezed
        return piece

    def _extent(self, piece: _Piece, end: int) -> tuple[int, float]:
        """Return where a line ends without the spaces at its end, and its width."""
        m = self._m
        while end > piece.start + 1 and m.text[end - 1] == " ":
            end -= 1
        tabs = sum(width for at, (width, _) in piece.tabs.items() if at < end)
        own = m.ends[end] - m.ends[piece.start] - m.leads.get(piece.start, 0.0)
        return end, own + (piece.shift if end > piece.joint else 0.0) + tabs

    def _squeezed(self, piece: _Piece, end: int) -> int:
        """Return the end of a line in which marks give way to what follows up to the next legal break, if they can.

        Of 56 pages that Word broke within a paragraph of real files that ask for it, 37 begin where a line of ours
        does by this rule, and 12 without.
        """
        index = bisect_right(self._breaks, end)
        following = self._breaks[index] if index < len(self._breaks) else len(self._m.text)
        if self._next_stop(end) < following or any(tab.alignment != "left" for _, tab in piece.tabs.values()):
            return end
        begin = max([piece.start, *(at for at in piece.tabs if at < end)])
        points, most = self._m.squeezes(begin, following)
        lacking = self._extent(piece, following)[1] - piece.room
        if not 0 < lacking <= most * len(points) + TOLERANCE:
            return end
        piece.squeezed = lacking
        return following

    def _forced_break(self, start: int, over: int) -> int:
        """Break where no break is legal: before what overruns, but not before a Japanese mark that begins no line.

        Where there are but such marks, the line is full.
        """
        full = end = max(over, start + 1)
        while end > start and self._m.kinds[end : end + 1] in _NOT_FIRST:
            end -= 1
        return end if end > start else full

    def _last_break(self, over: int) -> int:
        """Return the last legal break up to an index, -1 where there is none."""
        index = bisect_right(self._breaks, over) - 1
        return layout_rules.path_break(self._m.text, self._breaks[index]) if index >= 0 else -1

    def _hang(self, start: int, over: int) -> int | None:
        """Return the end of a line whose overrunning mark may hang: only where a break after it is legal (6.2)."""
        m, after = self._m, over + 1
        if not (self._setting.may_hang and self._format.hanging_punctuation and over > start):
            return None
        if m.text[over] not in HANGING or not layout_rules.hangs(m.kinds[over - 1] in ASIAN, m.format_at(over).is_cjk):
            return None
        index = bisect_left(self._breaks, after)
        legal = after >= len(m.text) or (index < len(self._breaks) and self._breaks[index] == after)
        return after if legal or m.kinds[after] == "b" else None

    def _spaces(self, start: int, end: int) -> float:
        """Return the width of the spaces before ``end``: they stand past a line's end, as in Word and LibreOffice."""
        ends, last = self._m.ends, end
        while last > start and self._m.text[last - 1] == " ":
            last -= 1
        return ends[end] - ends[last]

    def _reach(self, at: int, tab: TabStop) -> float:
        """Return how far into the column text may go after a tab; a stop beyond the right indent takes it along."""
        if tab.position <= self._setting.width - self._format.right or tab not in self._format.tabs:
            return 0.0
        return max(self._setting.width, tab.position + self._beyond(at, tab))

    def _beyond(self, at: int, tab: TabStop) -> float:
        """Return how much of the text after a tab stands to the right of its stop."""
        before, rest = self._rest(at, tab)
        return {"left": 0.0, "center": rest / 2, "right": 0.0}.get(tab.alignment, rest - before)

    def _rest(self, at: int, tab: TabStop) -> tuple[float, float]:
        """Return the width of the text after a tab, up to its decimal point if the stop asks for it, and of all of
        it.
        """
        end = self._next_stop(at + 1)
        point = self._m.text.find(".", at + 1, end) if tab.alignment == "decimal" else -1
        begin = self._m.ends[at + 1]
        return self._m.ends[point if point >= 0 else end] - begin, self._m.ends[end] - begin

    def _tab(self, at: int, x: float) -> tuple[float, TabStop]:
        """Return the width of the tab at an index that begins at ``x`` of the column (17.3.1.37)."""
        tab = self._placed_stop(self._m.placed[at]) if at in self._m.placed else self._next_tab(x)
        if tab.alignment == "left":
            return max(0.0, tab.position - x), tab
        rest, _ = self._rest(at, tab)
        space = tab.position - x - (rest / 2 if tab.alignment == "center" else rest)
        if space < 0:
            space = max(0.0, self._setting.width - self._format.right - x - rest)
        return space, tab

    def _placed_stop(self, tab: Tab) -> TabStop:
        """Return the stop of a tab that goes to the left, the middle or the right of its line (17.3.3.23)."""
        begin, end = 0.0, self._setting.width
        if tab.indented:
            begin, end = self._format.left, end - self._format.right
        alignment = tab.alignment or "left"
        return TabStop({"center": (begin + end) / 2, "right": end}.get(alignment, begin), alignment, tab.leader)

    def _next_tab(self, x: float) -> TabStop:
        stops = self._stops(x)
        index = bisect_right(stops, x + 0.01, key=_position)
        if index < len(stops):
            return stops[index]
        distance = self._setting.default_tab
        return TabStop((int((x + 0.01) / distance) + 1) * distance)

    def _stops(self, x: float) -> list[TabStop]:
        """Return the stops in their order; a hanging indent is one too (17.15.3.5)."""
        hangs = self._format.first_line < 0 and x < self._format.left - 0.01
        return self._hanging if hangs else self._own
