"""What WeasyPrint's tags lack, mended one by one: a module for each kind, a function for each mend with the rule that it serves.

`tests/write/test_mends_needed.py` renders without them and shows the fault of each; once WeasyPrint does it itself that test fails,
and the mend can go.
"""
