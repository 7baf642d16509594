"""What a comparison prints: a table of all documents, what differs, and whether the goals are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from tests.compare.faults import GENERAL, OF_LINES
from tests.compare.lines import Line
from tests.compare.matching import Comparison, Difference, Pair

GOAL_LINES = 99.7
"""The share (%) of lines that are the same, with those that a fault of LibreOffice explains left out."""
GOAL_LINES_OF_CASES = 99.0
"""The same share for layout cases and made-up sheets."""
GOAL_APART = 0.1
"""How far (pt) 95 % of the lines may be from their twins."""
_NAME = 40
_SHOWN = 24
_HEAD = (
    "文書",
    "頁",
    "改頁",
    "行",
    "一致",
    "LO起因",
    "相違",
    "縦 中央",
    "95%",
    "最大",
    "横 中央",
    "95%",
    "最大",
    "行内95%",
)


def table(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """Yield the lines of the table, one document each, and the sum."""
    yield _row(_HEAD)
    for comparison in comparisons:
        pages = {str(count): None for count in comparison.pages}
        yield _row((comparison.name, "/".join(pages), *_figures([comparison])))
    yield _row(("計", str(sum(c.pages[0] for c in comparisons)), *_figures(comparisons)))


def _figures(comparisons: Sequence[Comparison]) -> Iterator[str]:
    pairs = [pair for c in comparisons for pair in c.pairs]
    lines, excused = sum(c.lines for c in comparisons), sum(c.excused for c in comparisons)
    yield f"{sum(c.same_breaks for c in comparisons)}/{sum(c.breaks for c in comparisons)}"
    yield from map(str, (lines, len(pairs), excused, lines - excused - len(pairs)))
    for values in ([abs(pair.down) for pair in pairs], [abs(pair.right) for pair in pairs]):
        yield from (f"{_share(values, share):.2f}" for share in (0.5, 0.95, 1.0))
    yield f"{_share([pair.inside for pair in pairs], 0.95):.2f}"


def _share(values: Iterable[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _row(cells: Sequence[str]) -> str:
    return _padded(cells[0], _NAME) + "".join(_padded(cell, 8, right=True) for cell in cells[1:])


def _padded(text: str, width: int, right: bool = False) -> str:
    """Fill up with spaces; Japanese characters take two columns."""
    kept = ""
    for character in text:
        if _columns(kept + character) > width:
            break
        kept += character
    fill = " " * (width - _columns(kept))
    return fill + kept if right else kept + fill


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "FWA" else 1 for character in text)


def differences(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Yield a line for each difference: what stands in the one and in the other PDF."""
    for comparison in comparisons:
        for difference in comparison.differences:
            yield f"{comparison.name} {difference.page + 1}頁 {_told(difference)}"


def _told(difference: Difference) -> str:
    cause = f"【{difference.fault}】" if difference.fault else ""
    return f"{cause}本製品: {_line(difference.ours)} ／ LibreOffice: {_line(difference.office)}"


def _line(line: Line | None) -> str:
    return "―" if line is None else f"「…{line.text[-_SHOWN:]}」({line.xs[0]:.1f}, {line.y:.1f})"


def faults(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Yield the faults of LibreOffice with their evidence, and how many lines each touches."""
    counts = Counter(difference.fault for c in comparisons for difference in c.differences)
    for name, (_, evidence) in OF_LINES.items():
        yield f"・{name}: {counts[name]}行。{evidence}"
    for name, evidence in GENERAL.items():
        yield f"・{name}: {evidence}"


def goals(comparisons: Sequence[Comparison]) -> Iterator[tuple[str, bool]]:
    """Yield each goal of the report's own documents with what was reached, and whether that meets it."""
    pairs: list[Pair] = [pair for c in comparisons for pair in c.pairs]
    breaks, same = sum(c.breaks for c in comparisons), sum(c.same_breaks for c in comparisons)
    apart = _share([pair.apart for pair in pairs], 0.95)
    yield f"改ページが同じ: {same}/{breaks}（目標 すべて）", same == breaks
    yield _goal_of_lines(comparisons, GOAL_LINES)
    yield f"行の位置のずれ（95%の行）: {apart:.3f}pt（目標 {GOAL_APART}pt以内）", round(apart, 3) <= GOAL_APART


def goals_of_cases(comparisons: Sequence[Comparison]) -> Iterator[tuple[str, bool]]:
    """Yield the goal of documents that only try the layout."""
    yield _goal_of_lines(comparisons, GOAL_LINES_OF_CASES)


def _goal_of_lines(comparisons: Sequence[Comparison], goal: float) -> tuple[str, bool]:
    counted = sum(c.lines - c.excused for c in comparisons)
    lines = 100 * sum(len(c.pairs) for c in comparisons) / counted if counted else 0.0
    return f"同じページの同じ行: {lines:.2f}%（目標 {goal}%以上、LibreOffice起因を除く）", lines >= goal
