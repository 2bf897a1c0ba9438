"""Disclosure control: what is confidential gets no further."""
