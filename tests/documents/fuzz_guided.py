"""The same as ``tests.documents.fuzz``, where atheris chooses what reaches new code; ends with the first fault.

``python -m tests.documents.fuzz_guided -max_total_time=600``, in an environment with atheris; options are libFuzzer's.
"""

from __future__ import annotations

import importlib
import sys

atheris = importlib.import_module("atheris")
with atheris.instrument_imports(include=["pipeline.documents"]):
    fuzz = importlib.import_module("tests.documents.fuzz")


def main() -> None:
    """Damage documents as atheris chooses, until its time is up."""
    documents = fuzz.corpus()

    def one(data: bytes) -> None:
        source = atheris.FuzzedDataProvider(data)
        made = fuzz.damaged(documents, lambda below: source.ConsumeIntInRange(0, below - 1))
        try:
            fuzz.attempt(made)
        except Exception:
            fuzz.kept(made)
            raise

    atheris.Setup([*sys.argv, "-len_control=0", "-max_len=64"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
