"""One file per command: the only place where stages meet."""
