"""Templates that bring parts of their own, as Word writes them: what is added is merged, and talk stays at home."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document

from pipeline.documents.docx.parts import DOCUMENT, PACKAGE, named, unpacked
from pipeline.model.correspondence import Kind, Proposal
from pipeline.workflows import send
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order, Sent
from tests.departments.returned.post import Post, Quiet, packed, trimmed, write
from tests.departments.returned.test_sendback import sent_back
from tests.documents.docx.docx_files import png
from tests.project import YEAR, copy_project

pytestmark = pytest.mark.slow

LABEL = "MSIP_Label_1234_Enabled"
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties'
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="7" name="{LABEL}">'
    "<vt:lpwstr>true</vt:lpwstr></property></Properties>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def labelled(path: Path, target: str = "docProps/custom.xml") -> None:
    """Give a template the property that a sensitivity label writes."""
    parts = unpacked(path.read_bytes(), path.name)
    declared = (
        f'<Override PartName="/{target.lstrip("/")}"'
        ' ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )
    related = f'<Relationship Id="rId99" Type="{_OFFICE}/custom-properties" Target="{target}"/></Relationships>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", declared.encode())
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", related.encode())
    path.write_bytes(packed({**parts, target.lstrip("/"): _CUSTOM.encode()}))


def annotated(path: Path) -> None:
    """Write a comment into a template."""
    document = docx.Document(str(path))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    runs = runs or [
        r for t in document.tables for c in t._cells for p in c.paragraphs for r in p.runs if r.text.strip()
    ]
    document.add_comment(runs[0], text="部長に確認すること", author="企画")
    document.save(str(path))


def sent_from(root: Path) -> Sent:
    found = send.send(Project(root, YEAR), Order(), Quiet())
    assert found.folder is not None, found.diagnostics
    return found


def sound(data: bytes) -> Mapping[str, bytes]:
    """Return the parts of a docx that Word opens: every part once, declared once, and related to once."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    assert len({name.lower() for name in names}) == len(names)
    overrides = re.findall(r'PartName="([^"]+)"', parts["[Content_Types].xml"].decode())
    assert len({name.lower() for name in overrides}) == len(overrides)
    assert {name.lstrip("/") for name in overrides} <= set(names)
    for relations in (name for name in names if name.endswith(".rels")):
        text = parts[relations].decode()
        identifiers = re.findall(r'\bId="([^"]+)"', text)
        assert len(set(identifiers)) == len(identifiers)
        singles = [
            kind for kind in re.findall(r'Type="[^"]+/([^"/]+)"', text) if kind in ("comments", "custom-properties")
        ]
        assert len(set(singles)) == len(singles)
    docx.Document(io.BytesIO(data))
    return parts


@pytest.mark.parametrize("target", ["docProps/custom.xml", "/docProps/custom.xml", "docProps/custom2.xml"])
def test_properties_of_the_template_stay_beside_the_identity(target: str, tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    labelled(root / "templates/sheet.docx", target)
    post = Post(root)
    sent_from(root)
    parts = sound(post.sheet())
    custom = named(parts, PACKAGE, "custom-properties")
    assert custom is not None
    text = parts[custom].decode()
    assert f'name="{LABEL}"' in text and 'name="整理番号"' in text
    assert len(set(re.findall(r'pid="(\d+)"', text))) == text.count("pid=") == 2
    post.put(post.sheet())
    assert post.collect() == ()


@pytest.mark.parametrize("template", ["sheet.docx", "letter.docx"])
def test_comments_of_a_template_are_told_and_not_sent(template: str, tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    annotated(root / "templates" / template)
    sent = sent_from(root)
    told = [d for d in sent.diagnostics if d.id == "template-comment"]
    assert [(d.place.file, "部長に確認すること" in d.message) for d in told] == [(f"templates/{template}", True)]
    for path in (root / "outputs" / YEAR / "send").rglob("*.docx"):
        parts = sound(path.read_bytes())
        assert named(parts, DOCUMENT, "comments") is None
        assert not any("部長に確認".encode() in data or b"commentR" in data for data in parts.values()), path


def test_remarks_stand_alone_in_a_sheet_whose_template_had_comments(sent: Path, tmp_path: Path) -> None:
    shutil.copytree(sent, tmp_path / "project")
    post = Post(tmp_path / "project")
    annotated(post.root / "templates/sheet.docx")
    labelled(post.root / "templates/sheet.docx")
    sent_back(post)
    parts = sound(post.sheet())
    comments = named(parts, DOCUMENT, "comments")
    assert comments is not None
    assert "速報値のため" in parts[comments].decode()
    assert "部長に確認" not in parts[comments].decode()


def test_a_template_without_settings_is_protected_too(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    path = root / "templates/sheet.docx"
    parts = unpacked(path.read_bytes(), path.name)
    del parts["word/settings.xml"]
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship)\b[^>]*settings[^>]*/>", b"", parts[name])
    path.write_bytes(packed(parts))
    sent_from(root)
    assert b"trackRevisions" in sound(Post(root).sheet())["word/settings.xml"]


# -- there and back, with an edit


def round_trip(
    root: Path, change: Callable[[Document], object] = lambda _: None, between: Callable[[bytes], bytes] = bytes
) -> tuple[Proposal, ...]:
    """Send a project's sheets, edit a result of 1-2 and what is asked for, and collect."""

    def edit(document: Document) -> None:
        results = next(c for t in document.tables for c in t._cells if c.text.strip() == before)
        write(results.paragraphs[0], NEW)
        change(document)

    post = Post(root)
    before = yaml.safe_load(post.inputs())["initiatives"][0]["results"].strip()
    sent_from(root)
    document = docx.Document(io.BytesIO(between(post.sheet())))
    edit(document)
    data = io.BytesIO()
    document.save(data)
    post.put(data.getvalue())
    return post.collect()


NEW = "訪問による意見交換を、電話とWEB会議に改めた。"
CHANGED = (Kind.CHANGE, "measures/1-2.yaml#initiatives.siting.results", NEW)


def told(proposals: tuple[Proposal, ...]) -> list[tuple[Kind, str | None, str]]:
    return [(one.kind, one.path, one.new) for one in proposals]


def relabelled(data: bytes) -> bytes:
    """Do as Word of a department that has labels of its own does when it saves: properties, and a part of their own."""
    parts = dict(unpacked(data, "x"))
    info = (
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{1}"/>'
    )
    parts["docMetadata/LabelInfo.xml"] = f"{info}</clbl:labelList>".encode()
    kind = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    related = f'<Relationship Id="rId98" Type="{kind}" Target="docMetadata/LabelInfo.xml"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", related.encode())
    custom = named(parts, PACKAGE, "custom-properties")
    assert custom is not None
    label = _CUSTOM[_CUSTOM.index("<property ") :].replace("1234", "5678").replace('pid="7"', 'pid="9"')
    parts[custom] = parts[custom].replace(b"</Properties>", label.encode())
    return packed(parts)


def test_a_sheet_with_labels_is_read_whoever_set_them(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    labelled(root / "templates/sheet.docx")
    assert told(round_trip(root, between=relabelled)) == [CHANGED]


def with_a_picture_above(path: Path) -> None:
    document = docx.Document(str(path))
    header = document.sections[0].header
    header.add_paragraph().add_run().add_picture(io.BytesIO(png("rgba")))
    document.save(str(path))


def test_a_picture_in_the_header_goes_out_and_comes_back(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    with_a_picture_above(root / "templates/sheet.docx")
    found = round_trip(root)
    parts = sound(Post(root).sheet())
    assert any(name.startswith("word/media/") and data == png("rgba") for name, data in parts.items())
    assert told(found) == [CHANGED]


def test_another_picture_in_the_header_is_told(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    with_a_picture_above(root / "templates/sheet.docx")

    def change(document: Document) -> None:
        (section, *_) = document.sections
        image = next(iter(r for r in section.header.part.rels.values() if r.reltype.endswith("/image")))
        image.target_part._blob = png()

    assert {kind for kind, *_ in told(round_trip(root, change))} == {Kind.CHANGE, Kind.OUTSIDE}


def with_a_table(path: Path, place: int) -> None:
    """Give a template a table of its own words, with a field, before its others or behind them."""
    document = docx.Document(str(path))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("起案", "決裁", "（押印）", "{{ 施策.名称 }}"), strict=True):
        cell.text = text
    body = document.element.body
    body.insert(place if place >= 0 else len(body) - 1, table._tbl)
    document.save(str(path))


@pytest.mark.parametrize("place", [0, -1])
def test_a_second_table_goes_out_and_comes_back(tmp_path: Path, place: int) -> None:
    root = trimmed(copy_project(tmp_path), ["1-2"])
    with_a_table(root / "templates/sheet.docx", place)

    def change(document: Document) -> None:
        (stamped,) = (cell for table in document.tables for cell in table._cells if cell.text == "（押印）")
        write(stamped.paragraphs[0], "済")

    first, *others = sorted(told(round_trip(root, change)), key=lambda one: one[0] is not Kind.CHANGE)
    assert first == CHANGED
    assert [(path, new) for _, path, new in others] == [(None, "済")]
