"""Content controls tied to data in the package (17.5.2.6): Word shows the data, whatever the document says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.markup import W

_STORES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
"""How documents name the stores that are the package's own properties, each with its kind of relationship."""
_ITEM = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PATH = re.compile(r"(/[\w.:-]+(\[\d+\])?)+(/@[\w.:-]+)?")
"""The paths that Word writes; others are not followed."""
_PREFIXES = re.compile(r"""xmlns:([\w.-]+)=(?:'([^']*)'|"([^"]*)")""")


def collect_outdated(root: etree._Element, context: Context) -> None:
    """Collect a refusal for each plain text control of a part whose text is not that of its data."""
    bound = [control for control in root.iter(f"{W}sdt") if _is_bound_text(control)]
    stores = dict(_stores(context)) if bound else {}
    for control in bound:
        data = _data(control, stores)
        if data and data != _plain(control.iterfind(f"{W}sdtContent//{W}t")):
            context.collect(context.refuse("元のデータと文字の違うコンテンツ コントロール", control), control)


def _is_bound_text(control: etree._Element) -> bool:
    return all(control.find(f"{W}sdtPr/{W}{tag}") is not None for tag in ("dataBinding", "text"))


def _stores(context: Context) -> Iterator[tuple[str, etree._Element]]:
    """Yield what controls may be tied to, each with the identifier by which they name it."""
    package = context.package
    for identifier, kind in _STORES.items():
        part = package.related("", kind)
        if part is not None:
            yield identifier, package.xml(part)
    for item in package.relationships(package.document).values():
        properties = package.related(item.target, "customXmlProps") if item.kind == "customXml" else None
        if properties is not None and item.target in package:
            yield package.xml(properties).get(_ITEM, "").upper(), package.xml(item.target)


def _data(control: etree._Element, stores: Mapping[str, etree._Element]) -> str:
    """Return the text that a control is tied to, "" where there is none."""
    binding = next(control.iterfind(f"{W}sdtPr/{W}dataBinding"))
    store = stores.get(binding.get(f"{W}storeItemID", "").upper())
    path = binding.get(f"{W}xpath", "")
    if store is None or not _PATH.fullmatch(path):
        return ""
    prefixes = {name: one or other for name, one, other in _PREFIXES.findall(binding.get(f"{W}prefixMappings", ""))}
    try:
        found = store.xpath(path, namespaces=prefixes)
    except etree.XPathError:
        return ""
    first = found[0] if isinstance(found, list) and found else ""
    return _plain(iter((first,))) if isinstance(first, etree._Element) else "".join(str(first).split())


def _plain(elements: Iterator[etree._Element]) -> str:
    """Return the text of elements without its spaces: those of lines and of the XML differ."""
    texts = (str(text) for element in elements for text in element.itertext())
    return "".join("".join(texts).split())
