"""Cells exchanged, copied and moved: words of another cell are never a plain change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random

from docx.document import Document
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from lxml import etree

from pipeline.departments.returned.alignment import plain
from pipeline.documents.docx.markup import W
from pipeline.model.correspondence import Kind, Mark
from tests.departments.returned.damage import Bench, Damaged
from tests.departments.returned.post import INDICATORS, INITIATIVES, OPINIONS, Post, cell, sent_project, trimmed, write
from tests.examples import tried
from tests.project import YEAR, copy_project

_TEXT = "word/document.xml"
Rows = list[list[etree._Element]]


def rows_of(table: etree._Element) -> Rows:
    return [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")]


def content(one: etree._Element) -> list[etree._Element]:
    return [child for child in one if child.tag != f"{W}tcPr"]


def put(target: etree._Element, children: list[etree._Element]) -> None:
    for child in content(target):
        target.remove(child)
    target.extend(children)


def exchange(rows: Rows, dice: Random) -> None:
    row = dice.choice(rows)
    one, other = dice.choice(row), dice.choice([*row, *dice.choice(rows)])
    if one is not other:
        first, second = content(one), content(other)
        put(one, second)
        put(other, first)


def copy_over(rows: Rows, dice: Random) -> None:
    one, other = dice.choice(dice.choice(rows)), dice.choice(dice.choice(rows))
    put(other, [deepcopy(child) for child in content(one)])


def exchange_columns(rows: Rows, dice: Random) -> None:
    width = min(len(row) for row in rows)
    a, b = dice.randrange(width), dice.randrange(width)
    for row in rows if a != b else []:
        one, other = row[a], row[b]
        first, second = content(one), content(other)
        put(one, second)
        put(other, first)


def turn(rows: Rows, dice: Random) -> None:
    """Move a cell elsewhere in its row."""
    row = dice.choice(rows)
    parent = row[0].getparent()
    assert parent is not None
    moved = row.pop(dice.randrange(len(row)))
    parent.remove(moved)
    parent.insert(dice.randint(len(parent) - len(row), len(parent)), moved)


def said(paragraph: etree._Element) -> str:
    return plain("".join(t.text or "" for t in paragraph.iter(f"{W}t")))


def touch(rows: Rows, dice: Random) -> dict[str, str]:
    """Edit one character somewhere; gives what the line was before, by what it is now."""
    texts = [t for row in rows for one in row for t in one.iter(f"{W}t") if t.text and len(t.text) > 15]
    if not texts:
        return {}
    text = dice.choice(texts)
    paragraph = next(text.iterancestors(f"{W}p"))
    before, at = said(paragraph), dice.randrange(len(text.text or ""))
    text.text = f"{(text.text or '')[:at]}新{(text.text or '')[at + 1 :]}"
    return {said(paragraph): before}


DEEDS: tuple[Callable[[Rows, Random], None], ...] = (exchange, copy_over, exchange_columns, turn)


def foreign(bench: Bench, path: str) -> Iterator[str]:
    """Yield the lines that stood in other cells of the sheet: of labels and of other fields; bare figures left out."""
    own = {
        plain(line)
        for spot in bench.issue.spots
        for piece in spot.recipe
        if isinstance(piece, Mark) and piece.path == path
        for line in piece.shown.split("\n")
    }
    for one in etree.fromstring(bench.parts[_TEXT]).iter(f"{W}tc"):
        for paragraph in one.iter(f"{W}p"):
            text = said(paragraph)
            if text and text not in own and any(c.isalpha() for c in text):
                yield text


@tried(80, [HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_words_of_another_cell_are_never_a_plain_change(bench: Bench, seed: int) -> None:
    dice = Random(seed)
    body = etree.fromstring(bench.parts[_TEXT])
    before: dict[str, str] = {}
    for _ in range(dice.randint(1, 2)):
        tables = list(body.iter(f"{W}tbl"))
        rows = rows_of(dice.choice([*tables, *[tables[INITIATIVES]] * len(tables)]))  # where most texts are
        dice.choice(DEEDS)(rows, dice)
        if dice.random() < 0.7:
            before |= touch(rows, dice)
    for proposal in bench.read(Damaged(body, dict(bench.parts), dice)):
        if proposal.kind is Kind.CHANGE:
            lines = [plain(line) for line in proposal.new.split("\n")]
            strange = set(foreign(bench, proposal.path or "")) & {before.get(line, line) for line in lines}
            assert not strange, proposal


def kinds(post: Post) -> dict[str | None, Kind]:
    return {proposal.path: proposal.kind for proposal in post.collect()}


RESULTS, EVALUATION = ("measures/1-2.yaml#initiatives.siting." + name for name in ("results", "evaluation"))
ACTUAL = "measures/1-2.yaml#actuals.siting-designations.R2"


def texts(document: Document, *places: tuple[int, int, int]) -> list[str]:
    return [cell(document, *place).text for place in places]


def swap(document: Document, one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    first, second = texts(document, one, other)
    write(cell(document, *one), second)
    write(cell(document, *other), first)


def test_two_exchanged_fields_with_an_edit_are_asked_about(post: Post) -> None:
    def edit(document: Document) -> None:
        swap(document, (INITIATIVES, 1, 1), (INITIATIVES, 1, 2))
        one = cell(document, INITIATIVES, 1, 1)
        write(one, one.text[:-1] + "！")

    post.edited(edit)
    found = kinds(post)
    assert (found[RESULTS], found[EVALUATION]) == (Kind.QUESTION, Kind.QUESTION)


def test_exchanged_columns_are_asked_about_whatever_stands_in_them_now(post: Post) -> None:
    """The heads of the columns tell, where departments wrote anew below them."""

    def edit(document: Document) -> None:
        swap(document, (INITIATIVES, 0, 1), (INITIATIVES, 0, 2))
        write(cell(document, INITIATIVES, 1, 1), "今後は相談の窓口を広げる。")

    post.edited(edit)
    (proposal,) = [p for p in post.collect() if p.path == RESULTS]
    assert proposal.kind is Kind.QUESTION
    assert "見出し" in proposal.why


def test_two_exchanged_figures_are_asked_about(post: Post) -> None:
    actual, target = (INDICATORS, 2, 3), (INDICATORS, 1, 3)
    post.edited(lambda document: swap(document, actual, target))
    assert kinds(post)[ACTUAL] is Kind.QUESTION


def test_a_label_in_a_field_is_asked_about(post: Post) -> None:
    post.edited(lambda document: swap(document, (OPINIONS, 0, 1), (INITIATIVES, 1, 1)))
    assert kinds(post)[RESULTS] is Kind.QUESTION


def test_a_plain_edit_stays_plain(post: Post) -> None:
    def edit(document: Document) -> None:
        one = cell(document, INITIATIVES, 1, 1)
        write(one, one.text.replace("対面", "訪問"))

    post.edited(edit)
    assert kinds(post) == {RESULTS: Kind.CHANGE}


def test_a_figure_as_its_neighbour_says_is_plain_where_it_was_asked_for(tmp_path: Path) -> None:
    """A target that was just met."""
    root = trimmed(copy_project(tmp_path))
    path = root / "inputs" / YEAR / "measures" / "1-2.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("siting-designations: {R2: 90}", "siting-designations: {R2: 集計中}"), encoding="utf-8"
    )
    post = Post(sent_project(root))
    post.edited(lambda document: write(cell(document, INDICATORS, 2, 3), cell(document, INDICATORS, 1, 3).text))
    assert kinds(post) == {ACTUAL: Kind.CHANGE}
