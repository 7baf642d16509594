"""What was sent to the departments: the identity of every sheet, its record, and the places of the inputs it printed.

Shared by ``sending``, which makes issues, and ``returned``, which reads what came back. A record lies under
``inputs/<year>/issued/`` as two files named by the 整理番号: the docx as sent, and what it printed as JSON. Neither is
ever written a second time.

``identity`` writes and reads the 整理番号, ``records`` the files, ``address`` finds a place
(``measures/1-2.yaml#opinions``) in a YAML text.
"""
