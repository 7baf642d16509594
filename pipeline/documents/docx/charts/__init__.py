"""Charts (ISO/IEC 29500-1, 21.2), drawn anew from the figures that a document keeps of them.

``reference_xml`` is what a drawing asks; ``chart_xml`` reads a part into a ``model.Chart``; ``drawn`` makes shapes with
text of it, which are laid out, tagged and looked for as any others; ``figures`` shows numbers as their formats say,
``scale`` chooses the ends of axes.
"""
