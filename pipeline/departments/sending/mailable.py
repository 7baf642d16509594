"""The package of a sheet that is sent: its identity as a property and in the header, and tracked changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from msgspec.structs import replace

from pipeline.departments.issued.identity import PROPERTY
from pipeline.documents.docx.markup import W, serialize
from pipeline.documents.docx.parts import DOCUMENT, PACKAGE, Part, named, put
from pipeline.model.correspondence import Identity

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CUSTOM = Part(
    PACKAGE,
    f"{_OFFICE}relationships/custom-properties",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "docProps/custom.xml",
)
_SETTINGS = Part(
    DOCUMENT,
    f"{_OFFICE}relationships/settings",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
    "word/settings.xml",
)
_PROPERTY, _VALUES = f"{{{_OFFICE}custom-properties}}", f"{_OFFICE}docPropsVTypes"
_EMPTY = f'<Properties xmlns="{_PROPERTY[1:-1]}" xmlns:vt="{_VALUES}"/>'
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Marks properties that users name (ISO/IEC 29500-1, 22.3.2.2)."""
_FIRST_ID = 2
"""The lowest number of a property (22.3.2.2)."""
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


def identified(parts: Mapping[str, bytes], identity: Identity) -> dict[str, bytes]:
    """Write the identity into the document's properties, beside those of the template, and into its headers."""
    made = {name: _printed(part, identity) if _HEADER.fullmatch(name) else part for name, part in parts.items()}
    there = named(made, PACKAGE, _CUSTOM.kind)
    root = etree.fromstring(_EMPTY if there is None else made[there])
    for old in [one for one in root if one.get("name") == PROPERTY]:
        root.remove(old)
    number = max((int(one.get("pid", "0")) for one in root), default=_FIRST_ID - 1) + 1
    added = etree.SubElement(root, f"{_PROPERTY}property", fmtid=_FORMAT, pid=str(number), name=PROPERTY)
    etree.SubElement(added, f"{{{_VALUES}}}lpwstr").text = str(identity)
    return put(made, replace(_CUSTOM, data=serialize(root)))


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
    return serialize(root)


def tracked(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Switch tracked changes on, for good but without a password: whoever has to can lift it (17.15.1.29)."""
    there = named(parts, DOCUMENT, _SETTINGS.kind)
    root = etree.Element(f"{W}settings", nsmap={"w": W[1:-1]}) if there is None else etree.fromstring(parts[there])
    for old in (*root.findall(f"{W}trackRevisions"), *root.findall(f"{W}documentProtection")):
        root.remove(old)
    place = next((n for n, e in enumerate(root) if e.tag not in _BEFORE_TRACKING), len(root))
    protection = etree.Element(f"{W}documentProtection")
    protection.set(f"{W}edit", "trackedChanges")
    protection.set(f"{W}enforcement", "1")
    root[place:place] = [etree.Element(f"{W}trackRevisions"), protection]
    data = serialize(root)
    return put(parts, replace(_SETTINGS, data=data)) if there is None else {**parts, there: data}
