"""Turn what was seen into how sure we are: estimates with a range, findings, lessons to choose. Pure numbers in,
frozen dataclasses out: no clock, no database, no Flask. `settings` holds every constant, `convert` turns a quiz or a
rubric into one value with its variance, `estimate` pools such pieces into a level, `findings` decides without flapping
whether it is clearly below a target, `recommend` chooses lessons; `items`, `raters`, `rates` and `effects` keep the
questions, the raters, the figures and the lessons themselves honest. Unknown is None, never 0.
"""
