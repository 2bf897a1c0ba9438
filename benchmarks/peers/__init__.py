"""Other ways to the same files, each as its own documentation shows it: what the program is measured against."""
