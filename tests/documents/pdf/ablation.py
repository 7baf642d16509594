"""What each rule of ``pipeline/documents/pdf/layout_rules.py`` changes: it is turned off, and all is laid out again.

``python -m tests.documents.pdf.ablation FOLDER`` prints, for all Word files below the folder, how many lines hold
other text, how many stand elsewhere by a tenth of a point, and how many pages begin otherwise.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from pipeline.documents.docx import read
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.pdf import faces, header_footer, lay_out, layout_rules, set_text
from pipeline.documents.pdf.boxes import Page, TextBox

OFF: Mapping[str, object] = {
    "AUTO_SPACE": 0.25,
    "BOLD_OUTLINE": 0.0,
    "SLANT": 0.0,
    "EXACT_BASELINE": 0.88,
    "advance": lambda em, size: em * size,
    "filling": lambda _: 0.0,
    "path_break": lambda _, found: found,
    "hangs": lambda *_: True,
    "enclosed_numbers": lambda kinds: kinds.replace("N", "E"),
    "tightening": lambda _: 0.0,
    "multiplied": lambda height, factor: height * factor,
    "lacking": lambda height, factor: height * (1 - factor),
    "column_widths": lambda columns, _: columns,
    "column_edges": lambda columns: columns,
    "border_shift": lambda *_: 0.0,
    "cell_margin": min,
    "begins_split": lambda *_: True,
    "breaks_within": lambda *_: True,
}
"""What stands for each rule when it is turned off."""
Seen = tuple[int, str, float, float]


@contextmanager
def without(rule: str) -> Iterator[None]:
    """Turn a rule off."""
    with patch.object(layout_rules, rule, OFF[rule]):
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Forget what was worked out by other rules."""
    for known in (faces._widths, set_text._known, header_footer._placed):
        known.cache_clear()


def laid_out(data: bytes) -> list[Seen]:
    """Return the lines of a document: page, text, left end and baseline; nothing where it is refused."""
    try:
        pages = lay_out(read(data, "x.docx")).pages
    except DocxError:
        return []
    return [line for number, page in enumerate(pages) for line in _lines(number, page)]


def _lines(number: int, page: Page) -> Iterator[Seen]:
    """Yield what stands at one height as one line, however it is divided into boxes."""
    heights: dict[float, list[TextBox]] = {}
    for box in page.boxes:
        if isinstance(box, TextBox):
            heights.setdefault(round(box.baseline, 1), []).append(box)
    for baseline, boxes in heights.items():
        boxes.sort(key=lambda box: box.x)
        yield number, "".join(box.text for box in boxes), round(boxes[0].x, 1), baseline


def changes(before: list[Seen], after: list[Seen]) -> tuple[int, int, int]:
    """Count the lines of other text, those that stand elsewhere, and the pages that begin otherwise."""
    texts = Counter(text for _, text, _, _ in before) - Counter(text for _, text, _, _ in after)
    places = Counter(before) - Counter(after)
    first, other = ({number: text for number, text, _, _ in reversed(seen)} for seen in (before, after))
    return texts.total(), places.total(), sum(other.get(number) != text for number, text in first.items())


def main(folder: Path) -> None:
    """Print a line a rule."""
    documents = [path.read_bytes() for path in sorted(folder.rglob("*.docx"))]
    before = [laid_out(data) for data in documents]
    sys.stdout.write(f"{len(documents)} files, {sum(map(len, before))} lines\n")
    for rule in OFF:
        with without(rule):
            after = [laid_out(data) for data in documents]
        found = [sum(each) for each in zip(*map(changes, before, after), strict=True)]
        sys.stdout.write("{:18} other text {:5}, elsewhere {:5}, page breaks {:3}\n".format(rule, *found))
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
