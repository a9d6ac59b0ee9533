"""Running Didim: readiness, health, the audit page."""
