"""Who gets what on every route, generated from the access matrix."""
