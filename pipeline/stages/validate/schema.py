"""The shapes of the input files as JSON Schema (draft-07), for editors that complete and check while one types.

In: the shapes of ``files``. Out: one schema per kind of file, with titles and descriptions in Japanese. What a schema
cannot say (rules across files, the reading of wide digits) is left to the checks of a run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.model.form import Form
from pipeline.stages.validate.base import NEEDED, WRITTEN, File, Shape
from pipeline.stages.validate.files import FILES
from pipeline.stages.validate.measure_file import goals_file, measure_file
from pipeline.stages.validate.opinions_file import opinions_file
from pipeline.stages.validate.quantities import YEAR_HINT
from pipeline.stages.validate.strategy_file import strategy_file

Schema = dict[str, Any]


def kinds(form: Form) -> Mapping[str, type[File]]:
    """Return the kinds of input file of a year with this form by the name of their schema."""
    own = (strategy_file(form), goals_file(form), measure_file(form), opinions_file(form))
    return {shape.kind: shape for shape in (*FILES, *own)}


_RENAMED = {"ge": "minimum", "le": "maximum"}
"""Bounds that pydantic cannot translate behind a validator of our own."""


def schemas(form: Form) -> Mapping[str, str]:
    """Return the text of every schema by its file name."""
    return {f"{kind}.schema.json": _text(schema(shape)) for kind, shape in kinds(form).items()}


def schema(shape: type[Shape]) -> Schema:
    """Return the schema of one shape."""
    made = shape.model_json_schema()
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("description", None)  # our docstrings
        for field in part["properties"].values():
            if "$ref" in field:  # pydantic leaves out a title that is also the shape's
                field.setdefault("title", made["$defs"][field["$ref"].rpartition("/")[2]]["title"])
    for part in _parts(made):
        _translate(part)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **made}


def _text(made: Schema) -> str:
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


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
    part.pop(WRITTEN, None)
    part.pop(NEEDED, None)
