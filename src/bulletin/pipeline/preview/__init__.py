"""`bulletin preview`: the web edition of a project as it is now, with its findings beside what they concern."""
