"""Charts take their colours from styles of the template."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pipeline.documents.template import Template, load, style_colours
from pipeline.stages import charts
from tests.project import ROOT
from tests.stages.charts.examples import CASES
from tests.stages.compute.examples import YEARS

CASE = CASES["out-migration"]
STYLES = {
    "グラフ 実績": '<w:rPr><w:color w:val="006B3C"/></w:rPr>',
    "グラフ　目標": '<w:rPr><w:color w:val="auto"/><w:shd w:val="clear" w:color="auto" w:fill="7F0000"/></w:rPr>',
    "グラフ 基準値": '<w:rPr><w:color w:val="auto"/></w:rPr>',
}


def template(tmp_path: Path, styles: dict[str, str]) -> Template:
    """Return the usual template of a sheet with more styles."""
    added = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="g{n}"><w:name w:val="{name}"/>{look}</w:style>'
        for n, (name, look) in enumerate(styles.items())
    )
    with zipfile.ZipFile(ROOT / "templates/sheet.docx") as usual, zipfile.ZipFile(tmp_path / "sheet.docx", "w") as own:
        for name in usual.namelist():
            data = usual.read(name)
            if name == "word/styles.xml":
                data = data.replace(b"</w:styles>", f"{added}</w:styles>".encode())
            own.writestr(name, data)
    made = load(tmp_path, "sheet.docx").value
    assert made is not None
    return made


def test_a_template_without_such_styles_changes_nothing(tmp_path: Path) -> None:
    own = charts.palette(style_colours(template(tmp_path, {}), charts.STYLES))
    assert own == {}
    assert charts.draw(CASE, YEARS, "R2", 84, 54, own=own) == charts.draw(CASE, YEARS, "R2", 84, 54)


def test_the_font_or_the_shading_of_a_style_is_the_colour(tmp_path: Path) -> None:
    own = charts.palette(style_colours(template(tmp_path, STYLES), charts.STYLES))
    assert {own["0017C1"], own["AC3E00"]} == {"006B3C", "7F0000"}
    assert "3F4A75" not in own
    drawn, found = charts.draw(CASE, YEARS, "R2", 84, 54, own=own)
    assert b"#006B3C" in drawn.svg
    assert b"#0017C1" not in drawn.svg
    pixels = Image.open(io.BytesIO(drawn.png)).convert("RGB").getcolors(1 << 20) or []
    colours = {colour for _, colour in pixels}
    assert {(0, 0x6B, 0x3C), (0x7F, 0, 0)} <= colours
    assert not {(0, 0x17, 0xC1), (0xAC, 0x3E, 0), (0x70, 0x96, 0xF8)} & colours
    assert found == ()


@pytest.mark.parametrize(("actual", "letters"), [("006B3C", b"#FFFFFF"), ("FFD966", b"#1A1A1C")])
def test_letters_on_a_bar_can_be_read(actual: str, letters: bytes) -> None:
    own = charts.palette({"グラフ実績": actual})
    drawn, _ = charts.draw(CASES["milestone"], YEARS, "R2", 84, 54, own=own)
    state = next(line for line in drawn.svg.splitlines() if b"bold" in line and "整".encode() in line)
    assert letters in state
