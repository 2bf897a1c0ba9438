"""Reads what a build has filed of its figures and claims: where each is printed, what it rests on, what a change would move."""
