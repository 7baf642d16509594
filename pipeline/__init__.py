"""A city's yearly strategy evaluation: structured inputs in, Word sheets and one PDF book out.

Data flows one way: inputs -> model -> achievement -> charts -> sheets -> book -> pdf. ``build`` alone wires the stages.
"""
