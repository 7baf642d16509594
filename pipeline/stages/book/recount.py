"""Counts of several judgements and of choices in the filled summary, held to the ratings that it lists.

A count stands on a line with the judgement's name (「推移」は、上昇 3、下降 1です。), beside it in a table, or in the
rows below it, a rating a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.diagnostics import squeezed
from pipeline.model.form import Holder
from pipeline.model.results import Results
from pipeline.wording import choices, fields

Line = Sequence[str]
"""A row's cells, or a paragraph outside of tables."""
Table = Sequence[Sequence[str]]


class Counted(Struct, frozen=True):
    """What is to be counted under a ``name``: how often each word was printed, and the texts that stand for a word."""

    name: str
    counts: Mapping[str, int]
    words: Mapping[str, str]

    def fits(self, line: Line) -> bool:
        """Return whether the counts that a line tells, if it does, are these."""
        text = "　".join(line)
        told = {word: found[1] for word in self.words.values() if (found := _count_of(word, text))}
        if not told:
            return True
        total = re.search(r"全(\d+)", text)
        right = all(int(number) == self.counts.get(word, 0) for word, number in told.items())
        whole = all(word in told for word, count in self.counts.items() if count)
        return right and whole and (total is None or int(total[1]) == sum(self.counts.values()))

    def fits_row(self, row: Line) -> bool:
        """Return whether a row below the name, that begins with a rating, has its number."""
        word = self.words.get(squeezed(row[0])) if row else None
        numbers = [cell.strip() for cell in row[1:] if cell.strip().isdecimal()]
        return word is None or not numbers or str(self.counts.get(word, 0)) in numbers


def wrong(results: Results, lines: Sequence[Line], tables: Sequence[Table], named: Collection[str]) -> Iterator[str]:
    """Return the names of what is counted otherwise than it is listed or, where the summary has no list, was entered;
    ``tables`` are without white space, ``named`` is what the template prints.
    """
    in_rows = any(f"総括.{each}.区分.数" in named for each in ("判定一覧", "選択肢一覧"))
    by_name: dict[str, list[Counted]] = {}
    for one in (*_judgements(results, tables), *_choices(results, tables, named)):
        by_name.setdefault(one.name, []).append(one)
    below = ""
    for line in lines:
        about = [name for name in by_name if any(_is_named(name, cell) for cell in line)]
        heads = bool(about) or (len(line) == 1 and bool(line[0].strip()))
        below = (about[0] if len(about) == 1 else "") if heads else below
        unlike = {name for name in about if len(about) == 1 and not any(one.fits(line) for one in by_name[name])}
        rows = in_rows and below and not any(one.fits_row(line) for one in by_name[below])
        yield from unlike or ({below} if rows else ())


def _judgements(results: Results, tables: Sequence[Table]) -> Iterator[Counted]:
    report = results.evaluation.report
    places = results.assessments
    for number, scheme in enumerate(report.schemes if report.show_rates else ()):
        printed = [place.judgements[number].printed for place in places]
        words = {squeezed(form): one.label or one.mark for one in printed for form in (one.label, one.mark + one.label)}
        words |= {squeezed(one.label): one.label for one in scheme.method.bands}
        listed = _column(scheme.name, len(places), tables)
        counts = [words.get(cell, "") for cell in listed] if listed else [one.label or one.mark for one in printed]
        yield Counted(scheme.name, Counter(counts), {form: word for form, word in words.items() if form})


def _choices(results: Results, tables: Sequence[Table], named: Collection[str]) -> Iterator[Counted]:
    """Yield the counts of choices in the whole plan and, where the template has them, below each node."""
    evaluation = results.evaluation
    of_nodes = any(f"{each}.選択肢一覧.名称" in named for each in ("階層一覧", "総括.基本目標"))
    nodes = [node.goal.id for node in results.nodes] if of_nodes else []
    for field in choices.fields(evaluation.form):
        words = {squeezed(word): word for word in (*field.choices, fields.YES, fields.NO, choices.BLANK)}
        for node in ("", *nodes):
            found = [fields.printed(field, value, "") for value in choices.entered(field, evaluation, node)]
            listed = _column(field.name, len(found), tables) if field.on is Holder.MEASURE and not node else ()
            yield Counted(field.name, Counter(word or choices.BLANK for word in listed or found), words)


def _column(name: str, length: int, tables: Sequence[Table]) -> Sequence[str]:
    """Return the texts below a heading, in the table that has so many rows; nothing where none has."""
    for table in tables:
        heads = table[0] if table else ()
        rows = [row for row in table[1:] if len(row) == len(heads)]
        if squeezed(name) in heads and len(rows) == length:
            return [row[heads.index(squeezed(name))] for row in rows]
    return ()


def _is_named(name: str, cell: str) -> bool:
    """Return whether a cell or a paragraph is about what has a name, not about what has a longer one."""
    text = cell.strip()
    begun = re.search(rf"「{re.escape(name)}」|^{re.escape(name)}[\s:：（(]", text)
    return squeezed(text) == squeezed(name) or begun is not None


def _count_of(word: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<![^\s、は：:）)「]){re.escape(word)}[ 」](\d+)(?!\d)", text)
