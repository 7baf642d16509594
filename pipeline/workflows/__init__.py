"""The order of things, one module a family of commands; what stages need of each other is handed over here.

In: a ``Project`` (folder and year) and what the user asked for. Out: what came of it, as values; ``cli`` prints it.
"""
