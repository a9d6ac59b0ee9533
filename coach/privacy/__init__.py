"""What export and erasure do with every row that points at a person."""
