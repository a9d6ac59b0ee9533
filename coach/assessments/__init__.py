"""Checks: attempts whose every answer is kept, and whose key stays here until they are handed in."""
