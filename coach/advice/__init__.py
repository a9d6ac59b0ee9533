"""Which lessons close a gap: the cheapest next step, explained in a line."""
