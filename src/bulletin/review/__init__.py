"""The way back from Word: what a reviewed file says, against what was issued. Values in, values out."""
