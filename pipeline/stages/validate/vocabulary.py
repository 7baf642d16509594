"""What the keys of a shape are called in Japanese and how they are written, as its fields have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from pydantic.fields import FieldInfo

from pipeline.stages.validate.base import NEEDED, WRITTEN, Example, Shape


class Key(Struct, frozen=True):
    """A key of a shape: its name in the file, its Japanese name, and a request that shows how it is written."""

    name: str
    title: str
    request: str

    @property
    def quoted(self) -> str:
        """The key within a sentence: 『unit』（単位）."""
        return f"『{self.name}』（{self.title}）"

    @property
    def plain(self) -> str:
        """The key within a list of keys: unit（単位）."""
        return f"{self.name}（{self.title}）"


@cache
def vocabulary(shape: type[Shape]) -> Mapping[str, Key]:
    """Return the keys of a shape by their names, in their order."""
    fields = shape.model_fields.items()
    return {name: Key(name, field.title or name, _request(name, field)) for name, field in fields}


def needed(shape: type[Shape]) -> tuple[str, ...]:
    """Return the keys of a shape that may be left out, and are missed where another is lacking."""
    extras = {name: field.json_schema_extra for name, field in shape.model_fields.items()}
    return tuple(name for name, extra in extras.items() if isinstance(extra, dict) and NEEDED in extra)


def _request(name: str, field: FieldInfo) -> str:
    """Return how to write a key: unit: 件 のように書いてください."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    shown = str(extra.get(WRITTEN) or f"{name}: {_flow(field.examples[0]) if field.examples else f'（{field.title}）'}")
    return f"{shown}ください" if shown.endswith("て") else f"{shown} のように書いてください"


def _flow(value: Example) -> str:
    """Return a value as a line of YAML has it: {R2: 78, R3: 未設定}."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(child)}' for key, child in value.items())}}}"
    if isinstance(value, str):
        return f'"{value}"' if value.isdigit() else value
    return str(value) if isinstance(value, int) else f"[{', '.join(_flow(child) for child in value)}]"
