"""What happened: an append-only event log that drives reactions, and an audit of who looked at what."""
