"""Tests of the coaching log."""
