"""A city's yearly strategy evaluation: structured inputs in, Word sheets and one PDF book out.

Data flows one way: validate -> compute -> audit -> charts -> sheets -> book -> pdf. ``workflows`` wire the stages.
"""
