"""Statistical Bulletins on Social Protection from indicator tables and one configuration folder."""

__version__ = "0.1.0"
