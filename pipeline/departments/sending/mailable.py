"""The package of a sheet that is sent: its identity as a property and in the header, and tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

from lxml import etree

from pipeline.departments.issued.identity import PROPERTY
from pipeline.documents.docx.markup import W
from pipeline.documents.docx.package import Package
from pipeline.model.correspondence import Identity

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr>'
    "</property></Properties>"
)
_BEFORE_TRACKING = frozenset(
    W + name
    for name in [
        "writeProtection",
        "view",
        "zoom",
        "removePersonalInformation",
        "removeDateAndTime",
        "doNotDisplayPageBoundaries",
        "displayBackgroundShape",
        "printPostScriptOverText",
        "printFractionalCharacterWidth",
        "printFormsData",
        "embedTrueTypeFonts",
        "embedSystemFonts",
        "saveSubsetFonts",
        "saveFormsData",
        "mirrorMargins",
        "alignBordersAndEdges",
        "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
        "gutterAtTop",
        "hideSpellingErrors",
        "hideGrammaticalErrors",
        "activeWritingStyle",
        "proofState",
        "formsDesign",
        "attachedTemplate",
        "linkStyles",
        "stylePaneFormatFilter",
        "stylePaneSortMethod",
        "documentType",
        "mailMerge",
        "revisionView",
    ]
)
"""What stands before ``w:trackRevisions`` in the settings (ISO/IEC 29500-1, 17.15.1.78)."""
_HEADER = re.compile(r"word/header\d*\.xml")


def unpacked(docx: bytes, name: str) -> dict[str, bytes]:
    """Give the parts of a docx in their order."""
    package = Package(docx, name)
    return {part: package.part(part) for part in package.parts}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts so that the same parts give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            package.writestr(entry, part)
    return data.getvalue()


def identified(parts: Mapping[str, bytes], identity: Identity) -> dict[str, bytes]:
    """Write the identity into the document's properties and its headers."""
    made = {name: _printed(part, identity) if _HEADER.fullmatch(name) else part for name, part in parts.items()}
    made[_CUSTOM] = _PROPERTIES.format(name=PROPERTY, value=escape(str(identity))).encode()
    types, relations = "[Content_Types].xml", "_rels/.rels"
    declared = f'<Override PartName="/{_CUSTOM}" ContentType="{_CUSTOM_TYPE}"/></Types>'
    made[types] = made[types].replace(b"</Types>", declared.encode())
    related = f'<Relationship Id="issue" Type="{_CUSTOM_KIND}" Target="{_CUSTOM}"/></Relationships>'
    made[relations] = made[relations].replace(b"</Relationships>", related.encode())
    return made


def _printed(part: bytes, identity: Identity) -> bytes:
    """Add a line to a header: small, at the right, in the look of its first paragraph."""
    root = etree.fromstring(part)
    line = etree.SubElement(root, f"{W}p")
    properties = etree.SubElement(line, f"{W}pPr")
    first = root.find(f"{W}p/{W}pPr/{W}pStyle")
    if first is not None:
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", first.get(f"{W}val", ""))
    etree.SubElement(properties, f"{W}jc").set(f"{W}val", "right")
    run = etree.SubElement(line, f"{W}r")
    etree.SubElement(run, f"{W}t").text = f"{PROPERTY} {identity}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tracked(settings: bytes) -> bytes:
    """Switch tracked changes on, for good but without a password: whoever has to can lift it (17.15.1.29)."""
    root = etree.fromstring(settings)
    for old in (*root.findall(f"{W}trackRevisions"), *root.findall(f"{W}documentProtection")):
        root.remove(old)
    place = next((n for n, e in enumerate(root) if e.tag not in _BEFORE_TRACKING), len(root))
    protection = etree.Element(f"{W}documentProtection")
    protection.set(f"{W}edit", "trackedChanges")
    protection.set(f"{W}enforcement", "1")
    root[place:place] = [etree.Element(f"{W}trackRevisions"), protection]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
