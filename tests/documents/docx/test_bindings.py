"""Content controls tied to data: drawn where the text is that of the data, else refused."""

from __future__ import annotations

import pytest

from pipeline.documents.docx import Unsupported, read
from tests.documents.docx.docx_files import docx, element, p, r, section

ITEM = "{AAAAAAAA-0000-0000-0000-000000000000}"
RELATED = {"c": ("customXml", "data/item.xml")}
PARTS = {
    "data/item.xml": "<d xmlns='urn:d'><name kind='課'>企画\n課</name><none/></d>",
    "data/_rels/item.xml.rels": (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='p'"
        " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps'"
        " Target='props.xml'/></Relationships>"
    ),
    "data/props.xml": (
        "<ds:datastoreItem xmlns:ds='http://schemas.openxmlformats.org/officeDocument/2006/customXml'"
        f" ds:itemID='{ITEM}'/>"
    ),
}


def control(text: str, path: str = "/n:d[1]/n:name[1]", kind: str = "text", item: str = ITEM) -> str:
    binding = f"<w:dataBinding w:prefixMappings=\"xmlns:n='urn:d'\" w:xpath='{path}' w:storeItemID='{item}'/>"
    content = f"<w:sdtContent>{r(text)}</w:sdtContent>"
    return p("担当", extra=f"<w:sdt><w:sdtPr>{binding}<w:{kind}/></w:sdtPr>{content}</w:sdt>")


@pytest.mark.parametrize(
    "body",
    [
        control("企画 課"),
        control("課", "/n:d[1]/n:name[1]/@kind"),
        control("（記入）", "/n:d[1]/n:none[1]"),
        control("古い名", "/n:d[1]/n:gone[1]"),
        control("古い名", "//*"),
        control("古い名", "/m:d[1]"),
        control("令和7年", kind="date"),
        control("古い名", item="{B}"),
    ],
)
def test_controls_with_the_text_of_their_data_and_with_none_are_drawn(body: str) -> None:
    assert read(docx(body, related=RELATED, parts=PARTS), "評価.docx").sections


def test_a_control_with_another_text_than_its_data_is_refused() -> None:
    with pytest.raises(Unsupported, match="元のデータと文字の違うコンテンツ コントロール") as refusal:
        read(docx(control("古い名"), related=RELATED, parts=PARTS), "評価.docx")
    assert refusal.value.near == "古い名"


def test_headers_are_looked_at_too() -> None:
    end = section(extra="<w:headerReference w:type='default' r:id='h'/>")
    parts = {**PARTS, "h.xml": element("hdr", control("古い名"))}
    data = docx(p("本文"), end=end, related={**RELATED, "h": ("header", "h.xml")}, parts=parts)
    with pytest.raises(Unsupported, match="元のデータ"):
        read(data, "評価.docx")
