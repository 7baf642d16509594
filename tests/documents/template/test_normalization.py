"""Templates that another program has saved: what it writes otherwise is set back before anything is filled."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from pipeline.documents.docx.parts import packed, unpacked
from pipeline.documents.template.normalization import IDS, normalized
from tests.project import ROOT

TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))
STYLES, DOCUMENT, RELATIONS = "word/styles.xml", "word/document.xml", "word/_rels/document.xml.rels"


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """Change every XML part of a docx."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part.decode()).encode() if name.endswith(".xml") else part)
    return result.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def ids(data: bytes) -> dict[str, str]:
    """Return the styles' ids by their names."""
    found = re.findall(r'w:styleId="([^"]*)".*?<w:name w:val="([^"]*)"', part(data, STYLES), re.DOTALL)
    return {name: identifier for identifier, name in found}


def references(data: bytes) -> list[str]:
    return re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"', part(data, DOCUMENT))


def as_word_in_japanese(data: bytes) -> bytes:
    """Return every style a short id, as Word in Japanese does when it saves."""
    short = {old: f"a{number}" for number, old in enumerate(ids(data).values())}
    pattern = re.compile(r'(w:styleId="|<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val=")([^"]*)')
    return rewritten(data, lambda text: pattern.sub(lambda m: m[1] + short.get(m[2], m[2]), text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_our_own_templates_stay_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert normalized(data, path.name) == data
    assert {name: identifier for name, identifier in ids(data).items() if name in IDS}.items() <= IDS.items()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_styles_saved_by_word_in_japanese_are_found_by_their_names(path: Path) -> None:
    data = path.read_bytes()
    back = normalized(as_word_in_japanese(data), path.name)
    assert {name: i for name, i in ids(back).items() if name in IDS} == {
        name: i for name, i in ids(data).items() if name in IDS
    }
    named = [identifier in IDS.values() for identifier in references(data)]
    assert [identifier for identifier, is_ours in zip(references(back), named, strict=True) if is_ours] == [
        identifier for identifier in references(data) if identifier in IDS.values()
    ]


def test_every_name_is_that_of_a_style_in_some_template() -> None:
    assert {name for path in TEMPLATES for name in ids(path.read_bytes())} >= set(IDS)


def test_a_style_that_goes_by_the_id_of_another_gives_it_back() -> None:
    data = (ROOT / "templates/sheet.docx").read_bytes()
    swap = {"Tile": "Sub", "Sub": "Tile"}
    pattern = re.compile(r'(w:styleId="|<w:rStyle w:val=")(Tile|Sub)"')
    back = normalized(rewritten(data, lambda text: pattern.sub(lambda m: f'{m[1]}{swap[m[2]]}"', text)), "sheet.docx")
    assert ids(back) == ids(data)
    assert references(back) == references(data)


def test_a_page_break_that_ends_a_commands_paragraph_goes_to_the_next_that_is_printed() -> None:
    data = (ROOT / "templates/sheet.docx").read_bytes()
    end, heading = "{%p endif %}</w:t></w:r></w:p>", '<w:pStyle w:val="Heading2"/><w:pageBreakBefore/>'
    assert part(data, DOCUMENT).count(heading) == 1

    def change(text: str) -> str:
        before, found, after = text.partition(heading)
        head, _, tail = before.rpartition(end)
        broken = end.replace("</w:p>", '<w:r><w:br w:type="page"/></w:r></w:p>')
        return head + broken + tail + heading.removesuffix("<w:pageBreakBefore/>") + after if found else text

    moved = rewritten(data, change)
    assert "pageBreakBefore" not in part(moved, DOCUMENT)
    back = part(normalized(moved, "sheet.docx"), DOCUMENT)
    assert heading in back
    assert 'w:type="page"' not in back


NOWHERE = '<Relationship Id="rId99" Type="{}/image" Target="../NULL"/></Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_relationship_that_leads_to_no_part_is_taken_out_or_becomes_an_address() -> None:
    parts = unpacked((ROOT / "templates" / "cover.docx").read_bytes(), "cover.docx")
    relations, text = parts[RELATIONS].decode(), parts[DOCUMENT].decode()
    lost = {**parts, RELATIONS: relations.replace("</Relationships>", NOWHERE.format(OFFICE)).encode()}
    told = unpacked(normalized(packed(lost), "cover.docx"), "cover.docx")
    assert "NULL" not in told[RELATIONS].decode()
    assert re.findall(r'Target="[^"]*"', told[RELATIONS].decode()) == re.findall(r'Target="[^"]*"', relations)
    shown = {**lost, DOCUMENT: text.replace("<w:body>", '<w:body w:rsidR="rId99">').encode()}
    assert 'Target="../NULL" TargetMode="External"' in part(normalized(packed(shown), "cover.docx"), RELATIONS)


def test_a_part_without_a_content_type_gets_one_so_that_the_template_can_be_filled() -> None:
    parts = unpacked((ROOT / "templates" / "cover.docx").read_bytes(), "cover.docx")
    odd = NOWHERE.format(OFFICE).replace("../NULL", "odd.note")
    relations = parts[RELATIONS].decode().replace("</Relationships>", odd).encode()
    given = packed({**parts, RELATIONS: relations, "word/odd.note": b"?"})
    with pytest.raises(KeyError):
        docx.Document(io.BytesIO(given))
    assert docx.Document(io.BytesIO(normalized(given, "cover.docx"))).paragraphs
