"""The command line: arguments in, Japanese text and exit codes out. Only here is anything printed.

``main`` reads the arguments and runs a workflow; ``console`` shows progress and what a run found.
"""
