"""Customer conversations that branch: played for practice, looked back on against the rubric, never evidence."""
