"""``python -m pipeline``: hands over to the command line."""

import sys

from pipeline.cli import main

sys.exit(main(sys.argv[1:]))
