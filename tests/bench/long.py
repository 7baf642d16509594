"""A long Word file whose every page differs: a heading, paragraphs, a table, a footer with the number of pages."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.documents.docx.docx_files import docx, element, p, r, row, section, table

WORDS = (
    "施策",
    "事業",
    "地域",
    "交流",
    "支援",
    "市民",
    "計画",
    "推進",
    "整備",
    "産業",
    "雇用",
    "観光",
    "防災",
    "環境",
    "教育",
)
BORDERS = "".join(f"<w:{side} w:val='single' w:sz='4'/>" for side in ("top", "bottom", "insideH", "insideV"))
HEAD = "<w:tblHeader/>"
FIELDS = "<w:fldSimple w:instr='PAGE'/>" + r(" / ") + "<w:fldSimple w:instr='NUMPAGES'/>"


def sentence(chance: random.Random, length: int) -> str:
    """Return about so many characters that are hardly ever the same twice."""
    words: list[str] = []
    while sum(map(len, words)) < length:
        words.append(chance.choice(WORDS) + chance.choice("のをにとがは"))
        if chance.random() < 0.1:
            words.append(f"{chance.randint(1, 9999):,}件、")
    return "".join(words) + "実施した。"


def page(number: int, chance: random.Random) -> Iterator[str]:
    """Yield a page of about 1,300 characters; it begins with a heading."""
    yield p(f"{number}　{sentence(chance, 8)}", "<w:outlineLvl w:val='0'/><w:pageBreakBefore/>", "<w:b/>")
    yield from (p(sentence(chance, chance.randint(60, 120))) for _ in range(6))
    cells = ([sentence(chance, chance.randint(4, 16)) for _ in range(4)] for _ in range(6))
    rows = [row(*texts, properties="" if index else HEAD) for index, texts in enumerate(cells)]
    yield table([2400] * 4, rows, f"<w:tblBorders>{BORDERS}</w:tblBorders>")
    yield from (p(sentence(chance, chance.randint(60, 120))) for _ in range(4))


def long_docx(pages: int) -> bytes:
    """Make a Word file of so many A4 pages; the same every time."""
    chance = random.Random(pages)
    body = "".join(block for number in range(1, pages + 1) for block in page(number, chance))
    end = section(11906, 16838, "<w:footerReference w:type='default' r:id='f'/>", margin=1134)
    return docx(body, end=end, related={"f": ("footer", "f.xml")}, parts={"f.xml": element("ftr", p(extra=FIELDS))})


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(long_docx(int(sys.argv[1])))
