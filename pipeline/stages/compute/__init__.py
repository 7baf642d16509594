"""Compute: what was reached of what was aimed at.

In: the checked ``Evaluation``. Out: ``Results``, every indicator assessed at every place that shows it, and the two
files others read (``achievement.json``, ``achievement.csv``). ``workflows.report`` calls.
"""

from pipeline.stages.compute.files import to_json
from pipeline.stages.compute.past import followed
from pipeline.stages.compute.results import compute
from pipeline.stages.compute.table import to_csv

__all__ = ["compute", "followed", "to_csv", "to_json"]
