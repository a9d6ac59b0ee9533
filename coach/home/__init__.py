"""The first page of each access role, and the search that jumps to people and lessons."""
