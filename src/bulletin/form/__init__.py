"""Collection workbooks: what an institution is asked for, and reading it back by anchors."""
