"""Journeys: what people do, in a real Chromium against a real server."""
