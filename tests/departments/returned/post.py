"""Sending, editing and collecting in a project of one's own, as planning division and departments would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import docx
import yaml
from docx.document import Document
from docx.text.paragraph import Paragraph

from pipeline.model.correspondence import Proposal
from pipeline.workflows import apply, collect, new_year, send
from pipeline.workflows.apply import Done
from pipeline.workflows.collect import Collected
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order
from tests.project import BASE, YEAR

TODAY = "2021-08-02"
INDICATORS, INITIATIVES, OPINIONS = 1, 3, 4
"""The tables of the sheet 1-2."""


class Quiet:
    """Nobody watches."""

    def stage(self, title: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, label: str) -> None:
        """Say nothing."""


MEASURES = ("1-2", "1-3", "3-2")
"""Some of this year's measures; the last repeats initiatives of the others."""


def trimmed(root: Path, measures: Collection[str] = MEASURES) -> Path:
    """Leave only some measures in a project."""
    folder = root / BASE
    strategy = yaml.safe_load((folder / "strategy.yaml").read_text(encoding="utf-8"))
    goals = {measure.partition("-")[0] for measure in measures}
    strategy["measures"] = [m for m in strategy["measures"] if m["id"] in measures]
    strategy["goals"] = [g for g in strategy["goals"] if g["id"] in goals]
    shown = [i for group in (*strategy["measures"], *strategy["goals"]) for i in group["indicators"]]
    strategy["indicators"] = [i for i in strategy["indicators"] if i["id"] in shown]
    (folder / "strategy.yaml").write_text(
        yaml.safe_dump(strategy, allow_unicode=True, default_flow_style=None), encoding="utf-8"
    )
    goal_actuals = yaml.safe_load((folder / "goals.yaml").read_text(encoding="utf-8"))
    goal_actuals["actuals"] = {i: a for i, a in goal_actuals["actuals"].items() if i in shown}
    (folder / "goals.yaml").write_text(yaml.safe_dump(goal_actuals, allow_unicode=True), encoding="utf-8")
    for path in (folder / "measures").glob("*.yaml"):
        if path.stem not in measures:
            path.unlink()
    return root


def begun(root: Path) -> Path:
    """Begin the year after in a project."""
    assert new_year.begin(Project(root, YEAR), Quiet()).project is not None
    return root


def sent_project(root: Path, year: str = YEAR) -> Path:
    """Send all sheets of a project."""
    found = send.send(Project(root, year), Order(), Quiet())
    assert found.folder is not None, found.diagnostics
    return root


@dataclass(frozen=True)
class Post:
    """A project whose sheets are out."""

    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root, YEAR)

    @property
    def inbox(self) -> Path:
        return self.project.inputs / "returned"

    def sheet(self, measure: str = "1-2") -> bytes:
        """Return a sheet as it was sent."""
        (path,) = (self.project.outputs / "send").glob(f"*/{measure}_*.docx")
        return path.read_bytes()

    def put(self, data: bytes, name: str = "回答.docx") -> None:
        """Put a returned file where ``collect`` looks."""
        (self.inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / name).write_bytes(data)

    def edited(self, edit: Callable[[Document], object], measure: str = "1-2", name: str = "回答.docx") -> None:
        """Edit a sheet with python-docx and send it back."""
        document = docx.Document(io.BytesIO(self.sheet(measure)))
        edit(document)
        data = io.BytesIO()
        document.save(data)
        self.put(data.getvalue(), name)

    def rewritten(self, old: str, new: str, measure: str = "1-2", name: str = "回答.docx") -> None:
        """Replace a piece of the sheet's XML and send it back."""
        with zipfile.ZipFile(io.BytesIO(self.sheet(measure))) as source:
            parts = {part: source.read(part) for part in source.namelist()}
        text = parts["word/document.xml"].decode()
        assert text.count(old) == 1, text.count(old)
        parts["word/document.xml"] = text.replace(old, new).encode()
        self.put(packed(parts), name)

    def collect(self) -> tuple[Proposal, ...]:
        """Collect, and give the proposals."""
        return self.collected().proposals

    def collected(self) -> Collected:
        """Collect without an error."""
        found = collect.collect(self.project, Quiet())
        assert found.evaluation is not None, found.diagnostics
        return found

    @property
    def proposals(self) -> Path:
        return self.project.outputs / "returned" / "proposals.yaml"

    def decide(self, decision: object) -> None:
        """Decide on all proposals alike."""
        content = yaml.safe_load(self.proposals.read_text(encoding="utf-8"))
        for proposal in content["proposals"]:
            proposal["decision"] = decision
        self.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def apply(self) -> Done:
        """Apply what was decided."""
        return apply.apply(self.project, TODAY, Quiet())

    def inputs(self, name: str = "measures/1-2.yaml") -> str:
        """Return the text of an input file."""
        return (self.project.inputs / name).read_text(encoding="utf-8")


def packed(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return data.getvalue()


def cell(document: Document, table: int, row: int, place: int) -> Paragraph:
    """Return the first paragraph of a cell, counted as in the XML."""
    cells = document.tables[table].rows[row]._tr.tc_lst
    return Paragraph(cells[place].p_lst[0], document.tables[table])


def write(paragraph: Paragraph, text: str) -> None:
    """Type a text over a paragraph."""
    for run in paragraph.runs[1:]:
        paragraph._p.remove(run._r)
    paragraph.runs[0].text = text
