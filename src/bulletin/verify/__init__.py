"""Reads finished files again, as whoever receives them does, and says what is wrong with them; knows nothing of how they are made."""
