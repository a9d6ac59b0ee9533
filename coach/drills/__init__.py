"""Spaced recall of what was learned: a question of a finished lesson comes back just before it would be forgotten.
Nobody but the person sees any of it, and no answer here is evidence.
"""
