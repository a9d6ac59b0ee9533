"""Modules, lessons and their parts, and how far each person came. Finishing teaches; it proves nothing."""
