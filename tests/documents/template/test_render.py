"""Filling and packing: texts come out as typed, the same every time."""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.template import Parts, Picture, Properties, line_break, pack, picture, render, run
from tests.documents.template.samples import paragraph, template
from tests.examples import tried

PROPERTIES = Properties("題名 <&>", "例市", datetime.date(2021, 8, 1))
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1)
TEMPLATE = template(paragraph("[{{ 文 }}]"), paragraph("{{r 札 }}"))


def filled(text: str) -> Parts:
    return render(TEMPLATE, {"文": text, "札": run(text, "Strong")})


def texts(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


@given(TYPED)
@tried(10)
def test_any_text_comes_out_as_typed(text: str) -> None:
    assert texts(pack(filled(text), PROPERTIES))[:2] == [f"[{text}]", text]


@pytest.mark.parametrize("text", ["{{ x }}", "{_{ }_} {_% %_}", "{% endfor %}", "<w:p/>&amp;", "__"])
def test_commands_and_markup_in_a_text_are_text(text: str) -> None:
    assert texts(pack(filled(text), PROPERTIES))[:2] == [f"[{text}]", text]


@pytest.mark.parametrize("unit", ["件", ""])
def test_brackets_stand_around_a_unit_only_where_there_is_one(unit: str) -> None:
    runs = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>"
    given = template(
        paragraph("目標（{{ 指標.単位 }}）"), paragraph("実績（｜{{ 指標.単位 }}｜）と").replace("｜", runs)
    )
    parts = render(given, {"指標": {"単位": unit}})
    told = f"（{unit}）" if unit else ""
    assert texts(pack(parts, PROPERTIES))[:2] == [f"目標{told}", f"実績{told}と"]


def test_the_same_parts_give_the_same_bytes() -> None:
    assert pack(filled("港"), PROPERTIES) == pack(filled("港"), PROPERTIES)


def test_properties_are_the_given_ones_only() -> None:
    properties = docx.Document(io.BytesIO(pack(filled("港"), PROPERTIES))).core_properties
    assert (properties.title, properties.author, properties.language) == ("題名 <&>", "例市", "ja-JP")
    assert properties.created == datetime.datetime(2021, 8, 1, tzinfo=datetime.UTC)
    undated = zipfile.ZipFile(io.BytesIO(pack(filled("港"), Properties("題名", "例市", None))))
    assert b"dcterms:created" not in undated.read("docProps/core.xml")


def test_pictures_are_put_to_their_names() -> None:
    shown = Picture("chart1", b"\x89PNG...", b"<svg/>", 84, 54, '棒が3本 "並ぶ" <図>')
    parts = render(TEMPLATE, {"文": "", "札": picture(shown.name, shown.width, shown.height, shown.alt) + line_break()})
    document = docx.Document(io.BytesIO(pack(parts, PROPERTIES, (shown,))))
    (shape,) = document.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (84, 54)
    assert shape._inline.docPr.get("descr") == shown.alt
    assert document.part.related_parts["chart1"].blob == shown.png
    twin = document.part.related_parts["chart1.svg"]
    assert (twin.blob, twin.content_type, twin.partname) == (shown.svg, "image/svg+xml", "/word/media/chart1.svg")
    assert shape._inline.xpath("//*[local-name() = 'svgBlip']/@r:embed") == ["chart1.svg"]


def test_a_template_cannot_reach_the_machine() -> None:
    with pytest.raises(TypeError):
        render(template(paragraph("{{ ''.__class__.__mro__ }}")), {})
