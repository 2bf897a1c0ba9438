"""Sealed editions: what was published, compared with what is about to be."""
