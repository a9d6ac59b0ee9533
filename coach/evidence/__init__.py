"""The append-only log of what was seen of a skill, and the estimate with a range that is read from it."""
