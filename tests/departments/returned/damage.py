"""Seeded damage to a sheet, as careless hands and odd programs do it, and what must hold of its reading all the same.

Every cell remembers where it stood when the sheet was sent (an attribute that is taken off before the file is packed).
So it is known, apart from what the reader finds, which texts were put where.
``python -m tests.departments.returned.damage 1000 7`` makes a thousand damaged sheets from the seed 7 and tells what
did not hold.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from lxml import etree
from msgspec.structs import replace as replaced

from pipeline.departments import returned
from pipeline.departments.issued import input_places, records
from pipeline.departments.issued.asking import Asking
from pipeline.departments.returned.alignment import plain
from pipeline.documents.docx.markup import W
from pipeline.model.correspondence import Decision, Issue, Kind, Mark, Proposal, Verdict
from tests.departments.returned.post import packed, sent_project, trimmed
from tests.project import YEAR, copy_project
from tests.stages.compute.examples import FORM

_MEASURE = "1-2"
_TEXT = "word/document.xml"
_ORIGIN = "origin"
_LETTERS = "業務改善連携推進令和達成見込窓口相談１２３45６.%、。「」 　\u00a0(A)b"
_DROPPED = ("docProps/custom.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml", "word/numbering.xml")


@dataclass
class Damaged:
    """A sheet under damage: its text as a tree, its other parts, and what was done to it."""

    body: etree._Element
    parts: dict[str, bytes]
    dice: Random
    tokens: list[str] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)

    def any(self, *names: str) -> etree._Element:
        """Choose an element by its names."""
        return self.dice.choice(list(self.body.iter(*(W + name for name in names))))

    def text(self) -> etree._Element:
        """Choose a piece of text."""
        return self.dice.choice([t for t in self.body.iter(f"{W}t") if t.text])


def insert(sheet: Damaged) -> None:
    """Type something that stands nowhere else."""
    piece = sheet.text()
    token = f"〔{len(sheet.tokens)}{''.join(sheet.dice.choices(_LETTERS, k=3)).strip()}〕"
    sheet.tokens.append(token)
    text = piece.text or ""
    at = sheet.dice.randint(0, len(text))
    piece.text = text[:at] + token + text[at:]


def erase(sheet: Damaged) -> None:
    """Take characters away."""
    piece = sheet.text()
    text = piece.text or ""
    at = sheet.dice.randrange(len(text))
    piece.text = text[:at] + text[at + sheet.dice.randint(1, 12) :]


def replace(sheet: Damaged) -> None:
    """Type over characters."""
    piece = sheet.text()
    text = piece.text or ""
    at = sheet.dice.randrange(len(text))
    piece.text = text[:at] + "".join(sheet.dice.choices(_LETTERS, k=2)) + text[at + 2 :]


def track(sheet: Damaged) -> None:
    """Mark a run as inserted or deleted."""
    run = sheet.dice.choice([r for r in sheet.body.iter(f"{W}r") if r.find(f"{W}t") is not None])
    change = etree.Element(W + sheet.dice.choice(["ins", "del", "moveTo", "moveFrom"]))
    change.set(f"{W}id", "7")
    change.set(f"{W}author", "商工 花子")
    run.addprevious(change)
    change.append(run)
    if change.tag in (f"{W}del", f"{W}moveFrom"):
        for text in run.iter(f"{W}t"):
            text.tag = f"{W}delText"


def remove(*names: str) -> Callable[[Damaged], None]:
    """Make a deed that takes an element away; a cell keeps a paragraph, as the format demands."""

    def deed(sheet: Damaged) -> None:
        element = sheet.any(*names)
        parent = element.getparent()
        assert parent is not None
        if len(parent.findall(element.tag)) > 1:
            parent.remove(element)

    return deed


def repeat(*names: str) -> Callable[[Damaged], None]:
    """Make a deed that puts a copy beside an element, or after another of its kind."""

    def deed(sheet: Damaged) -> None:
        element = sheet.any(*names)
        (sheet.any(*names) if sheet.dice.random() < 0.5 else element).addnext(deepcopy(element))

    return deed


def move(*names: str) -> Callable[[Damaged], None]:
    """Make a deed that takes an element elsewhere, among those of its kind."""

    def deed(sheet: Damaged) -> None:
        element, other = sheet.any(*names), sheet.any(*names)
        parent = element.getparent()
        assert parent is not None
        if other not in element.iter() and element not in other.iter() and len(parent.findall(element.tag)) > 1:
            other.addnext(element)

    return deed


def rename_mark(sheet: Damaged) -> None:
    """Give a bookmark another name, or that of another one."""
    mark, other = sheet.any("bookmarkStart"), sheet.any("bookmarkStart")
    mark.set(f"{W}name", sheet.dice.choice(["_Toc1", other.get(f"{W}name", "")]))


def exchange_texts(sheet: Damaged) -> None:
    """Exchange two texts."""
    one, other = sheet.text(), sheet.text()
    one.text, other.text = other.text, one.text


def drop_part(sheet: Damaged) -> None:
    """Lose a part of the package."""
    sheet.parts.pop(sheet.dice.choice(_DROPPED), None)


LIGHT = (insert, erase, replace, track)
HEAVY = (
    remove("p"), remove("tr"), remove("tc"), remove("tbl"), remove("bookmarkStart"), remove("r"),
    repeat("p"), repeat("tr"), repeat("tc"), repeat("tbl"),
    move("p"), move("tr"), move("tc"), move("tbl"), move("bookmarkStart"),
    rename_mark, exchange_texts, drop_part,
)  # fmt: skip


class Bench:
    """A sheet that was sent, and a desk to read what came back."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "inputs" / YEAR
        (self.folder / "returned").mkdir()
        self.texts = {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in [*self.folder.glob("measures/*.yaml"), self.folder / "strategy.yaml"]
        }
        issues = records.load(self.folder, root).value or ()
        self.issue = next(issue for issue in issues if issue.identity.measure == _MEASURE)
        self.paths = [path for issue in issues for path in issue.values]
        now = input_places.values(self.texts, self.paths, FORM)
        self.case = returned.CollectContext(
            self.folder, YEAR, Asking(FORM, "R2"), issues, now, (), lambda data, kind: None
        )
        with zipfile.ZipFile(io.BytesIO(records.sent(self.folder, self.issue))) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def damaged(self, seed: int) -> Damaged:
        """Damage the sheet: light damage only, or heavy damage too."""
        body = etree.fromstring(self.parts[_TEXT])
        for table, rows in enumerate(body.iter(f"{W}tbl")):
            for row, cells in enumerate(rows.iter(f"{W}tr")):
                for place, cell in enumerate(cells.iter(f"{W}tc")):
                    cell.set(_ORIGIN, f"{table},{row},{place}")
        sheet = Damaged(body, dict(self.parts), Random(seed))
        deeds = LIGHT if seed % 3 == 0 else (*LIGHT, *HEAVY)
        for _ in range(sheet.dice.randint(1, 4)):
            deed = sheet.dice.choice(deeds)
            sheet.deeds.append(deed.__qualname__)
            deed(sheet)
        return sheet

    def read(self, sheet: Damaged) -> tuple[Proposal, ...]:
        """Send the sheet back, and give what it proposes."""
        bare = deepcopy(sheet.body)
        etree.strip_attributes(bare, _ORIGIN)
        sheet.parts[_TEXT] = etree.tostring(bare, encoding="UTF-8", xml_declaration=True)
        (self.folder / "returned" / "回答.docx").write_bytes(packed(sheet.parts))
        (found,) = returned.collect(self.case)
        return found.proposals

    def faults(self, seed: int) -> Iterator[str]:
        """Yield what does not hold of a damaged sheet."""
        sheet = self.damaged(seed)
        proposals = self.read(sheet)
        if any(proposal.kind is Kind.REFUSED for proposal in proposals):
            return
        final = final_cells(sheet.body)
        said = [plain(proposal.new) for proposal in proposals]
        for token in sheet.tokens:
            if token in "".join(final.everything) and not any(plain(token) in text for text in said):
                yield f"{seed} lost: {token} {sheet.deeds}"
        for proposal in (p for p in proposals if p.kind is Kind.CHANGE):
            own = [text for place in places_of(self.issue, proposal.path or "") for text in final.at.get(place, ())]
            if not any(is_within(proposal.new, text) for text in own):
                yield f"{seed} misplaced: {proposal.path} {proposal.new[:40]} {sheet.deeds}"
        yield from self.unsaid(sheet, final, proposals, seed)
        yield from self.miswritten(proposals, seed)

    def unsaid(self, sheet: Damaged, final: Final, proposals: tuple[Proposal, ...], seed: int) -> Iterator[str]:
        """A text of the sent sheet that is nowhere now must have been told: itself, or its row or table as a whole."""
        now = {plain(text) for text in final.everything}
        told = [plain(proposal.old) for proposal in proposals]
        deleted = {p.place for p in proposals if p.kind in (Kind.MISSING, Kind.OUTSIDE) and "削除されて" in p.why}
        for table, row, text in self.sent_texts():
            if not plain(text) or plain(text) in now or {f"表{table + 1}", f"表{table + 1}の{row + 1}行目"} & deleted:
                continue
            if not any(plain(text) in old or (old and old in plain(text)) for old in told):
                yield f"{seed} unsaid: {text[:30]} {sheet.deeds}"

    def miswritten(self, proposals: tuple[Proposal, ...], seed: int) -> Iterator[str]:
        """What is accepted is written as proposed, and nothing else; nothing is where nothing is accepted."""
        plainly = tuple(p for p in proposals if p.kind is Kind.CHANGE)
        accepted = tuple(replaced(p, decision=Decision(Verdict.ACCEPT)) for p in plainly)
        books = returned.Books(self.texts, self.case.now, {}, "", "", FORM)
        sources = returned.sources(proposals, self.case.now)
        for chosen in ((), accepted):
            done = returned.apply(returned.ProposalList(sources, (*proposals, *chosen)), books, "proposals.yaml")
            written = {entry.path for entry in done.entries}
            wanted = {p.path: p.new for p in chosen if p.path in written or not done.held}
            if done.held and written.issuperset(p.path for p in chosen):
                yield f"{seed} written, and said not to be"
            after = input_places.values({**self.texts, **done.texts}, self.paths, FORM)
            for path, value in after.items():
                if value.text != wanted.get(path, self.case.now[path].text):
                    yield f"{seed} miswritten: {path} {value.text[:40]}"

    def sent_texts(self) -> Iterator[tuple[int, int, str]]:
        """Yield the texts of the tables as sent, with the numbers of table and row."""
        for table, rows in enumerate(etree.fromstring(self.parts[_TEXT]).iter(f"{W}tbl")):
            for row, cells in enumerate(rows.iter(f"{W}tr")):
                yield from ((table, row, _text(paragraph)) for paragraph in cells.iter(f"{W}p"))


@dataclass(frozen=True)
class Final:
    """The texts of a damaged sheet, all changes accepted: of cells by where they came from, and of all paragraphs."""

    at: Mapping[str, list[str]]
    everything: list[str]


def final_cells(body: etree._Element) -> Final:
    """Read the texts anew, by rules of their own."""
    at: dict[str, list[str]] = {}
    for cell in body.iter(f"{W}tc"):
        at.setdefault(cell.get(_ORIGIN, ""), []).append("".join(_text(p) for p in cell.iter(f"{W}p")))
    return Final(at, [_text(paragraph) for paragraph in body.iter(f"{W}p")])


def _text(paragraph: etree._Element) -> str:
    gone = (f"{W}moveFrom", f"{W}del")
    texts = (t for t in paragraph.iter(f"{W}t") if next(t.iterancestors(*gone), None) is None)
    return "".join(t.text or "" for t in texts)


def places_of(issue: Issue, path: str) -> list[str]:
    """Return the cells that print a place of the inputs."""
    return [
        f"{spot.table},{spot.row},{spot.cell}"
        for spot in issue.spots
        if any(isinstance(piece, Mark) and piece.path == path for piece in spot.recipe)
    ]


def is_within(new: str, text: str) -> bool:
    """Return whether all lines of a proposed text stand in a cell's text."""
    return all(plain(line) in plain(text) for line in new.split("\n"))


def main(count: int, start: int) -> None:
    """Damage many sheets, and tell what did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sent_project(trimmed(copy_project(Path(folder)))))
        found = [fault for seed in range(start, start + count) for fault in bench.faults(seed)]
    sys.stdout.write("\n".join([*found, f"{count} damaged sheets, {len(found)} faults"]) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
