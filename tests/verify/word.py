"""Word files against the Open XML SDK, the library that Microsoft checks its own format with."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.verify.findings import Finding, Verdict

SCRIPT = Path(__file__).with_name("word.mjs")


def validate(root: Path, paths: Sequence[str]) -> Verdict:
    """Validate files, given relative to ``root``. Raises ``CalledProcessError`` if the validator itself fails."""
    process = subprocess.run(["node", str(SCRIPT), *paths], cwd=root, stdout=subprocess.PIPE, check=True)
    answers = json.loads(process.stdout)
    return Verdict("Word", "Open XML SDK", {path: _findings(answers[path]) for path in paths})


def _findings(errors: Sequence[dict[str, str]]) -> list[Finding]:
    """Count errors of the same rule and text, and keep where the first stands."""
    counts = Counter((error["rule"], error["text"]) for error in errors)
    first = {(error["rule"], error["text"]): error["place"] for error in reversed(errors)}
    return [Finding(rule, count, text, first[rule, text]) for (rule, text), count in counts.items()]
