"""What a piece of work rests on, as digests, and its result as bytes: a result is kept under those digests alone.

A type of value that is not known here is a fault of the program, never a guess.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import platform
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from markupsafe import Markup
from msgspec import Struct

from pipeline.documents import memory
from pipeline.documents.fonts import FILES
from pipeline.documents.marked import Marked, Paragraphs
from pipeline.storage.manifest import installed
from pipeline.storage.outputs import sha256
from pipeline.storage.store import Mark, Store
from pipeline.workflows.project import PACKAGE

R = TypeVar("R")


class NoValue(Exception):
    """Bytes that hold no result of ours."""


_VALUES = {("decimal", "Decimal"), ("datetime", "date"), ("markupsafe", "Markup"), ("builtins", "frozenset")}
"""What a result may hold beside the program's own frozen classes and enums."""

_MOST = 1000
"""Results that are held at once: a few runs' of a city, some 20 MB."""


def digest(value: object) -> str:
    """Return the digest (hex) of a value; raises ``TypeError`` for one of an unknown type."""
    pieces: list[str] = []
    _spell((value,), pieces.append)
    return hashlib.sha256("".join(pieces).encode(errors="surrogatepass")).hexdigest()


def digests(basis: Mapping[str, object]) -> dict[str, str]:
    """Return the digest of each part of what a piece of work rests on."""
    return {name: digest(value) for name, value in basis.items()}


def packed(result: object) -> bytes:
    """Return a result as bytes; raises ``TypeError`` for one that could not be read again."""
    data = io.BytesIO()
    _Packer(data, pickle.HIGHEST_PROTOCOL).dump(result)
    return data.getvalue()


def unpacked(data: bytes) -> object:
    """Return the result that bytes hold: nothing but values can come of them, whoever wrote them.

    Raises ``NoValue`` for anything else.
    """
    try:
        return _Values(io.BytesIO(data)).load()
    except Exception as fault:  # a stream that somebody made up fails in any way
        raise NoValue from fault


def find(store: Store, key: str) -> Any:  # noqa: ANN401 - whatever was kept there
    """Return the result that is kept under a key (hex), which nobody may change; None where there is none."""
    mark = store.mark(key)
    with suppress(NoValue):
        return _found(store, key, mark) if mark else None


@lru_cache(maxsize=_MOST)
def _found(store: Store, key: str, mark: Mark) -> object:
    """Return what a file of the store holds: a process that goes on reads and unpacks it once, while it is the same."""
    data = store.find(key)
    return unpacked(data) if data else None


def keep(store: Store, key: str, made: R) -> R:
    """Keep a result under a key, and return it."""
    store.keep(key, packed(made))
    return made


class Memory(Struct, frozen=True):
    """What earlier runs made, for those who know of no store: by all that it rests on beside the program."""

    store: Store

    def find(self, basis: object) -> Any:  # noqa: ANN401 - whatever was kept there
        """Return what was made of the same; None where nothing was."""
        return find(self.store, digest((program(), basis)))

    def keep(self, basis: object, made: object) -> None:
        """Keep what was made under all that it rests on."""
        keep(self.store, digest((program(), basis)), made)


def once(store: Store, basis: object, make: Callable[[], R]) -> R:
    """Return what is made of a basis, which is all that it rests on beside the program: found where it was kept."""
    return memory.once(Memory(store), basis, make)


def typefaces(store: Store) -> Mapping[str, str]:
    """Return the SHA-256 of the typefaces of reports by the names of their files, which ``program`` tells apart."""
    return once(store, "書体", lambda: {path.name: sha256(path.read_bytes()) for path in FILES.values()})


class _Packer(pickle.Pickler):
    """Writes results; members of enums by their values, which Python 3.11.0 to 3.11.3 writes as looked up by name."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as the library has it
        """Return what makes a member of an enum anew; for all else the usual."""
        kind = value if isinstance(value, type) else type(value)
        if not _is_read(kind):  # else it would be written, and made anew in every run, with nobody the wiser
            raise TypeError(f"{kind} is no value")
        return (kind, (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Values(pickle.Unpickler):
    """Reads results, in which only classes of values are named."""

    def find_class(self, module: str, name: str) -> object:
        if module.startswith("pipeline.") or (module, name) in _VALUES:
            found = getattr(import_module(module), name)
            if isinstance(found, type) and _is_read(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


@cache
def _is_read(kind: type) -> bool:
    """Return whether values of a type are read again."""
    if (kind.__module__, kind.__qualname__) in _VALUES:
        return True
    return kind.__module__.startswith("pipeline.") and issubclass(kind, Struct | Enum | tuple)


def _spell(values: Iterable[Any], add: Callable[[str], None]) -> None:
    """Spell values piece by piece, each with its type and length, so that no two values give the same pieces."""
    for value in values:
        kind: Any = type(value)
        if kind is str:  # as most are
            add(f'"{len(value)}:{value}')
        elif kind in _PLAIN:
            add(f"{_PLAIN[kind]}={value!r};")
        elif isinstance(parts := _taking_apart(kind)(value), str):
            add(f"{kind.__qualname__}={len(parts)}:{parts}")
        else:
            add(f"{kind.__qualname__}*{len(parts)};")
            _spell(parts, add)


@cache
def _taking_apart(kind: Any) -> Callable[[Any], str | Collection[object]]:  # noqa: ANN401 - a type
    """Return what takes the values of a type apart: into a text, or into other values; raises ``TypeError``."""
    if kind in _APART:
        return _APART[kind]
    if issubclass(kind, Enum):
        return lambda value: str(value.name)
    if issubclass(kind, Markup | Marked):
        return lambda value: (str(value), getattr(value, "printed", ""))
    names = getattr(kind, "__struct_fields__" if issubclass(kind, Struct) else "_fields", None)
    if names is not None:
        return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]
    raise TypeError(f"no digest of {kind}")


_PLAIN = {kind: kind.__name__ for kind in (bool, int, float, Decimal, date, type(None))}
"""Types of values that Python writes without a semicolon, and their names."""

_APART: Mapping[type, Callable[[Any], str | Collection[object]]] = {
    **dict.fromkeys((list, tuple, Paragraphs), lambda values: values),
    **dict.fromkeys((dict, MappingProxyType), lambda values: [part for pair in values.items() for part in pair]),
    frozenset: sorted,
    bytes: lambda value: hashlib.sha256(value).hexdigest(),
}
"""What takes the values of plain types apart."""


_COMPILED = "__pycache__"
"""Where Python writes what it compiled, files of passing names among them, in any run beside this one."""


@cache
def program() -> str:
    """Return the digest (hex) of the program: its own files, Python, and all libraries that are installed.

    A file is told by its size and the times that the system changes whenever it is written or put there: to read them
    all (30 MB of typefaces) takes longer than a check.
    """
    made = hashlib.sha256(f"{platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    made.update(str(sorted(installed().items())).encode())
    folders = (folder for folder, _, _ in os.walk(PACKAGE) if not folder.endswith(_COMPILED))
    entries = (entry for folder in folders for entry in os.scandir(folder) if not entry.is_dir())
    for path, found in sorted((entry.path, entry.stat()) for entry in entries):
        made.update(f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}\n".encode())
    return made.hexdigest()
