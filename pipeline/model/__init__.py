"""The types handed from stage to stage: frozen values without behaviour.

``strategy`` is what the city decided once, ``evaluation`` what a year adds, ``report`` how the book is to look,
``results`` what is computed, ``documents`` what is drawn. Years are strings as printed in tables (``"R2"``).
Numbers are ``Decimal``, as exact as the inputs.
"""
