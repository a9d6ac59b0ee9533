"""Pages that compare a team with its roles' targets. Every list starts from the active people."""
