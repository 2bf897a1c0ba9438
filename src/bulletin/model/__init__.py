"""Types of the statistical side: what is measured, where, when, how sure, and how it is said in a language."""
