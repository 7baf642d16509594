"""File formats, without a word of strategies: bytes in, bytes out.

``docx`` reads Word files, ``template`` fills them, ``pdf`` lays them out and draws them, ``libreoffice`` is the second
engine; ``fonts`` and ``units`` are what all of them measure with.
"""
