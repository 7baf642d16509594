"""The metadata of a PDF, in both places where readers look: the information dictionary and the XMP packet.

Both are made from the same values, so that they cannot differ (ISO 32000-1, 14.3; ISO 19005-2, 6.6).
"""

from __future__ import annotations

from datetime import date
from html import escape
from unicodedata import category

from pipeline.documents.pdf.parts import PdfInfo
from pipeline.documents.standard import Standard

CONDITION = "sRGB IEC61966-2.1"
"""The name of the colour space that all colours are given in."""
_UNSAYABLE = frozenset({"Cc", "Cs", "Cn"})
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="w"?>'
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_UA = """<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
"""The claim of PDF/UA, with the description that PDF/A asks for of properties it does not know (6.6.2.3.3)."""


_A = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
_UA_2 = """<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>
<pdfd:declarations xmlns:pdfd="http://pdfa.org/declarations/"><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo>
</rdf:li></rdf:Bag></pdfd:declarations>"""
"""The claims of PDF/UA-2 (ISO 14289-2, 5) and of Well-Tagged PDF for accessibility (6.1.3)."""
_A_4 = "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
_CLAIMS = {Standard.UA1: (_A, _UA), Standard.UA2: (_A_4, _UA_2)}
"""What is claimed of a PDF as an archive, and of one that anybody can read."""


def information(info: PdfInfo) -> dict[str, str]:
    """Return the entries of the information dictionary; no author and no date where the caller gives none."""
    entries = {"Title": _printable(info.title)}
    if info.author:
        entries["Author"] = _printable(info.author)
    if info.date is not None:
        entries |= dict.fromkeys(("CreationDate", "ModDate"), f"D:{info.date:%Y%m%d}000000+09'00'")
    return entries


def packet(info: PdfInfo, is_accessible: bool) -> bytes:
    """Return the XMP packet: the same values, and the claims of an archive and, if so, of accessibility."""
    archive, accessible = _CLAIMS[info.standard]
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items() if prefix != "rdf")
    lines = (
        _BEGIN,
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_NAMESPACES["rdf"]}">',
        f'<rdf:Description rdf:about="" {spaces}>',
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_markup(info.title)}</rdf:li></rdf:Alt></dc:title>',
        *_creator(info.author),
        f"<dc:language><rdf:Bag><rdf:li>{_markup(info.language)}</rdf:li></rdf:Bag></dc:language>",
        *_dates(info.date),
        archive,
        *([accessible] if is_accessible else []),
        "</rdf:Description></rdf:RDF></x:xmpmeta>",
        _END,
    )
    return "\n".join(lines).encode()


def _printable(text: str) -> str:
    """Leave out what XML cannot hold, such as what stands for undecodable bytes in file names."""
    return "".join(character for character in text if category(character) not in _UNSAYABLE)


def _markup(text: str) -> str:
    return escape(_printable(text), quote=False)


def _creator(author: str) -> tuple[str, ...]:
    return (f"<dc:creator><rdf:Seq><rdf:li>{_markup(author)}</rdf:li></rdf:Seq></dc:creator>",) if author else ()


def _dates(day: date | None) -> tuple[str, ...]:
    """Return the day's beginning in Japan."""
    if day is None:
        return ()
    time = f"{day.isoformat()}T00:00:00+09:00"
    return (f"<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>",)
