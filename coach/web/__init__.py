"""Flask glue for every slice: guard, edge transaction, single-use form keys, errors, templating, security headers."""
