"""A city's first hour: two commands from nothing to a first, empty book."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.form import BookPart
from pipeline.workflows import new_city
from tests.project import ROOT, run

pytestmark = pytest.mark.slow

COMMAND = ("newcity", "--name", "あかね市", "--years", "R7-R11")


@pytest.mark.parametrize("form", new_city.forms())
def test_two_commands_give_a_first_book(form: str, tmp_path: Path) -> None:
    assert run(tmp_path, "--project", str(tmp_path), *COMMAND, "--form", form).returncode == 0
    done = run(tmp_path, "--project", str(tmp_path), "report")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "outputs/R8/report.pdf").read_bytes().startswith(b"%PDF")
    assert len(list((tmp_path / "outputs/R8/sheets").glob("*.docx"))) == 1


def test_what_is_written_speaks_of_the_forms_own_levels(tmp_path: Path) -> None:
    assert run(tmp_path, "--project", str(tmp_path), *COMMAND, "--form", "事業ごと").returncode == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "inputs/R8").rglob("*.yaml")}
    for name in ("goals.yaml", "strategy.yaml", "report.yaml", "1.yaml"):
        assert not [word for word in ("基本目標", "施策", "企画課が") if word in texts[name]], name


def test_the_city_has_a_template_of_every_part_that_form_yaml_may_list(tmp_path: Path) -> None:
    new_city.found(tmp_path, new_city.Order("あかね市", "R7-R11", "横長の一覧"))
    names = {path.stem for path in (tmp_path / "templates").glob("*.docx")}
    assert {part.value for part in BookPart if part is not BookPart.SHEETS} <= names


def test_the_gallery_has_at_least_five_forms() -> None:
    assert len(new_city.forms()) >= 5
    assert new_city.forms()[0] == "標準"


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    first = run(tmp_path, "--project", str(tmp_path), *COMMAND, "--form", "標準")
    assert first.returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    other = run(tmp_path, "--project", str(tmp_path), *COMMAND, "--form", "横長の一覧")
    assert other.returncode == 1
    assert "year-exists" in other.stdout
    assert "template-exists" in other.stdout
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_another_year_goes_on_with_the_same_templates(tmp_path: Path) -> None:
    for years in ("R7-R11", "R8-R12"):
        done = run(tmp_path, "newcity", "--project", str(tmp_path), *COMMAND[1:3], "--years", years, "--form", "標準")
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"評価する年度は令和{years[1]}年度です。" in done.stdout
    assert {path.name for path in (tmp_path / "inputs").iterdir()} == {"R8", "R9"}


@pytest.mark.parametrize(
    ("option", "value", "identifier"),
    [
        ("--name", " ", "city-unnamed"),
        *(("--name", name, "city-name-unusable") for name in ("あか: ね市", '"', "A # b", "あ\nい", "＜市＞")),
        ("--years", "R7-R20", "city-years"),
        ("--years", "あ", "city-years"),
        ("--form", "なし", "city-form"),
    ],
)
def test_what_cannot_be_understood_is_told(option: str, value: str, identifier: str, tmp_path: Path) -> None:
    given = {"--name": "あかね市", "--years": "R7-R11", "--form": "標準", option: value}
    done = run(tmp_path, "--project", str(tmp_path), "newcity", *(word for pair in given.items() for word in pair))
    assert done.returncode == 1
    assert identifier in done.stdout
    assert not (tmp_path / "inputs").exists()


def test_without_a_terminal_what_is_not_given_is_asked_for_in_words(tmp_path: Path) -> None:
    done = run(tmp_path, "--project", str(tmp_path), "newcity", "--name", "あかね市")
    assert done.returncode == 2
    assert "--years" in done.stderr


def test_no_template_of_the_gallery_is_one_of_the_usual_ones() -> None:
    usual = {path.read_bytes() for path in (ROOT / "templates").glob("*.docx")}
    assert not [path for path in (ROOT / "templates/gallery").rglob("*.docx") if path.read_bytes() in usual]
