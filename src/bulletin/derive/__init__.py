"""Derived indicators: formulas over observations."""
