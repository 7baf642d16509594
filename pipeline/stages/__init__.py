"""The stages, in the order in which ``workflows.report`` runs them. A stage never imports another.

Each is a package with few public functions and checks of its own: what comes in and what goes out stands in its
docstring.
"""

STAGES = ("validate", "compute", "audit", "charts", "sheets", "book", "pdf")
