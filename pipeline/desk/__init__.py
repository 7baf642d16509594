"""The desk: a page in the browser from which the book is seen and the year's work done.

In: a project and its year. Out: a server on this machine alone, whose page shows the book as it is in ``outputs``, what
is found, and what came back, and takes decisions. ``cli`` starts it; it stands on ``workflows``.

``desk`` keeps what is shown now and runs the workflows, one that writes at a time; ``watching`` makes the report anew
when an input is saved; ``news`` tells browsers; ``guards`` says who may ask, ``server`` hears and answers, ``routes``
lists what may be asked. ``shown`` gives the state as plain data, ``sources`` where a text comes from, ``deciding`` what
came back and the answers to it, ``looking`` the files themselves, ``sending`` what goes out. ``page`` holds the page
itself: HTML, styles, scripts.
"""
