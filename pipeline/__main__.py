"""``python -m pipeline``: hands over to the command line."""

import sys

try:
    from pipeline.cli.main import main

    code = main(sys.argv[1:])
except KeyboardInterrupt:  # while the program is still being loaded
    code = 3
sys.exit(code)
