"""Word files with damaged XML, read, laid out and drawn: each must be drawn whole or refused, and neither takes long.

``python -m tests.documents.fuzz SECONDS [SEED]`` chooses by chance, ``fuzz_guided`` lets atheris choose. What fails is
written to .fuzz/, with its fault. What is damaged are the documents of ``make compare``.
"""

from __future__ import annotations

import io
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from hashlib import sha256
from random import Random
from typing import TypeAlias

from lxml import etree

from pipeline.documents.docx import DocxError
from pipeline.documents.pdf import PdfInfo, PdfPart, check, draw, draw_document
from tests.compare.cases import CASES
from tests.compare.office_files import OFFICE_FILES
from tests.compare.word_files import WORD_FILES
from tests.documents.docx.chart_files import CHARTS, charted
from tests.documents.docx.diagram_files import box, diagram
from tests.documents.docx.docx_files import docx, package
from tests.documents.docx.ornaments import ORNAMENTS
from tests.project import ROOT

Choose: TypeAlias = Callable[[int], int]
"""Gives a whole number below another."""
Parts: TypeAlias = Mapping[str, bytes]

FOLDER = ROOT / ".fuzz"
SLOW = 20.0
"""So many seconds (with a busy machine in mind) are a fault."""
_MOST = 4
_VALUES = (
    "", "0", "1", "-1", "2", "7", "240", "-240", "31680", "65536", "99999999", "-99999999", "1.5", "1e9", "nan", "50%",
    "-3cm", "auto", "true", "off", "none", "x", "both", "exact", "continuous", "restart", "FFFFFF", "ＭＳ 明朝",
    "\u202e",
)  # fmt: skip
_BYTES = (b"", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0", b"\0\0\0\x80", b"\x46")
_TEXTS = ("", " ", "国", "a" * 400, "、" * 90, "が\u3099", "\u200b\u00ad", "☑𠮷", "مرحبا", "1,234.5")


def corpus() -> list[Parts]:
    """Return the parts of all documents that are damaged."""
    office = [next(iter(made.values())) for made in OFFICE_FILES.values()]
    own = [charted(*CHARTS.values(), size=(120, 80)), docx("".join(ORNAMENTS.values())), diagram(box("箱", 0))]
    return [*map(_parts, own), *(_parts(make()) for make in (*CASES.values(), *WORD_FILES.values(), *office))]


def _parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def damaged(documents: list[Parts], choose: Choose) -> bytes:
    """Return a document in which up to four things are not as they were."""
    parts = dict(documents[choose(len(documents))])
    for _ in range(1 + choose(_MOST)):
        drawings = [name for name in parts if name.endswith(".emf")]
        if drawings and choose(2):
            parts[drawings[0]] = _with_other_bytes(parts[drawings[0]], choose)
            continue
        names = [name for name in parts if name.endswith(".xml")]
        name = "word/document.xml" if choose(3) else names[choose(len(names))]
        root = etree.fromstring(parts[name])
        _DAMAGES[choose(len(_DAMAGES))](root, choose, documents)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return package(parts)


def _with_other_bytes(data: bytes, choose: Choose) -> bytes:
    at = choose(len(data))
    return data[:at] + _BYTES[choose(len(_BYTES))] + data[at + 4 * choose(2) :]


def _any(root: etree._Element, choose: Choose) -> etree._Element:
    found = list(root.iter(etree.Element))
    return found[choose(len(found))]


def _inner(root: etree._Element, choose: Choose) -> etree._Element | None:
    found = list(root.iterdescendants(etree.Element))
    return found[choose(len(found))] if found else None


def _delete(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    element = _inner(root, choose)
    if element is not None and (parent := element.getparent()) is not None:
        parent.remove(element)


def _double(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    element = _inner(root, choose)
    if element is not None:
        element.addnext(deepcopy(element))


def _move(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    element = _inner(root, choose)
    place = _any(root, choose)
    if element is not None and element not in (place, *place.iterancestors()):
        place.insert(choose(len(place) + 1), element)


def _graft(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    other = etree.fromstring(documents[choose(len(documents))]["word/document.xml"])
    place, element = _any(root, choose), _inner(other, choose)
    if element is not None:
        place.insert(choose(len(place) + 1), deepcopy(element))


def _set(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    held = [element for element in root.iter(etree.Element) if element.attrib]
    if held:
        element = held[choose(len(held))]
        element.set(sorted(element.attrib)[choose(len(element.attrib))], _VALUES[choose(len(_VALUES))])


def _unset(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    held = [element for element in root.iter(etree.Element) if element.attrib]
    if held:
        element = held[choose(len(held))]
        del element.attrib[sorted(element.attrib)[choose(len(element.attrib))]]


def _rewrite(root: etree._Element, choose: Choose, documents: list[Parts]) -> None:
    _any(root, choose).text = _TEXTS[choose(len(_TEXTS))]


_DAMAGES = (_delete, _double, _move, _graft, _set, _set, _set, _unset, _rewrite)


def attempt(data: bytes) -> str:
    """Read, lay out, draw and check a document; return "drawn" or "refused", raises what is a fault."""
    begun = time.process_time()
    try:
        part = PdfPart(draw_document(data, "x.docx", is_alone=True), "x.docx")
        pdf = draw([part], PdfInfo("x", ""))
    except DocxError:
        outcome = "refused"
    else:
        outcome = "drawn"
        if found := check([part], pdf):
            raise AssertionError([diagnostic.message for diagnostic in found])
    if (took := time.process_time() - begun) > SLOW:
        raise AssertionError(f"{took:.0f} s")
    return outcome


def kept(data: bytes) -> str:
    """Write down what failed, and how; return the fault in a line."""
    told = traceback.format_exc()
    FOLDER.mkdir(exist_ok=True)
    name = sha256(data).hexdigest()[:12]
    (FOLDER / f"{name}.docx").write_bytes(data)
    (FOLDER / f"{name}.txt").write_text(told, encoding="utf-8")
    return f"{name}: {told.strip().splitlines()[-1][:160]}"


def by_chance(seconds: float, seed: int) -> int:
    """Damage documents for so long; return how many faults there were."""
    documents, counts, faults = corpus(), {"drawn": 0, "refused": 0}, 0
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = damaged(documents, Random(f"{seed}-{number}").randrange)
        number += 1
        try:
            counts[attempt(data)] += 1
        except Exception:
            faults += 1
            sys.stdout.write(f"{kept(data)}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{number} files: {counts['drawn']} drawn, {counts['refused']} refused, {faults} faults\n")
    return faults


if __name__ == "__main__":
    raise SystemExit(min(1, by_chance(float(sys.argv[1]), int((sys.argv[2:] or ["0"])[0]))))
