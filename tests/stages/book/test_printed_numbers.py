"""Contents, manifest, PDF and every Word file print the same page numbers, however long the explanation is."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.documents.docx.markup import W
from pipeline.documents.template.pages import number_from
from pipeline.stages.book import begin, inspect
from pipeline.stages.sheets import nodes
from tests.departments.returned.post import trimmed
from tests.project import BASE, MADE, copy_project, run
from tests.stages.book import samples
from tests.stages.sheets.samples import one_by_one

LONG = "評価の進め方と見方を、順を追って詳しく説明します。" * 6


def starts(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return re.findall(r'<w:pgNumType w:start="(\d+)"/>', package.read("word/document.xml").decode())


@pytest.mark.parametrize("explanation", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("targets", [1, 2])
def test_every_part_prints_the_pages_it_is_given(explanation: int, targets: int) -> None:
    given_city = samples.city(goals=1, measures=2)
    counts = {"explanation": explanation, "targets": targets, "1-1": 3}
    made = samples.book(given_city, counts)
    parts = {part.name: part for part in made.parts}
    for name in ("explanation", "targets", "summary"):
        assert starts(parts[name].docx) == [str(parts[name].first_page)]

    def taken(_: bytes, name: str) -> int:
        return counts.get(Path(name).stem, 1)

    forms = inspect(given_city, lambda _: samples.TEMPLATES, nodes(given_city.evaluation)).value
    assert forms is not None
    assert begin(forms, samples.draw, taken, one_by_one).sheets == parts["1-1"].first_page


@given(st.lists(st.sampled_from([None, 1, 4, 99]), min_size=1, max_size=4), st.integers(1, 999))
def test_a_document_is_numbered_whatever_its_template_says(sections: list[int | None], page: int) -> None:
    document = docx.Document()
    for number, section in enumerate(sections):
        made = document.sections[0] if number == 0 else document.add_section()
        if section is not None:
            etree.SubElement(made._sectPr, f"{W}pgNumType").set(f"{W}start", str(section))
    number_from(document.element, page)
    found = [section.find(f"{W}pgNumType") for section in document.element.iter(f"{W}sectPr")]
    assert [one.get(f"{W}start") for one in found] == [str(page)] + [None] * (len(sections) - 1)


@pytest.mark.slow
def test_all_that_is_made_agrees_when_the_explanation_is_longer(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path))
    path = root / f"{BASE}/report.yaml"
    report = yaml.safe_load(path.read_text(encoding="utf-8"))
    report["explanation"]["sections"][0]["paragraphs"] += [f"{n}番目。{LONG}" for n in range(45)]
    path.write_text(yaml.safe_dump(report, allow_unicode=True), encoding="utf-8")
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    made = root / MADE
    entries = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["pages"]["entries"]
    first = next(e["first"] for e in entries if e["title"] == "評価シート")
    assert first > 4
    files = sorted((made / "sheets").glob("*.docx"))
    assert [starts(file.read_bytes()) for file in files] == [[str(first + 2 * n)] for n in range(len(files))]
    book = pypdfium2.PdfDocument(made / "report.pdf")
    heads = [n for n in range(len(book)) if "企業立地の促進" in book[n].get_textpage().get_text_range()]
    assert str(first) in {book.get_page_label(n) for n in heads}
    for action in (("sheets",), ("send", "--deadline", "2021-07-30")):
        assert run(root, *action).returncode == 0
    sent = sorted((made / "send").glob("*/[0-9]*.docx"))
    assert {starts(file.read_bytes())[0] for file in sent} == {starts(file.read_bytes())[0] for file in files}
