"""The two-minute coaching log: who, what, what was seen, one agreed action."""
