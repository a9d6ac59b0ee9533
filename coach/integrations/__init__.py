"""The doors to other programs, one folder for each format: questions come in from GIFT, Moodle XML and CSV, and go
out. Each folder's `reading` is pure: text in, questions in one language out, with everything that could not be taken
over named by its line; `items` gives them the shape of the content folder, `services` lays them into an author's
draft. Nothing imports this package but the app.
"""
