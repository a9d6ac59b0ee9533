"""Persons, teams, reporting lines and coach pairings, and with them: what one may see of whom."""
