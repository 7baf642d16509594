"""Writing a file in one step: a kill or a full disk leaves what was there, never half a file."""

from __future__ import annotations

import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put the bytes where they belong by renaming; a file that is replaced hands on its permissions."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        made = Path(stream.name)
        try:
            stream.write(data)
            stream.flush()
            made.chmod(mode)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
