"""The shapes of the input files as JSON Schema (draft-07), for editors that complete and check while one types.

In: the shapes of ``files``. Out: one schema per kind of file, with titles and descriptions in Japanese. What a schema
cannot say (rules across files, the reading of wide digits) is left to the checks of a run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.descriptions import described
from pipeline.stages.validate.files import AuditFile, GoalsFile, MeasureFile, ReportFile, StrategyFile, WordsFile
from pipeline.stages.validate.names import VALUES, called
from pipeline.stages.validate.scalars import YEAR_HINT
from pipeline.stages.validate.scheme_file import SchemeShape

Schema = dict[str, Any]

KINDS: Mapping[str, type[Shape]] = {
    "report": ReportFile,
    "strategy": StrategyFile,
    "goals": GoalsFile,
    "measure": MeasureFile,
    "audit": AuditFile,
    "words": WordsFile,
    "scheme": SchemeShape,
}
"""The kinds of input file by the name of their schema."""

_RENAMED = {"ge": "minimum", "le": "maximum"}
"""Bounds that pydantic cannot translate behind a validator of our own."""


def schemas() -> Mapping[str, str]:
    """Return the text of every schema by its file name."""
    return {f"{kind}.schema.json": _text(schema(shape)) for kind, shape in KINDS.items()}


def schema(shape: type[Shape]) -> Schema:
    """Return the schema of one shape."""
    made = shape.model_json_schema()
    shapes = {found.__name__: found for found in _shapes(Shape)}
    for name, part in ((shape.__name__, made), *made.get("$defs", {}).items()):
        _describe(part, shapes[name])
    for part in _parts(made):
        _translate(part)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **made}


def _text(made: Schema) -> str:
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _shapes(shape: type[Shape]) -> Iterator[type[Shape]]:
    for child in shape.__subclasses__():
        yield child
        yield from _shapes(child)


def _describe(part: Schema, shape: type[Shape]) -> None:
    """Say in Japanese what a shape and its keys are; pydantic has put our docstrings there."""
    part["title"] = shape.called
    part.pop("description", None)
    for key, field in part["properties"].items():
        found = described(shape.prefix, key)
        field["title"] = called(key, shape.prefix) or key
        if found and "description" not in field:
            field["description"] = found.text
        if found and found.examples:
            field["examples"] = list(found.examples)


def _parts(node: object) -> Iterator[Schema]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _parts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _parts(child)


def _translate(part: Schema) -> None:
    for before, after in _RENAMED.items():
        if before in part:
            part[after] = part.pop(before)
    if "patternProperties" in part:  # editors complete what is under any key, and tell what a key should be
        ((pattern, value),) = part.pop("patternProperties").items()
        part["propertyNames"] = {"pattern": pattern, "patternErrorMessage": YEAR_HINT}
        part["additionalProperties"] = value
    if part.get("default") in (None, "", []) and not isinstance(part.get("default"), bool):
        part.pop("default", None)
    if isinstance(part.get("enum"), list) and all(word in VALUES for word in part["enum"]):
        part["enumDescriptions"] = [VALUES[word] for word in part["enum"]]
