"""From files under content/ to the database: validated whole, idempotent, every revision immutable."""
