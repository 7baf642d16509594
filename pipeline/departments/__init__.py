"""The way out and back: sheets sent to departments, read when they return, and decided on.

``sending`` marks and lays out sheets, ``issued`` keeps the record of what was sent, ``returned`` turns returned files
into proposals and accepted proposals into YAML, ``deciding`` shows proposals and asks. ``workflows`` calls.
"""
