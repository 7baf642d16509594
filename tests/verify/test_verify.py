"""What make verify says and what it looks at; the validators themselves are not run here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.project import MADE, ROOT, YEAR
from tests.verify import __main__
from tests.verify.__main__ import outputs, templates
from tests.verify.findings import Finding, Verdict, lines


def finding(rule: str, count: int = 1, text: str = "why", place: str = "") -> Finding:
    return Finding(rule, count, text, place)


def test_a_verdict_without_files_is_not_good() -> None:
    assert not Verdict("Word", "SDK", {}).good


def test_one_bad_file_among_good_ones_is_not_good() -> None:
    assert Verdict("Word", "SDK", {"a.docx": []}).good
    assert not Verdict("Word", "SDK", {"a.docx": [], "b.docx": [finding("r")]}).good


def test_good_files_take_one_line_together() -> None:
    assert list(lines(Verdict("Word", "SDK", {"a": [], "b": []}))) == ["適合  Word（SDK）: 2件のうち2件が適合"]


def test_findings_stand_under_their_file_in_the_order_of_clauses() -> None:
    found = [finding("7.18.1-2", 1200, "long\n  text", "root/page[3]"), finding("7.1-11"), finding("7.1-8")]
    assert list(lines(Verdict("PDF/UA-1", "veraPDF", {"good.pdf": [], "bad.pdf": found}))) == [
        "不適合  PDF/UA-1（veraPDF）: 2件のうち1件が適合",
        "  bad.pdf: 3種類、1,202か所",
        "    7.1-8  1か所  why",
        "    7.1-11  1か所  why",
        "    7.18.1-2  1,200か所  long text",
        "      最初の箇所: root/page[3]",
    ]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        (f"{MADE}/sheets/1-1_名前.docx", True),
        ("outputs/R2/sheets/1-1_名前.docx", True),
        (f"{MADE}/kept/sheets/1-1_名前.docx", False),
        (f"outputs/.{YEAR}-half/sheets/1-1_名前.docx", False),
        (f"{MADE}/sheets/~$1_名前.docx", False),
        ("outputs/error.docx", False),
    ],
)
def test_all_years_are_verified_but_not_what_people_edited_or_have_open(tmp_path: Path, path: str, taken: bool) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    assert outputs(tmp_path, "**/*.docx") == ([path] if taken else [])


def test_every_template_is_verified() -> None:
    assert "templates/sheet.docx" in templates(ROOT)


def test_the_npm_lock_pins_every_package_by_hash_and_names_no_host() -> None:
    text = (ROOT / "tests" / "verify" / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert all(package["integrity"].startswith("sha512-") for path, package in packages.items() if path)
    assert "://" not in text


def test_a_city_with_a_folder_of_its_own_is_looked_at_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / MADE).mkdir(parents=True)
    (tmp_path / MADE / "report.pdf").touch()
    monkeypatch.setenv("PROJECT", str(tmp_path))
    monkeypatch.setattr(__main__, "verdicts", lambda root, _: [Verdict(str(root), "SDK", {"report.pdf": []})])
    assert __main__.main() == 0
    assert str(tmp_path) in capsys.readouterr().out
