"""The web edition: everything of the sheets and the book is in it, it stands for itself, and mistakes are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from pipeline.storage.outputs import sha256
from tests.conftest import Shared
from tests.project import BASE, FIXTURES, MADE, copy_project, run

SITE = f"{MADE}/web"


@pytest.fixture(scope="module")
def site(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        done = run(copy_project(folder, FIXTURES / "small"), "web")
        assert done.returncode == 0, done.stdout + done.stderr

    return shared("web", make) / SITE


def page(site: Path, name: str) -> HtmlElement:
    return document_fromstring((site / f"{name}.html").read_bytes())


def text(element: HtmlElement) -> str:
    return "".join(element.text_content().split())


def test_a_page_has_the_words_and_figures_of_its_sheet(site: Path) -> None:
    shown = text(page(site, "measure-1-1"))
    for wanted in ("重要業績評価指標", "主な取組", "戦略会議からの意見"):
        assert wanted in shown


def test_header_cells_say_what_they_head(site: Path) -> None:
    for file in sorted(site.glob("*.html")):
        heads = [*document_fromstring(file.read_bytes()).iter("th")]
        assert all(head.get("scope") in ("col", "row", "rowgroup") for head in heads)


def test_charts_are_there_with_what_is_read_out(site: Path) -> None:
    pictures = [*page(site, "measure-1-1").iter("img")]
    assert pictures
    for picture in pictures:
        assert (site / picture.attrib["src"]).read_bytes().startswith(b"<?xml")
        assert "目標" in picture.attrib["alt"]


def test_a_measure_leads_to_those_beside_it(site: Path) -> None:
    links = {(one.get("rel"), one.get("href")) for one in page(site, "measure-1-1").iter("a") if one.get("rel")}
    assert links == {("next", "measure-1-2.html")}
    assert not [one for one in page(site, "index").iter("a") if one.get("rel")]


def test_headings_leave_no_level_out(site: Path) -> None:
    for file in sorted(site.glob("*.html")):
        headings = document_fromstring(file.read_bytes()).iter("h1", "h2", "h3", "h4")
        levels = [int(str(one.tag)[1]) for one in headings]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), file.name


def test_the_same_inputs_give_the_same_pages(site: Path, tmp_path: Path) -> None:
    run(copy_project(tmp_path, FIXTURES / "small"), "web")
    assert {p.name: sha256(p.read_bytes()) for p in (tmp_path / SITE).glob("*.*")} == {
        p.name: sha256(p.read_bytes()) for p in site.glob("*.*")
    }


Change = Callable[[str], str]
MISTAKES: dict[str, Change] = {
    "template-unknown-name": lambda text: text.replace("施策.名称", "施策.名前", 1),
    "template-unclosed": lambda text: re.sub(r"{% endif %}", "", text, count=1),
    "template-syntax": lambda text: text.replace("{{ 施策.名称 }}", "{{ 施策.名称 }", 1),
    "template-expression": lambda text: text.replace("{{ 施策.名称 }}", "{{ 施策.名称.__class__() }}", 1),
    "page-tag": lambda text: text.replace("</h1>", "", 1),
    "page-link-broken": lambda text: text + '<p><a href="nowhere.html">先</a></p>\n',
    "page-id-twice": lambda text: text + '<p id="indicators">後</p>\n',
    "page-not-alone": lambda text: text + '<img src="https://example.jp/a.png" alt="絵">\n',
    "page-text-missing": lambda text: text.replace("{{ 施策.名称 }}", "<!-- {{ 施策.名称 }} -->", 1),
}


@pytest.mark.parametrize("identifier", MISTAKES)
def test_a_mistake_in_a_template_is_told_and_leaves_the_last_pages(identifier: str, tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    template = project / "templates" / "web" / "measure.html"
    written = template.read_text(encoding="utf-8")
    template.write_text(MISTAKES[identifier](written), encoding="utf-8")
    done = run(project, "web")
    assert done.returncode == 1
    assert f"[{identifier}]" in done.stdout
    assert "templates/web/measure.html" in done.stdout
    assert not (project / SITE).exists()


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    template = project / "templates" / "web" / "index.html"
    lines = template.read_text(encoding="utf-8").splitlines()
    template.write_text("\n".join(["", "{{ 総括.見出 }}", *lines]), encoding="utf-8")
    done = run(project, "web")
    assert "templates/web/index.html:2:" in done.stdout
    assert "もしかして「見出し」ですか" in done.stdout


def test_what_people_typed_is_no_markup(tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    typed = "<b>太い_字</b>{{ 7 }}"
    measure = project / BASE / "measures" / "1-1.yaml"
    written = measure.read_text(encoding="utf-8")
    measure.write_text(written.replace("12:30から", typed), encoding="utf-8")
    done = run(project, "web")
    assert done.returncode == 0, done.stdout
    shown = (project / SITE / "measure-1-1.html").read_text(encoding="utf-8")
    assert typed not in shown
    assert "&lt;b&gt;太い_字&lt;/b&gt;{{ 7 }}" in shown


def test_opinions_have_a_page_with_their_answers(tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    opinions = "opinions:\n  1-1:\n  - {id: bus, text: バスを増やす。, answer: 検討する。, handling: 参考とする}\n"
    (project / BASE / "opinions.yaml").write_text(opinions, encoding="utf-8")
    done = run(project, "web")
    assert done.returncode == 0, done.stdout
    for name in ("opinions", "measure-1-1"):
        shown = text(page(project / SITE, name))
        assert "バスを増やす。" in shown
        assert "意見への回答検討する。対応区分参考とする" in shown
