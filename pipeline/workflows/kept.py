"""What a piece of work rests on, as digests, and its result as bytes: a result is kept under those digests alone.

A type of value that is not known here is a fault of the program, never a guess.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import platform
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from markupsafe import Markup

from pipeline.documents.marked import Marked, Paragraphs
from pipeline.storage.manifest import installed
from pipeline.storage.store import Store

R = TypeVar("R")


class NoValue(Exception):
    """Bytes that hold no result of ours."""


_PACKAGE = Path(__file__).resolve().parents[1]
_PLAIN = (str, int, float, Decimal, bytes, date, Path, type(None))
_LISTS = (list, tuple, Paragraphs)
_VALUES = {("decimal", "Decimal"), ("datetime", "date"), ("markupsafe", "Markup"), ("builtins", "frozenset")}
"""What a result may hold beside the program's own frozen classes and enums."""


def digest(value: object) -> str:
    """Return the digest (hex) of a value; raises ``TypeError`` for one of an unknown type."""
    made = hashlib.sha256()
    for part in _parts(value):
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()


def digests(basis: Mapping[str, object]) -> dict[str, str]:
    """Return the digest of each part of what a piece of work rests on."""
    return {name: digest(value) for name, value in basis.items()}


def packed(result: object) -> bytes:
    """Return a result as bytes."""
    return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> object:
    """Return the result that bytes hold: nothing but values can come of them, whoever wrote them.

    Raises ``NoValue`` for anything else.
    """
    try:
        return _Values(io.BytesIO(data)).load()
    except Exception as fault:  # a stream that somebody made up fails in any way
        raise NoValue from fault


def find(store: Store, key: str) -> Any:  # noqa: ANN401 - whatever was kept there
    """Return the result that is kept under a key (hex); None where there is none."""
    data = store.find(key)
    with suppress(NoValue):
        return unpacked(data) if data else None


def keep(store: Store, key: str, made: R) -> R:
    """Keep a result under a key, and return it."""
    store.keep(key, packed(made))
    return made


class _Values(pickle.Unpickler):
    """Reads results, in which only classes of values are named."""

    def find_class(self, module: str, name: str) -> object:
        found = getattr(import_module(module), name) if module.startswith("pipeline.") and name.isidentifier() else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple)):
            return found
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _parts(value: object) -> Iterator[bytes]:
    """Yield a value piece by piece, each with its type, so that no two values give the same pieces."""
    yield type(value).__qualname__.encode()
    if isinstance(value, Enum):
        yield value.name.encode()
    elif isinstance(value, Markup | Marked):
        yield str(value).encode()
        yield getattr(value, "printed", "").encode()
    elif type(value) in (*_PLAIN, bool):
        yield value if isinstance(value, bytes) else repr(value).encode()
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, Mapping) and type(value) in (dict, MappingProxyType):
        yield from _listed([part for pair in value.items() for part in pair])
    elif isinstance(value, frozenset):
        yield from _listed(sorted(value))
    elif isinstance(value, list | tuple) and (type(value) in _LISTS or hasattr(value, "_fields")):
        yield from _listed(value)
    else:
        raise TypeError(f"no digest of {type(value)}")


def _listed(values: list[Any] | tuple[Any, ...]) -> Iterator[bytes]:
    yield b"%d" % len(values)
    for value in values:
        yield from _parts(value)


@cache
def program() -> str:
    """Return the digest (hex) of the program: its own files, Python, and all libraries that are installed."""
    versions = sorted(installed().items())
    made = hashlib.sha256(f"{platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION} {versions}".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            made.update(path.read_bytes())
    return made.hexdigest()
