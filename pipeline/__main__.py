"""``python -m pipeline``, and the installed program: hands over to the command line."""

import sys


def main() -> int:
    """Run the command line with the program's arguments; return its exit code."""
    try:
        from pipeline.cli.main import main as run  # noqa: PLC0415 - what takes time to load can be interrupted

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 3


if __name__ == "__main__":
    sys.exit(main())
