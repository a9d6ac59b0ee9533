"""Tests: conventions, unit, slices, pages, journeys."""
