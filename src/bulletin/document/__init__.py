"""Types of the printed side: the composed tree in one language, free of any output format."""
