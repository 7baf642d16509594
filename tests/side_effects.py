"""Finds what prints outside ``cli`` and what writes outside ``storage``; ``python -m tests.side_effects`` lists it.

Read from the source: calls of the standard library that write, by whatever name they were imported, and the streams.
A library that is handed a path to save to escapes it; the product hands those nothing but buffers.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.project import ROOT

PRINTERS = ("cli/", "__main__.py")
WRITERS = ("storage/", "documents/libreoffice.py")
"""LibreOffice works on files, in a temporary folder of its own."""
_HARMLESS = {"shutil.which", "shutil.get_terminal_size", "os.devnull"}
_WRITING_MODULES = ("shutil.", "tempfile.")
_WRITING_CALLS = {
    *(f"os.{name}" for name in ("chmod", "link", "makedirs", "mkdir", "open", "remove", "removedirs", "rename")),
    *(f"os.{name}" for name in ("renames", "replace", "rmdir", "symlink", "truncate", "unlink", "mkfifo", "mknod")),
}
_WRITING_METHODS = {
    *("write_bytes", "write_text", "mkdir", "touch", "chmod", "lchmod", "unlink", "rmdir", "rename"),
    *("symlink_to", "hardlink_to"),
}
_PRINTING = ("sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__", "rich.console.", "rich.print")


def breaches(folder: Path) -> Iterator[str]:
    """Yield ``module:line: what`` for all that a package's modules do and may not."""
    for path in sorted(folder.rglob("*.py")):
        module = path.relative_to(folder).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = dict(_imported(tree))
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.expr)):
            if not module.startswith(WRITERS) and (what := _writes(node, names)):
                yield f"{module}:{node.lineno}: {what} writes; only storage/ may"
            if not module.startswith(PRINTERS) and (what := _prints(node, names)):
                yield f"{module}:{node.lineno}: {what} prints; only cli/ may"


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that imports give, and what they stand for in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.asname or name.name, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((name.asname or name.name, f"{node.module}.{name.name}") for name in node.names)


def _full(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return a dotted name in full (``rmtree`` → ``shutil.rmtree``); empty for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{_full(node.value, names)}.{node.attr}"
    return ""


def _writes(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return the name of a call that writes; empty for all else."""
    if not isinstance(node, ast.Call):
        return ""
    full = _full(node.func, names)
    if full in _HARMLESS or any(_full(argument, names) == "os.devnull" for argument in node.args):
        return ""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    writing = full.startswith(_WRITING_MODULES) or full in _WRITING_CALLS or method in _WRITING_METHODS
    moving = method == "replace" and len(node.args) == 1 and not node.keywords  # a text's takes two arguments
    opening = (full == "open" or method == "open") and _is_for_writing(node)
    return full or method if writing or moving or opening else ""


def _is_for_writing(call: ast.Call) -> bool:
    """Return whether ``open`` gets a mode that writes, or one that nobody can read here."""
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    place = 1 if isinstance(call.func, ast.Name) else 0
    modes += call.args[place : place + 1] if not modes else []
    return any(isinstance(mode, ast.Constant) and bool(set(str(mode.value)) & set("wax+")) for mode in modes)


def _prints(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return the name of what prints, or asks; empty for all else."""
    if isinstance(node, ast.Call) and _full(node.func, names) in ("print", "input"):
        return _full(node.func, names)
    if isinstance(node, ast.Attribute | ast.Name):
        full = _full(node, names)
        return full if full.startswith(_PRINTING) else ""
    return ""


def main() -> int:
    """Print the breaches; return 1 where there is one."""
    found = list(breaches(ROOT / "pipeline"))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
